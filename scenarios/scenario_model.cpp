#include "scenarios/scenario_model.h"

#include <fmt/format.h>

#include <bit>
#include <filesystem>

#include "scenarios/presets.h"

namespace lumbarun {
namespace {

RunnerParameters build_parameters(const Scenario& scenario) {
  RunnerParameters p;
  p.person = {scenario.runner.mass_kg, scenario.runner.height_m,
              scenario.runner.sex == "female" ? Sex::kFemale : Sex::kMale, scenario.runner.lordosis_deg};
  p.shoe = {scenario.shoe.mass_kg, scenario.shoe.midsole_stiffness_kn_m * 1e3, scenario.shoe.energy_return,
            scenario.shoe.heel_stack_mm * 1e-3, scenario.shoe.drop_mm * 1e-3};
  p.surface = {scenario.surface.stiffness_kn_m * 1e3, scenario.surface.energy_return,
               scenario.surface.friction};
  p.foot = {scenario.foot.pad_stiffness_kn_m * 1e3, scenario.foot.pad_energy_return};
  return p;
}

// FNV-1a over the bits of each number (Fowler, Noll, Vo).
class NumberHash {
 public:
  void add(double x) {
    for (auto bits = std::bit_cast<std::uint64_t>(x); bits != 0; bits >>= 8) {
      value_ = (value_ ^ (bits & 0xff)) * 0x100000001b3ULL;
    }
    value_ = (value_ ^ 0x100) * 0x100000001b3ULL;  // ends the number
  }
  void add(const Vector3<double>& v) {
    add(v.x);
    add(v.y);
    add(v.z);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace

ScenarioModel build_scenario_model(const Scenario& scenario) {
  const std::filesystem::path models = get_models_directory();
  const SkeletonTables skeleton = read_skeleton_tables(models / "runner");
  const MuscleTables muscle_tables = read_muscle_tables(models / "runner", skeleton);
  const RunnerParameters parameters = build_parameters(scenario);
  Runner runner = build_runner(skeleton, parameters);
  RunnerMuscles muscles = build_muscles(runner.model, skeleton, muscle_tables, parameters.person);
  for (Muscle& muscle : muscles.muscles) muscle.max_isometric_force *= scenario.runner.strength;
  return {std::move(runner), std::move(muscles), GaitNorm::read(models / "gaits"), parameters.person};
}

std::string calc_model_hash(const ScenarioModel& built) {
  NumberHash hash;
  for (const Link& link : built.runner.model.links()) {
    hash.add(link.X_PF.translation);
    for (const auto& column : link.X_PF.rotation.column) hash.add(column);
    hash.add(link.inertia.mass);
    hash.add(link.inertia.center_of_mass);
    for (const auto& column : link.inertia.inertia.column) hash.add(column);
  }
  for (const ContactElement& element : built.runner.contact.elements) hash.add(element.p_LC);
  for (const ContactLayer& layer : built.runner.contact.law.parameters().layers) {
    for (double x : {layer.secant_stiffness, layer.exponent, layer.damping}) hash.add(x);
  }
  for (const Muscle& muscle : built.muscles.muscles) {
    for (double x : {muscle.max_isometric_force, muscle.optimal_fiber_length, muscle.tendon_slack_length})
      hash.add(x);
  }
  for (const PathPoint& point : built.muscles.paths.points) hash.add(point.p_L);
  return fmt::format("{:016x}", hash.value());
}

}  // namespace lumbarun
