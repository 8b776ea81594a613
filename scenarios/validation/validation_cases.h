// Published numbers beside ours: the register scenarios/validation/cases.csv (its columns: README.md there).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/progress.h"

namespace lumbarun {

struct ValidationCase {
  std::string id, quantity;
  std::string scenario, measure, index, relative_to;  // "-": none
  std::string unit;
  double factor = 1.0;  // from the metric's unit
  double published = 0.0;
  std::optional<double> low, high;
  std::string source;
  std::string confidence;  // seen or remembered
};

enum class Verdict { kInside, kOutside, kNoBar, kFailed };
std::string describe(Verdict verdict);  // inside, outside, shown without bar, failed

struct ValidationResult {
  ValidationCase asked;
  double value = 0.0;  // NaN when the run failed
  Verdict verdict = Verdict::kFailed;
};

// Where register and scenarios are: scenarios/validation of the source tree this program was built from.
std::string get_validation_directory();

// BadInput for a register that is not whole: names file, line and column.
std::vector<ValidationCase> read_validation_cases(const std::string& directory);

Verdict calc_verdict(const ValidationCase& asked, double value);

// Runs every scenario of the register once and evaluates all cases, in the register's order. A run that fails gives
// failed cases. BadInput for a scenario, metric, foot or level that does not exist.
std::vector<ValidationResult> run_validation(const std::string& directory, Progress& progress);

}  // namespace lumbarun
