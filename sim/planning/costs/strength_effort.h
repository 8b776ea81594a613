// Effort: how much of its strength a joint uses, each direction by its own.
//
//   cost = w ½ Σ_i [ k_m τ² + k_d τ sqrt(τ² + ε²) ],   k_m, k_d = (1/s⁺² ± 1/s⁻²)/2,   ε = 1 N m
// which is w ½ (τ/s⁺)² for τ > 0 and w ½ (τ/s⁻)² for τ < 0, joined smoothly; convex. s = kUsedShare · strength, so that a
// joint working at kUsedShare of its isometric strength costs w/2. A dorsiflexor or hip rotator is several times weaker than
// its antagonist or neighbour; one torque scale for both signs lets a plan ask of it what no muscle can give.
#pragma once

#include "sim/planning/costs/cost_term.h"

namespace lumbarun {

// Six lumbar levels carry one trunk moment, so the trunk counts six times. That is deliberate: muscles that must serve all
// levels at once can use only 1/2 to 1/2.5 of each level's summed strength (static optimisation of a lift and of a run with
// the same fascicles, largest feasible multiple of the load), and (1/2.45)² = 1/6.
//
// Puts the strong directions of the leg where the study of landing had them (150 N m knee, 180 N m ankle): estimate.
inline constexpr double kUsedShare = 0.4;
// Abduction and rotation of the hip come from the same glutei, so together they can use only part of each axis's summed strength
// (estimate, below that of the trunk; 1, 0.6, 1/2.45 and 0.34 were tried: reserves in ../TUNING.md).
inline constexpr double kSideAxisShare = 0.28;
inline constexpr double kSignBlend = 1.0;  // ε, N m (estimate)

class StrengthEffort final : public CostTerm {
 public:
  struct Entry {
    int output = 0;           // index of the torque among the kernel's outputs
    double mean = 0.0;        // w k_m
    double difference = 0.0;  // w k_d
  };

  explicit StrengthEffort(std::vector<Entry> entries) : CostTerm("effort"), entries_(std::move(entries)) {}

  // `weight` w; `scale_positive`, `scale_negative` s⁺, s⁻ [N m].
  static Entry build_entry(int output, double weight, double scale_positive, double scale_negative);

  double calc_value(const NodeView& node) const override;
  void add_slope(const NodeView& node, NodeSlope& slope) const override;

 private:
  std::vector<Entry> entries_;
};

}  // namespace lumbarun
