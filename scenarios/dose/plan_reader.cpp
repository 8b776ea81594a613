#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenarios/dose/training_plan.h"
#include "scenarios/presets.h"
#include "scenarios/scenario_io.h"
#include "scenarios/toml_table.h"
#include "sim/core/contracts.h"
#include "sim/core/levels.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

constexpr double kLongestSession_km = 200.0;
constexpr double kLongestMileage_km = 3000.0;
constexpr std::size_t kMostHistory = 52;
constexpr double kHighestExponent = 30.0;

class PlanReader {
 public:
  PlanReader(const std::string& text, const std::string& path) : file_(parse_toml(text, path)) {
    plan_.path = path;
  }

  TrainingPlan read() {
    const TomlTable top(file_, plan_.path, "",
                        {"schema_version", "title", "level", "damage_exponent", "mileage_bucket_km",
                         "weekly_km_before", "reference", "fatigue", "shoe", "run", "week"});
    top.read_integer("schema_version", 1, 1);
    plan_.title = top.read_text("title").value_or(fs::path(plan_.path).stem().string());
    read_level(top);
    read_exponents(top);
    plan_.mileage_bucket_km =
        top.read_number("mileage_bucket_km", 10, 1000).value_or(plan_.mileage_bucket_km);
    read_history(top);
    read_fatigue(top);
    if (const toml::array* list = top.find_list("shoe")) read_shoes(*list);
    read_reference(top);
    if (const toml::array* list = top.find_list("run")) read_runs(*list);
    if (const toml::array* list = top.find_list("week")) read_weeks(*list);
    LUMBARUN_THROW_UNLESS(
        !plan_.sessions.empty(),
        "{}: the plan is empty: no [[week]] has sessions = [{{day = 1, run = \"…\", distance_km = "
        "…}}]",
        plan_.path);
    return std::move(plan_);
  }

 private:
  void read_level(const TomlTable& top) {
    const std::vector<std::string> levels(kLevelNames.begin(), kLevelNames.end());
    plan_.level = top.read_text("level").value_or(plan_.level);
    if (std::find(levels.begin(), levels.end(), plan_.level) == levels.end()) {
      top.refuse("level", fmt::format("not a level, allowed: {}; nearest: {}", fmt::join(levels, " | "),
                                      nearest_name(plan_.level, levels)));
    }
  }

  void read_exponents(const TomlTable& top) {
    const std::vector<double> given = top.read_numbers("damage_exponent");
    if (given.empty()) return;
    const bool is_ordered = given.size() == kExponentCount && given[0] >= 1.0 && given[0] <= given[1] &&
                            given[1] <= given[2] && given[2] <= kHighestExponent;
    if (!is_ordered) {
      top.refuse("damage_exponent", fmt::format("expected [low, default, high], not falling, allowed: 1 … {}",
                                                kHighestExponent));
    }
    std::copy(given.begin(), given.end(), plan_.exponents.begin());
  }

  void read_history(const TomlTable& top) {
    plan_.weekly_km_before = top.read_numbers("weekly_km_before");
    for (const double km : plan_.weekly_km_before) {
      if (!(km >= 0.0 && km <= 7 * kLongestSession_km)) {
        top.refuse("weekly_km_before",
                   fmt::format("{} out of range, allowed: 0 … {} km a week", km, 7 * kLongestSession_km));
      }
    }
    if (plan_.weekly_km_before.size() > kMostHistory) {
      top.refuse("weekly_km_before", fmt::format("more than {} weeks", kMostHistory));
    }
  }

  void read_fatigue(const TomlTable& top) {
    const toml::table* found = top.find_table("fatigue");
    if (found == nullptr) return;
    const TomlTable table(*found, plan_.path, "[fatigue]", {"strength_loss_per_km", "bucket_km"});
    const auto loss = table.read_number("strength_loss_per_km", 0, 0.05);
    if (!loss) table.refuse("strength_loss_per_km", "is missing, allowed: 0 … 0.05 1/km");
    plan_.fatigue_per_km = *loss;
    plan_.fatigue =
        build_scenario_entry("condition.fatigue_per_km", *table.find("strength_loss_per_km"), plan_.path);
    plan_.fatigue_bucket_km = table.read_number("bucket_km", 0.5, 50).value_or(plan_.fatigue_bucket_km);
  }

