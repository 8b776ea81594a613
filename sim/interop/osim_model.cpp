#include "sim/interop/osim_model.h"

#include <algorithm>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr double kGateTolerance = 1e-5;  // rad or m, OpenSim's

template <class Items>
int find_by_name(const Items& items, const std::string& name, const char* kind) {
  std::vector<std::string> known;
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].name == name) return static_cast<int>(i);
    known.push_back(items[i].name);
  }
  throw BadInput(
      fmt::format("unknown {} '{}'; the nearest known one is '{}'", kind, name, nearest_name(name, known)));
}

}  // namespace

int OsimModel::get_coordinate(const std::string& name) const {
  return find_by_name(coordinates, name, "coordinate");
}
int OsimModel::get_muscle(const std::string& name) const { return find_by_name(muscles, name, "muscle"); }

std::vector<double> OsimModel::default_q() const {
  std::vector<double> q;
  for (const OsimCoordinate& coordinate : coordinates) q.push_back(coordinate.default_value);
  return q;
}

OsimModelData::OsimModelData(const OsimModel& model)
    : map(model.map),
      link_speed(model.tree.coordinate_count(), 0.0),
      tree(model.tree),
      variant(model.muscle_count(), 0),
      length(model.muscle_count(), 0.0),
      velocity(model.muscle_count(), 0.0),
      moment_arm(static_cast<size_t>(model.muscle_count()) * model.coordinate_count(), 0.0) {
  for (const OsimMusclePath& muscle : model.muscles) {
    auto& variants = path.emplace_back();
    for (const MusclePathSet& set : muscle.variants) variants.emplace_back(set);
  }
}

void update_osim_pose(const OsimModel& model, std::span<const double> q, std::span<const double> u,
                      OsimModelData& data) {
  LUMBARUN_DEMAND(u.size() == q.size());
  update_coordinate_map(model.map, q, data.map);
  for (size_t i = 0; i < data.link_speed.size(); ++i) {
    data.link_speed[i] = 0.0;
    for (const CoordinateSlope& slope : data.map.link_slope[i])
      data.link_speed[i] += slope.value * u[slope.coordinate];
  }
  update_positions(model.tree, data.tree, data.map.link.data());
  update_velocities(model.tree, data.tree, data.link_speed.data());
}

void update_osim_muscles(const OsimModel& model, OsimModelData& data) {
  std::fill(data.moment_arm.begin(), data.moment_arm.end(), 0.0);
  for (int m = 0; m < model.muscle_count(); ++m) {
    const OsimMusclePath& muscle = model.muscles[m];
    int open = 0;
    for (size_t i = 0; i < muscle.gates.size(); ++i) {
      const OsimPathGate& gate = muscle.gates[i];
      const double q = data.map.q[gate.coordinate];
      if (q >= gate.low - kGateTolerance && q <= gate.high + kGateTolerance) open |= 1 << i;
    }
    const MusclePathSet& set = muscle.variants[open];
    MusclePathData<double>& out = data.path[m][open];
    update_muscle_paths(set, model.tree, data.tree, data.map.link.data(), data.link_speed.data(), out);
    data.variant[m] = open;
    data.length[m] = out.length[0];
    data.velocity[m] = out.velocity[0];
    double* arms = data.moment_arm.data() + static_cast<size_t>(m) * model.coordinate_count();
    for (size_t k = 0; k < set.arm_coordinate.size(); ++k) {
      for (const CoordinateSlope& slope : data.map.link_slope[set.arm_coordinate[k]])
        arms[slope.coordinate] += out.moment_arm[k] * slope.value;
    }
  }
}

}  // namespace lumbarun
