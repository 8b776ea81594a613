#include "scenarios/dose/dose_schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "scenarios/presets.h"
#include "scenarios/scenario_io.h"
#include "scenarios/sweep/manifest.h"
#include "scenarios/version.h"
#include "sim/core/contracts.h"
#include "sim/results/run_reader.h"

namespace lumbarun {
namespace {

constexpr double kSame_km = 1e-9;  // pieces shorter than this are none

// What a result depends on besides its scenario. A build of changed files has no name of its own, so its program's age stands in.
std::string calc_build_key() {
  std::string key = get_build_name() + calc_tables_hash();
  if (get_git_hash().ends_with("-dirty")) {
    const auto written = std::filesystem::last_write_time("/proc/self/exe").time_since_epoch().count();
    key += fmt::format(" {}", written);
  }
  return key;
}

double calc_bucket_middle(double km, double bucket_km) {
  return (std::floor(km / bucket_km) + 0.5) * bucket_km;
}

ScenarioEntry build_number(const std::string& name, double value, const std::string& where) {
  return {name, value, fmt::format("{:#}", value), where};
}

// What a result was run with.
struct GivenResult {
  std::string preset;
  double mileage_km = 0.0;
};

class ScheduleBuilder {
 public:
  ScheduleBuilder(const TrainingPlan& plan, const std::string& folder)
      : plan_(plan), folder_(folder), build_(calc_build_key()) {
    for (const PlanShoe& shoe : plan.shoes) mileage_.push_back(shoe.mileage_km);
  }

  DoseSchedule build() {
    if (plan_.reference.results.empty()) {
      add_scenario(plan_.reference.entries, "reference");
    } else {
      add_result(plan_.reference, plan_.reference.results[0]);
    }
    for (const PlanSession& session : plan_.sessions) add_session(session);
    return std::move(schedule_);
  }

 private:
  void add_session(const PlanSession& session) {
    const double before = session.shoe ? mileage_[*session.shoe] : 0.0;
    schedule_.shoe_km.push_back(before);
    std::vector<DosePiece>& pieces = schedule_.sessions.emplace_back();
    const std::vector<double> cuts = calc_cuts(session, before);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      const double middle = 0.5 * (cuts[i] + cuts[i + 1]);
      const std::size_t run = find_run(session, before + middle, middle);
      if (!pieces.empty() && pieces.back().run == run) {
        pieces.back().to_km = cuts[i + 1];
      } else {
        pieces.push_back({cuts[i], cuts[i + 1], run});
      }
    }
    if (session.shoe) mileage_[*session.shoe] += session.distance_km;
  }

  // 0, where a bucket ends, the session's distance.
  std::vector<double> calc_cuts(const PlanSession& session, double shoe_km) {
    std::vector<double> cuts = {0.0, session.distance_km};
    const auto add = [&](double km) {
      if (km > kSame_km && km < session.distance_km - kSame_km) cuts.push_back(km);
    };
    const PlanRun& run = plan_.runs[session.run];
    if (!run.results.empty()) {
      const auto mileages = get_mileages(run);
      for (std::size_t i = 0; i + 1 < mileages.size(); ++i)
        add(0.5 * (mileages[i] + mileages[i + 1]) - shoe_km);
    } else {
      if (session.shoe) add_bucket_ends(shoe_km, session.distance_km, plan_.mileage_bucket_km, add);
      if (plan_.fatigue_per_km > 0.0) add_bucket_ends(0.0, session.distance_km, plan_.fatigue_bucket_km, add);
    }
    std::sort(cuts.begin(), cuts.end());
    return cuts;
  }

  template <class Add>
  static void add_bucket_ends(double start_km, double distance_km, double bucket_km, Add add) {
    for (double end = (std::floor(start_km / bucket_km) + 1.0) * bucket_km; end < start_km + distance_km;
         end += bucket_km) {
      add(end - start_km);
    }
  }

