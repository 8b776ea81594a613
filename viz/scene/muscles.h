// Muscles as tapered tubes along their paths.
#pragma once

#include <limits>

#include "viz/run_frame.h"
#include "viz/scene/quantity.h"
#include "viz/scene/surfaces.h"

namespace lumbarun::viz {

// The belly's radius follows from the cross-section area F_max / specific tension, times the thickness. Sheet-like
// muscles (obliques, latissimus …) are ribbons of that area that lie on the trunk.
struct MuscleOptions {
  double thickness = 0.75;
  // Only muscles of which a part lies within this ball about L3, m.
  double reach = std::numeric_limits<double>::infinity();
  // Corners of a tube's section, and length of its pieces, m.
  int sides = 10;
  double piece = 0.014;
};

class MuscleSurface {
 public:
  // @throws BadInput if the run has no muscle paths.
  MuscleSurface(const RunRecord& record, const MuscleOptions& options);

  // Muscles whose path or value is undefined in this frame are left out.
  void update(const RunFrame& frame, const Quantity& quantity, vtkColorTransferFunction* colors);

  void set_reach(double reach) { options_.reach = reach; }
  const Mesh& get_mesh() const { return surface_.get_mesh(); }
  std::size_t get_muscle_of_cell(vtkIdType cell) const { return surface_.get_tube_of_cell(cell); }
  // Middles of the bellies of what is shown, for the shadow.
  const std::vector<Eigen::Vector3d>& get_points() const { return points_; }

 private:
  std::vector<Eigen::Vector3d> read_path(const RunFrame& frame, std::size_t muscle) const;
  void update_muscle(std::size_t muscle, const std::vector<Eigen::Vector3d>& path,
                     const Eigen::Vector3d& trunk, const Color& color);

  const RunRecord& record_;
  MuscleOptions options_;
  std::vector<std::size_t> first_station_;
  std::size_t stations_ = 0;
  std::vector<double> radius_;
  std::vector<double> flatness_;
  std::vector<int> rings_;
  std::vector<Eigen::Vector2d> circle_;                    // of the section's corners
  std::vector<std::vector<Eigen::Vector3d>> ring_points_;  // of one muscle: memory
  RingSurface surface_;
  std::vector<Eigen::Vector3d> points_;
};

// The path of a muscle as it is drawn: corners rounded, cut into equal pieces.
std::vector<Eigen::Vector3d> calc_muscle_line(const std::vector<Eigen::Vector3d>& path, int pieces);
// Radius of a muscle's belly and how much wider than thick it is.
double calc_belly_radius(double max_force, double thickness);
double get_flatness(const std::string& group);
// The belly's profile: share of the radius at s = 0 (origin) … 1 (insertion).
double calc_profile(double s);
// The same of a sheet: wide up to its rounded ends.
double calc_sheet_profile(double s);

}  // namespace lumbarun::viz
