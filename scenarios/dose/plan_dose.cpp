#include "scenarios/dose/plan_dose.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/loads/dose_stature.h"

namespace lumbarun {
namespace {

int find_level(const std::string& name) {
  return static_cast<int>(std::find(kLevelNames.begin(), kLevelNames.end(), name) - kLevelNames.begin());
}

void add_scaled(DamageSum& sum, const DamageSum& part, double factor) {
  for (int i = 0; i < kExponentCount; ++i) sum[i] += factor * part[i];
}

// Of each begun km of the session.
std::vector<DamageSum> calc_kilometres(const std::vector<DosePiece>& pieces,
                                       const std::vector<RunDose>& runs) {
  std::vector<DamageSum> kilometres(static_cast<std::size_t>(std::ceil(pieces.back().to_km)), DamageSum{});
  for (std::size_t km = 0; km < kilometres.size(); ++km) {
    const auto begin = static_cast<double>(km);
    for (const DosePiece& piece : pieces) {
      const double overlap = std::min(piece.to_km, begin + 1.0) - std::max(piece.from_km, begin);
      if (overlap > 0.0) add_scaled(kilometres[km], runs[piece.run].per_km, overlap);
    }
  }
  return kilometres;
}

class Summation {
 public:
  Summation(TrainingPlan plan, DoseSchedule schedule) {
    dose_.plan = std::move(plan);
    dose_.schedule = std::move(schedule);
    dose_.weeks.resize(dose_.plan.weeks);
  }

  PlanDose run() {
    for (const DoseRun& run : dose_.schedule.runs)
      dose_.runs.push_back(calc_run(run, find_level(dose_.plan.level)));
    for (std::size_t i = 0; i < dose_.plan.sessions.size(); ++i) add_session(i);
    add_context();
    for (int level = 0; level < kLevelCount; ++level) add_level(level);
    return std::move(dose_);
  }

 private:
  RunDose calc_run(const DoseRun& run, int level) const {
    const RunSteps& reference = dose_.schedule.runs[0].steps[level];
    return {calc_damage_per_step(run.steps[level], reference, dose_.plan.exponents),
            calc_damage_per_km(run.steps[level], reference, dose_.plan.exponents)};
  }

  void add_session(std::size_t i) {
    const PlanSession& planned = dose_.plan.sessions[i];
    const std::vector<DosePiece>& pieces = dose_.schedule.sessions[i];
    SessionDose session;
    for (const DosePiece& piece : pieces) {
      const double km = piece.to_km - piece.from_km;
      session.amount.distance_km += km;
      session.amount.cycles += km * dose_.schedule.runs[piece.run].steps[0].steps_per_km;
      add_scaled(session.amount.damage, dose_.runs[piece.run].per_km, km);
    }
    session.per_km = calc_kilometres(pieces, dose_.runs);
    session.stature_loss_mm = calc_stature_loss(planned.distance_km);
    WeekDose& week = dose_.weeks[planned.week - 1];
    ++week.sessions;
    week.amount += session.amount;
    week.largest_stature_loss_mm = std::max(week.largest_stature_loss_mm, session.stature_loss_mm.value);
    dose_.total += session.amount;
    dose_.sessions.push_back(std::move(session));
  }

  void add_context() {
    std::vector<double> load = dose_.plan.weekly_km_before;
    for (const WeekDose& week : dose_.weeks) load.push_back(week.amount.distance_km);
    const std::vector<WorkloadContext> context = calc_workload_context(load);
    const std::size_t before = dose_.plan.weekly_km_before.size();
    for (std::size_t w = 0; w < dose_.weeks.size(); ++w) dose_.weeks[w].context = context[before + w];
  }

  void add_level(int level) {
    for (std::size_t r = 0; r < dose_.schedule.runs.size(); ++r) {
      double km = 0.0;
      for (const auto& pieces : dose_.schedule.sessions) {
        for (const DosePiece& piece : pieces) km += piece.run == r ? piece.to_km - piece.from_km : 0.0;
      }
      add_scaled(dose_.total_of_level[level], calc_run(dose_.schedule.runs[r], level).per_km, km);
    }
  }

  PlanDose dose_;
};

}  // namespace

DoseAmount& DoseAmount::operator+=(const DoseAmount& other) {
  distance_km += other.distance_km;
  cycles += other.cycles;
  add_scaled(damage, other.damage, 1.0);
  return *this;
}

PlanDose calc_plan_dose(TrainingPlan plan, DoseSchedule schedule) {
  return Summation(std::move(plan), std::move(schedule)).run();
}

DamageSum calc_dose_ratio(const PlanDose& a, const PlanDose& b) {
  LUMBARUN_THROW_UNLESS(a.plan.level == b.plan.level, "{} counts at {}, {} at {}: nothing to compare",
                        a.plan.path, a.plan.level, b.plan.path, b.plan.level);
  LUMBARUN_THROW_UNLESS(a.plan.exponents == b.plan.exponents, "{} and {} have different damage_exponent",
                        a.plan.path, b.plan.path);
  LUMBARUN_THROW_UNLESS(a.schedule.runs[0].file == b.schedule.runs[0].file,
                        "{} and {} have different references ({}, {}): their doses are in different units",
                        a.plan.path, b.plan.path, a.schedule.runs[0].file, b.schedule.runs[0].file);
  DamageSum ratio{};
  for (int i = 0; i < kExponentCount; ++i) ratio[i] = b.total.damage[i] / a.total.damage[i];
  return ratio;
}

}  // namespace lumbarun
