#include "scenarios/segment_motion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/scenario_io.h"

namespace lumbarun {
namespace {

// Every coordinate swings on its own; general numbers.
struct Swing {
  double amplitude, rate, phase;
  explicit Swing(int i) : amplitude(0.02 + 0.003 * (i % 7)), rate(4.0 + 0.9 * (i % 11)), phase(0.7 * i) {}
  double calc_value(double t) const { return amplitude * std::sin(rate * t + phase); }
  double calc_rate(double t) const { return amplitude * rate * std::cos(rate * t + phase); }
  double calc_acceleration(double t) const { return -rate * rate * calc_value(t); }
};

StrideSamples build_swinging(const Runner& runner, const std::vector<double>& times) {
  const int n = runner.model.coordinate_count();
  StrideSamples stride;
  stride.time = times;
  for (auto* m : {&stride.q, &stride.u, &stride.acceleration})
    m->resize(n, static_cast<Eigen::Index>(times.size()));
  for (size_t s = 0; s < times.size(); ++s) {
    for (int i = 0; i < n; ++i) {
      const Swing swing(i);
      stride.q(i, static_cast<Eigen::Index>(s)) = swing.calc_value(times[s]);
      stride.u(i, static_cast<Eigen::Index>(s)) = swing.calc_rate(times[s]);
      stride.acceleration(i, static_cast<Eigen::Index>(s)) = swing.calc_acceleration(times[s]);
    }
  }
  return stride;
}

double calc_height(const Runner& runner, const StrideSamples& stride, Eigen::Index sample, const char* body,
                   const Vector3<double>& p_B) {
  Data<double> data(runner.model);
  update_positions(runner.model, data, stride.q.col(sample).data());
  const Transform<double> X_WB = calc_body_pose(runner.model, data, runner.model.get_body(body));
  return (X_WB.rotation * p_B + X_WB.translation).y;
}

// The upward acceleration of a point is the second difference of its height.
TEST(SegmentMotion, AccelerationIsTheSecondDerivativeOfHeight) {
  const ScenarioModel built = build_scenario_model(parse_scenario("", "default"));
  const Runner& runner = built.get_simulated_runner();
  const double h = 1e-4, t = 0.37;
  const StrideSamples stride = build_swinging(runner, {t - h, t, t + h});
  const SegmentMotion motion = calc_segment_motion(built, stride);
  const struct {
    const char* body;
    Vector3<double> p_B;
    int foot, segment;
  } points[] = {{"tibia_r", {0.0, -0.30, 0.0}, 0, 0},
                {"tibia_l", {0.0, -0.30, 0.0}, 1, 0},
                {"sacrum", {}, 0, 1},
                {"L3", {}, 1, 2},
                {"thorax", {0.02, 0.60, 0.0}, 0, 3}};
  ASSERT_EQ(built.person.height_m, 1.75) << "the points are those of a runner of 1.75 m";
  for (const auto& point : points) {
    const auto height = [&](Eigen::Index s) { return calc_height(runner, stride, s, point.body, point.p_B); };
    const double expected = (height(0) - 2.0 * height(1) + height(2)) / (h * h);
    EXPECT_GT(std::abs(expected), 0.1) << point.body << ": nothing to compare";
    EXPECT_NEAR(motion.acceleration[point.foot][point.segment][1], expected,
                2e-5 * (1.0 + std::abs(expected)))
        << point.body;
  }
}

TEST(SegmentMotion, AStandingRunnerDoesNotAccelerate) {
  const ScenarioModel built = build_scenario_model(parse_scenario("", "default"));
  StrideSamples stride = build_swinging(built.runner, {0.0});
  for (auto* m : {&stride.q, &stride.u, &stride.acceleration}) m->setZero();
  const SegmentMotion motion = calc_segment_motion(built, stride);
  for (int k = 0; k < kShockSegmentCount; ++k) EXPECT_NEAR(motion.acceleration[0][k][0], 0.0, 1e-12);
}

}  // namespace
}  // namespace lumbarun
