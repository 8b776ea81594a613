// Typed indices: a BodyIndex is not a CoordinateIndex, and mixing them does not compile.
#pragma once

#include <compare>

#include "sim/core/contracts.h"

namespace lumbarun {

template <class Tag>
class TypedIndex {
 public:
  constexpr TypedIndex() = default;
  constexpr explicit TypedIndex(int value) : value_(value) {}

  constexpr bool is_valid() const { return value_ >= 0; }
  constexpr int value() const { return value_; }
  // Subscripts arrays without a cast.
  constexpr operator int() const { return value_; }  // NOLINT(google-explicit-constructor)
  template <class OtherTag>
  operator TypedIndex<OtherTag>() const = delete;

  friend constexpr bool operator==(TypedIndex a, TypedIndex b) { return a.value_ == b.value_; }
  friend constexpr auto operator<=>(TypedIndex a, TypedIndex b) { return a.value_ <=> b.value_; }

 private:
  int value_ = -1;
};

using BodyIndex = TypedIndex<struct BodyTag>;
using CoordinateIndex = TypedIndex<struct CoordinateTag>;
using MuscleIndex = TypedIndex<struct MuscleTag>;

}  // namespace lumbarun
