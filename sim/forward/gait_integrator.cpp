#include "sim/forward/gait_integrator.h"

#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <limits>

namespace lumbarun {

namespace {

namespace odeint = boost::numeric::odeint;
using Dopri5 = odeint::runge_kutta_dopri5<ForwardState>;

constexpr double kFirstStep = 1e-4;    // s
constexpr int kEvaluationsPerTry = 6;  // of a seven-stage method that reuses its last stage

// Model of Odeint's ErrorChecker: largest |error| over the tolerance of its state; infinite, so that the step
// is rejected, when an error is not a number.
class ScaledErrorChecker {
 public:
  using value_type = double;
  using algebra_type = Dopri5::algebra_type;
  using operations_type = Dopri5::operations_type;

  ScaledErrorChecker() = default;
  explicit ScaledErrorChecker(std::vector<double> inverse_tolerance)
      : inverse_(std::move(inverse_tolerance)) {}

  template <class State, class Deriv, class Err, class Time>
  double error(algebra_type&, const State&, const Deriv&, Err& x_err, Time) const {
    double largest = 0.0;
    for (size_t i = 0; i < inverse_.size(); ++i) {
      const double scaled = std::abs(x_err[i]) * inverse_[i];
      if (!std::isfinite(scaled)) return std::numeric_limits<double>::infinity();
      largest = std::max(largest, scaled);
    }
    return largest;
  }

 private:
  std::vector<double> inverse_;  // 1 / tolerance of each state; 0: not controlled
};

ScaledErrorChecker build_error_checker(int n, double tolerance) {
  std::vector<double> inverse(2 * n + kEnergyFlowCount, 1.0 / (tolerance * kEnergyScale));
  std::fill_n(inverse.begin(), n, 1.0 / tolerance);
  std::fill_n(inverse.begin() + n, n, 1.0 / (tolerance * kRateScale));
  inverse[2 * n + static_cast<int>(EnergyFlow::kPositiveWork)] = 0.0;
  return ScaledErrorChecker(std::move(inverse));
}

using Controlled = odeint::controlled_runge_kutta<Dopri5, ScaledErrorChecker>;
using Dense = odeint::dense_output_runge_kutta<Controlled>;

}  // namespace

struct GaitIntegrator::Stepper {
  Dense dense;
};

GaitIntegrator::GaitIntegrator(GaitEquations& equations, const IntegrationOptions& options,
                               const ForwardState& start, double t)
    : equations_(equations), options_(options) {
  const Controlled controlled(build_error_checker(equations.coordinate_count(), options.tolerance),
                              Controlled::step_adjuster_type(options.max_step));
  stepper_ = std::make_unique<Stepper>(Stepper{Dense(controlled)});
  stepper_->dense.initialize(start, t, std::min(kFirstStep, options.max_step));
}

GaitIntegrator::~GaitIntegrator() = default;

bool GaitIntegrator::advance() {
  const long before = equations_.evaluations();
  try {
    stepper_->dense.do_step(std::ref(equations_));
  } catch (const odeint::step_adjustment_error&) {
    return false;  // Odeint gives up after 500 rejections in a row
  }
  own_evaluations_ += equations_.evaluations() - before;
  ++steps_;
  return stepper_->dense.current_time_step() >= options_.smallest_step;
}

double GaitIntegrator::previous_time() const { return stepper_->dense.previous_time(); }
double GaitIntegrator::time() const { return stepper_->dense.current_time(); }
const ForwardState& GaitIntegrator::state() const { return stepper_->dense.current_state(); }
void GaitIntegrator::calc_state(double t, ForwardState& x) const { stepper_->dense.calc_state(t, x); }
long GaitIntegrator::rejected() const { return own_evaluations_ / kEvaluationsPerTry - steps_; }

}  // namespace lumbarun
