// The linearised tape as a graph, reduced once before any number is known.
//
//   tangent   t_j = Σ_i d_ji t_i                    over the operands i of j
//   adjoint   b_j = Σ_c d_cj b_c + Σ_k w_jk t_k     over the consumers c of j; w is symmetric
//
// where d are local partials and w the adjoint-weighted second partials. A node j between inputs and outputs
// can be eliminated by substituting both sums:
//
//   d_ci += d_cj d_ji,   w_ik += d_ji w_jk,   w_ii' += d_ji d_ji' w_jj
//
// That costs scalar code once per point, and the node is missing from every sweep. Nodes go in greedy order
// as long as the sums do not grow (vertex elimination: Griewank & Walther 2008, ch. 9-10; for the Hessian
// Gower & Mello 2012, Optim Methods Softw 27:251).
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "sim/tape/pool_program.h"

namespace lumbarun::tape {

class DerivativeGraph {
 public:
  using Row = std::vector<std::pair<int, Term>>;  // the terms of a sum, ordered by node

  // Nodes 0..input_count-1 are the inputs; an operand comes before its consumers.
  DerivativeGraph(int node_count, int input_count, PoolBuilder& pool);
  void add_partial(int consumer, int operand, const Term& d);
  void add_curvature(int i, int k, const Term& w);  // also w_ki

  // Eliminates nodes other than inputs and `outputs`. Call once, after all partials and curvatures.
  void reduce(std::span<const int> outputs);

  int node_count() const { return static_cast<int>(operands_.size()); }
  int input_count() const { return input_count_; }
  // Empty for an eliminated node.
  const Row& operands(int node) const { return operands_[node]; }
  const Row& curvature(int node) const { return curvature_[node]; }
  const std::vector<int>& consumers(int node) const { return consumers_[node]; }
  const Term& partial(int consumer, int operand) const;

 private:
  int calc_growth(int node) const;
  void eliminate(int node);
  void eliminate_curvature(int node);
  std::vector<int> get_neighbours(int node) const;

  int input_count_;
  PoolBuilder& pool_;
  std::vector<Row> operands_, curvature_;
  std::vector<std::vector<int>> consumers_;  // ordered
};

}  // namespace lumbarun::tape
