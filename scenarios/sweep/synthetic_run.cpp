#include "scenarios/sweep/synthetic_run.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <numbers>

#include "scenarios/scenario_io.h"
#include "scenarios/version.h"
#include "sim/core/contracts.h"
#include "sim/core/levels.h"

namespace lumbarun {
namespace {

// Sizes of a real run.
constexpr int kCoordinates = 46;
constexpr int kMuscleGroups = 30;  // per side

bool is_due(std::size_t index, int every) {
  return every > 0 && (index + 1) % static_cast<std::size_t>(every) == 0;
}

void work(double milliseconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double, std::milli>(milliseconds);
  while (std::chrono::steady_clock::now() < end) {
  }
}

// samples × width numbers that differ from scenario to scenario.
std::vector<double> build_series(int samples, int width, double value) {
  std::vector<double> series;
  for (int i = 0; i < samples; ++i) {
    const double wave = std::sin(2 * std::numbers::pi * i / samples + value);
    for (int k = 0; k < width; ++k) series.push_back(value + wave * (k + 1));
  }
  return series;
}

void add_curves(int samples, double value, RunRecord& record) {
  RunNames& names = record.names;
  names.feet = {"right", "left"};
  for (int i = 0; i < kCoordinates; ++i) {
    names.coordinates.push_back(fmt::format("coordinate_{}", i));
    names.coordinate_units.emplace_back("rad");
  }
  for (int i = 0; i < 2 * kMuscleGroups; ++i) {
    names.muscles.push_back(fmt::format("muscle_{}", i));
    names.muscle_groups.push_back(fmt::format("group_{}", i / 2));
    names.muscle_sides.emplace_back(i % 2 == 0 ? "right" : "left");
  }
  for (int i = 0; i < samples; ++i) record.time.push_back(0.001 * i);
  record.motion.q = build_series(samples, kCoordinates, value);
  record.ground.force = build_series(samples, 6, value);
  DiscRecord& discs = record.discs;
  for (auto* series : {&discs.compression, &discs.anterior_shear, &discs.lateral_shear, &discs.flexion_moment,
                       &discs.lateral_bending_moment, &discs.axial_torque, &discs.intradiscal_pressure}) {
    *series = build_series(samples, kLevelCount, value);
  }
  record.muscles.force = build_series(samples, 2 * kMuscleGroups, value);
}

}  // namespace

double calc_ishigami(const double* u) {
  const auto x = [&](int i) { return std::numbers::pi * (2 * u[i] - 1); };
  const double s = std::sin(x(1));
  return std::sin(x(0)) + 7 * s * s + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

double calc_g_function(const double* u, int count) {
  constexpr std::array<double, 8> a = {0, 1, 4.5, 9, 99, 99, 99, 99};
  double product = 1.0;
  for (int i = 0; i < count; ++i) {
    const double weight = a[static_cast<std::size_t>(i)];
    product *= (std::abs(4 * u[i] - 2) + weight) / (1 + weight);
  }
  return product;
}

RunRecord run_synthetic(const SyntheticSpec& spec, const Scenario& scenario, std::size_t index,
                        const std::vector<double>& unit) {
  LUMBARUN_THROW_UNLESS(spec.model != "ishigami" || unit.size() >= 3,
                        "[machinery_test] model = \"ishigami\" needs three factors");
  LUMBARUN_THROW_UNLESS(!unit.empty(), "[machinery_test] needs a design with factors, not a grid");
  if (is_due(index, spec.crash_every)) std::raise(SIGABRT);
  work(spec.work_ms);
  const double value =
      spec.model == "ishigami"
          ? calc_ishigami(unit.data())
          : calc_g_function(unit.data(), static_cast<int>(std::min<std::size_t>(unit.size(), 8)));
  RunRecord record;
  record.header.title = scenario.title;
  record.header.program_version = get_program_version();
  record.header.git_hash = get_git_hash();
  record.header.model_hash = "synthetic";
  record.header.scenario = calc_scenario_text(scenario);
  record.header.seed = calc_scenario_seed(scenario);
  record.header.status = is_due(index, spec.fail_every) ? "failed: as asked for by fail_every" : "ok";
  record.names.levels.assign(kLevelNames.begin(), kLevelNames.end());
  NamedValue peaks{"synthetic_peak", "N", "the closed form, per level", ValueAxis::kLevel, {}, false};
  for (int level = 0; level < kLevelCount; ++level) peaks.values.push_back(value * (level + 1));
  record.metrics = {{"synthetic_value", "1", "value of the closed form", ValueAxis::kScalar, {value}, false},
                    peaks};
  if (spec.samples > 0) add_curves(spec.samples, value, record);
  return record;
}

}  // namespace lumbarun
