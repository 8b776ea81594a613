#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenarios/dose/dose_report.h"
#include "sim/loads/dose_stature.h"

namespace lumbarun {
namespace {

std::string calc_band_text(const DamageSum& sum) {
  const DoseBand band = calc_band(sum);
  return fmt::format("{:.2f} ({:.2f} … {:.2f})", band.value, band.low, band.high);
}

// Padded by what is seen: … is one column and three bytes.
std::string pad(const std::string& text, std::size_t width) {
  const auto columns = static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  return std::string(width > columns ? width - columns : 0, ' ') + text;
}

std::string calc_optional(const std::optional<double>& value, const char* format) {
  return value ? fmt::format(fmt::runtime(format), *value) : "–";
}

std::string calc_head(const PlanDose& dose) {
  const TrainingPlan& plan = dose.plan;
  const DoseRun& reference = dose.schedule.runs[0];
  const RunSteps& steps =
      reference.steps[std::find(kLevelNames.begin(), kLevelNames.end(), plan.level) - kLevelNames.begin()];
  return fmt::format(
      "{}\n  file       {}\n  reference  {}: {:.0f} steps/km, step peaks of {} compression {:.0f} N "
      "(unfiltered)\n"
      "  damage     index in km of the reference, Σ peak^m over steps, m = {:g} ({:g} … {:g}), at {}\n"
      "  buckets    shoe mileage {:g} km{}\n",
      plan.title, plan.path, reference.label, steps.steps_per_km, plan.level, fmt::join(steps.peak_N, ", "),
      plan.exponents[1], plan.exponents[0], plan.exponents[2], plan.level, plan.mileage_bucket_km,
      plan.fatigue_per_km > 0.0 ? fmt::format(", fatigue {:g} of strength per km, every {:g} km",
                                              plan.fatigue_per_km, plan.fatigue_bucket_km)
                                : "");
}

std::string calc_runs(const PlanDose& dose) {
  std::string text = fmt::format("\n{:<44}{:>9}{}{}  result\n", "run", "steps/km", pad("damage per step", 24),
                                 pad("damage per km", 24));
  for (std::size_t i = 0; i < dose.runs.size(); ++i) {
    const DoseRun& run = dose.schedule.runs[i];
    text += fmt::format("{:<44}{:>9.0f}{}{}  {}\n", run.label, run.steps[0].steps_per_km,
                        pad(calc_band_text(dose.runs[i].per_step), 24),
                        pad(calc_band_text(dose.runs[i].per_km), 24),
                        std::filesystem::path(run.file).filename().string());
    if (run.status != "ok") text += fmt::format("  {}\n", run.status);
  }
  return text;
}

std::string calc_sessions(const PlanDose& dose) {
  std::string text =
      fmt::format("\n{:<6}{:<5}{:<18}{:>7}{:>9}{:>9}{}{}  {}\n", "week", "day", "run", "km", "steps",
                  "shoe km", pad("damage index", 26), pad("first, last km", 16), "stature loss mm");
  for (std::size_t i = 0; i < dose.sessions.size(); ++i) {
    const PlanSession& planned = dose.plan.sessions[i];
    const SessionDose& session = dose.sessions[i];
    const DoseBand& loss = session.stature_loss_mm;
    text += fmt::format(
        "{:<6}{:<5}{:<18}{:>7.1f}{:>9.0f}{:>9}{}{:>8.2f}{:>8.2f}  {:.1f} ({:.1f} … {:.1f}){}\n", planned.week,
        planned.day, dose.plan.runs[planned.run].name, session.amount.distance_km, session.amount.cycles,
        planned.shoe ? fmt::format("{:.0f}", dose.schedule.shoe_km[i]) : "–",
        pad(calc_band_text(session.amount.damage), 26), session.per_km.front()[1], session.per_km.back()[1],
        loss.value, loss.low, loss.high, planned.distance_km > kMeasuredDistance_km ? " extrapolated" : "");
  }
  return text;
}

std::string calc_weeks(const PlanDose& dose) {
  std::string text = fmt::format("\n{:<6}{:>9}{:>8}{:>9}{}{:>15}{:>20}\n", "week", "sessions", "km", "steps",
                                 pad("damage index", 28), "acute:chronic", "fortnightly change");
  for (std::size_t w = 0; w < dose.weeks.size(); ++w) {
    const WeekDose& week = dose.weeks[w];
    text += fmt::format("{:<6}{:>9}{:>8.1f}{:>9.0f}{}{}{}\n", w + 1, week.sessions, week.amount.distance_km,
                        week.amount.cycles, pad(calc_band_text(week.amount.damage), 28),
                        pad(calc_optional(week.context.acute_chronic_ratio, "{:.2f}"), 15),
                        pad(calc_optional(week.context.fortnightly_change, "{:+.2f}"), 20));
  }
  return text + fmt::format("{:<6}{:>9}{:>8.1f}{:>9.0f}{}\n", "all", dose.sessions.size(),
                            dose.total.distance_km, dose.total.cycles,
                            pad(calc_band_text(dose.total.damage), 28));
}

std::string calc_levels(const PlanDose& dose) {
  std::string text = "\nwhole plan by level\n";
  for (int level = 0; level < kLevelCount; ++level) {
    text +=
        fmt::format("  {:<8}{}\n", kLevelNames[level], pad(calc_band_text(dose.total_of_level[level]), 28));
  }
  return text;
}

std::string calc_comparison(const PlanDose& a, const PlanDose& b) {
  std::string text = fmt::format("\nA  {}\nB  {}\n\n{:<6}{:>8}{:>8}{}{}{:>9}\n", a.plan.title, b.plan.title,
                                 "week", "A km", "B km", pad("A damage", 28), pad("B damage", 28), "B/A");
  const auto row = [](const std::string& name, const DoseAmount& x, const DoseAmount& y) {
    const std::string ratio = x.damage[1] > 0.0 ? fmt::format("{:.2f}", y.damage[1] / x.damage[1]) : "–";
    return fmt::format("{:<6}{:>8.1f}{:>8.1f}{}{}{}\n", name, x.distance_km, y.distance_km,
                       pad(calc_band_text(x.damage), 28), pad(calc_band_text(y.damage), 28), pad(ratio, 9));
  };
  for (std::size_t w = 0; w < std::max(a.weeks.size(), b.weeks.size()); ++w) {
    text += row(std::to_string(w + 1), w < a.weeks.size() ? a.weeks[w].amount : DoseAmount(),
                w < b.weeks.size() ? b.weeks[w].amount : DoseAmount());
  }
  return text + row("all", a.total, b.total) +
         fmt::format("\nB over A, whole plan: {}\n", calc_band_text(calc_dose_ratio(a, b)));
}

}  // namespace

std::string calc_dose_text(const std::vector<PlanDose>& plans) {
  std::string text;
  for (const PlanDose& dose : plans) {
    text +=
        calc_head(dose) + calc_runs(dose) + calc_sessions(dose) + calc_weeks(dose) + calc_levels(dose) + "\n";
  }
  if (plans.size() == 2) text += calc_comparison(plans[0], plans[1]) + "\n";
  return text + fmt::format(
                    "{}\nIn brackets: the range over the damage exponent. Stature loss: measured groups, low "
                    "confidence; it is gone "
                    "the next\nmorning. Acute:chronic (by km) is context only: in one cohort of runners the "
                    "weekly ratio was not "
                    "associated with injury,\na fortnightly rise of {:.2f} to {:.2f} was (Dijkhuis et al. "
                    "2020, load as minutes "
                    "times exertion).\n",
                    kDoseCaution, kFortnightlyRiseLow, kFortnightlyRiseHigh);
}

}  // namespace lumbarun
