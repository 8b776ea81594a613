// Makes or reads the runs of a schedule.
#pragma once

#include "scenarios/dose/dose_schedule.h"

namespace lumbarun {

// How many scenarios have no result yet.
std::size_t count_missing_runs(const DoseSchedule& schedule);

// Runs what is missing, reads what is there, fills status, speed and steps of every run whose status is ok. Tells on standard error,
// if that is a terminal, which run it is at.
// @throws BadInput naming the file if a result cannot be read or has no steps.
void load_dose_runs(DoseSchedule& schedule);

// Runs that did not end ok, as "label: status (file)", one a line; empty if there is none.
std::string calc_failed_runs(const DoseSchedule& schedule);

}  // namespace lumbarun
