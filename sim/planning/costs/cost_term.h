// One interface for every cost of the gait problem, evaluated knot by knot.
//
// A term sees z = (q, v, a) and the kernel's outputs y (torques, then extra node states) at knot k and adds its value,
// gradient and (diagonal, convex) curvature with respect to both. The problem averages over knots, so weights do not
// depend on their number. Curvature is the exact second derivative for the quadratic terms.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <string>
#include <vector>

namespace lumbarun {

struct NodeView {
  int knot = 0;
  const double* z = nullptr;
  const double* y = nullptr;
};

struct NodeSlope {
  Eigen::VectorXd gradient_z, gradient_y;  // sizes 3n and outputs
  Eigen::VectorXd curvature_z, curvature_y;
  void set_zero() {
    gradient_z.setZero();
    gradient_y.setZero();
    curvature_z.setZero();
    curvature_y.setZero();
  }
};

class CostTerm {
 public:
  explicit CostTerm(std::string name) : name_(std::move(name)) {}
  virtual ~CostTerm() = default;
  const std::string& name() const { return name_; }

  virtual double calc_value(const NodeView& node) const = 0;
  virtual void add_slope(const NodeView& node, NodeSlope& slope) const = 0;

 private:
  std::string name_;
};

using CostTerms = std::vector<std::shared_ptr<const CostTerm>>;

// ½ Σ_i w_i (x_i - target_i(k))² over entries of z or of y.
class WeightedSquares final : public CostTerm {
 public:
  enum class Side { kState, kOutput };
  struct Entry {
    int index = 0;
    double weight = 0.0;
    Eigen::VectorXd target;  // per knot; empty: zero
  };

  WeightedSquares(std::string name, Side side, std::vector<Entry> entries)
      : CostTerm(std::move(name)), side_(side), entries_(std::move(entries)) {}

  double calc_value(const NodeView& node) const override {
    double sum = 0.0;
    for (const Entry& e : entries_) sum += 0.5 * e.weight * deviation(e, node) * deviation(e, node);
    return sum;
  }

  void add_slope(const NodeView& node, NodeSlope& slope) const override {
    const bool state = side_ == Side::kState;
    Eigen::VectorXd& gradient = state ? slope.gradient_z : slope.gradient_y;
    Eigen::VectorXd& curvature = state ? slope.curvature_z : slope.curvature_y;
    for (const Entry& e : entries_) {
      gradient[e.index] += e.weight * deviation(e, node);
      curvature[e.index] += e.weight;
    }
  }

 private:
  double deviation(const Entry& e, const NodeView& node) const {
    const double x = (side_ == Side::kState ? node.z : node.y)[e.index];
    return e.target.size() == 0 ? x : x - e.target[node.knot];
  }

  Side side_;
  std::vector<Entry> entries_;
};

}  // namespace lumbarun
