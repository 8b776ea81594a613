#include "scenarios/sweep/sweep_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <set>

#include "scenarios/scenario_io.h"
#include "scenarios/sweep/axis_reader.h"
#include "scenarios/sweep/virtual_runner.h"
#include "scenarios/toml_table.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

constexpr std::int64_t kMaxSamples = 10'000'000;

DesignSpec read_design(const TomlTable& table) {
  static const std::vector<std::string> names = {"grid", "latin_hypercube", "sobol", "morris", "monte_carlo"};
  DesignSpec design;
  const std::string kind = table.read_text("kind").value_or("grid");
  const auto found = std::find(names.begin(), names.end(), kind);
  if (found == names.end()) {
    table.refuse("kind", fmt::format("not a design, allowed: {}; nearest: {}", fmt::join(names, " | "),
                                     nearest_name(kind, names)));
  }
  design.kind = static_cast<DesignKind>(found - names.begin());
  design.seed = static_cast<std::uint64_t>(table.read_integer("seed", 0, INT64_MAX).value_or(1));
  const auto samples = table.read_integer("samples", 1, kMaxSamples);
  if (design.kind == DesignKind::kGrid) {
    if (samples) table.refuse("samples", "a grid has as many scenarios as its axes have combinations");
  } else {
    if (!samples) table.refuse("samples", fmt::format("is missing: a design of kind '{}' needs it", kind));
    design.samples = static_cast<int>(*samples);
  }
  if (table.has("levels") && design.kind != DesignKind::kMorris)
    table.refuse("levels", "only a morris design has it");
  design.levels = static_cast<int>(table.read_integer("levels", 2, 1000).value_or(4));
  if (design.levels % 2 != 0) table.refuse("levels", "must be even");
  return design;
}

SyntheticSpec read_synthetic(const TomlTable& table) {
  static const std::vector<std::string> models = {"ishigami", "g_function"};
  SyntheticSpec spec;
  spec.model = table.read_text("model").value_or("");
  if (std::find(models.begin(), models.end(), spec.model) == models.end()) {
    table.refuse("model", fmt::format("not a model, allowed: {}", fmt::join(models, " | ")));
  }
  spec.work_ms = table.read_number("work_ms", 0, 1e5).value_or(0);
  spec.fail_every = static_cast<int>(table.read_integer("fail_every", 0, kMaxSamples).value_or(0));
  spec.crash_every = static_cast<int>(table.read_integer("crash_every", 0, kMaxSamples).value_or(0));
  spec.samples = static_cast<int>(table.read_integer("samples", 0, 100000).value_or(0));
  return spec;
}

class SweepReader {
 public:
  SweepReader(const std::string& text, const std::string& path) : path_(path), file_(parse_toml(text, path)) {
    spec_.text = text;
  }

  SweepSpec read() {
    const TomlTable top(file_, path_, "",
                        {"schema_version", "title", "base", "keep_runs", "fixed", "design", "population",
                         "axis", "correlation", "machinery_test"});
    top.read_integer("schema_version", 1, 1);
    spec_.title = top.read_text("title").value_or(std::filesystem::path(path_).stem().string());
    spec_.keep_runs = top.read_flag("keep_runs").value_or(false);
    read_base(top);
    if (const toml::table* table = top.find_table("design")) {
      spec_.design = read_design(TomlTable(*table, path_, "[design]", {"kind", "samples", "seed", "levels"}));
    }
    if (const toml::table* table = top.find_table("population")) {
      const TomlTable population(*table, path_, "[population]", {"female_share"});
      spec_.female_share = population.read_number("female_share", 0, 1).value_or(0.5);
    }
    if (const toml::table* table = top.find_table("machinery_test")) {
      spec_.synthetic = read_synthetic(TomlTable(
          *table, path_, "[machinery_test]", {"model", "work_ms", "fail_every", "crash_every", "samples"}));
    }
    if (const toml::array* list = top.find_list("axis")) read_axes(*list);
    if (const toml::array* list = top.find_list("correlation")) read_correlations(*list);
    check();
    return std::move(spec_);
  }

 private:
  const toml::table& get_item(const toml::node& item, const std::string& name) const {
    LUMBARUN_THROW_UNLESS(item.is_table(), "{}: {} = {}: wrong type, expected [[{}]]",
                          calc_where(item, path_), name, calc_node_text(item), name);
    return *item.as_table();
  }

