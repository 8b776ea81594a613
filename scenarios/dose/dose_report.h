// The dose of one plan, or of two side by side, for people and for machines.
#pragma once

#include <string>
#include <vector>

#include "scenarios/dose/plan_dose.h"

namespace lumbarun {

inline constexpr const char* kDoseCaution =
    "The damage index compares loads under an assumed fatigue law. It is not a probability of injury.";

std::string calc_dose_text(const std::vector<PlanDose>& plans);
std::string calc_dose_json(const std::vector<PlanDose>& plans);

}  // namespace lumbarun
