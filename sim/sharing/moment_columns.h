// What unit activations do: B = A diag(C), one column per muscle, and the products that the dual method takes with it.
//
// A muscle crosses a few neighbouring rows (lumbar levels, one leg). Columns are stored dense in blocks of four rows, the last
// one padded with zeros, beside the range of blocks that holds their entries; the weighted sum of outer products, which costs
// most, runs over that range only, four muscles at a time.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace lumbarun::internal {

class MomentColumns {
 public:
  static constexpr int kBlock = 4;

  MomentColumns(Eigen::Index rows, Eigen::Index muscles);

  Eigen::Index row_count() const { return rows_; }
  Eigen::Index padded_rows() const { return matrix_.rows(); }
  Eigen::Index muscle_count() const { return matrix_.cols(); }

  // B = A diag(C).
  void update(const Eigen::MatrixXd& moment_arm, const Eigen::VectorXd& capacity);

  // rows × muscles, padded rows are zero.
  const Eigen::MatrixXd& matrix() const { return matrix_; }

  // Adds B diag(slope) Bᵀ to the lower triangle of `sum` (padded rows × padded rows; what stands above it is spoilt).
  void add_outer_products(const Eigen::VectorXd& slope, Eigen::MatrixXd& sum);

 private:
  struct RowRange {  // whole blocks
    Eigen::Index begin = 0, end = 0;
  };
  template <int N>
  void add_columns(const Eigen::Index* muscles, const Eigen::VectorXd& slope, Eigen::MatrixXd& sum) const;

  Eigen::Index rows_;
  Eigen::MatrixXd matrix_;
  std::vector<RowRange> range_;        // per muscle
  std::vector<Eigen::Index> movable_;  // muscles with a slope
};

}  // namespace lumbarun::internal
