#include "models/hip_flexors.h"

#include "models/muscles.h"
#include "sim/core/contracts.h"
#include "sim/multibody/kinematics.h"
#include "sim/tissue/elastic_tendon.h"
#include "sim/tissue/passive_joint.h"

namespace lumbarun {

namespace {

constexpr double kReferenceHip = -10.0 * kRadPerDeg;  // the end of the measured range
constexpr double kGreatestShortening = 0.8;           // of the optimal fibre length

struct HipFlexor {
  Muscle muscle;
  double path_length;  // m, at the reference pose
  double moment_arm;   // m, about hip flexion
};

double calc_moment(const std::vector<HipFlexor>& flexors, double shortening) {
  double moment = 0.0;
  for (const HipFlexor& flexor : flexors) {
    Muscle muscle = flexor.muscle;
    muscle.tendon_slack_length -= shortening * muscle.optimal_fiber_length;
    moment += flexor.moment_arm * calc_resting_muscle(muscle, flexor.path_length).tension;
  }
  return moment;
}

bool is_hip_flexor(const Muscle& muscle, BodySide side) {
  return muscle.side == side && (muscle.group == "psoas_major" || muscle.group == "iliacus");
}

std::vector<HipFlexor> collect(const Model& model, BodySide side, const RunnerMuscles& muscles) {
  const CoordinateIndex hip =
      model.get_coordinate(side == BodySide::kLeft ? "hip_flexion_l" : "hip_flexion_r");
  std::vector<double> q(model.coordinate_count(), 0.0);
  const std::vector<double> rest(q.size(), 0.0);
  q[hip] = kReferenceHip;
  Data<double> data(model);
  update_positions(model, data, q.data());
  MusclePathData<double> paths(muscles.paths);
  update_muscle_paths(muscles.paths, model, data, q.data(), rest.data(), paths);
  std::vector<HipFlexor> flexors;
  for (int m = 0; m < muscles.paths.muscle_count(); ++m) {
    if (!is_hip_flexor(muscles.muscles[m], side)) continue;
    flexors.push_back(
        {muscles.muscles[m], paths.length[m], get_moment_arm(muscles.paths, paths, MuscleIndex(m), hip)});
  }
  return flexors;
}

}  // namespace

void shorten_hip_flexors(const Model& model, BodySide side, double tightness_deg, RunnerMuscles& muscles) {
  LUMBARUN_THROW_UNLESS(tightness_deg >= 0.0 && tightness_deg <= kMaxHipFlexorTightness_deg,
                        "hip flexor tightness {} deg is outside 0 ... {} deg", tightness_deg,
                        kMaxHipFlexorTightness_deg);
  if (tightness_deg == 0.0) return;
  const std::vector<HipFlexor> flexors = collect(model, side, muscles);
  const double wanted = calc_leg_passive_moments(kReferenceHip, 0.0, 0.0, deg_to_rad(tightness_deg)).hip -
                        calc_leg_passive_moments(kReferenceHip, 0.0, 0.0).hip;
  const double before = calc_moment(flexors, 0.0);
  double low = 0.0, high = kGreatestShortening;
  LUMBARUN_THROW_UNLESS(calc_moment(flexors, high) - before > wanted,
                        "hip flexors this weak cannot be tight by {} deg: no shortening makes {:.1f} N m",
                        tightness_deg, wanted);
  for (int iteration = 0; iteration < 60; ++iteration) {
    const double middle = 0.5 * (low + high);
    (calc_moment(flexors, middle) - before < wanted ? low : high) = middle;
  }
  for (Muscle& muscle : muscles.muscles) {
    if (is_hip_flexor(muscle, side)) muscle.tendon_slack_length -= low * muscle.optimal_fiber_length;
  }
}

}  // namespace lumbarun
