#include "sim/statistics/correlation.h"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kNormal975 = 1.959963984540054;  // 97.5 % quantile of the standard normal

std::vector<std::size_t> calc_order(const double* values, std::size_t count, std::size_t stride) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a * stride] < values[b * stride]; });
  return order;
}

Eigen::VectorXd calc_rank_vector(const std::vector<double>& values) {
  const std::vector<double> ranks = calc_ranks(values);
  return Eigen::Map<const Eigen::VectorXd>(ranks.data(), static_cast<Eigen::Index>(ranks.size()));
}

PartialRankCorrelation calc_interval(double value, double freedom) {
  if (!(freedom > 1)) return {kNone, kNone, kNone};
  const double center = std::atanh(std::clamp(value, -1 + 1e-12, 1 - 1e-12));
  const double half = kNormal975 / std::sqrt(freedom - 1);
  return {value, std::tanh(center - half), std::tanh(center + half)};
}

}  // namespace

std::vector<double> calc_ranks(const std::vector<double>& values) {
  const auto order = calc_order(values.data(), values.size(), 1);
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    for (std::size_t i = first; i <= last; ++i) ranks[order[i]] = 1 + 0.5 * static_cast<double>(first + last);
    first = last + 1;
  }
  return ranks;
}

double calc_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  using Vector = Eigen::Map<const Eigen::ArrayXd>;
  const Vector a(x.data(), static_cast<Eigen::Index>(x.size()));
  const Vector b(y.data(), static_cast<Eigen::Index>(y.size()));
  const Eigen::ArrayXd da = a - a.mean();
  const Eigen::ArrayXd db = b - b.mean();
  const double scale = std::sqrt(da.square().sum() * db.square().sum());
  return scale > 0 ? (da * db).sum() / scale : kNone;
}

double calc_rank_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  return calc_correlation(calc_ranks(x), calc_ranks(y));
}

std::vector<PartialRankCorrelation> calc_partial_rank_correlations(const SampleMatrix& inputs,
                                                                   const std::vector<double>& output) {
  const Eigen::Index n = inputs.rows();
  const Eigen::Index k = inputs.cols();
  Eigen::MatrixXd ranks(n, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    std::vector<double> column(static_cast<std::size_t>(n));
    for (Eigen::Index row = 0; row < n; ++row) column[static_cast<std::size_t>(row)] = inputs(row, i);
    ranks.col(i) = calc_rank_vector(column);
  }
  const Eigen::VectorXd y = calc_rank_vector(output);
  std::vector<PartialRankCorrelation> found;
  for (Eigen::Index i = 0; i < k; ++i) {
    Eigen::MatrixXd others(n, k);  // a column of ones in place of input i
    others = ranks;
    others.col(i).setOnes();
    const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> fit(others);
    const Eigen::VectorXd x_left = ranks.col(i) - others * fit.solve(ranks.col(i));
    const Eigen::VectorXd y_left = y - others * fit.solve(y);
    const double scale = x_left.norm() * y_left.norm();
    const double whole = ranks.col(i).norm() * y.norm();
    found.push_back(scale > 1e-18 * whole
                        ? calc_interval(x_left.dot(y_left) / scale, static_cast<double>(n - k - 2))
                        : PartialRankCorrelation{kNone, kNone, kNone});
  }
  return found;
}

SampleMatrix calc_correlated_sample(const SampleMatrix& sample, const Eigen::MatrixXd& wanted) {
  // A rank correlation ρ of normal variables is a product-moment correlation of 2 sin(π ρ / 6).
  const Eigen::MatrixXd normal_wanted = wanted.unaryExpr(
      [](double rank) { return rank == 1.0 ? 1.0 : 2 * std::sin(std::numbers::pi / 6 * rank); });
  const Eigen::LLT<Eigen::MatrixXd> factor(normal_wanted);
  LUMBARUN_THROW_UNLESS(factor.info() == Eigen::Success,
                        "no set of variables has these correlations: the matrix is not positive definite");
  const boost::math::normal normal;
  Eigen::MatrixXd scores(sample.rows(), sample.cols());
  for (Eigen::Index i = 0; i < sample.size(); ++i) {
    scores(i / sample.cols(), i % sample.cols()) =
        boost::math::quantile(normal, std::clamp(sample.data()[i], 1e-12, 1 - 1e-12));
  }
  const SampleMatrix mixed = scores * factor.matrixL().toDenseMatrix().transpose();
  SampleMatrix result(sample.rows(), sample.cols());
  const auto rows = static_cast<std::size_t>(sample.rows());
  const auto stride = static_cast<std::size_t>(sample.cols());
  for (std::size_t column = 0; column < stride; ++column) {
    const auto from = calc_order(sample.data() + column, rows, stride);
    const auto to = calc_order(mixed.data() + column, rows, stride);
    for (std::size_t i = 0; i < rows; ++i) {
      result.data()[to[i] * stride + column] = sample.data()[from[i] * stride + column];
    }
  }
  return result;
}

}  // namespace lumbarun
