#include "sim/forward/forward_simulation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/forward/sample_gait.h"

namespace lumbarun {
namespace {

// Without strength the runner collapses: a result with a time and a cause, not an exception.
TEST(ForwardSimulation, FallIsAResult) {
  const Runner runner = test::build_sample_runner();
  GaitPlan plan;
  plan.motion = test::build_sample_motion(runner, 0.010);
  ForwardOptions options;
  options.torque_limit = 5.0;
  options.torque_margin = 0.0;
  options.feedback.grid_spacing = 0.02;
  options.feedback.max_cycles = 2;
  std::vector<std::string> events;
  const ForwardResult result =
      simulate_gait(runner, plan, options, [&](const std::string& event) { events.push_back(event); });
  EXPECT_FALSE(result.is_upright);
  EXPECT_THAT(result.failure, ::testing::MatchesRegex("fell at [0-9]+\\.[0-9]+ s: .+"));
  EXPECT_FALSE(result.last.has_value());
  EXPECT_EQ(result.summary.strides, 0);
  EXPECT_GT(result.summary.simulated_time, 0.05);
  EXPECT_LT(result.summary.simulated_time, 1.5);
  EXPECT_GT(result.summary.steps, 50);
  EXPECT_THAT(events, ::testing::ElementsAre("feedback", "feedback"));
}

}  // namespace
}  // namespace lumbarun
