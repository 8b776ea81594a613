// The load on a disc: the wrench that the superior vertebra exerts on the inferior one, without the muscles that cross.
//
// Cut the body at mid-disc. What crosses the cut is muscle tension and everything else (disc, ligaments, facets, joint
// constraint, reserve). With contact and muscle wrenches both applied as external forces, the wrench that recursive
// Newton-Euler finds transmitted to the superior side is the "everything else"; the disc load is its reaction:
//   W_disc = -transmitted,  reduced to the disc frame: origin mid-disc, orientation halfway between the two endplates,
//   X anterior, Y cranial, Z right.
//   compression = -F_y   anterior_shear = +F_x   lateral_shear = +F_z (to the right)
//   flexion_moment = -M_z   lateral_bending_moment = +M_x (to the right)   axial_torque = +M_y (to the left)
// This header is the one definition of names and signs.
#pragma once

#include <array>

#include "sim/dynamics/equations_of_motion.h"

namespace lumbarun {

struct DiscLoad {
  double compression = 0.0;             // N
  double anterior_shear = 0.0;          // N
  double lateral_shear = 0.0;           // N
  double flexion_moment = 0.0;          // N m
  double lateral_bending_moment = 0.0;  // N m
  double axial_torque = 0.0;            // N m

  DiscLoad& operator+=(const DiscLoad& b);
};

// The six components in the order of their declaration: name, unit, value.
struct DiscLoadComponent {
  const char* name;
  const char* unit;
  double DiscLoad::*value;
};
inline constexpr std::array<DiscLoadComponent, 6> kDiscLoadComponents = {
    {{"compression", "N", &DiscLoad::compression},
     {"anterior_shear", "N", &DiscLoad::anterior_shear},
     {"lateral_shear", "N", &DiscLoad::lateral_shear},
     {"flexion_moment", "N m", &DiscLoad::flexion_moment},
     {"lateral_bending_moment", "N m", &DiscLoad::lateral_bending_moment},
     {"axial_torque", "N m", &DiscLoad::axial_torque}}};

// Where one level is cut: the last link of the level carries the superior vertebra, the first one's joint frame rides on
// the inferior vertebra.
struct LevelCut {
  CoordinateIndex first, last;
  std::array<CoordinateIndex, 3> hinges;  // extension, bending, rotation
};

// In the order of kLevelNames.
std::array<LevelCut, kLevelCount> find_level_cuts(const Runner& runner);

// Orientation in W of the disc frame as the inferior vertebra carries it.
Matrix3<double> calc_inferior_orientation(const Runner& runner, const Data<double>& data,
                                          const LevelCut& cut);

// Orientation of the disc frame in W: halfway between the inferior and the superior endplate.
Matrix3<double> calc_disc_orientation(const Runner& runner, const Data<double>& data, const LevelCut& cut);

// Disc load from a wrench on the superior side about mid-disc, in W.
DiscLoad calc_disc_load(const Matrix3<double>& R_WD, const SpatialForce<double>& on_superior);

// Needs update_inverse_dynamics with contact and muscle wrenches in data.applied.
std::array<DiscLoad, kLevelCount> calc_disc_loads(const Runner& runner, const Data<double>& data,
                                                  const std::array<LevelCut, kLevelCount>& cuts);

// Moment vector in the disc frame whose components along the level's three joint axes are the given torques
// (extension, bending, rotation) [N m].
Vector3<double> calc_moment_vector(const Data<double>& data, const LevelCut& cut, const Matrix3<double>& R_WD,
                                   const std::array<double, 3>& torque);

}  // namespace lumbarun
