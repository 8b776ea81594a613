// Which outputs or directions share a sweep: those that reach much the same nodes of the derivative graph.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/tape/derivative_graph.h"

namespace lumbarun::tape {

class NodeSet {
 public:
  explicit NodeSet(int size) : words_((size + 63) / 64, 0) {}
  void insert(int node) { words_[node / 64] |= uint64_t{1} << (node % 64); }
  bool contains(int node) const { return (words_[node / 64] >> (node % 64)) & 1; }
  int count() const;
  int count_common(const NodeSet& other) const;
  NodeSet& operator|=(const NodeSet& other);

 private:
  std::vector<uint64_t> words_;
};

// Nodes on the way from the inputs to `node`, itself included.
NodeSet calc_ancestors(const DerivativeGraph& graph, int node);
// Nodes with a tangent in direction `input`, and (node_count further on) those with a second-order adjoint.
NodeSet calc_second_order_reach(const DerivativeGraph& graph, int input);

// Directions to sweep so that every nonzero second derivative has one of its two inputs among them. Inputs
// that enter linearly beside each other (accelerations do) need none; later inputs are left out first.
std::vector<int> find_curved_inputs(const DerivativeGraph& graph);

// Partition of 0..sets.size()-1 into groups of at most `capacity` members, by merging greedily the pair with
// the largest overlap; groups of small reach come first.
std::vector<std::vector<int>> group_by_overlap(std::span<const NodeSet> sets, int capacity);

}  // namespace lumbarun::tape
