#include "scenarios/dose/dose_report.h"
#include "scenarios/json_text.h"
#include "sim/loads/dose_stature.h"

namespace lumbarun {
namespace {

std::string calc_band_json(const DoseBand& band) {
  return calc_json_object(
      {{"low", calc_json(band.low)}, {"value", calc_json(band.value)}, {"high", calc_json(band.high)}});
}

std::string calc_sum_json(const DamageSum& sum) { return calc_band_json(calc_band(sum)); }

std::string calc_optional_json(const std::optional<double>& value) {
  return value ? calc_json(*value) : "null";
}

JsonMembers calc_amount(const DoseAmount& amount) {
  return {{"distance_km", calc_json(amount.distance_km)},
          {"cycles", calc_json(amount.cycles)},
          {"damage_index_reference_km", calc_sum_json(amount.damage)}};
}

std::string calc_runs(const PlanDose& dose) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < dose.runs.size(); ++i) {
    const DoseRun& run = dose.schedule.runs[i];
    JsonMembers peaks;
    for (int level = 0; level < kLevelCount; ++level) {
      std::vector<std::string> values;
      for (const double peak : run.steps[level].peak_N) values.push_back(calc_json(peak));
      peaks.emplace_back(std::string(kLevelNames[level]), calc_json_list(values));
    }
    list.push_back(calc_json_object({{"run", calc_json(run.label)},
                                     {"file", calc_json(run.file)},
                                     {"status", calc_json(run.status)},
                                     {"speed_m_s", calc_json(run.speed_m_s)},
                                     {"steps_per_km", calc_json(run.steps[0].steps_per_km)},
                                     {"damage_index_per_step", calc_sum_json(dose.runs[i].per_step)},
                                     {"damage_index_per_km", calc_sum_json(dose.runs[i].per_km)},
                                     {"step_peak_compression_unfiltered_n", calc_json_object(peaks)}}));
  }
  return calc_json_list(list);
}

std::string calc_sessions(const PlanDose& dose) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < dose.sessions.size(); ++i) {
    const PlanSession& planned = dose.plan.sessions[i];
    const SessionDose& session = dose.sessions[i];
    std::vector<std::string> kilometres, runs;
    for (const DamageSum& km : session.per_km) kilometres.push_back(calc_sum_json(km));
    for (const DosePiece& piece : dose.schedule.sessions[i]) {
      runs.push_back(calc_json_object({{"from_km", calc_json(piece.from_km)},
                                       {"to_km", calc_json(piece.to_km)},
                                       {"run", calc_json(dose.schedule.runs[piece.run].label)}}));
    }
    JsonMembers members = {{"week", std::to_string(planned.week)},
                           {"day", std::to_string(planned.day)},
                           {"run", calc_json(dose.plan.runs[planned.run].name)}};
    if (planned.shoe) {
      members.emplace_back("shoe", calc_json(dose.plan.shoes[*planned.shoe].name));
      members.emplace_back("shoe_mileage_before_km", calc_json(dose.schedule.shoe_km[i]));
    }
    for (auto& member : calc_amount(session.amount)) members.push_back(std::move(member));
    members.emplace_back("damage_index_per_km", calc_json_list(kilometres));
    members.emplace_back("pieces", calc_json_list(runs));
    members.emplace_back("stature_loss_mm", calc_band_json(session.stature_loss_mm));
    members.emplace_back(
        "stature_loss_confidence",
        calc_json(std::string(planned.distance_km > kMeasuredDistance_km ? "low, extrapolated" : "low")));
    list.push_back(calc_json_object(members));
  }
  return calc_json_list(list);
}

std::string calc_weeks(const PlanDose& dose) {
  std::vector<std::string> list;
  for (std::size_t w = 0; w < dose.weeks.size(); ++w) {
    const WeekDose& week = dose.weeks[w];
    JsonMembers members = {{"week", std::to_string(w + 1)}, {"sessions", std::to_string(week.sessions)}};
    for (auto& member : calc_amount(week.amount)) members.push_back(std::move(member));
    members.emplace_back("largest_stature_loss_mm", calc_json(week.largest_stature_loss_mm));
    members.emplace_back("acute_chronic_ratio", calc_optional_json(week.context.acute_chronic_ratio));
    members.emplace_back("fortnightly_change", calc_optional_json(week.context.fortnightly_change));
    list.push_back(calc_json_object(members));
  }
  return calc_json_list(list);
}

std::string calc_plan(const PlanDose& dose) {
  const TrainingPlan& plan = dose.plan;
  JsonMembers levels;
  for (int level = 0; level < kLevelCount; ++level)
    levels.emplace_back(std::string(kLevelNames[level]), calc_sum_json(dose.total_of_level[level]));
  JsonMembers total = calc_amount(dose.total);
  total.emplace_back("damage_index_by_level", calc_json_object(levels));
  return calc_json_object(
      {{"title", calc_json(plan.title)},
       {"file", calc_json(plan.path)},
       {"level", calc_json(plan.level)},
       {"damage_exponent", calc_band_json(DoseBand{plan.exponents[0], plan.exponents[1], plan.exponents[2]})},
       {"mileage_bucket_km", calc_json(plan.mileage_bucket_km)},
       {"fatigue_strength_loss_per_km", calc_json(plan.fatigue_per_km)},
       {"fatigue_bucket_km", calc_json(plan.fatigue_bucket_km)},
       {"reference", calc_json(dose.schedule.runs[0].file)},
       {"runs", calc_runs(dose)},
       {"sessions", calc_sessions(dose)},
       {"weeks", calc_weeks(dose)},
       {"total", calc_json_object(total)}});
}

}  // namespace

std::string calc_dose_json(const std::vector<PlanDose>& plans) {
  std::vector<std::string> list;
  for (const PlanDose& dose : plans) list.push_back(calc_plan(dose));
  JsonMembers members = {{"note", calc_json(std::string(kDoseCaution))}, {"plans", calc_json_list(list)}};
  if (plans.size() == 2)
    members.emplace_back("second_over_first", calc_sum_json(calc_dose_ratio(plans[0], plans[1])));
  return calc_json_object(members) + "\n";
}

}  // namespace lumbarun
