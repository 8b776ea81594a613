#include "sim/forward/linearisation.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "sim/planning/node_kernel.h"

namespace lumbarun {

namespace {

// Largest |A t| of the series: the first term left out, |A t|⁶/720, is below 1e-10.
constexpr double kSeriesNorm = 0.0625;
constexpr int kBalancingSweeps = 4;

// Makes rows and columns of A alike in size: A ← D⁻¹ A D, returns the diagonal of D (Osborne 1960, J ACM
// 7:338).
Eigen::VectorXd balance(Eigen::MatrixXd& A) {
  Eigen::VectorXd scale = Eigen::VectorXd::Ones(A.rows());
  for (int sweep = 0; sweep < kBalancingSweeps; ++sweep) {
    for (int i = 0; i < A.rows(); ++i) {
      const double own = std::abs(A(i, i));
      const double column = A.col(i).cwiseAbs().sum() - own, row = A.row(i).cwiseAbs().sum() - own;
      if (column <= 0.0 || row <= 0.0) continue;
      const double factor = std::sqrt(row / column);
      A.col(i) *= factor;
      A.row(i) /= factor;
      scale[i] *= factor;
    }
  }
  return scale;
}

}  // namespace

Lineariser::Lineariser(const Runner& runner)
    : runner_(runner),
      data_(runner),
      tape_(record_node_kernel(runner)),
      evaluator_(tape_),
      input_(tape_.input_count()),
      output_(tape_.output_count()),
      jacobian_(tape_.output_count(), tape_.input_count()) {}

LinearSystem Lineariser::calc(const Eigen::VectorXd& row) {
  const int n = runner_.model.coordinate_count(), m = n - kRootCoordinateCount;
  const double *q = row.data(), *v = q + n, *torque = v + n;
  input_.head(2 * n) = row.head(2 * n);
  calc_accelerations(runner_, data_, q, v, torque, input_.data() + 2 * n);
  evaluator_.update_partials(input_.data(), output_.data());
  evaluator_.calc_jacobian(jacobian_.data());
  const Eigen::LLT<Eigen::MatrixXd> mass(jacobian_.block(0, 2 * n, n, n));
  LinearSystem system{Eigen::MatrixXd::Zero(2 * n, 2 * n), Eigen::MatrixXd::Zero(2 * n, m)};
  system.A.topRightCorner(n, n).setIdentity();
  system.A.bottomRows(n) = -mass.solve(jacobian_.topLeftCorner(n, 2 * n));
  system.B.bottomRows(n) = mass.solve(Eigen::MatrixXd::Identity(n, n).rightCols(m));
  return system;
}

LinearSystem calc_exact_discretisation(const LinearSystem& system, double time) {
  const int n = static_cast<int>(system.A.rows());
  Eigen::MatrixXd A = system.A;
  const Eigen::VectorXd scale = balance(A);
  const double norm = A.cwiseAbs().colwise().sum().maxCoeff() * time;
  const int doublings = norm > kSeriesNorm ? static_cast<int>(std::ceil(std::log2(norm / kSeriesNorm))) : 0;
  const double h = std::ldexp(time, -doublings);
  const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(n, n);
  const Eigen::MatrixXd Ah = A * h;
  const Eigen::MatrixXd Ah2 = Ah * Ah;
  // integral = ∫₀ʰ exp(A s) ds = h (I + Ah/2 + Ah²/6 + Ah³/24 + Ah⁴/120),  exp(A h) = I + A integral
  const Eigen::MatrixXd tail = identity / 6.0 + Ah / 24.0 + Ah2 / 120.0;
  Eigen::MatrixXd integral = (identity + 0.5 * Ah) * h;
  integral.noalias() += h * (Ah2 * tail);
  Eigen::MatrixXd transition = identity;
  transition.noalias() += A * integral;
  Eigen::MatrixXd product(n, n);
  for (int d = 0; d < doublings; ++d) {
    product.noalias() = transition * integral;
    integral += product;
    product.noalias() = transition * transition;
    transition.swap(product);
  }
  const auto inverse = scale.cwiseInverse().asDiagonal();
  const Eigen::MatrixXd scaled_input = inverse * system.B;
  return {scale.asDiagonal() * transition * inverse, scale.asDiagonal() * (integral * scaled_input)};
}

PeriodicSystem linearise_about_plan(const Runner& runner, const TorquePlan& plan, double spacing) {
  const int n = plan.coordinate_count();
  const int intervals = static_cast<int>(std::ceil(plan.period() / spacing));
  PeriodicSystem system;
  system.spacing = plan.period() / intervals;
  for (int half = 0; half < 2; ++half) {
    for (int i = 0; i < n; ++i) {
      system.partner.push_back(plan.map().partner[i] + half * n);
      system.sign.push_back(plan.map().sign[i]);
    }
  }
  Lineariser lineariser(runner);
  Eigen::VectorXd row(3 * n);
  for (int k = 0; k < intervals; ++k) {
    plan.calc_row((k + 0.5) * system.spacing, row);
    LinearSystem discrete = calc_exact_discretisation(lineariser.calc(row), system.spacing);
    system.A.push_back(std::move(discrete.A));
    system.B.push_back(std::move(discrete.B));
  }
  return system;
}

}  // namespace lumbarun
