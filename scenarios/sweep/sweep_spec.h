// What a sweep file asks for, checked against the key registry: where the scenarios begin, and what is varied how.
// Distributions are described in docs/user-guide.md, "Sweeps".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario_entries.h"

namespace lumbarun {

enum class DesignKind { kGrid, kLatinHypercube, kSobol, kMorris, kMonteCarlo };

// The names of a sweep file: grid, latin_hypercube, sobol, morris, monte_carlo.
std::string get_design_name(DesignKind kind);

struct DesignSpec {
  DesignKind kind = DesignKind::kGrid;
  int samples = 0;  // points; base samples of a Sobol design, trajectories of a Morris design; 0 for a grid
  int levels = 4;   // of a Morris design
  std::uint64_t seed = 1;
};

enum class DistributionKind { kUniform, kNormal, kLognormal };

// Truncated to [min, max]: the quantile function runs between the two.
struct Distribution {
  DistributionKind kind = DistributionKind::kUniform;
  double center = 0.0;  // mean (normal) or median (lognormal)
  double spread = 1.0;  // standard deviation (normal), geometric standard deviation (lognormal)
  double min = 0.0;
  double max = 0.0;

  // The value below which the share `u` of the truncated distribution lies.
  double calc_quantile(double u) const;
};

// One factor of the design: a place u in [0, 1] becomes values of one or several scenario keys.
struct SweepAxisSpec {
  std::string name;  // the key, or the keys joined by "+"; unique
  std::vector<std::string> keys;
  std::string where;        // in the sweep file
  bool is_crossed = false;  // every sample of the design is repeated for each of its levels
  bool is_integer = false;

  // Discrete levels, each a value per key; or else a distribution of the one key.
  std::vector<std::vector<ScenarioEntry>> levels;
  std::vector<double> weights;  // of the levels, sum 1
  std::optional<Distribution> distribution;
  int steps = 0;  // levels of a distribution in a grid

  int get_level_count() const;  // 0: continuous
  std::vector<ScenarioEntry> calc_level(int level) const;
  std::vector<ScenarioEntry> calc_entries(double u) const;
};

// Rank correlation of two factors with a distribution, by a Gaussian copula.
struct CorrelationSpec {
  int first = 0;  // axes
  int second = 0;
  double coefficient = 0.0;
  std::string where;
};

// Instead of runs: a closed form that takes no time, for tests of the machinery. See scenarios/sweep/synthetic_run.h.
struct SyntheticSpec {
  std::string model;  // ishigami or g_function; empty: real runs
  double work_ms = 0.0;
  int fail_every = 0;
  int crash_every = 0;
  int samples = 0;  // time samples of a full-sized record; 0: no curves
};

struct SweepSpec {
  std::string title;
  std::string text;                 // the sweep file
  std::vector<ScenarioEntry> base;  // of the base scenario and [fixed]
  std::optional<double>
      female_share;  // a virtual population, five more factors after the axes: virtual_runner.h
  bool keep_runs = false;
  DesignSpec design;
  std::vector<SweepAxisSpec> axes;
  std::vector<CorrelationSpec> correlations;
  SyntheticSpec synthetic;
};

}  // namespace lumbarun
