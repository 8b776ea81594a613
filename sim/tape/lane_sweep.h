// One sweep of eight derivatives at once through the reduced derivative graph, as branch-free code: each
// block adds up to four terms to a row of lanes. Only what its own outputs or directions can reach is in a
// sweep.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/tape/derivative_graph.h"
#include "sim/tape/tape.h"

namespace lumbarun::tape {

// rows[target] = rows[start] + Σ pool[coefficient] · rows[source]
struct LaneBlock {
  static constexpr int kTermCount = 4;
  struct Term {
    int coefficient = PoolBuilder::kZero;
    int source = 0;
  };
  int target = 0;
  int start = 0;
  std::array<Term, kTermCount> terms;
};

// Where the derivative with respect to an input ends up.
struct LaneResult {
  int input = 0;
  int row = 0;
};

struct LaneSweep {
  static constexpr int kZeroRow = 0;
  static constexpr int kFirstUnitRow = 1;  // rows 1..8: the unit vectors, seeds of the members
  static constexpr int kFixedRowCount = kFirstUnitRow + Lanes8::kWidth;

  std::vector<int> members;  // outputs (Jacobian) or directions (Hessian), at most eight
  std::vector<LaneBlock> blocks;
  std::vector<LaneResult> results;
  int row_count = kFixedRowCount;

  void run(const double* pool, LaneRow* rows) const;
};

// Reverse sweeps for d outputs / d inputs; `outputs` are nodes, -1 for a constant. Members are positions in
// `outputs`.
std::vector<LaneSweep> build_jacobian_sweeps(const DerivativeGraph& graph, std::span<const int> outputs,
                                             PoolBuilder& pool);
// Forward-over-reverse sweeps that together reach every nonzero pair of inputs at least once.
std::vector<LaneSweep> build_hessian_sweeps(const DerivativeGraph& graph, PoolBuilder& pool);

}  // namespace lumbarun::tape
