#include "tests/results/sample_record.h"

#include <limits>
#include <random>

#include "sim/results/schema.h"

namespace lumbarun::test {

void round_as_stored(const results::ArrayField& field, std::vector<double>& values) {
  if (field.precision == results::Precision::kDouble) return;
  for (double& value : values) value = static_cast<float>(value);
}

namespace {

void fill_arrays(RunRecord& record) {
  std::mt19937 random(20240611);
  std::uniform_real_distribution<double> uniform(-3.0, 7.0);
  for (const results::ArrayField& field : results::get_array_fields()) {
    std::size_t count = 1;
    for (results::Axis axis : field.axes) count *= results::calc_axis_scale(axis, record).size();
    std::vector<double>& values = field.get(record);
    values.resize(count);
    for (double& value : values) value = uniform(random);
    round_as_stored(field, values);
  }
}

}  // namespace

RunRecord build_sample_record() {
  RunRecord record;
  record.header = {"sample",
                   "ok",
                   "0.1.0",
                   "abcdef",
                   "fedcba",
                   "[stride]\nspeed_m_s = 3.3 # × \"quoted\"\n",
                   18446744073709551557ULL,
                   70.5,
                   9.80665,
                   3.3,
                   1.5,
                   -2.25,
                   {{"cpu", "any"}}};
  record.names.levels = {"T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1"};
  record.names.muscles = {"psoas_L1_r", "rect_abd_l"};
  record.names.muscle_groups = {"psoas", "rectus_abdominis"};
  record.names.muscle_sides = {"right", "left"};
  record.names.coordinates = {"pelvis_tx", "pelvis_tilt", "L5_S1_extension"};
  record.names.coordinate_units = {"m", "rad", "rad"};
  record.names.bodies = {"pelvis", "L5"};
  record.names.feet = {"right", "left"};
  record.names.ligaments = {"supraspinous_L5_S1"};
  record.names.disc_shares = {"disc", "reserve"};
  record.names.reserve_coordinates = {"L5_S1_extension"};
  record.names.contribution_sources = {"gravity", "psoas"};
  record.names.induced_sources = {"gravity", "velocity", "psoas"};
  record.names.emg_channels = {"multifidus_r"};
  record.time = {0, 0.01, 0.021, 0.033, 0.05};
  record.muscles.path_row_size = {3, 2};
  record.plan.knot_time = {0, 0.02, 0.04};
  record.plan.residual_time = {0.01, 0.03};
  record.plan.cost_terms = {{"tracking", 1.5, 20.25, 0.75}, {"effort", 0.01, 6.75, 0.25}};
  record.plan.numbers = {{"iterations", "1", "iterations of the solver", ValueAxis::kScalar, {57}, false}};
  record.plan.texts = {{"solver_status", "solved"}, {"solve_path", "nominal > 3.3 m/s"}};
  record.energy = {{"kinetic", 3.25}, {"actuator_work", -3.2501}};
  fill_arrays(record);
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  for (int i = 0; i < 3; ++i) record.ground.center_of_pressure[(4 * 2 + 1) * 3 + i] = undefined;
  record.ground.free_moment[4 * 2 + 1] = undefined;
  record.metrics = {
      {"contact_time", "s", "contact time", ValueAxis::kFoot, {0.24, undefined}, true},
      {"peak_compression", "N", "peak compression", ValueAxis::kLevel, {1, 2, 3, 4, 5, 6.5}, false},
      {"cadence", "min-1", "steps per minute", ValueAxis::kScalar, {171.4}, false}};
  return record;
}

RunRecord build_failed_record() {
  RunRecord record;
  record.header.title = "unreachable speed";
  record.header.status = "failed: the planner did not converge";
  record.header.program_version = "0.1.0";
  record.names.levels = {"T12_L1", "L1_L2"};
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  record.metrics = {
      {"peak_compression", "N", "peak compression", ValueAxis::kLevel, {undefined, undefined}, false}};
  record.plan.texts = {{"solver_status", "maximum number of iterations"}};
  return record;
}

}  // namespace lumbarun::test