  void read_base(const TomlTable& top) {
    if (const auto base = top.read_text("base")) {
      const std::string path = (std::filesystem::path(path_).parent_path() / *base).string();
      if (!std::filesystem::is_regular_file(path))
        top.refuse("base", fmt::format("there is no file {}", path));
      spec_.base = read_scenario_entries(path);
    }
    if (const toml::table* table = top.find_table("fixed")) append_entries(*table, "", path_, spec_.base);
    LUMBARUN_THROW_UNLESS(!resolve_scenario(spec_.base).output.keep_all,
                          "{}: output.keep_all has no place in a sweep, whose curves are over one stride",
                          path_);
  }

  void read_axes(const toml::array& list) {
    for (const toml::node& item : list) {
      spec_.axes.push_back(read_axis(get_item(item, "axis"), path_, spec_.design.kind == DesignKind::kGrid));
      for (const auto& level : spec_.axes.back().levels) check_entries(level);
    }
  }

  // Type, range, choices: whatever the scenario reader refuses.
  void check_entries(const std::vector<ScenarioEntry>& level) const {
    std::vector<ScenarioEntry> entries = spec_.base;
    entries.insert(entries.end(), level.begin(), level.end());
    resolve_scenario(entries);
  }

  int find_axis(const TomlTable& table, const std::string& key) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < spec_.axes.size(); ++i) {
      names.push_back(spec_.axes[i].name);
      if (spec_.axes[i].name != key) continue;
      if (!spec_.axes[i].distribution) table.refuse("keys", key + " has no distribution to correlate");
      return static_cast<int>(i);
    }
    table.refuse("keys", fmt::format("there is no axis {}; nearest: {}", key, nearest_name(key, names)));
  }

  void read_correlations(const toml::array& list) {
    for (const toml::node& item : list) {
      const TomlTable table(get_item(item, "correlation"), path_, "[[correlation]]", {"keys", "coefficient"});
      const std::vector<std::string> keys = table.read_words("keys");
      if (keys.size() != 2 || keys[0] == keys[1]) table.refuse("keys", "expected two different keys");
      const auto coefficient = table.read_number("coefficient", -0.999, 0.999);
      if (!coefficient) table.refuse("coefficient", "is missing");
      spec_.correlations.push_back(
          {find_axis(table, keys[0]), find_axis(table, keys[1]), *coefficient, table.get_where()});
    }
  }

  bool is_independent_design() const {
    return spec_.design.kind == DesignKind::kSobol || spec_.design.kind == DesignKind::kMorris;
  }

  void check() const {
    LUMBARUN_THROW_UNLESS(!spec_.axes.empty() || spec_.female_share,
                          "{}: nothing is varied: no [[axis]], no "
                          "[population]",
                          path_);
    const DesignKind kind = spec_.design.kind;
    const std::string name = get_design_name(kind);
    const bool is_random = kind == DesignKind::kLatinHypercube || kind == DesignKind::kMonteCarlo;
    LUMBARUN_THROW_UNLESS(!spec_.female_share || kind != DesignKind::kGrid,
                          "{}: a virtual population cannot be laid "
                          "out in a grid: choose monte_carlo or latin_hypercube",
                          path_);
    LUMBARUN_THROW_UNLESS(
        spec_.correlations.empty() || is_random,
        "{}: correlated factors need monte_carlo or "
        "latin_hypercube: a design of kind '{}' {}",
        path_, name,
        is_independent_design() ? "takes its factors for independent" : "visits all combinations");
    std::set<std::string> keys;
    if (spec_.female_share) keys.insert(kPopulationKeys.begin(), kPopulationKeys.end());
    for (const SweepAxisSpec& axis : spec_.axes) {
      LUMBARUN_THROW_UNLESS(!axis.is_crossed || is_random, "{}: crossed needs monte_carlo or latin_hypercube",
                            axis.where);
      LUMBARUN_THROW_UNLESS(!axis.is_crossed || axis.get_level_count() > 0,
                            "{}: crossed needs levels: values, keys "
                            "and rows, a table, or steps",
                            axis.where);
      for (const std::string& key : axis.keys) {
        LUMBARUN_THROW_UNLESS(keys.insert(key).second, "{}: {} is varied twice", axis.where, key);
      }
    }
  }

  std::string path_;
  toml::table file_;
  SweepSpec spec_;
};

}  // namespace

SweepSpec read_sweep(const std::string& path) { return parse_sweep(read_text(path), path); }

SweepSpec parse_sweep(const std::string& text, const std::string& path) {
  return SweepReader(text, path).read();
}

}  // namespace lumbarun
