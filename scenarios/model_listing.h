// A model report as text, JSON, or one CSV file per table.
#pragma once

#include <string>

#include "scenarios/model_report.h"

namespace lumbarun {

std::string calc_model_text(const ModelReport& report);
std::string calc_model_json(const ModelReport& report);

// bodies.csv, coordinates.csv, discs.csv, muscles.csv, moment_arms.csv and passive_joints.csv in `folder`, which is made
// if need be. Throws BadInput if that cannot be written.
void write_model_csv(const ModelReport& report, const std::string& folder);

}  // namespace lumbarun
