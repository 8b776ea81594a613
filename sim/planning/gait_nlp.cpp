#include "sim/planning/gait_nlp.h"

#include <algorithm>
#include <map>

namespace lumbarun {

namespace {

constexpr int kNeighbours = 3;  // coefficient columns k-1, k, k+1 make the state at knot k

std::array<std::array<double, 3>, 3> calc_knot_basis(double h) {
  return {{{1.0 / 6.0, 4.0 / 6.0, 1.0 / 6.0},
           {-0.5 / h, 0.0, 0.5 / h},
           {1.0 / (h * h), -2.0 / (h * h), 1.0 / (h * h)}}};
}

}  // namespace

GaitNlp::GaitNlp(const Runner& runner, PeriodicMotion start, CostTerms costs,
                 std::vector<CoefficientBound> bounds, bool enforce_root_balance)
    : enforce_root_balance_(enforce_root_balance),
      n_(runner.model.coordinate_count()),
      motion_(std::move(start)),
      costs_(std::move(costs)),
      bounds_(std::move(bounds)),
      root_scale_(calc_root_scales(runner)),
      tape_(record_node_kernel(runner)),
      evaluator_(tape_),
      basis_(calc_knot_basis(motion_.knot_spacing())) {
  m_ = tape_.output_count();
  const int N = motion_.knot_count();
  inputs_ = Eigen::MatrixXd::Zero(3 * n_, N);
  outputs_ = Eigen::MatrixXd::Zero(m_, N);
  jacobians_.assign(N, RowMajor::Zero(m_, 3 * n_));
  node_hessian_ = Eigen::MatrixXd::Zero(3 * n_, 3 * n_);
  weighted_jacobian_ = Eigen::MatrixXd::Zero(m_, 3 * n_);
  weights_ = Eigen::VectorXd::Zero(m_);
  slope_ = {Eigen::VectorXd::Zero(3 * n_), Eigen::VectorXd::Zero(m_), Eigen::VectorXd::Zero(3 * n_),
            Eigen::VectorXd::Zero(m_)};
  build_patterns();
}

void GaitNlp::build_patterns() {
  std::map<std::pair<int, int>, int> slots;
  const auto variable = [&](int k, int i) {
    const auto w = motion_.wrap(k, i);
    return w.column * n_ + w.row;
  };
  for (int k = 0; k < motion_.knot_count(); ++k) {
    for (int r = 0; enforce_root_balance_ && r < kRootCoordinateCount; ++r) {
      for (int a = 0; a < kNeighbours; ++a) {
        for (int i = 0; i < n_; ++i) {
          jacobian_pattern_.row.push_back(k * kRootCoordinateCount + r);
          jacobian_pattern_.column.push_back(variable(k + a - 1, i));
        }
      }
    }
    for (int ab = 0; ab < kNeighbours * kNeighbours; ++ab) {
      for (int ij = 0; ij < n_ * n_; ++ij) {
        const int row = variable(k + ab / kNeighbours - 1, ij / n_);
        const int column = variable(k + ab % kNeighbours - 1, ij % n_);
        if (row < column) {
          hessian_slot_.push_back(-1);
          continue;
        }
        const auto [it, is_new] =
            slots.try_emplace({row, column}, static_cast<int>(hessian_pattern_.row.size()));
        if (is_new) {
          hessian_pattern_.row.push_back(row);
          hessian_pattern_.column.push_back(column);
        }
        hessian_slot_.push_back(it->second);
      }
    }
  }
}

void GaitNlp::get_bounds(double* x_low, double* x_high, double* g_low, double* g_high) const {
  std::fill_n(x_low, variable_count(), -kUnbounded);
  std::fill_n(x_high, variable_count(), kUnbounded);
  std::fill_n(g_low, constraint_count(), 0.0);
  std::fill_n(g_high, constraint_count(), 0.0);
  for (const CoefficientBound& bound : bounds_) {
    for (int i = bound.coordinate; i < variable_count(); i += motion_.coordinate_count()) {
      x_low[i] = bound.low / kVariableScale;
      x_high[i] = bound.high / kVariableScale;
    }
  }
}

Eigen::VectorXd GaitNlp::get_start() const {
  return Eigen::Map<const Eigen::VectorXd>(motion_.coefficients.data(), variable_count()) / kVariableScale;
}

void GaitNlp::fill_node_inputs(int k, double* z) const {
  const MotionState state = motion_.at_knot(k);
  std::copy_n(state.q.data(), n_, z);
  std::copy_n(state.v.data(), n_, z + n_);
  std::copy_n(state.a.data(), n_, z + 2 * n_);
}

void GaitNlp::set_point(const double* x) {
  Eigen::Map<Eigen::VectorXd>(motion_.coefficients.data(), variable_count()) =
      Eigen::Map<const Eigen::VectorXd>(x, variable_count()) * kVariableScale;
  for (int k = 0; k < motion_.knot_count(); ++k) {
    fill_node_inputs(k, inputs_.col(k).data());
    evaluator_.calc_values(inputs_.col(k).data(), outputs_.col(k).data());
  }
  jacobians_valid_ = false;
}

std::vector<double> GaitNlp::calc_term_values() const {
  std::vector<double> values(costs_.size(), 0.0);
  for (size_t t = 0; t < costs_.size(); ++t) {
    for (int k = 0; k < motion_.knot_count(); ++k) {
      values[t] +=
          costs_[t]->calc_value({k, inputs_.col(k).data(), outputs_.col(k).data()}) / motion_.knot_count();
    }
  }
  return values;
}

double GaitNlp::calc_objective() const {
  double sum = 0.0;
  for (double value : calc_term_values()) sum += value;
  return sum;
}

Eigen::VectorXd GaitNlp::calc_root_rows() const {
  Eigen::VectorXd rows(kRootCoordinateCount * motion_.knot_count());
  for (int k = 0; k < motion_.knot_count(); ++k) {
    for (int r = 0; r < kRootCoordinateCount; ++r)
      rows[k * kRootCoordinateCount + r] = outputs_(r, k) / root_scale_[r];
  }
  return rows;
}

void GaitNlp::calc_constraints(double* g) const {
  if (enforce_root_balance_) Eigen::Map<Eigen::VectorXd>(g, constraint_count()) = calc_root_rows();
}

void GaitNlp::update_jacobians() {
  if (jacobians_valid_) return;
  Eigen::VectorXd y(m_);
  for (int k = 0; k < motion_.knot_count(); ++k) {
    evaluator_.update_partials(inputs_.col(k).data(), y.data());
    evaluator_.calc_jacobian(jacobians_[k].data());
  }
  jacobians_valid_ = true;
}

void GaitNlp::calc_gradient(double* gradient) {
  update_jacobians();
  std::fill(gradient, gradient + variable_count(), 0.0);
  const double scale = kVariableScale / motion_.knot_count();
  for (int k = 0; k < motion_.knot_count(); ++k) {
    slope_.set_zero();
    for (const auto& term : costs_)
      term->add_slope({k, inputs_.col(k).data(), outputs_.col(k).data()}, slope_);
    slope_.gradient_z.noalias() += jacobians_[k].transpose() * slope_.gradient_y;
    for (int a = 0; a < kNeighbours; ++a) {
      for (int i = 0; i < n_; ++i) {
        const auto w = motion_.wrap(k + a - 1, i);
        double sum = 0.0;
        for (int s = 0; s < 3; ++s) sum += basis_[s][a] * slope_.gradient_z[s * n_ + i];
        gradient[w.column * n_ + w.row] += w.sign * scale * sum;
      }
    }
  }
}

void GaitNlp::calc_jacobian(double* values) {
  if (!enforce_root_balance_) return;
  update_jacobians();
  size_t slot = 0;
  for (int k = 0; k < motion_.knot_count(); ++k) {
    for (int r = 0; r < kRootCoordinateCount; ++r) {
      const double scale = kVariableScale / root_scale_[r];
      for (int a = 0; a < kNeighbours; ++a) {
        for (int i = 0; i < n_; ++i) {
          double sum = 0.0;
          for (int s = 0; s < 3; ++s) sum += basis_[s][a] * jacobians_[k](r, s * n_ + i);
          values[slot++] = motion_.wrap(k + a - 1, i).sign * scale * sum;
        }
      }
    }
  }
}

void GaitNlp::assemble_node_hessian(int k, double objective_factor, const double* multipliers,
                                    HessianKind kind) {
  const double share = objective_factor / motion_.knot_count();
  slope_.set_zero();
  for (const auto& term : costs_) term->add_slope({k, inputs_.col(k).data(), outputs_.col(k).data()}, slope_);
  if (kind == HessianKind::kExact) {
    weights_ = share * slope_.gradient_y;
    for (int r = 0; enforce_root_balance_ && r < kRootCoordinateCount; ++r) {
      weights_[r] += multipliers[k * kRootCoordinateCount + r] / root_scale_[r];
    }
    Eigen::VectorXd y(m_);
    evaluator_.update_partials(inputs_.col(k).data(), y.data());
    evaluator_.calc_hessian(weights_.data(), node_hessian_.data(), 2 * n_);
  } else {
    node_hessian_.setZero();
  }
  weighted_jacobian_ = (share * slope_.curvature_y).cwiseSqrt().asDiagonal() * jacobians_[k];
  node_hessian_.noalias() += weighted_jacobian_.transpose() * weighted_jacobian_;
  node_hessian_.diagonal() += share * slope_.curvature_z;
}

void GaitNlp::scatter_node_hessian(int k, double* values) const {
  size_t slot = static_cast<size_t>(k) * kNeighbours * kNeighbours * n_ * n_;
  Eigen::MatrixXd block(n_, n_);
  for (int a = 0; a < kNeighbours; ++a) {
    for (int b = 0; b < kNeighbours; ++b) {
      block.setZero();
      for (int s = 0; s < 3; ++s) {
        for (int t = 0; t < 3; ++t) {
          const double factor = basis_[s][a] * basis_[t][b];
          if (factor != 0.0) block += factor * node_hessian_.block(s * n_, t * n_, n_, n_);
        }
      }
      for (int i = 0; i < n_; ++i) {
        const double row_sign = motion_.wrap(k + a - 1, i).sign * kVariableScale * kVariableScale;
        for (int j = 0; j < n_; ++j, ++slot) {
          const int target = hessian_slot_[slot];
          if (target >= 0) values[target] += row_sign * motion_.wrap(k + b - 1, j).sign * block(i, j);
        }
      }
    }
  }
}

void GaitNlp::calc_hessian(double objective_factor, const double* multipliers, HessianKind kind,
                           double* values) {
  update_jacobians();
  std::fill(values, values + hessian_pattern_.row.size(), 0.0);
  for (int k = 0; k < motion_.knot_count(); ++k) {
    assemble_node_hessian(k, objective_factor, multipliers, kind);
    scatter_node_hessian(k, values);
  }
}

}  // namespace lumbarun
