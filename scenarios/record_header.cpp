#include "scenarios/record_header.h"

#include "scenarios/scenario_io.h"
#include "scenarios/stride_words.h"
#include "scenarios/version.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

void write_coordinate_names(const Model& model, RunNames& names) {
  for (const Link& link : model.links()) {
    names.coordinates.push_back(link.coordinate);
    names.coordinate_units.emplace_back(link.kind == JointKind::kSlide ? "m" : "rad");
  }
  for (const Body& body : model.bodies()) names.bodies.push_back(body.name);
}

void write_muscle_names(const RunnerMuscles& muscles, RunNames& names) {
  for (const Muscle& muscle : muscles.muscles) {
    names.muscles.push_back(muscle.name);
    names.muscle_groups.push_back(muscle.group);
    names.muscle_sides.emplace_back(muscle.side == BodySide::kLeft ? "left" : "right");
  }
}

}  // namespace

void write_header(const Scenario& scenario, const ScenarioModel& built, RunRecord& record) {
  RunHeader& header = record.header;
  header.title = scenario.title;
  header.program_version = get_program_version();
  header.git_hash = get_git_hash();
  header.model_hash = calc_model_hash(built);
  header.scenario = calc_scenario_text(scenario);
  header.seed = calc_scenario_seed(scenario);
  header.body_mass_kg = built.runner.body_mass;
  header.gravity_m_s2 = built.runner.model.gravity;
  header.speed_m_s = scenario.stride.speed_m_s;
  header.grade_deg = rad_to_deg(calc_slope(scenario.stride));
  header.camber_deg = scenario.surface.camber_deg;
  record.names.levels.assign(kLevelNames.begin(), kLevelNames.end());
  record.names.feet.assign(std::begin(kFootNames), std::end(kFootNames));
  write_coordinate_names(built.get_simulated_runner().model, record.names);
  write_muscle_names(built.muscles, record.names);
}

}  // namespace lumbarun
