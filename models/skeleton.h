// Person + tables -> the 46-coordinate tree (DESIGN: the runner).
//   Order: pelvis 6; right leg 7, left leg 7; L5_S1 ... T12_L1 extension, bending, rotation each; right arm
//   4, left 4. q = 0 is relaxed standing in every coordinate: lordosis lives only in the fixed offsets.
// Lordosis. A vertebral body frame carries the pitch of its vertebra; the joint frame of a level sits
// mid-disc, half way between the endplates. With another lordosis all segment angles scale alike; the thorax
// stays upright (its endplate turns within it), as a person with more lordosis stands upright with more
// kyphosis. Scaling. Lengths of a body with height / its reference height, masses with body mass, inertias
// with both.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/skeleton_tables.h"

namespace lumbarun {

struct PersonParameters {
  double mass_kg = 70.0;
  double height_m = 1.75;
  Sex sex = Sex::kMale;
  double lordosis_deg = 50.5;             // sum of the segment angles T12/L1 ... L5/S1 in standing
  double sacral_slope_deg = 39.0;         // forward slope of the S1 endplate in standing
  double age_years = 30.0;                // 18-90; muscle volume falls beyond 40
  double leg_length_difference_mm = 0.0;  // right leg less left leg; half on each, on thigh and shank alike
  double carried_mass_kg = 0.0;           // fixed to the thorax
  Vector3<double> p_carried = {};    // m, its centre, from mid-disc T12/L1 in standing: forward, up, right
  double gestational_mass_kg = 0.0;  // fixed to L3 (estimate), ahead of its disc L3/4
};

// Refuses (BadInput) persons outside 35-140 kg, 1.40-2.10 m, 15-40 kg/m², lordosis 20-80°, sacral slope
// 15-65°, 18-90 years, leg lengths more than 60 mm apart. Says which body mass the height allows.
void check_person(const PersonParameters& person);

// What only the simulation moves; the plan's tree has none of it.
struct ExtraMotion {
  std::vector<std::string>
      axial_coordinates;     // LEVEL_axial: levels that slide along their disc's Y axis, below the hinges
  bool soft_tissue = false;  // wobbling masses (soft_tissue.h)
};

// The shoes are fixed to the calcanei.
Model build_skeleton(const SkeletonTables& tables, const PersonParameters& person, double shoe_mass_kg,
                     const ExtraMotion& extra = {});

// Scale of one body's lengths for a person.
double calc_length_scale(const BodyRow& body, const PersonParameters& person, bool is_left = false);

// The left counterpart of a right name ("femur_r" -> "femur_l"); names without a side stay.
std::string get_left_name(const std::string& right);
inline bool is_right_name(const std::string& name) { return name.size() > 2 && name.ends_with("_r"); }

// Reflection about the sagittal plane.
inline Vector3<double> mirrored(const Vector3<double>& p) { return {p.x, p.y, -p.z}; }
Matrix3<double> mirrored(const Matrix3<double>& R);

// One lumbar level of a built skeleton. The disc frame of the inferior body is X_IF, of the superior body
// X_SM; they coincide at q = 0, origin mid-disc, X anterior, Y cranial, Z right.
struct LumbarLevel {
  std::string name;
  BodyIndex inferior, superior;
  Transform<double> X_IF, X_SM;
  CoordinateIndex extension, bending, rotation;
  CoordinateIndex axial;           // invalid: locked
  double segment_angle_deg = 0.0;  // between the endplates at q = 0
};

// Caudal to cranial: L5_S1 ... T12_L1.
std::array<LumbarLevel, 6> calc_lumbar_levels(const Model& model, const SkeletonTables& tables);

// Contact element placements of both feet, right foot first.
struct ContactPlacement {
  std::string name;
  BodyIndex body;
  Vector3<double> p_B;      // m, point of the bare sole
  double heel_share = 0.0;  // share of the heel's stack height below it, the rest is the forefoot's
  double ball_share = 0.0;  // 1: ahead of the arch, metatarsal heads and toes
  double area_cm2 = 0.0;    // of the sole that it stands for
};
std::vector<ContactPlacement> calc_contact_placements(const Model& model, const SkeletonTables& tables,
                                                      const PersonParameters& person);

}  // namespace lumbarun
