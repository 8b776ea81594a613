#include "sim/planning/costs/gait_costs.h"

#include "sim/core/contracts.h"
#include "sim/planning/constraints/root_balance.h"
#include "sim/planning/costs/strength_effort.h"
#include "sim/planning/node_kernel.h"

namespace lumbarun {

namespace {

// Scales of one coordinate: the first rule whose text occurs in the name decides. σ in rad or m (rad/s or m/s for the
// rate-tracked), torque in N m, acceleration in rad/s² or m/s². Estimates; how they were chosen is in TUNING.md.
struct CoordinateScale {
  const char* text;
  double tracking;
  double torque;
  double acceleration;
};

constexpr double kDeg = kRadPerDeg;
constexpr double kLevelTracking =
    6.0 * kDeg / 2.449489742783178;  // six levels share a trunk deviation of 6°: σ/√6
constexpr double kLevelTorque = 120.0 * 2.449489742783178;  // six levels carry one trunk moment: τ_s·√6
// Most that toe flexors can do about the metatarsophalangeal joints together, N m, 20 men: Goldmann & Brüggemann 2012
// (J Anat 221:187; 6.3 to 14.2 over the positions of ankle and toes). The model's muscles lack those of the sole.
constexpr double kToeStrength = 14.2;
constexpr CoordinateScale kScales[] = {
    {"pelvis_tx", 0.05, 0.0, 100.0},
    {"pelvis_ty", 0.36, 0.0, 100.0},
    {"pelvis_tz", 0.05, 0.0, 100.0},
    {"pelvis_tilt", 4.0 * kDeg, 0.0, 300.0},
    {"pelvis_", 5.0 * kDeg, 0.0, 300.0},
    {"hip_flexion", 5.0 * kDeg, 150.0, 300.0},
    {"hip_adduction", 5.0 * kDeg, 120.0, 300.0},
    {"hip_rotation", 8.0 * kDeg, 50.0, 300.0},
    {"knee", 5.0 * kDeg, 150.0, 300.0},
    {"ankle", 5.0 * kDeg, 180.0, 300.0},
    {"subtalar", 8.0 * kDeg, 50.0, 300.0},
    {"mtp", 0.2, kUsedShare* kToeStrength, 300.0},
    {"arm_", 8.0 * kDeg, 50.0, 300.0},
    {"elbow", 8.0 * kDeg, 50.0, 300.0},
    {"_", kLevelTracking, kLevelTorque, 300.0},
};

const CoordinateScale& find_scale(const std::string& coordinate) {
  for (const CoordinateScale& scale : kScales) {
    if (coordinate.find(scale.text) != std::string::npos) return scale;
  }
  throw LogicFailure("no cost scale for coordinate " + coordinate);
}

using Entries = std::vector<WeightedSquares::Entry>;

double over_square(double weight, double scale) { return weight / (scale * scale); }

Entries build_tracking(const Runner& runner, double weight, const ReferenceMotion& reference, double h,
                       int knots) {
  const int n = runner.model.coordinate_count();
  Entries entries;
  for (int i = 0; i < n; ++i) {
    const std::string& name = runner.model.links()[i].coordinate;
    const bool by_rate = name == "pelvis_ty";
    entries.push_back(
        {by_rate ? n + i : i, over_square(weight, find_scale(name).tracking), Eigen::VectorXd(knots)});
  }
  for (int k = 0; k < knots; ++k) {
    const MotionState target = reference(k * h);
    for (int i = 0; i < n; ++i) entries[i].target[k] = entries[i].index == i ? target.q[i] : target.v[i];
  }
  return entries;
}

// The joints whose muscles the sharing step asks; the others keep their scale from the table.
bool is_shared_by_muscles(const std::string& name) {
  const bool is_limb = name.find("subtalar") != std::string::npos || name.find("mtp") != std::string::npos ||
                       name.find("arm_") != std::string::npos || name.find("elbow") != std::string::npos;
  return !is_limb;
}

bool is_side_axis_of_hip(const std::string& name) {
  return name.find("hip_adduction") != std::string::npos || name.find("hip_rotation") != std::string::npos;
}

std::shared_ptr<const CostTerm> build_effort(const Runner& runner, const JointStrength& strength,
                                             double weight) {
  LUMBARUN_DEMAND(strength.positive.size() == runner.model.coordinate_count());
  std::vector<StrengthEffort::Entry> entries;
  for (int i = kRootCoordinateCount; i < runner.model.coordinate_count(); ++i) {
    const std::string& name = runner.model.links()[i].coordinate;
    const CoordinateScale& scale = find_scale(name);
    if (!is_shared_by_muscles(name)) {
      entries.push_back(StrengthEffort::build_entry(i, weight, scale.torque, scale.torque));
      continue;
    }
    const double used = kUsedShare * (is_side_axis_of_hip(name) ? kSideAxisShare : 1.0);
    entries.push_back(
        StrengthEffort::build_entry(i, weight, used * strength.positive[i], used * strength.negative[i]));
  }
  return std::make_shared<const StrengthEffort>(std::move(entries));
}

Entries build_acceleration(const Runner& runner, double weight) {
  const int n = runner.model.coordinate_count();
  Entries entries;
  for (int i = 0; i < n; ++i) {
    entries.push_back(
        {2 * n + i, over_square(weight, find_scale(runner.model.links()[i].coordinate).acceleration), {}});
  }
  return entries;
}

Entries build_landing(const Runner& runner, double normal, double forward) {
  const int n = runner.model.coordinate_count();
  Entries entries;
  for (size_t e = 0; e < runner.contact.elements.size(); ++e) {
    entries.push_back({landing_output(n, static_cast<int>(e), 0), normal, {}});
    entries.push_back({landing_output(n, static_cast<int>(e), 1), forward, {}});
  }
  return entries;
}

}  // namespace

CostTerms build_gait_costs(const Runner& runner, const JointStrength& strength, const CostWeights& w,
                           const ReferenceMotion& reference, double period, int knot_count) {
  using Side = WeightedSquares::Side;
  const auto term = [](const char* name, Side side, Entries entries) {
    return std::make_shared<const WeightedSquares>(name, side, std::move(entries));
  };
  return {term("tracking", Side::kState,
               build_tracking(runner, w.tracking, reference, period / knot_count, knot_count)),
          build_effort(runner, strength, w.effort),
          term("acceleration", Side::kState, build_acceleration(runner, w.acceleration)),
          term("landing", Side::kOutput, build_landing(runner, w.landing_normal, w.landing_forward))};
}

std::shared_ptr<const CostTerm> build_root_penalty(const Runner& runner, double weight) {
  const auto scales = calc_root_scales(runner);
  Entries entries;
  for (int r = 0; r < kRootCoordinateCount; ++r) entries.push_back({r, over_square(weight, scales[r]), {}});
  return std::make_shared<const WeightedSquares>("root penalty", WeightedSquares::Side::kOutput,
                                                 std::move(entries));
}

}  // namespace lumbarun
