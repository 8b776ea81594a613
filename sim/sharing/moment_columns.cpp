#include "sim/sharing/moment_columns.h"

#include <algorithm>

namespace lumbarun::internal {

using Eigen::Index;

namespace {

using Block = Eigen::Array<double, MomentColumns::kBlock, 1>;
using BlockMap = Eigen::Map<Block, Eigen::AlignedMax>;
using ConstBlockMap = Eigen::Map<const Block, Eigen::AlignedMax>;

}  // namespace

MomentColumns::MomentColumns(Index rows, Index muscles)
    : rows_(rows), range_(static_cast<size_t>(muscles)), movable_(static_cast<size_t>(muscles) + kBlock) {
  matrix_.setZero((rows + kBlock - 1) / kBlock * kBlock, muscles);
}

void MomentColumns::update(const Eigen::MatrixXd& moment_arm, const Eigen::VectorXd& capacity) {
  for (Index i = 0; i < muscle_count(); ++i) {
    const double* arm = moment_arm.col(i).data();
    double* column = matrix_.col(i).data();
    for (Index row = 0; row < rows_; ++row) column[row] = capacity[i] * arm[row];
    const auto is_empty = [column](Index row) { return ConstBlockMap(column + row).abs().sum() == 0.0; };
    RowRange& range = range_[static_cast<size_t>(i)];
    range = {0, padded_rows()};
    while (range.begin < range.end && is_empty(range.begin)) range.begin += kBlock;
    while (range.end > range.begin && is_empty(range.end - kBlock)) range.end -= kBlock;
  }
}

// N columns at once: each entry of `sum` is read and written once for N products. Rows go in pairs, so that a block of B
// serves two columns of `sum`.
template <int N>
void MomentColumns::add_columns(const Index* muscles, const Eigen::VectorXd& slope,
                                Eigen::MatrixXd& sum) const {
  const double* column[N];
  double weight[N];
  Index begin = padded_rows(), end = 0;
  for (int m = 0; m < N; ++m) {
    column[m] = matrix_.col(muscles[m]).data();
    weight[m] = slope[muscles[m]];
    begin = std::min(begin, range_[static_cast<size_t>(muscles[m])].begin);
    end = std::max(end, range_[static_cast<size_t>(muscles[m])].end);
  }
  for (Index row = begin; row < end; row += 2) {
    double left[N], right[N];
    for (int m = 0; m < N; ++m) {
      left[m] = weight[m] * column[m][row];
      right[m] = weight[m] * column[m][row + 1];
    }
    double *left_sum = sum.col(row).data(), *right_sum = sum.col(row + 1).data();
    for (Index k = row / kBlock * kBlock; k < end; k += kBlock) {
      Block l = BlockMap(left_sum + k), r = BlockMap(right_sum + k);
      for (int m = 0; m < N; ++m) {
        const Block b = ConstBlockMap(column[m] + k);
        l += left[m] * b;
        r += right[m] * b;
      }
      BlockMap(left_sum + k) = l;
      BlockMap(right_sum + k) = r;
    }
  }
}

void MomentColumns::add_outer_products(const Eigen::VectorXd& slope, Eigen::MatrixXd& sum) {
  Index count = 0;
  for (Index i = 0; i < muscle_count(); ++i) {
    movable_[static_cast<size_t>(count)] = i;
    count += slope[i] != 0.0;
  }
  const Index* next = movable_.data();
  for (; count >= kBlock; count -= kBlock, next += kBlock) add_columns<kBlock>(next, slope, sum);
  for (; count > 0; --count, ++next) add_columns<1>(next, slope, sum);
}

}  // namespace lumbarun::internal
