#include "sim/planning/costs/strength_effort.h"

#include <cmath>

namespace lumbarun {

StrengthEffort::Entry StrengthEffort::build_entry(int output, double weight, double scale_positive,
                                                  double scale_negative) {
  const double k_plus = weight / (scale_positive * scale_positive);
  const double k_minus = weight / (scale_negative * scale_negative);
  return {output, 0.5 * (k_plus + k_minus), 0.5 * (k_plus - k_minus)};
}

double StrengthEffort::calc_value(const NodeView& node) const {
  double sum = 0.0;
  for (const Entry& e : entries_) {
    const double tau = node.y[e.output];
    const double root = std::sqrt(tau * tau + kSignBlend * kSignBlend);
    sum += 0.5 * (e.mean * tau * tau + e.difference * tau * root);
  }
  return sum;
}

void StrengthEffort::add_slope(const NodeView& node, NodeSlope& slope) const {
  for (const Entry& e : entries_) {
    const double tau = node.y[e.output];
    const double square = tau * tau, blend = kSignBlend * kSignBlend;
    const double root = std::sqrt(square + blend);
    slope.gradient_y[e.output] += e.mean * tau + 0.5 * e.difference * (2.0 * square + blend) / root;
    slope.curvature_y[e.output] +=
        e.mean + 0.5 * e.difference * tau * (2.0 * square + 3.0 * blend) / (root * root * root);
  }
}

}  // namespace lumbarun