  const toml::table& get_item(const toml::node& item, const std::string& name) const {
    LUMBARUN_THROW_UNLESS(item.is_table(), "{}: {} = {}: wrong type, expected a table",
                          calc_where(item, plan_.path), name, calc_node_text(item));
    return *item.as_table();
  }

  static std::string read_name(const TomlTable& table) {
    const auto name = table.read_text("name");
    if (!name || name->empty()) table.refuse("name", "is missing");
    return *name;
  }

  template <class Named>
  static std::size_t find_named(const TomlTable& table, const std::string& key,
                                const std::vector<Named>& list, const std::string& kind) {
    const std::string name = *table.read_text(key);
    std::vector<std::string> names;
    for (const Named& item : list) names.push_back(item.name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      table.refuse(key, names.empty() ? fmt::format("unknown {0}: the plan has no [[{0}]]", kind)
                                      : fmt::format("unknown {}, allowed: {}; nearest: {}", kind,
                                                    fmt::join(names, " | "), nearest_name(name, names)));
    }
    return static_cast<std::size_t>(found - names.begin());
  }

  template <class Named>
  static void check_new(const TomlTable& table, const std::string& name, const std::vector<Named>& list) {
    for (const Named& item : list) {
      if (item.name == name) table.refuse("name", fmt::format("there is one of this name at {}", item.where));
    }
  }

  void read_shoes(const toml::array& list) {
    for (const toml::node& item : list) {
      const TomlTable table(get_item(item, "shoe"), plan_.path, "[[shoe]]", {"name", "preset", "mileage_km"});
      PlanShoe shoe;
      shoe.name = read_name(table);
      check_new(table, shoe.name, plan_.shoes);
      shoe.where = table.get_where();
      const auto preset = table.read_text("preset");
      if (!preset) table.refuse("preset", "is missing");
      const std::vector<std::string> known = read_preset_names("shoe");
      if (std::find(known.begin(), known.end(), *preset) == known.end()) {
        table.refuse("preset", fmt::format("unknown shoe, allowed: {}; nearest: {}", fmt::join(known, " | "),
                                           nearest_name(*preset, known)));
      }
      shoe.preset = build_scenario_entry("shoe.preset", *table.find("preset"), plan_.path);
      shoe.mileage_km = table.read_number("mileage_km", 0, kLongestMileage_km).value_or(0.0);
      plan_.shoes.push_back(std::move(shoe));
    }
  }

  std::string calc_path(const TomlTable& table, const std::string& key, const std::string& name) const {
    const std::string path = (fs::path(plan_.path).parent_path() / name).string();
    if (!fs::is_regular_file(path)) table.refuse(key, fmt::format("there is no file {}", path));
    return path;
  }

  void read_results(const TomlTable& table, PlanRun& run) const {
    for (const char* key : {"scenario", "set", "speed_m_s"}) {
      if (table.has(key)) table.refuse(key, "has no place beside results, which have their own");
    }
    for (const std::string& name : table.read_words("results")) {
      run.results.push_back(calc_path(table, "results", name));
    }
  }

  PlanRun read_run(const TomlTable& table) const {
    PlanRun run;
    run.where = table.get_where();
    if (table.has("shoe")) run.shoe = find_named(table, "shoe", plan_.shoes, "shoe");
    if (table.has("results")) {
      read_results(table, run);
      return run;
    }
    const auto scenario = table.read_text("scenario");
    if (!scenario)
      table.refuse("scenario", "is missing: expected scenario = \"file.toml\" or results = [\"run.h5\"]");
    run.scenario = calc_path(table, "scenario", *scenario);
    run.entries = read_scenario_entries(run.scenario);
    if (const toml::table* set = table.find_table("set")) append_entries(*set, "", plan_.path, run.entries);
    if (const toml::node* speed = table.find("speed_m_s")) {
      run.entries.push_back(build_scenario_entry("stride.speed_m_s", *speed, plan_.path));
    }
    LUMBARUN_THROW_UNLESS(!resolve_scenario(run.entries).output.keep_all,
                          "{}: output.keep_all has no place in a plan: a dose is made of the last stride",
                          run.where);
    return run;
  }

