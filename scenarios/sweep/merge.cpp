#include "scenarios/sweep/merge.h"

#include <algorithm>
#include <limits>
#include <set>

#include "scenarios/key_registry.h"
#include "scenarios/scenario_io.h"
#include "sim/core/contracts.h"
#include "sim/results/sweep_writer.h"

namespace lumbarun {
namespace {

constexpr std::size_t kBlock = 64;  // scenarios
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

std::vector<SweepInput> build_inputs(const Manifest& manifest) {
  const std::set<std::string> varied(manifest.get_keys().begin(), manifest.get_keys().end());
  std::vector<SweepInput> inputs;
  for (const ScenarioKey& key : get_scenario_keys()) {
    if (key.name == "title" || key.name == "schema_version") continue;
    const std::string type = get_type_name(key);
    const bool is_text = type != "number" && type != "integer";
    inputs.push_back({key.name, key.unit, key.effect, is_text, varied.contains(key.name)});
  }
  return inputs;
}

SweepFileHeader build_header(const Manifest& manifest) {
  const SweepSpec& spec = manifest.get_spec();
  SweepFileHeader header;
  header.title = spec.title;
  const std::string& build = manifest.get_build();
  header.program_version = build.substr(0, build.find(' '));
  header.git_hash = build.find('(') == std::string::npos
                        ? ""
                        : build.substr(build.find('(') + 1, build.find(')') - build.find('(') - 1);
  header.manifest_hash = manifest.get_hash();
  header.base_scenario = calc_scenario_text(resolve_scenario(spec.base));
  header.sweep = spec.text;
  header.design = get_design_name(spec.design.kind);
  header.design_samples = spec.design.samples;
  header.design_levels = spec.design.levels;
  header.design_seed = spec.design.seed;
  header.factors = manifest.get_factors();
  header.inputs = build_inputs(manifest);
  return header;
}

// The value of a key, as the file holds it.
struct InputWriter {
  SweepFileRow& row;

  void operator()(const double* value) const { row.input_numbers.push_back(*value); }
  void operator()(const std::optional<double>* value) const {
    row.input_numbers.push_back(value->value_or(kUndefined));
  }
  void operator()(const int* value) const { row.input_numbers.push_back(*value); }
  void operator()(const bool* value) const { row.input_words.emplace_back(*value ? "true" : "false"); }
  void operator()(const std::string* value) const { row.input_words.push_back(*value); }
};

class Merger {
 public:
  Merger(const Manifest& manifest, const SweepResults& results) : manifest_(manifest), results_(results) {
    whole_ = join_layouts(calc_layouts_in_order());
    size_ = whole_.calc_size();
    for (const SweepLayout& layout : results.get_layouts()) places_.push_back(calc_places(layout, whole_));
  }

  const SweepLayout& get_layout() const { return whole_; }

  SweepFileRow build_row(std::size_t index, const std::vector<SweepInput>& inputs) const {
    const ManifestLine line = manifest_.read_line(index);
    Scenario scenario = manifest_.resolve(line);
    SweepFileRow row{line.hash, "missing", "", SweepStatus::kMissing, line.unit, {}, {}, {}};
    for (const SweepInput& input : inputs) {
      std::visit(InputWriter{row}, find_scenario_key(input.key)->get_field(scenario));
    }
    row.values.assign(size_, kUndefined);
    if (const auto result = results_.read(index)) {
      row.status = result->row.status;
      row.model_hash = result->row.model_hash;
      row.code = calc_sweep_status(row.status);
      const std::vector<std::size_t>& places = places_[results_.get_layout(index)];
      for (std::size_t i = 0; i < places.size(); ++i) row.values[places[i]] = result->row.values[i];
    }
    return row;
  }

 private:
  // By the first scenario that has it: not by journal, whose order is chance.
  std::vector<SweepLayout> calc_layouts_in_order() const {
    std::vector<SweepLayout> layouts;
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < manifest_.get_scenario_count(); ++i) {
      if (results_.is_done(i) && seen.insert(results_.get_layout(i)).second) {
        layouts.push_back(results_.get_layouts()[results_.get_layout(i)]);
      }
    }
    return layouts;
  }

  const Manifest& manifest_;
  const SweepResults& results_;
  SweepLayout whole_;
  std::size_t size_ = 0;
  std::vector<std::vector<std::size_t>> places_;  // by layout of the results
};

}  // namespace

void merge_sweep(const Manifest& manifest, const SweepResults& results, const std::string& path) {
  const SweepFileHeader header = build_header(manifest);
  const Merger merger(manifest, results);
  const std::size_t count = manifest.get_scenario_count();
  SweepWriter writer(path, header, merger.get_layout(), count);
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    std::vector<SweepFileRow> rows;
    for (std::size_t i = begin; i < std::min(count, begin + kBlock); ++i) {
      rows.push_back(merger.build_row(i, header.inputs));
    }
    writer.append(rows);
  }
  writer.finish();
}

}  // namespace lumbarun
