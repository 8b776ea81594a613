#include "models/runner_builder.h"

#include <cmath>
#include <string>

#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr double kElementRadius = 0.025;  // m, roundness of the sole's edge (estimate)

// Pad and midsole stiffen: exponent of Liu & Nigg 2000 (table 2, 1.38 hard to 1.56 soft shoe and pad), their middle.
constexpr double kPadExponent = 1.5, kMidsoleExponent = 1.5, kSurfaceExponent = 1.0;
// Rate factor d of F = F_e (1 + d v) from the energy a bench impact returns. A mass that meets a layer at speed v₀ leaves
// with e v₀, whatever its mass and the layer's stiffness (Marhefka & Orin 1999 IEEE Trans SMC A 29:566):
//   d v₀ (1 + e) = ln((1 + d v₀) / (1 - e d v₀)),   e² = energy return.
// v₀ = 1 m/s: 8.5 kg falling 50 mm (ASTM F1976, remembered). Below a return of 0.3 the root leaves the table's use.
constexpr double kImpactTestSpeed = 1.0;  // m/s
double calc_rate_damping(double energy_return) {
  const double e = std::sqrt(energy_return);
  double low = 0.0, high = 1.0 / e;  // of d v₀; the right side is infinite at `high`
  for (int iteration = 0; iteration < 60; ++iteration) {
    const double rate = 0.5 * (low + high);
    const double excess = std::log((1.0 + rate) / (1.0 - e * rate)) - rate * (1.0 + e);
    (excess < 0.0 ? low : high) = rate;
  }
  return 0.5 * (low + high) / kImpactTestSpeed;
}

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
    // Toes: 25 N m/rad of the foot (Sasaki & Neptune) and 15 N m/rad of the shoe's bending (estimate).
    {"mtp_angle", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 40.0, 0.5},
    // Arms hang in soft tissue (estimates).
    {"arm_flex", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5},
    {"arm_add", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5},
    {"arm_rot", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2},
    {"elbow_flex", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2},
};

constexpr const char* kSides[kFootCount] = {"_r", "_l"};

FootContact build_contact(const Model& model, const SkeletonTables& tables, const RunnerParameters& p) {
  FootContact contact;
  ContactLawParameters law;
  law.layers = {{p.foot.pad_stiffness_n_m, kPadExponent, calc_rate_damping(p.foot.pad_energy_return)},
                {p.shoe.midsole_stiffness_n_m, kMidsoleExponent, calc_rate_damping(p.shoe.energy_return)},
                {p.surface.stiffness_n_m, kSurfaceExponent, calc_rate_damping(p.surface.energy_return)}};
  contact.law = ContactLaw::build(law);
  contact.friction = p.surface.friction;
  for (const ContactPlacement& placement : calc_contact_placements(model, tables, p.person)) {
    const double stack = p.shoe.heel_stack_m - (1.0 - placement.heel_share) * p.shoe.drop_m;
    const Body& body = model.body(placement.body);
    const Vector3<double> p_BC = placement.p_B + Vector3<double>{0.0, kElementRadius - stack, 0.0};
    const int foot = placement.name.ends_with("_r") ? 0 : 1;
    contact.elements.push_back({placement.name, body.link, body.X_LB * p_BC, kElementRadius, foot});
  }
  return contact;
}

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

std::vector<RangeLaw> build_range_laws(const Model& model) {
  std::vector<RangeLaw> laws;
  for (const NamedRange& range : kRanges) {
    for (const char* side : kSides) {
      laws.push_back({model.get_coordinate(std::string(range.coordinate) + side), range.k1, range.k2,
                      range.q_hi, range.k3, range.k4, range.q_lo, range.linear_stiffness, 0.0,
                      range.damping});
    }
  }
  return laws;
}

}  // namespace

Runner build_runner(const SkeletonTables& tables, const RunnerParameters& parameters) {
  Runner runner;
  runner.model = build_skeleton(tables, parameters.person, parameters.shoe.mass_kg,
                                get_axial_coordinates(parameters.tissue.axial_levels));
  runner.body_mass = parameters.person.mass_kg;
  runner.contact = build_contact(runner.model, tables, parameters);
  runner.discs = build_discs(runner.model, tables, parameters.person, parameters.tissue);
  runner.abdomen = build_abdomen(runner.model, tables, parameters.tissue.abdominal_pressure_pa);
  runner.range_laws = build_range_laws(runner.model);
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
