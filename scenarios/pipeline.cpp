#include "scenarios/pipeline.h"

#include "scenarios/scenario_io.h"
#include "scenarios/version.h"
#include "sim/core/levels.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

RunHeader build_header(const Scenario& scenario) {
  RunHeader header;
  header.title = scenario.title;
  header.program_version = get_program_version();
  header.git_hash = get_git_hash();
  header.scenario = calc_scenario_text(scenario);
  header.body_mass_kg = scenario.runner.mass_kg;
  header.gravity_m_s2 = kStandardGravity;
  header.speed_m_s = scenario.stride.speed_m_s;
  return header;
}

}  // namespace

RunRecord run_scenario(const Scenario& scenario, Progress& progress) {
  progress.begin_stage("build model");
  RunRecord record;
  record.header = build_header(scenario);
  record.names.levels.assign(kLevelNames.begin(), kLevelNames.end());
  record.names.feet = {"right", "left"};
  record.header.status = "failed: this build has no gait planner";
  progress.finish();
  return record;
}

}  // namespace lumbarun
