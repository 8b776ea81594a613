#include "sim/core/index.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <vector>

namespace lumbarun {
namespace {

// Mixing indices does not compile, in no disguise.
static_assert(!std::is_convertible_v<BodyIndex, CoordinateIndex>);
static_assert(!std::is_constructible_v<CoordinateIndex, BodyIndex>);
static_assert(!std::is_assignable_v<CoordinateIndex&, BodyIndex>);
static_assert(!std::is_assignable_v<CoordinateIndex&, MuscleIndex>);
template <class A, class B>
concept EqualComparable = requires(A a, B b) {
  a == b;
};
template <class A, class B>
concept OrderComparable = requires(A a, B b) {
  a < b;
};
static_assert(!EqualComparable<BodyIndex, CoordinateIndex>);
static_assert(!OrderComparable<BodyIndex, MuscleIndex>);
static_assert(EqualComparable<BodyIndex, BodyIndex> && OrderComparable<BodyIndex, BodyIndex>);

// Neither does an unnamed number become an index by accident.
static_assert(!std::is_convertible_v<int, BodyIndex>);
static_assert(!std::is_assignable_v<BodyIndex&, int>);
static_assert(std::is_constructible_v<BodyIndex, int>);

TEST(TypedIndex, IsInvalidUntilSet) {
  const BodyIndex none;
  EXPECT_FALSE(none.is_valid());
  EXPECT_TRUE(BodyIndex(0).is_valid());
  EXPECT_EQ(BodyIndex(), BodyIndex(-1));
}

TEST(TypedIndex, OrdersAndSubscripts) {
  const std::vector<double> mass = {1.0, 2.0, 3.0};
  EXPECT_EQ(mass[BodyIndex(2)], 3.0);
  EXPECT_EQ(BodyIndex(2).value(), 2);
  EXPECT_LT(BodyIndex(1), BodyIndex(2));
  EXPECT_LT(BodyIndex(1), 2);
  EXPECT_NE(MuscleIndex(1), MuscleIndex(2));
}

}  // namespace
}  // namespace lumbarun
