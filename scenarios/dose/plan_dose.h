// The dose of a plan, added up by session, week and plan.
#pragma once

#include "scenarios/dose/dose_schedule.h"
#include "sim/loads/dose_workload.h"

namespace lumbarun {

struct DoseAmount {
  double distance_km = 0.0;
  double cycles = 0.0;  // steps, both feet
  DamageSum damage{};   // km of the reference, at the plan's level

  DoseAmount& operator+=(const DoseAmount& other);
};

struct SessionDose {
  DoseAmount amount;
  std::vector<DamageSum> per_km;  // of each whole or begun km
  DoseBand stature_loss_mm;
};

struct WeekDose {
  DoseAmount amount;
  int sessions = 0;
  double largest_stature_loss_mm = 0.0;  // of its sessions, middle of the band
  WorkloadContext context;
};

struct RunDose {
  DamageSum per_step{};  // steps of the reference
  DamageSum per_km{};    // km of the reference
};

struct PlanDose {
  TrainingPlan plan;
  DoseSchedule schedule;
  std::vector<RunDose> runs;          // of the schedule's
  std::vector<SessionDose> sessions;  // of the plan's
  std::vector<WeekDose> weeks;
  DoseAmount total;
  std::array<DamageSum, kLevelCount> total_of_level{};
};

// Needs a loaded schedule whose runs are all ok.
PlanDose calc_plan_dose(TrainingPlan plan, DoseSchedule schedule);

// b over a at each exponent. @throws BadInput if the plans differ in reference, level or exponents.
DamageSum calc_dose_ratio(const PlanDose& a, const PlanDose& b);

}  // namespace lumbarun
