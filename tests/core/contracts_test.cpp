#include "sim/core/contracts.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace lumbarun {
namespace {

// The user's mistakes and ours have separate roots, so that a handler for one cannot swallow the other.
static_assert(std::is_base_of_v<std::runtime_error, BadInput>);
static_assert(std::is_base_of_v<std::logic_error, LogicFailure>);

template <class Error, class Call>
std::string catch_message(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(Contracts, ThrowUnlessPrintsTheValues) {
  const double speed = 7.5;
  const auto check = [&](double limit) {
    LUMBARUN_THROW_UNLESS(speed <= limit, "speed_m_s = {} is above {}", speed, limit);
  };
  EXPECT_NO_THROW(check(8.0));
  EXPECT_EQ(catch_message<BadInput>([&] { check(5.0); }), "speed_m_s = 7.5 is above 5");
}

TEST(Contracts, DemandNamesTheConditionAndThePlace) {
  const int count = 3;
  EXPECT_NO_THROW(LUMBARUN_DEMAND(count == 3));
  const std::string message = catch_message<LogicFailure>([&] { LUMBARUN_DEMAND(count == 4); });
  EXPECT_NE(message.find("count == 4"), std::string::npos) << message;
  EXPECT_NE(message.find("contracts_test.cpp:"), std::string::npos) << message;
}

TEST(Contracts, AssertSpeaksInDebugBuildsOnly) {
  int evaluations = 0;
  const auto is_false = [&] {
    ++evaluations;
    return false;
  };
#ifdef NDEBUG
  EXPECT_NO_THROW(LUMBARUN_ASSERT(is_false()));
  EXPECT_EQ(evaluations, 0);
#else
  EXPECT_THROW(LUMBARUN_ASSERT(is_false()), LogicFailure);
  EXPECT_EQ(evaluations, 1);
#endif
}

// Each contract is one statement.
TEST(Contracts, FitBetweenIfAndElse) {
  bool reached_else = false;
  if (reached_else)
    LUMBARUN_DEMAND(false);
  else
    reached_else = true;
  EXPECT_TRUE(reached_else);
}

}  // namespace
}  // namespace lumbarun
