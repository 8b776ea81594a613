#include "scenarios/record_stride.h"

#include <cmath>
#include <limits>

#include "models/stride_shape.h"

namespace lumbarun {
namespace {

constexpr double kContact = 50.0;  // N, normal force that counts as contact, as in the ground metrics
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// First sample in contact after one in the air, in a closed stride.
std::optional<size_t> find_touchdown(const StrideSamples& stride, const GroundPlane& plane, int foot) {
  const auto is_loaded = [&](size_t k) { return dot(plane.normal, stride.feet[k][foot].force) >= kContact; };
  const size_t count = stride.feet.size();
  for (size_t k = 0; k < count; ++k) {
    if (is_loaded(k) && !is_loaded((k + count - 1) % count)) return k;
  }
  return std::nullopt;
}

// Force-weighted mean position of the centre of pressure across the path, to the right [m].
double calc_mean_side(const StrideSamples& stride, const GroundPlane& plane, int foot) {
  double weighted = 0.0, total = 0.0;
  for (const auto& feet : stride.feet) {
    if (!feet[foot].center) continue;
    const double force = dot(plane.normal, feet[foot].force);
    weighted += force * feet[foot].center->position.z;
    total += force;
  }
  return total > 0.0 ? weighted / total : kUndefined;
}

class StrideOutcome {
 public:
  StrideOutcome(const Runner& runner, const StrideSamples& stride)
      : runner_(runner), stride_(stride), data_(runner.model) {}

  double calc_strike_angle(int foot) {
    const auto touchdown = find_touchdown(stride_, runner_.contact.plane, foot);
    if (!touchdown) return kUndefined;
    update(*touchdown);
    return calc_sole_angle(runner_, data_, foot);
  }

  double calc_step_width() {
    return calc_mean_side(stride_, runner_.contact.plane, 0) -
           calc_mean_side(stride_, runner_.contact.plane, 1);
  }

  double calc_mean_lean(const char* body) {
    double sum = 0.0;
    for (size_t k = 0; k < stride_.feet.size(); ++k) {
      update(k);
      const Vector3<double> up =
          calc_body_pose(runner_.model, data_, runner_.model.get_body(body)).rotation.column[1];
      sum += std::atan2(up.x, up.y);
    }
    return sum / static_cast<double>(stride_.feet.size());
  }

 private:
  void update(size_t k) {
    update_positions(runner_.model, data_, stride_.q.col(static_cast<Eigen::Index>(k)).data());
  }

  const Runner& runner_;
  const StrideSamples& stride_;
  Data<double> data_;
};

}  // namespace

void write_stride_outcome(const ScenarioModel& built, const StrideSamples& stride, RunRecord& record) {
  StrideOutcome outcome(built.runner, stride);
  record.metrics.push_back({"foot_strike_angle",
                            "rad",
                            "sole to ground plane at touchdown (50 N), toe-up positive",
                            ValueAxis::kFoot,
                            {outcome.calc_strike_angle(0), outcome.calc_strike_angle(1)},
                            true});
  const auto add = [&](const char* name, const char* unit, const char* long_name, double value) {
    record.metrics.push_back({name, unit, long_name, ValueAxis::kScalar, {value}, true});
  };
  add("step_width", "m", "between the force-weighted mean centers of pressure of both feet, across the path",
      outcome.calc_step_width());
  add("mean_trunk_lean", "rad", "thorax from upright, forward positive, mean over the stride",
      outcome.calc_mean_lean("thorax"));
  add("mean_pelvic_tilt", "rad", "pelvis from upright, anterior positive, mean over the stride",
      outcome.calc_mean_lean("pelvis"));
}

}  // namespace lumbarun
