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

Deflection calc_layer_deflection(const ContactLayer& layer, double reference, double F) {
  const double x_reference = reference / layer.secant_stiffness;
  const double ratio = F / reference;
  const double inverse = 1.0 / layer.exponent;
  return {x_reference * std::pow(ratio, inverse),
          x_reference * inverse * std::pow(ratio, inverse - 1.0) / reference};
}

struct ChainState {
  double force = 0.0;    // N
  double damping = 0.0;  // s/m
};

// Solves Σ x_i(F) = x for F by Newton on log F; x > 0.
ChainState solve_chain(const ContactLawParameters& p, double x) {
  double log_force = 0.0;
  for (int iteration = 0; iteration < 100; ++iteration) {
    const double F = std::exp(log_force);
    double sum = 0.0, slope = 0.0;
    for (const ContactLayer& layer : p.layers) {
      const Deflection d = calc_layer_deflection(layer, p.reference_force, F);
      sum += d.x;
      slope += d.slope * F;
    }
    const double step = (std::log(x) - std::log(sum)) * sum / slope;
    log_force += step;
    if (std::abs(step) < 1e-14) break;
  }
  const double F = std::exp(log_force);
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
  for (const ContactLayer& layer : p.layers) {
    LUMBARUN_DEMAND(layer.secant_stiffness > 0.0 && layer.exponent >= 1.0 && layer.damping >= 0.0);
  }
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
  law.damping_ =
      std::make_shared<UniformSpline>(kDeepestGap, kTableStep, std::move(damping), SplineEnd::kFlat);
  return law;
}

double ContactLaw::calc_stored_energy(double gap) const {
  return force_spline_->calc_integral(force_spline_->last_x()) - force_spline_->calc_integral(gap);
}

}  // namespace lumbarun
