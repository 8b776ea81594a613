// From the coordinates of a model file to the coordinates of the tree's links.
//
// The tree moves one link per axis. A link follows functions of the file's coordinates, l_i = f_i(q), and a coupled
// coordinate follows others, q_d = c(q_1 …); both are substituted, so that the free coordinates alone move the tree:
//   l = l(q_free),  ∂l_i/∂q_j by the chain rule,  l̇ = (∂l/∂q) q̇,  generalised force about q_j = Σ_i τ_i ∂l_i/∂q_j.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/interop/coordinate_function.h"

namespace lumbarun {

struct CoordinateDrive {
  std::vector<int> arguments;  // coordinates of the file
  CoordinateFunctionPtr function;
};

// ∂ of one coordinate or link with respect to one free coordinate.
struct CoordinateSlope {
  int coordinate = -1;
  double value = 0.0;
};

class CoordinateMap {
 public:
  CoordinateMap() = default;
  // `couplers[i]` drives coordinate i or is empty. LogicFailure when couplers go in a circle (see find_cycle).
  CoordinateMap(std::vector<std::optional<CoordinateDrive>> couplers, std::vector<CoordinateDrive> links);

  // A coordinate whose couplers lead back to it, or -1.
  static int find_cycle(const std::vector<std::optional<CoordinateDrive>>& couplers);

  int coordinate_count() const { return static_cast<int>(couplers_.size()); }
  int link_count() const { return static_cast<int>(links_.size()); }
  bool is_coupled(int coordinate) const { return couplers_[coordinate].has_value(); }

 private:
  friend struct CoordinateMapData;
  friend void update_coordinate_map(const CoordinateMap&, std::span<const double>, struct CoordinateMapData&);

  std::vector<std::optional<CoordinateDrive>> couplers_;
  std::vector<CoordinateDrive> links_;
  std::vector<int> order_;  // coupled coordinates, each after those it depends on
};

struct CoordinateMapData {
  explicit CoordinateMapData(const CoordinateMap& map);

  std::vector<double> q;                                       // all coordinates, coupled ones substituted
  std::vector<double> link;                                    // rad or m, of the tree
  std::vector<std::vector<CoordinateSlope>> coordinate_slope;  // ∂q_i/∂q_free
  std::vector<std::vector<CoordinateSlope>> link_slope;        // ∂l_i/∂q_free
};

// `q` holds all coordinates of the file; those of coupled coordinates are ignored. No heap.
void update_coordinate_map(const CoordinateMap& map, std::span<const double> q, CoordinateMapData& data);

}  // namespace lumbarun
