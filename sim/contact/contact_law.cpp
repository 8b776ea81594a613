#include "sim/contact/contact_law.h"

#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

constexpr double kDeepestGap = -0.060;  // m
constexpr double kTableStep = 0.00025;  // m
constexpr double kTouchTail = 36.0;  // smoothing lengths above the ground where softplus sinks below rounding

// Deflection of one layer under the chain force F [N], and its slope dx/dF.
struct Deflection {
  double x = 0.0;
  double slope = 0.0;
};

// (1 + (z/l)⁴)^(-1/4) for a layer with a limit.
double calc_flattening(double z, double limit) { return std::pow(1.0 + std::pow(z / limit, 4), -0.25); }

// a_i: what the power law alone would give under the reference force.
double calc_power_deflection(const ContactLayer& layer, double reference) {
  const double x = reference / layer.secant_stiffness;
  return layer.limit > 0.0 ? x * std::pow(1.0 - std::pow(x / layer.limit, 4), -0.25) : x;
}

Deflection calc_layer_deflection(const ContactLayer& layer, double reference, double F) {
  const double inverse = 1.0 / layer.exponent;
  const double z = calc_power_deflection(layer, reference) * std::pow(F / reference, inverse);
  const double z_slope = z * inverse / F;
  if (layer.limit <= 0.0) return {z, z_slope};
  const double flattening = calc_flattening(z, layer.limit);
  return {z * flattening, z_slope * std::pow(flattening, 5)};
}

struct ChainState {
  double force = 0.0;    // N
  double damping = 0.0;  // s/m
};

Deflection calc_chain_deflection(const ContactLawParameters& p, double F) {
  Deflection sum;
  for (const ContactLayer& layer : p.layers) {
    const Deflection d = calc_layer_deflection(layer, p.reference_force, F);
    sum.x += d.x;
    sum.slope += d.slope;
  }
  return sum;
}

// Solves Σ x_i(F) = x for log F by Newton's method in the logarithms, halving the bracket where a step leaves it.
double solve_log_force(const ContactLawParameters& p, double x) {
  double low = -200.0, high = 60.0, log_force = 0.0;
  for (int iteration = 0; iteration < 200; ++iteration) {
    const double F = std::exp(log_force);
    const Deflection d = calc_chain_deflection(p, F);
    (d.x < x ? low : high) = log_force;
    const double step = std::log(x / d.x) * d.x / (d.slope * F);
    const double next = log_force + step;
    log_force = next >= low && next <= high ? next : 0.5 * (low + high);
    if (std::abs(step) < 1e-14) break;
  }
  return log_force;
}

ChainState solve_chain(const ContactLawParameters& p, double x) {
  const double F = std::exp(solve_log_force(p, x));
  double slope = 0.0, weighted = 0.0;
  for (const ContactLayer& layer : p.layers) {
    const double s = calc_layer_deflection(layer, p.reference_force, F).slope;
    slope += s;
    weighted += layer.damping * s * s;
  }
  return {F, weighted / (slope * slope)};
}

double softplus(double x) { return x > 0.0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

}  // namespace

ContactLaw ContactLaw::build(const ContactLawParameters& p) {
  LUMBARUN_DEMAND(!p.layers.empty() && p.smoothing > 0.0);
  bool has_endless_layer = false;
  for (const ContactLayer& layer : p.layers) {
    LUMBARUN_DEMAND(layer.secant_stiffness > 0.0 && layer.exponent >= 1.0 && layer.damping >= 0.0);
    LUMBARUN_DEMAND(layer.limit == 0.0 || layer.limit > p.reference_force / layer.secant_stiffness);
    has_endless_layer |= layer.limit == 0.0;
  }
  LUMBARUN_DEMAND(has_endless_layer);
  const double highest_gap = kTouchTail * p.smoothing;
  const int count = static_cast<int>(std::ceil((highest_gap - kDeepestGap) / kTableStep)) + 1;
  std::vector<double> force(count), damping(count);
  for (int i = 0; i < count; ++i) {
    const double gap = kDeepestGap + kTableStep * i;
    const ChainState chain = solve_chain(p, p.smoothing * softplus(-gap / p.smoothing));
    force[i] = p.share * chain.force;
    damping[i] = chain.damping;
  }
  force[count - 1] = 0.0;  // and so it stays, exactly, where the sole is clear of the ground
  ContactLaw law;
  law.parameters_ = p;
  law.force_spline_ =
      std::make_shared<UniformSpline>(kDeepestGap, kTableStep, std::move(force), SplineEnd::kFlat);
  law.force_ = law.force_spline_;
  std::vector<double> stiffness(count);
  for (int i = 0; i < count; ++i) stiffness[i] = -law.force_spline_->calc(kDeepestGap + kTableStep * i).first;
  law.stiffness_ =
      std::make_shared<UniformSpline>(kDeepestGap, kTableStep, std::move(stiffness), SplineEnd::kFlat);
  law.damping_ =
      std::make_shared<UniformSpline>(kDeepestGap, kTableStep, std::move(damping), SplineEnd::kFlat);
  return law;
}

double ContactLaw::calc_stored_energy(double gap) const {
  return force_spline_->calc_integral(force_spline_->last_x()) - force_spline_->calc_integral(gap);
}

}  // namespace lumbarun
