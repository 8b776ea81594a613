#include "sim/tape/lane_groups.h"

#include <algorithm>
#include <bit>

namespace lumbarun::tape {

namespace {

struct Group {
  NodeSet reach;
  std::vector<int> members;
};

}  // namespace

int NodeSet::count() const { return count_common(*this); }

int NodeSet::count_common(const NodeSet& other) const {
  int count = 0;
  for (size_t w = 0; w < words_.size(); ++w) count += std::popcount(words_[w] & other.words_[w]);
  return count;
}

NodeSet& NodeSet::operator|=(const NodeSet& other) {
  for (size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  return *this;
}

NodeSet calc_ancestors(const DerivativeGraph& graph, int node) {
  NodeSet set(graph.node_count());
  set.insert(node);
  for (int j = node; j >= 0; --j) {
    if (!set.contains(j)) continue;
    for (const auto& [i, d] : graph.operands(j)) set.insert(i);
  }
  return set;
}

NodeSet calc_second_order_reach(const DerivativeGraph& graph, int input) {
  const int n = graph.node_count();
  NodeSet set(2 * n);
  set.insert(input);
  for (int j = input; j < n; ++j) {
    if (!set.contains(j)) continue;
    for (int c : graph.consumers(j)) set.insert(c);
    for (const auto& [k, w] : graph.curvature(j)) set.insert(n + k);
  }
  for (int j = n - 1; j >= 0; --j) {
    if (!set.contains(n + j)) continue;
    for (const auto& [i, d] : graph.operands(j)) set.insert(n + i);
  }
  return set;
}

std::vector<int> find_curved_inputs(const DerivativeGraph& graph) {
  std::vector<int> curved, flat;
  for (int i = graph.input_count() - 1; i >= 0; --i) {
    const NodeSet reach = calc_second_order_reach(graph, i);
    const auto couples = [&](int k) { return reach.contains(graph.node_count() + k); };
    const bool is_flat = !couples(i) && std::none_of(flat.begin(), flat.end(), couples);
    (is_flat ? flat : curved).push_back(i);
  }
  std::reverse(curved.begin(), curved.end());
  return curved;
}

std::vector<std::vector<int>> group_by_overlap(std::span<const NodeSet> sets, int capacity) {
  std::vector<Group> groups;
  for (size_t i = 0; i < sets.size(); ++i) groups.push_back({sets[i], {static_cast<int>(i)}});
  const size_t count = groups.size();
  std::vector<int> overlap(count * count, 0);
  const auto update_overlap = [&](size_t g, size_t h) {
    overlap[g * count + h] = overlap[h * count + g] = groups[g].reach.count_common(groups[h].reach);
  };
  for (size_t g = 0; g < count; ++g) {
    for (size_t h = 0; h < g; ++h) update_overlap(g, h);
  }
  while (true) {
    int best = -1;
    size_t keep = 0, merge = 0;
    for (size_t g = 0; g < count; ++g) {
      for (size_t h = g + 1; h < count && !groups[g].members.empty(); ++h) {
        const size_t size = groups[g].members.size() + groups[h].members.size();
        if (groups[h].members.empty() || size > static_cast<size_t>(capacity)) continue;
        if (overlap[g * count + h] > best) best = overlap[g * count + h], keep = g, merge = h;
      }
    }
    if (best < 0) break;
    groups[keep].reach |= groups[merge].reach;
    groups[keep].members.insert(groups[keep].members.end(), groups[merge].members.begin(),
                                groups[merge].members.end());
    groups[merge].members.clear();
    for (size_t g = 0; g < count; ++g) update_overlap(keep, g);
  }
  std::erase_if(groups, [](const Group& group) { return group.members.empty(); });
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.reach.count() < b.reach.count(); });
  std::vector<std::vector<int>> partition;
  for (Group& group : groups) {
    std::sort(group.members.begin(), group.members.end());
    partition.push_back(group.members);
  }
  return partition;
}

}  // namespace lumbarun::tape
