#include "sim/planning/node_kernel.h"

namespace lumbarun {

namespace {

using tape::Var;

Var calc_nearness(const Var& gap) {
  const Var u = (gap - Var(kNearGroundHeight)) * Var(1.0 / kNearGroundLength);
  return (Var(1.0) - u / sqrt(u * u + Var(1.0))) * Var(0.5);
}

std::vector<Var> calc_node_outputs(const Runner& runner, std::span<const Var> z) {
  const int n = runner.model.coordinate_count();
  RunnerData<Var> data(runner);
  std::vector<Var> y(n);
  calc_actuator_torques(runner, data, &z[0], &z[n], &z[2 * n], y.data());
  const Vector3<Var> normal = runner.contact.plane.normal.cast<Var>();
  const Vector3<Var> forward = runner.contact.plane.calc_path().cast<Var>();
  for (const ElementState<Var>& element : data.elements) {
    const Var near = calc_nearness(Var(element.gap + element.sink));
    y.push_back(near * dot(normal, element.velocity));
    y.push_back(near * dot(forward, element.velocity));
  }
  return y;
}

}  // namespace

tape::Tape record_node_kernel(const Runner& runner) {
  return tape::Tape::record(3 * runner.model.coordinate_count(),
                            [&](std::span<const Var> z) { return calc_node_outputs(runner, z); });
}

}  // namespace lumbarun