  void read_reference(const TomlTable& top) {
    const toml::table* found = top.find_table("reference");
    LUMBARUN_THROW_UNLESS(found != nullptr,
                          "{}: [reference] is missing: the run whose steps count as 1, e.g. scenario = "
                          "\"easy_run.toml\"",
                          plan_.path);
    const TomlTable table(*found, plan_.path, "[reference]", {"scenario", "speed_m_s", "set", "results"});
    plan_.reference = read_run(table);
    plan_.reference.name = "reference";
    if (plan_.reference.results.size() > 1)
      table.refuse("results", "expected one file: the reference is one run");
  }

  void read_runs(const toml::array& list) {
    for (const toml::node& item : list) {
      const TomlTable table(get_item(item, "run"), plan_.path, "[[run]]",
                            {"name", "scenario", "speed_m_s", "shoe", "set", "results"});
      const std::string name = read_name(table);
      check_new(table, name, plan_.runs);
      PlanRun run = read_run(table);
      run.name = name;
      plan_.runs.push_back(std::move(run));
    }
  }

  void read_weeks(const toml::array& list) {
    for (const toml::node& item : list) {
      const TomlTable table(get_item(item, "week"), plan_.path, "[[week]]", {"sessions"});
      ++plan_.weeks;
      const std::size_t first = plan_.sessions.size();
      if (const toml::node* sessions = table.find("sessions")) {
        if (!sessions->is_array()) table.refuse("sessions", "wrong type, expected a list of tables");
        for (const toml::node& session : *sessions->as_array()) read_session(session);
      }
      std::stable_sort(plan_.sessions.begin() + static_cast<std::ptrdiff_t>(first), plan_.sessions.end(),
                       [](const PlanSession& a, const PlanSession& b) { return a.day < b.day; });
    }
  }

  void read_session(const toml::node& item) {
    const TomlTable table(get_item(item, "sessions"), plan_.path, "session",
                          {"day", "run", "distance_km", "speed_m_s", "shoe"});
    PlanSession session;
    session.week = plan_.weeks;
    session.where = table.get_where();
    const auto day = table.read_integer("day", 1, 7);
    if (!day) table.refuse("day", "is missing, allowed: 1 … 7");
    session.day = static_cast<int>(*day);
    if (!table.has("run")) table.refuse("run", "is missing: the name of a [[run]]");
    session.run = find_named(table, "run", plan_.runs, "run");
    const auto distance = table.read_number("distance_km", 0.1, kLongestSession_km);
    if (!distance)
      table.refuse("distance_km", fmt::format("is missing, allowed: 0.1 … {} km", kLongestSession_km));
    session.distance_km = *distance;
    const PlanRun& run = plan_.runs[session.run];
    if (table.has("speed_m_s") && !run.results.empty())
      table.refuse("speed_m_s", fmt::format("run \"{}\" has results, at their own speed", run.name));
    session.shoe = table.has("shoe") ? find_named(table, "shoe", plan_.shoes, "shoe") : run.shoe;
    if (const toml::node* speed = table.find("speed_m_s")) {
      session.speed = build_scenario_entry("stride.speed_m_s", *speed, plan_.path);
      std::vector<ScenarioEntry> entries = run.entries;
      entries.push_back(*session.speed);
      resolve_scenario(entries);
    }
    plan_.sessions.push_back(std::move(session));
  }

  toml::table file_;
  TrainingPlan plan_;
};

}  // namespace

TrainingPlan read_training_plan(const std::string& path) {
  return parse_training_plan(read_text(path), path);
}

TrainingPlan parse_training_plan(const std::string& text, const std::string& path) {
  return PlanReader(text, path).read();
}

}  // namespace lumbarun
