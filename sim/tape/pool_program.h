// Straight-line scalar code in which every instruction is one fused multiply-add on a pool of doubles, and
// the builder that writes such code from symbolic terms. Values, local partials and everything derived from
// them live in one pool, so a partial derivative that equals a value (of a product, say) costs nothing.
#pragma once

#include <array>
#include <cstddef>
#include <unordered_map>
#include <vector>

namespace lumbarun::tape {

// pool[target] = scale · pool[a] · pool[b] + pool[c]
struct MulAdd {
  int target, a, b, c;
  double scale;
};

using PoolProgram = std::vector<MulAdd>;

inline void run(const PoolProgram& program, double* pool) {
  for (const MulAdd& op : program) pool[op.target] = op.scale * pool[op.a] * pool[op.b] + pool[op.c];
}

// factor · pool[slot]; slot -1: the constant `factor`.
struct Term {
  int slot = -1;
  double factor = 0.0;
  bool is_constant() const { return slot < 0; }
  bool is_zero() const { return factor == 0.0; }
  friend Term operator*(double s, const Term& t) { return {t.slot, s * t.factor}; }
};

// When code runs: later stages may read what earlier stages wrote.
enum class Stage { kValues, kPartials, kCurvature };
inline constexpr int kStageCount = 3;

class PoolBuilder {
 public:
  static constexpr int kZero = 0;  // slot that holds 0
  static constexpr int kOne = 1;   // slot that holds 1

  PoolBuilder();
  // A slot that the evaluator fills itself; `level` counts the rounds of one-argument functions before it.
  int add_slot(int level);
  int add_slots(int count);  // contiguous, level 0; the first of them
  Term mul_add(Stage stage, const Term& a, const Term& b, const Term& c);  // a b + c
  Term product(Stage stage, const Term& a, const Term& b) { return mul_add(stage, a, b, {}); }
  Term sum(Stage stage, const Term& a, const Term& b);
  // A slot that holds the term itself.
  int materialise(Stage stage, const Term& t);

  int level(int slot) const { return level_[slot]; }
  const PoolProgram& program(Stage stage) const { return programs_[static_cast<int>(stage)]; }
  const std::vector<double>& start() const { return start_; }  // pool with its constants

 private:
  struct Key {
    int a, b, c;
    double scale;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  int constant_slot(double value);
  int emit(Stage stage, int a, int b, int c, double scale);

  std::vector<double> start_;
  std::vector<int> level_;
  std::unordered_map<double, int> constants_;
  std::array<PoolProgram, kStageCount> programs_;
  std::array<std::unordered_map<Key, int, KeyHash>, kStageCount> known_;
};

}  // namespace lumbarun::tape
