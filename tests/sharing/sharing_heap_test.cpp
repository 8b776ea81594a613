// The sharing solver takes no memory once it has seen one sample: every malloc of this program is counted
// (Eigen and operator new both end there). The sanitizers bring their own malloc, so there the test is
// skipped.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>

#include "sim/sharing/sharing_solver.h"
#include "tests/sharing/random_problem.h"

namespace {
std::atomic<long> allocation_count{0};
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCounts = false;
#else
constexpr bool kCounts = true;
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* malloc(std::size_t size) {
  allocation_count.fetch_add(1, std::memory_order_relaxed);
  return __libc_malloc(size);
}
#endif

namespace lumbarun {
namespace {

TEST(SharingHeap, SolvingTakesNoMemoryAfterTheFirstSample) {
  if (!kCounts) GTEST_SKIP() << "a sanitizer owns malloc";
  const long start = allocation_count;
  const Eigen::VectorXd probe = Eigen::VectorXd::Ones(1000);
  ASSERT_GT(allocation_count, start) << "the counter does not count; sum " << probe.sum();
  for (int exponent : {2, 3, 4}) {
    SharingSolver solver(build_test_setup({exponent, 0.01}, 1));
    SharingSample sample = build_test_sample(2, 1.0);
    const SharingSample next = build_next_sample(sample, 3);
    const SharingSample hopeless = build_test_sample(4, 20.0);
    SharingSolution solution;
    solver.solve(sample, solution);
    const long before = allocation_count;
    solver.solve(next, solution);
    solver.solve(hopeless, solution);
    solver.forget_warm_start();
    const SharingSummary summary = solver.solve(sample, solution);
    const long after = allocation_count;
    EXPECT_EQ(after - before, 0);
    EXPECT_TRUE(summary.usable);
  }
}

}  // namespace
}  // namespace lumbarun
