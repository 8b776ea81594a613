#include "models/runner_builder.h"

#include <cmath>
#include <string>

#include "models/soft_tissue.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

// Range laws of the joints that Riener & Edrich do not cover; constants and sources in sim/tissue/passive_joint.h.
struct NamedRange {
  const char* coordinate;
  double k1, k2, q_hi, k3, k4, q_lo;
  double linear_stiffness, damping;
};
constexpr NamedRange kRanges[] = {
    {"hip_adduction", -0.03, 14.94, 0.5, 0.03, -14.94, -0.5, 0.0, 0.0},
    {"hip_rotation", -0.03, 14.94, 0.92, 0.03, -14.94, -0.92, 0.0, 0.0},
    {"subtalar_angle", -60.21, 16.32, 0.65, 60.21, -16.32, -0.65, 0.0, 0.5},
    // Toes: 35 N m/rad of the foot: estimate. In running the foot's own stiffness dominates that of shoes, rises sharply at
    // push-off and then decreases (Oleson, Adler & Goldsmith 2005, J Biomech 38:1886): more than the 25 N m/rad of walking
    // models (Falisse et al. 2022, PLoS One 17:e0256311); 45 press the toes down until 10 ms after the force has ended
    // (sim/planning/TUNING.md). The shoe's bending comes on top.
    {"mtp_angle", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 35.0, 0.5},
    // Arms hang in soft tissue (estimates).
    {"arm_flex", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5},
    {"arm_add", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5},
    {"arm_rot", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2},
    {"elbow_flex", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2},
};

constexpr const char* kSides[kFootCount] = {"_r", "_l"};

// In front of the lowest and the highest disc in standing.
AbdominalPressure build_abdomen(const Model& model, const SkeletonTables& tables, double pressure_pa) {
  AbdominalPressure abdomen;
  abdomen.force = pressure_pa * kDiaphragmArea;
  const auto levels = calc_lumbar_levels(model, tables);
  Data<double> data(model);
  update_positions(model, data, std::vector<double>(model.coordinate_count(), 0.0).data());
  const auto place = [&](const LumbarLevel& level, const char* body, CoordinateIndex& link) {
    link = model.body(model.get_body(body)).link;
    Vector3<double> p_W = data.link[level.rotation].p_WL;
    p_W.x += kAbdominalLever;
    return transpose_times(data.link[link].R_WL, p_W - data.link[link].p_WL);
  };
  abdomen.p_lower = place(levels.front(), "pelvis", abdomen.lower);
  abdomen.p_upper = place(levels.back(), "thorax", abdomen.upper);
  return abdomen;
}

// What the shoe adds to the stiffness of a joint of the foot [N m/rad].
double calc_shoe_stiffness(const std::string& coordinate, const ShoeParameters& shoe) {
  if (coordinate == "mtp_angle") return shoe.bending_stiffness_nm_rad;
  if (coordinate == "subtalar_angle") return shoe.torsional_stiffness_nm_rad;
  return 0.0;
}

std::vector<RangeLaw> build_range_laws(const Model& model, const ShoeParameters& shoe) {
  std::vector<RangeLaw> laws;
  for (const NamedRange& range : kRanges) {
    for (const char* side : kSides) {
      laws.push_back({model.get_coordinate(std::string(range.coordinate) + side), range.k1, range.k2,
                      range.q_hi, range.k3, range.k4, range.q_lo,
                      range.linear_stiffness + calc_shoe_stiffness(range.coordinate, shoe), 0.0,
                      range.damping});
    }
  }
  return laws;
}

}  // namespace

Runner build_runner(const SkeletonTables& tables, const RunnerParameters& parameters) {
  Runner runner;
  runner.model =
      build_skeleton(tables, parameters.person, parameters.shoe.mass_kg,
                     {get_axial_coordinates(parameters.tissue.axial_levels), parameters.soft_tissue});
  runner.body_mass = parameters.person.mass_kg;
  runner.contact = build_foot_contact(runner.model, tables, parameters.person, parameters.shoe,
                                      parameters.surface, parameters.foot);
  runner.discs = build_discs(runner.model, tables, parameters.person, parameters.tissue);
  runner.abdomen = build_abdomen(runner.model, tables, parameters.tissue.abdominal_pressure_pa);
  runner.range_laws = build_range_laws(runner.model, parameters.shoe);
  for (const RangeLaw& law : build_soft_tissue_laws(runner.model)) runner.range_laws.push_back(law);
  for (int foot = 0; foot < kFootCount; ++foot) {
    const std::string side = kSides[foot];
    runner.legs[foot] = {
        runner.model.get_coordinate("hip_flexion" + side), runner.model.get_coordinate("knee_angle" + side),
        runner.model.get_coordinate("ankle_angle" + side),
        deg_to_rad(parameters.joints.hip_flexor_tightness_deg[foot]), parameters.joints.leg_passive_scale};
  }
  runner.mirror = build_mirror_map(runner.model);
  return runner;
}

}  // namespace lumbarun