  std::size_t find_run(const PlanSession& session, double shoe_km, double session_km) {
    const PlanRun& run = plan_.runs[session.run];
    if (!run.results.empty()) return find_result(run, session, shoe_km);
    std::vector<ScenarioEntry> entries = run.entries;
    std::string label = run.name;
    if (session.speed) entries.push_back(*session.speed);
    if (session.shoe) {
      const PlanShoe& shoe = plan_.shoes[*session.shoe];
      const double middle = calc_bucket_middle(shoe_km, plan_.mileage_bucket_km);
      entries.push_back(shoe.preset);
      entries.push_back(build_number("shoe.mileage_km", middle, shoe.where));
      label += fmt::format(", {} at {:g} km", shoe.name, middle);
    }
    if (plan_.fatigue_per_km > 0.0) {
      const double middle = calc_bucket_middle(session_km, plan_.fatigue_bucket_km);
      entries.push_back(plan_.fatigue);
      entries.push_back(build_number("condition.distance_km", middle, session.where));
      label += fmt::format(", after {:g} km", middle);
    }
    return add_scenario(entries, label);
  }

  std::size_t add_scenario(const std::vector<ScenarioEntry>& entries, const std::string& label) {
    DoseRun run;
    run.scenario = resolve_scenario(entries);
    run.scenario->title = label;
    run.label = fmt::format("{}, {:g} m/s", label, run.scenario->stride.speed_m_s);
    run.file = (std::filesystem::path(folder_) / "runs" / (calc_scenario_hash(*run.scenario, build_) + ".h5"))
                   .string();
    return add_run(std::move(run));
  }

  std::size_t add_run(DoseRun run) {
    const auto [found, is_new] = by_file_.try_emplace(run.file, schedule_.runs.size());
    if (is_new) schedule_.runs.push_back(std::move(run));
    return found->second;
  }

  std::size_t add_result(const PlanRun& run, const std::string& file) {
    DoseRun given;
    given.label = fmt::format("{}, given, shoe at {:g} km", run.name, get_given(file).mileage_km);
    given.file = file;
    return add_run(std::move(given));
  }

  const GivenResult& get_given(const std::string& file) {
    const auto found = given_.find(file);
    if (found != given_.end()) return found->second;
    const Scenario scenario = parse_scenario(read_run_file(file).header.scenario, file + ", stored scenario");
    return given_[file] = {scenario.shoe.preset, scenario.shoe.mileage_km};
  }

  // Of a run's results, in increasing order.
  std::vector<double> get_mileages(const PlanRun& run) {
    std::vector<double> mileages;
    for (const std::string& file : run.results) mileages.push_back(get_given(file).mileage_km);
    std::sort(mileages.begin(), mileages.end());
    return mileages;
  }

  std::size_t find_result(const PlanRun& run, const PlanSession& session, double shoe_km) {
    LUMBARUN_THROW_UNLESS(session.shoe || run.results.size() == 1,
                          "{}: run \"{}\" has {} results and no shoe whose mileage chooses among them",
                          session.where, run.name, run.results.size());
    if (!session.shoe) return add_result(run, run.results[0]);
    const PlanShoe& shoe = plan_.shoes[*session.shoe];
    const auto distance = [&](const std::string& file) {
      return std::abs(get_given(file).mileage_km - shoe_km);
    };
    const std::string& file = *std::min_element(
        run.results.begin(), run.results.end(),
        [&](const std::string& a, const std::string& b) { return distance(a) < distance(b); });
    const std::string& preset = std::get<std::string>(shoe.preset.value);
    LUMBARUN_THROW_UNLESS(get_given(file).preset == preset,
                          "{}: {} was run in shoe {}, but shoe \"{}\" is {}", session.where, file,
                          get_given(file).preset, shoe.name, preset);
    return add_result(run, file);
  }

  const TrainingPlan& plan_;
  std::string folder_;
  std::string build_;
  std::vector<double> mileage_;  // of each shoe so far
  DoseSchedule schedule_;
  std::map<std::string, std::size_t> by_file_;
  std::map<std::string, GivenResult> given_;
};

}  // namespace

DoseSchedule build_dose_schedule(const TrainingPlan& plan, const std::string& folder) {
  return ScheduleBuilder(plan, folder).build();
}

}  // namespace lumbarun
