// Validation results for people, for machines, and for docs/validation.md.
#pragma once

#include <string>
#include <vector>

#include "scenarios/validation/validation_cases.h"

namespace lumbarun {

std::string calc_validation_text(const std::vector<ValidationResult>& results);

// {"cases": [{"id", "quantity", "value", "unit", "published", "low", "high", "source", "confidence", "verdict"}]}; null
// for a missing bar and for the value of a failed run.
std::string calc_validation_json(const std::vector<ValidationResult>& results);

// One line of the page's tables, without the value and the verdict: what a test finds again.
std::string calc_validation_head(const ValidationCase& asked);  // quantity
std::string calc_validation_tail(const ValidationCase& asked);  // published, bar, source

// The page's tables: postures, running, lumbar levels; with a line that counts the verdicts.
std::string calc_validation_markdown(const std::vector<ValidationResult>& results);

// Puts the tables between the page's marks `<!-- validate: begin -->` and `<!-- validate: end -->`.
// BadInput if the file cannot be read or has no marks.
void update_validation_page(const std::string& path, const std::vector<ValidationResult>& results);

// What stands between the marks.
std::string read_validation_page(const std::string& path);

}  // namespace lumbarun
