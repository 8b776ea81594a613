#include "sim/tape/lane_sweep.h"

#include <algorithm>
#include <limits>

#include "sim/tape/lane_groups.h"

namespace lumbarun::tape {

namespace {

using Row = std::vector<LaneBlock::Term>;

// Row of each node in the sweep being built; 0 (the zero row) where the derivative is structurally zero.
using RowOfNode = std::vector<int>;

// Appends the sum as blocks; returns the row that holds it.
int add_sum(LaneSweep& sweep, Row& terms) {
  if (terms.empty()) return LaneSweep::kZeroRow;
  int start = LaneSweep::kZeroRow;
  const auto unit = std::find_if(terms.begin(), terms.end(),
                                 [](const auto& term) { return term.coefficient == PoolBuilder::kOne; });
  if (unit != terms.end()) {
    start = unit->source;
    terms.erase(unit);
    if (terms.empty()) return start;
  }
  const int target = sweep.row_count++;
  for (size_t first = 0; first < terms.size(); first += LaneBlock::kTermCount, start = target) {
    LaneBlock block{target, start, {}};
    std::copy_n(terms.begin() + first, std::min(terms.size() - first, block.terms.size()),
                block.terms.begin());
    sweep.blocks.push_back(block);
  }
  return target;
}

void add_seeds(const std::vector<int>& nodes, int node, Row& terms) {
  for (size_t l = 0; l < nodes.size(); ++l) {
    if (nodes[l] == node)
      terms.push_back({PoolBuilder::kOne, LaneSweep::kFirstUnitRow + static_cast<int>(l)});
  }
}

void add_consumers(const DerivativeGraph& graph, int node, const RowOfNode& adjoint, PoolBuilder& pool,
                   Row& terms) {
  for (int c : graph.consumers(node)) {
    if (adjoint[c] == 0) continue;
    terms.push_back({pool.materialise(Stage::kPartials, graph.partial(c, node)), adjoint[c]});
  }
}

// A tangent that meets no curvature on the way to a target is not needed.
void drop_unread(LaneSweep& sweep) {
  std::vector<char> is_read(sweep.row_count, 0), keep(sweep.blocks.size(), 0);
  for (const LaneResult& result : sweep.results) is_read[result.row] = 1;
  for (size_t b = sweep.blocks.size(); b-- > 0;) {
    const LaneBlock& block = sweep.blocks[b];
    keep[b] = is_read[block.target];
    if (!keep[b]) continue;
    is_read[block.start] = 1;
    for (const LaneBlock::Term& term : block.terms) is_read[term.source] = 1;
  }
  size_t b = 0;
  std::erase_if(sweep.blocks, [&](const LaneBlock&) { return !keep[b++]; });
}

// Renumbers the rows so that one whose last reader has run is written again: the rows in use stay in the
// nearest cache.
void reuse_rows(LaneSweep& sweep) {
  constexpr int kEnd = std::numeric_limits<int>::max();
  std::vector<int> last_read(sweep.row_count, kEnd), place(sweep.row_count, -1), free;
  const auto for_each_read = [](LaneBlock& block, const auto& visit) {
    visit(block.start);
    for (LaneBlock::Term& term : block.terms) visit(term.source);
  };
  for (size_t b = 0; b < sweep.blocks.size(); ++b) {
    for_each_read(sweep.blocks[b], [&](int row) { last_read[row] = static_cast<int>(b); });
  }
  for (int row = 0; row < LaneSweep::kFixedRowCount; ++row) last_read[row] = kEnd, place[row] = row;
  for (const LaneResult& result : sweep.results) last_read[result.row] = kEnd;
  sweep.row_count = LaneSweep::kFixedRowCount;
  for (int b = 0; b < static_cast<int>(sweep.blocks.size()); ++b) {
    LaneBlock& block = sweep.blocks[b];
    for_each_read(block, [&](int& row) {
      if (last_read[row] == b && row != block.target) {
        last_read[row] = kEnd;
        free.push_back(place[row]);
      }
      row = place[row];
    });
    int& target = place[block.target];
    if (target < 0 && free.empty()) target = sweep.row_count++;
    if (target < 0) target = free.back(), free.pop_back();
    block.target = target;
  }
  for (LaneResult& result : sweep.results) result.row = place[result.row];
}

LaneSweep build_reverse_sweep(const DerivativeGraph& graph, const std::vector<int>& nodes,
                              PoolBuilder& pool) {
  LaneSweep sweep;
  RowOfNode adjoint(graph.node_count(), 0);
  Row terms;
  for (int j = graph.node_count() - 1; j >= 0; --j) {
    terms.clear();
    add_seeds(nodes, j, terms);
    add_consumers(graph, j, adjoint, pool, terms);
    adjoint[j] = add_sum(sweep, terms);
    if (j < graph.input_count() && adjoint[j] != 0) sweep.results.push_back({j, adjoint[j]});
  }
  reuse_rows(sweep);
  return sweep;
}

LaneSweep build_second_order_sweep(const DerivativeGraph& graph, const std::vector<int>& directions,
                                   const std::vector<char>& is_target, PoolBuilder& pool) {
  LaneSweep sweep;
  RowOfNode tangent(graph.node_count(), 0), adjoint(graph.node_count(), 0);
  std::vector<char> leads_to_target = is_target;
  leads_to_target.resize(graph.node_count(), 0);
  Row terms;
  for (int j = 0; j < graph.node_count(); ++j) {
    terms.clear();
    add_seeds(directions, j, terms);
    for (const auto& [i, d] : graph.operands(j)) {
      if (tangent[i] != 0) terms.push_back({pool.materialise(Stage::kPartials, d), tangent[i]});
      leads_to_target[j] |= leads_to_target[i];
    }
    tangent[j] = add_sum(sweep, terms);
  }
  for (int j = graph.node_count() - 1; j >= 0; --j) {
    if (!leads_to_target[j]) continue;
    terms.clear();
    add_consumers(graph, j, adjoint, pool, terms);
    for (const auto& [k, w] : graph.curvature(j)) {
      if (tangent[k] != 0) terms.push_back({pool.materialise(Stage::kCurvature, w), tangent[k]});
    }
    adjoint[j] = add_sum(sweep, terms);
    if (j < graph.input_count() && adjoint[j] != 0) sweep.results.push_back({j, adjoint[j]});
  }
  drop_unread(sweep);
  reuse_rows(sweep);
  return sweep;
}

}  // namespace

void LaneSweep::run(const double* pool, LaneRow* rows) const {
  for (const LaneBlock& block : blocks) {
    Lanes8::Storage sum = rows[block.start].lane;
    for (const LaneBlock::Term& term : block.terms) sum += pool[term.coefficient] * rows[term.source].lane;
    rows[block.target].lane = sum;
  }
}

std::vector<LaneSweep> build_jacobian_sweeps(const DerivativeGraph& graph, std::span<const int> outputs,
                                             PoolBuilder& pool) {
  std::vector<NodeSet> reached;
  std::vector<int> candidates;
  for (size_t k = 0; k < outputs.size(); ++k) {
    if (outputs[k] < 0) continue;
    candidates.push_back(static_cast<int>(k));
    reached.push_back(calc_ancestors(graph, outputs[k]));
  }
  std::vector<LaneSweep> sweeps;
  for (const std::vector<int>& group : group_by_overlap(reached, Lanes8::kWidth)) {
    std::vector<int> members, nodes;
    for (int g : group) {
      members.push_back(candidates[g]);
      nodes.push_back(outputs[candidates[g]]);
    }
    sweeps.push_back(build_reverse_sweep(graph, nodes, pool));
    sweeps.back().members = members;
  }
  return sweeps;
}

std::vector<LaneSweep> build_hessian_sweeps(const DerivativeGraph& graph, PoolBuilder& pool) {
  const std::vector<int> directions = find_curved_inputs(graph);
  std::vector<NodeSet> reached;
  for (int i : directions) reached.push_back(calc_second_order_reach(graph, i));
  std::vector<LaneSweep> sweeps;
  std::vector<char> is_target(graph.input_count(), 1);
  for (const std::vector<int>& group : group_by_overlap(reached, Lanes8::kWidth)) {
    std::vector<int> members;
    for (int g : group) members.push_back(directions[g]);
    sweeps.push_back(build_second_order_sweep(graph, members, is_target, pool));
    sweeps.back().members = members;
    for (int i : members) is_target[i] = 0;
  }
  return sweeps;
}

}  // namespace lumbarun::tape
