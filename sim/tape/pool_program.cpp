#include "sim/tape/pool_program.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace lumbarun::tape {

PoolBuilder::PoolBuilder() : start_{0.0, 1.0}, level_{0, 0}, constants_{{0.0, kZero}, {1.0, kOne}} {}

std::size_t PoolBuilder::KeyHash::operator()(const Key& key) const {
  constexpr size_t kPrime = 1000003;
  size_t hash = static_cast<size_t>(key.a);
  hash = hash * kPrime ^ static_cast<size_t>(key.b);
  hash = hash * kPrime ^ static_cast<size_t>(key.c);
  return hash * kPrime ^ std::bit_cast<uint64_t>(key.scale);
}

int PoolBuilder::add_slot(int level) {
  start_.push_back(0.0);
  level_.push_back(level);
  return static_cast<int>(start_.size()) - 1;
}

int PoolBuilder::add_slots(int count) {
  const int first = static_cast<int>(start_.size());
  for (int i = 0; i < count; ++i) add_slot(0);
  return first;
}

int PoolBuilder::constant_slot(double value) {
  const auto [it, is_new] = constants_.try_emplace(value, static_cast<int>(start_.size()));
  if (is_new) start_[add_slot(0)] = value;
  return it->second;
}

int PoolBuilder::emit(Stage stage, int a, int b, int c, double scale) {
  if (a > b) std::swap(a, b);
  const Key key{a, b, c, scale};
  for (int s = 0; s <= static_cast<int>(stage); ++s) {
    const auto it = known_[s].find(key);
    if (it != known_[s].end()) return it->second;
  }
  const int target = add_slot(std::max({level_[a], level_[b], level_[c]}));
  programs_[static_cast<int>(stage)].push_back({target, a, b, c, scale});
  known_[static_cast<int>(stage)].emplace(key, target);
  return target;
}

int PoolBuilder::materialise(Stage stage, const Term& t) {
  if (t.is_zero()) return kZero;
  if (t.is_constant()) return constant_slot(t.factor);
  return t.factor == 1.0 ? t.slot : emit(stage, t.slot, kOne, kZero, t.factor);
}

Term PoolBuilder::mul_add(Stage stage, const Term& a, const Term& b, const Term& c) {
  if (a.is_zero() || b.is_zero()) return c;
  if (a.is_constant()) return sum(stage, a.factor * b, c);
  if (b.is_constant()) return sum(stage, b.factor * a, c);
  if (!c.is_constant() && std::abs(c.factor) == 1.0) {
    return {emit(stage, a.slot, b.slot, c.slot, a.factor * b.factor * c.factor), c.factor};
  }
  return {emit(stage, a.slot, b.slot, materialise(stage, c), a.factor * b.factor), 1.0};
}

Term PoolBuilder::sum(Stage stage, const Term& a, const Term& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  if (a.slot == b.slot) {
    const double factor = a.factor + b.factor;
    return factor == 0.0 ? Term{} : Term{a.slot, factor};
  }
  if (a.is_constant() || (!b.is_constant() && std::abs(b.factor) != 1.0 && std::abs(a.factor) == 1.0)) {
    return sum(stage, b, a);
  }
  if (!b.is_constant() && std::abs(b.factor) == 1.0) {
    return {emit(stage, a.slot, kOne, b.slot, a.factor * b.factor), b.factor};
  }
  return {emit(stage, a.slot, kOne, materialise(stage, b), a.factor), 1.0};
}

}  // namespace lumbarun::tape
