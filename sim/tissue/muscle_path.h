// Muscle paths through via points: length, lengthening velocity and moment arms of all muscles in one pass.
//
//   L(q) = Σ |p_{i+1} - p_i|,   r_j = -∂L/∂q_j,   so that tension F >= 0 gives the generalised force  tau_j =
//   r_j F, L̇ = -Σ r_j u_j.                                                      [m, m or 1, m/s; frames W and
//   link L]
// Points
//   fixed        p = X_WL p_L
//   shared       p = (1 - w) p_a + w p_b, the same point of two bodies at q = 0: the sheath of the abdominal
//   wall, held
//                between pelvis and thorax. The tension reaches the two bodies in the shares (1 - w) and w.
//   moving       p_L is a function of one coordinate (the patella, driven by the knee; arcs around bone)
//   conditional  p = line + s (V - line): a via point V that is in force while its coordinate is inside a
//   range. `line` is
//                a fixed share of the way between its neighbours, s a C³ window of the coordinate, so that
//                outside the range the path is the straight line and the switch is smooth.
// A path function of a coordinate also does work on that coordinate; the wrench it needs is a couple between
// the link of the coordinate and its parent (apply_muscle_tension), as the patella takes and gives between
// femur and tibia. Gradients: with g_i = ∂L/∂p_i the wrench of all g on the links downstream of hinge j gives
// ∂L/∂q_j = axis · (M - o x G). Valid for paths without coinciding neighbours.
// Wrapping: a segment may touch surfaces (wrap_surface.h); the contacts c0, c1 count as points of the surface's link, which
// so takes t0 and -t1. Which segment of its range a surface wraps is found as in OpenSim: the first one that would cut it,
// else the one whose detour is least; several surfaces on one path are settled in turn until no contact moves.
// Kernel scalar T: double, Lanes8 (contacts lane by lane), tape::Var (paths without wraps only).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/multibody/data.h"
#include "sim/tissue/path_functions.h"
#include "sim/tissue/wrap_surface.h"

namespace lumbarun {

enum class PathPointKind { kFixed, kShared, kMoving, kConditional };

// What the tables say; bodies and coordinates resolved.
struct PathPointDescription {
  PathPointKind kind = PathPointKind::kFixed;
  BodyIndex body;
  Vector3<double> p_B;                        // m
  BodyIndex body_2;                           // shared
  double weight_2 = 0.0;                      // shared: share of body_2
  CoordinateIndex coordinate;                 // moving, conditional
  double low = 0.0, high = 0.0, width = 0.0;  // rad, conditional
  std::vector<double> knots;                  // rad, moving
  std::vector<Vector3<double>> knot_points;   // m in `body`, moving
};

struct MusclePathDescription {
  std::string name;
  std::vector<PathPointDescription> points;
  std::vector<PathWrapDescription> wraps = {};
};

struct PathPoint {
  PathPointKind kind = PathPointKind::kFixed;
  int slot = 0;          // into the links of its muscle
  Vector3<double> p_L;   // m
  int slot_2 = 0;        // shared
  Vector3<double> p_L2;  // m, shared
  double share = 0.0;    // shared: weight of slot_2; conditional: place of `line` between the neighbours
  int arm = -1;          // moving, conditional: arm (of the muscle) of its coordinate
  int function = -1;     // moving: the first of three path functions, x, y, z; conditional: its window
};

struct MusclePath {
  std::string name;
  int first_point = 0, point_count = 0;
  int first_link = 0, link_count = 0;
  int first_arm = 0, arm_count = 0;
  int first_wrap = 0, wrap_count = 0;
  int first_stop = 0, stop_count = 0;
};

// A surface of a muscle, and where its path may touch it: one stop per segment between two points in its range. Stops of
// a muscle are ordered along the path.
struct PathWrap {
  int surface = 0;
  int slot = 0;  // into the links of its muscle
};
struct PathStop {
  int wrap = 0;     // of the muscle
  int segment = 0;  // from point `segment` of the muscle to the next
};

// Contacts at a stop; where the path does not touch, both are the same point of the straight line and length is 0.
template <class T>
struct StopPlace {
  Vector3<T> c0, c1;  // m in W
  T length{0.0};      // m on the surface
};

// Compiled paths of all muscles; flat arrays, immutable.
struct MusclePathSet {
  std::vector<MusclePath> muscles;
  std::vector<PathPoint> points;
  std::vector<PathFunction> functions;          // of points
  std::vector<CoordinateIndex> links;           // per muscle: the distinct links that carry its points
  std::vector<CoordinateIndex> arm_coordinate;  // per muscle: the coordinates it crosses, ascending
  std::vector<std::uint32_t> arm_links;         // bit s: link slot s lies downstream of the coordinate
  std::vector<WrapSurface> surfaces;
  std::vector<PathWrap> wraps;
  std::vector<PathStop> stops;

