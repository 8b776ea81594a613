#include "sim/interop/coordinate_map.h"

#include <algorithm>
#include <array>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

constexpr int kMaxArguments = 16;

enum class Mark { kNew, kInWork, kDone };

// Depth first; appends coupled coordinates to `order` after what they depend on. False: a circle.
bool visit(const std::vector<std::optional<CoordinateDrive>>& couplers, int i, std::vector<Mark>& marks,
           std::vector<int>& order) {
  if (marks[i] == Mark::kDone) return true;
  if (marks[i] == Mark::kInWork) return false;
  marks[i] = Mark::kInWork;
  if (couplers[i]) {
    for (const int argument : couplers[i]->arguments) {
      if (!visit(couplers, argument, marks, order)) return false;
    }
    order.push_back(i);
  }
  marks[i] = Mark::kDone;
  return true;
}

// The free coordinates that `drive` follows in the end, with slope zero.
std::vector<CoordinateSlope> find_free_arguments(const CoordinateDrive& drive,
                                                 const std::vector<std::vector<CoordinateSlope>>& slopes) {
  std::vector<CoordinateSlope> result;
  for (const int argument : drive.arguments) {
    for (const CoordinateSlope& slope : slopes[argument]) {
      const auto same = [&](const CoordinateSlope& s) { return s.coordinate == slope.coordinate; };
      if (std::none_of(result.begin(), result.end(), same)) result.push_back({slope.coordinate, 0.0});
    }
  }
  return result;
}

double calc_drive(const CoordinateDrive& drive, const CoordinateMapData& data,
                  std::vector<CoordinateSlope>& out) {
  std::array<double, kMaxArguments> x{}, gradient{};
  for (size_t k = 0; k < drive.arguments.size(); ++k) x[k] = data.q[drive.arguments[k]];
  const double value = drive.function->calc(x.data(), gradient.data());
  for (CoordinateSlope& slope : out) slope.value = 0.0;
  for (size_t k = 0; k < drive.arguments.size(); ++k) {
    for (const CoordinateSlope& inner : data.coordinate_slope[drive.arguments[k]]) {
      for (CoordinateSlope& slope : out) {
        if (slope.coordinate == inner.coordinate) slope.value += gradient[k] * inner.value;
      }
    }
  }
  return value;
}

}  // namespace

CoordinateMap::CoordinateMap(std::vector<std::optional<CoordinateDrive>> couplers,
                             std::vector<CoordinateDrive> links)
    : couplers_(std::move(couplers)), links_(std::move(links)) {
  std::vector<Mark> marks(couplers_.size(), Mark::kNew);
  for (int i = 0; i < coordinate_count(); ++i) LUMBARUN_DEMAND(visit(couplers_, i, marks, order_));
  for (const CoordinateDrive& drive : links_) LUMBARUN_DEMAND(drive.arguments.size() <= kMaxArguments);
  for (const int i : order_) LUMBARUN_DEMAND(couplers_[i]->arguments.size() <= kMaxArguments);
}

int CoordinateMap::find_cycle(const std::vector<std::optional<CoordinateDrive>>& couplers) {
  std::vector<Mark> marks(couplers.size(), Mark::kNew);
  std::vector<int> order;
  for (size_t i = 0; i < couplers.size(); ++i) {
    if (!visit(couplers, static_cast<int>(i), marks, order)) return static_cast<int>(i);
  }
  return -1;
}

CoordinateMapData::CoordinateMapData(const CoordinateMap& map)
    : q(map.coordinate_count(), 0.0), link(map.link_count(), 0.0), coordinate_slope(map.coordinate_count()) {
  for (int i = 0; i < map.coordinate_count(); ++i) {
    if (!map.is_coupled(i)) coordinate_slope[i] = {{i, 1.0}};
  }
  for (const int i : map.order_)
    coordinate_slope[i] = find_free_arguments(*map.couplers_[i], coordinate_slope);
  for (const CoordinateDrive& drive : map.links_)
    link_slope.push_back(find_free_arguments(drive, coordinate_slope));
}

void update_coordinate_map(const CoordinateMap& map, std::span<const double> q, CoordinateMapData& data) {
  LUMBARUN_DEMAND(q.size() == data.q.size());
  std::copy(q.begin(), q.end(), data.q.begin());
  for (const int i : map.order_) data.q[i] = calc_drive(*map.couplers_[i], data, data.coordinate_slope[i]);
  for (size_t i = 0; i < map.links_.size(); ++i)
    data.link[i] = calc_drive(map.links_[i], data, data.link_slope[i]);
}

}  // namespace lumbarun
