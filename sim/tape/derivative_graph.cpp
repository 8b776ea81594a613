#include "sim/tape/derivative_graph.h"

#include <algorithm>
#include <set>

namespace lumbarun::tape {

namespace {

using Row = DerivativeGraph::Row;

// Each term is worth a multiply-add over all lanes in some ten sweeps; growth is measured in terms.
constexpr int kMaxGrowth = 0;

auto find_place(const Row& row, int node) {
  return std::lower_bound(row.begin(), row.end(), node,
                          [](const auto& entry, int n) { return entry.first < n; });
}

bool contains(const Row& row, int node) {
  const auto it = find_place(row, node);
  return it != row.end() && it->first == node;
}

// The term of `node`, zero when new.
Term& get_or_insert(Row& row, int node) {
  const auto it = row.begin() + (find_place(row, node) - row.begin());
  return it != row.end() && it->first == node ? it->second : row.insert(it, {node, Term{}})->second;
}

void erase(Row& row, int node) { row.erase(row.begin() + (find_place(row, node) - row.begin())); }

void insert_sorted(std::vector<int>& list, int node) {
  const auto it = std::lower_bound(list.begin(), list.end(), node);
  if (it == list.end() || *it != node) list.insert(it, node);
}

void erase_sorted(std::vector<int>& list, int node) {
  list.erase(std::lower_bound(list.begin(), list.end(), node));
}

}  // namespace

DerivativeGraph::DerivativeGraph(int node_count, int input_count, PoolBuilder& pool)
    : input_count_(input_count),
      pool_(pool),
      operands_(node_count),
      curvature_(node_count),
      consumers_(node_count) {}

void DerivativeGraph::add_partial(int consumer, int operand, const Term& d) {
  Term& term = get_or_insert(operands_[consumer], operand);
  term = pool_.sum(Stage::kPartials, d, term);
  insert_sorted(consumers_[operand], consumer);
}

void DerivativeGraph::add_curvature(int i, int k, const Term& w) {
  Term& term = get_or_insert(curvature_[i], k);
  term = pool_.sum(Stage::kCurvature, w, term);
  if (i != k) get_or_insert(curvature_[k], i) = term;
}

const Term& DerivativeGraph::partial(int consumer, int operand) const {
  return find_place(operands_[consumer], operand)->second;
}

// Terms that substitution adds to the sums minus those that go.
int DerivativeGraph::calc_growth(int node) const {
  const Row& operands = operands_[node];
  const Row& curvature = curvature_[node];
  int growth = -static_cast<int>(operands.size() + consumers_[node].size() + curvature.size());
  for (int c : consumers_[node]) {
    for (const auto& [i, d] : operands) growth += !contains(operands_[c], i);
  }
  for (const auto& [i, d] : operands) {
    for (const auto& [k, w] : curvature) {
      if (k != node) growth += !contains(curvature_[i], k);
    }
  }
  if (!contains(curvature, node)) return growth;
  for (const auto& [i, d] : operands) {
    for (const auto& [k, e] : operands) growth += k >= i && !contains(curvature_[i], k);
  }
  return growth;
}

void DerivativeGraph::eliminate_curvature(int node) {
  const Row& operands = operands_[node];
  const auto add = [this](int i, int k, const Term& a, const Term& b) {
    Term& term = get_or_insert(curvature_[i], k);
    term = pool_.mul_add(Stage::kCurvature, a, b, term);
    if (i != k) get_or_insert(curvature_[k], i) = term;
  };
  const Row curvature = std::move(curvature_[node]);
  curvature_[node].clear();
  for (const auto& [k, w] : curvature) {
    if (k != node) erase(curvature_[k], node);
    for (size_t p = 0; p < operands.size(); ++p) {
      const auto& [i, d] = operands[p];
      if (k != node) {
        add(i, k, d, i == k ? 2.0 * w : w);
        continue;
      }
      for (size_t r = p; r < operands.size(); ++r) {
        add(i, operands[r].first, pool_.product(Stage::kPartials, d, operands[r].second), w);
      }
    }
  }
}

void DerivativeGraph::eliminate(int node) {
  eliminate_curvature(node);
  const Row operands = std::move(operands_[node]);
  const std::vector<int> consumers = std::move(consumers_[node]);
  operands_[node].clear();
  consumers_[node].clear();
  for (const auto& [i, d] : operands) erase_sorted(consumers_[i], node);
  for (int c : consumers) {
    const Term outer = partial(c, node);
    erase(operands_[c], node);
    for (const auto& [i, d] : operands) {
      Term& term = get_or_insert(operands_[c], i);
      term = pool_.mul_add(Stage::kPartials, outer, d, term);
      insert_sorted(consumers_[i], c);
    }
  }
}

std::vector<int> DerivativeGraph::get_neighbours(int node) const {
  std::vector<int> neighbours = consumers_[node];
  for (const auto& [i, d] : operands_[node]) insert_sorted(neighbours, i);
  for (const auto& [k, w] : curvature_[node]) insert_sorted(neighbours, k);
  return neighbours;
}

void DerivativeGraph::reduce(std::span<const int> outputs) {
  std::vector<char> fixed(node_count(), 0);
  std::fill_n(fixed.begin(), input_count_, 1);
  for (int node : outputs) fixed[node] = 1;
  std::vector<int> growth(node_count(), 0);
  std::set<std::pair<int, int>> queue;
  for (int j = 0; j < node_count(); ++j) {
    if (!fixed[j]) queue.insert({growth[j] = calc_growth(j), j});
  }
  while (!queue.empty() && queue.begin()->first <= kMaxGrowth) {
    const int node = queue.begin()->second;
    queue.erase(queue.begin());
    const std::vector<int> neighbours = get_neighbours(node);
    eliminate(node);
    fixed[node] = 1;
    for (int j : neighbours) {
      if (fixed[j]) continue;
      queue.erase({growth[j], j});
      queue.insert({growth[j] = calc_growth(j), j});
    }
  }
}

}  // namespace lumbarun::tape