  int muscle_count() const { return static_cast<int>(muscles.size()); }
};

// Throws BadInput for a path with fewer than two points, a conditional or shared point without proper neighbours, or
// a wrap with an unknown surface or a range of points that is none. Surfaces that are not active are left out.
MusclePathSet compile_muscle_paths(const Model& model, const std::vector<MusclePathDescription>& descriptions,
                                   const std::vector<WrapSurfaceDescription>& surfaces = {});

inline constexpr int kMaxPathPoints = 16, kMaxPathLinks = 12, kMaxPathArms = 32;
inline constexpr int kMaxPathWraps = 6, kMaxPathStops = 40;

template <class T>
struct MusclePathData {
  explicit MusclePathData(const MusclePathSet& paths)
      : length(paths.muscle_count()),
        velocity(paths.muscle_count()),
        moment_arm(paths.arm_coordinate.size()),
        function_gradient(paths.arm_coordinate.size()),
        gradient(paths.links.size()),
        point(paths.points.size()),
        stop(paths.stops.size()) {}

  std::vector<T> length;                  // m
  std::vector<T> velocity;                // m/s, lengthening positive
  std::vector<T> moment_arm;              // m (hinge) or 1 (slide), like paths.arm_coordinate
  std::vector<T> function_gradient;       // m: part of ∂L/∂q that path functions add, like arm_coordinate
  std::vector<SpatialForce<T>> gradient;  // ∂L as a wrench on each link about the W origin, like paths.links
  std::vector<Vector3<T>> point;          // m in W, like paths.points
  std::vector<StopPlace<T>> stop;         // like paths.stops
  int approximate_count = 0;  // paths (of all lanes) whose geodesic was not found: length and arms are
                              // those of a string near it
};

// r of one muscle about one coordinate, 0 when it does not cross it.
template <class T>
T get_moment_arm(const MusclePathSet& paths, const MusclePathData<T>& out, MuscleIndex muscle,
                 CoordinateIndex j) {
  const MusclePath& path = paths.muscles[muscle];
  for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
    if (paths.arm_coordinate[k] == j) return out.moment_arm[k];
  }
  return T(0.0);
}

// The contacts of one path with all its surfaces. p: points of the muscle [m], X_WS: its surfaces, like its wraps; places:
// like its stops; all in W. No heap. False: some geodesic was not found and an approximate string stands for it. Throws
// BadInput naming the muscle when the contacts of several surfaces do not settle.
bool settle_path_wraps(const MusclePathSet& paths, const MusclePath& muscle, const Vector3<double>* p,
                       const Transform<double>* X_WS, StopPlace<double>* places);

// Needs update_positions on `data`. q and u hold all coordinates.
template <class T>
void update_muscle_paths(const MusclePathSet& paths, const Model& model, const Data<T>& data, const T* q,
                         const T* u, MusclePathData<T>& out);

// Calls add(link, wrench about the W origin) for the wrenches that one newton of tension in a muscle exerts on links. Needs
// update_muscle_paths.
template <class T, class Add>
void visit_unit_tension(const MusclePathSet& paths, const Model& model, const Data<T>& data,
                        const MusclePathData<T>& out, MuscleIndex muscle, const Add& add);

// Adds the wrenches of tension F [N] in one muscle to data.applied. Needs update_muscle_paths.
template <class T>
void apply_muscle_tension(const MusclePathSet& paths, const Model& model, const MusclePathData<T>& out,
                          MuscleIndex muscle, const T& tension, Data<T>& data);

}  // namespace lumbarun

#include "sim/tissue/muscle_path_kernel.h"
