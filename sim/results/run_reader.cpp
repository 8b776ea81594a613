#include "sim/results/run_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "sim/core/contracts.h"
#include "sim/results/h5_read.h"
#include "sim/results/schema.h"
#include "sim/results/trial_read.h"

namespace lumbarun {
namespace {

using namespace results;

// Reads one file; remembers where it is so that an error can say so.
class RunReader {
 public:
  explicit RunReader(const std::string& path) : path_(path) {}

  RunRecord read() {
    check_is_hdf5();
    try {
      file_ = open_h5_file(path_);
      RunRecord record = read_record();
      if (has_link(file_, "/unadapted")) {
        prefix_ = "/unadapted";
        record.unadapted.push_back(read_record());
      }
      return record;
    } catch (const H5Failure& failure) {
      throw BadInput(fmt::format("{}: {}: {}", path_, place_, failure.what()));
    }
  }

 private:
  RunRecord read_record() {
    record_ = {};
    read_header();
    read_names();
    for (const TextField& field : get_text_fields()) read(field);
    read_row_size();
    read_plan_axes();
    for (const ArrayField& field : get_array_fields()) read(field);
    read_ledgers();
    record_.metrics = read_named_values("metrics");
    record_.plan.numbers = read_named_values("plan");
    if (has_path("/plan")) record_.plan.texts = read_texts(open_group(file_, prefix_ + "/plan"));
    return std::move(record_);
  }

  void check_is_hdf5() {
    LUMBARUN_THROW_UNLESS(std::filesystem::exists(path_), "{}: no such file", path_);
    LUMBARUN_THROW_UNLESS(std::filesystem::is_regular_file(path_), "{}: not a file", path_);
    LUMBARUN_THROW_UNLESS(H5Fis_hdf5(path_.c_str()) > 0, "{}: not an HDF5 file, or its beginning is damaged",
                          path_);
  }

  void read_header() {
    const H5Handle root = open_group(file_, prefix_.empty() ? "/" : prefix_);
    LUMBARUN_THROW_UNLESS(
        has_attribute(root, "program") && read_text_attribute(root, "program") == kProgramName,
        "{}: an HDF5 file, but not a result of {} (attribute 'program')", path_, kProgramName);
    const auto version = read_unsigned_attribute(root, "schema_version");
    LUMBARUN_THROW_UNLESS(version == kSchemaVersion,
                          "{}: schema version {}, but this program reads version {}: run the scenario again",
                          path_, version, kSchemaVersion);
    RunHeader& header = record_.header;
    header.title = read_text_attribute(root, "title");
    header.status = read_text_attribute(root, "status");
    header.program_version = read_text_attribute(root, "program_version");
    header.git_hash = read_text_attribute(root, "git_hash");
    header.model_hash = read_text_attribute(root, "model_hash");
    header.scenario = read_text_attribute(root, "scenario");
    header.seed = read_unsigned_attribute(root, "seed");
    header.body_mass_kg = read_double_attribute(root, "body_mass_kg");
    header.gravity_m_s2 = read_double_attribute(root, "gravity_m_s2");
    header.speed_m_s = read_double_attribute(root, "speed_m_s");
    header.grade_deg = read_double_attribute(root, "grade_deg");
    header.camber_deg = read_double_attribute(root, "camber_deg");
    for (NamedText& text : read_texts(root)) {
      constexpr std::string_view kPrefix = "note_";
      if (text.name.rfind(kPrefix, 0) != 0) continue;
      header.texts.push_back({text.name.substr(kPrefix.size()), text.text});
    }
  }

  std::vector<std::string> read_optional_words(const std::string& place) {
    place_ = place;
    return has_path(place) ? read_words(open_dataset(file_, prefix_ + place)) : std::vector<std::string>{};
  }

  std::vector<double> read_optional_doubles(const std::string& place) {
    place_ = place;
    return has_path(place) ? read_doubles(open_dataset(file_, prefix_ + place)) : std::vector<double>{};
  }

  // Under the record's root. H5Lexists needs every group on the way to exist.
  bool has_path(const std::string& place) {
    const std::string group = place.substr(0, place.rfind('/'));
    return (group.empty() || has_link(file_, prefix_ + group)) && has_link(file_, prefix_ + place);
  }

  void read_names() {
    RunNames& names = record_.names;
    record_.time = read_optional_doubles("/time");
    names.levels = read_optional_words("/level");
    names.muscles = read_optional_words("/muscle");
    names.coordinates = read_optional_words("/coordinate");
    names.bodies = read_optional_words("/body");
    names.feet = read_optional_words("/foot");
    names.ligaments = read_optional_words("/ligament");
    names.disc_shares = read_optional_words("/discs/share");
    names.reserve_coordinates = read_optional_words("/reserves/reserve_coordinate");
    names.contribution_sources = read_optional_words("/contributions/source");
    names.induced_sources = read_optional_words("/induced/induced_source");
    names.emg_channels = read_optional_words("/emg/emg_channel");
  }

  void read(const TextField& field) {
    const std::string place = "/" + field.group + "/" + field.name;
    std::vector<std::string> words = read_optional_words(place);
    if (words.empty()) return;
    require_shape({words.size()}, {field.axis});
    field.get(record_) = std::move(words);
  }

  void read_row_size() {
    place_ = "/muscles/row_size";
    if (!has_path(place_)) return;
    const H5Handle dataset = open_dataset(file_, prefix_ + place_);
    require_shape(read_shape(dataset), {Axis::kMuscle});
    record_.muscles.path_row_size = read_integers(dataset);
    for (int size : record_.muscles.path_row_size) {
      LUMBARUN_THROW_UNLESS(size >= 0, "{}: {}: negative number of path points", path_, place_);
    }
  }

  void read_plan_axes() {
    record_.plan.knot_time = read_optional_doubles("/plan/knot");
    record_.plan.residual_time = read_optional_doubles("/plan/residual_time");
  }

  void read(const ArrayField& field) {
    place_ = "/" + field.group;
    const bool is_needed = field.need == Need::kAlways && !is_failed(record_);
    LUMBARUN_THROW_UNLESS(!is_needed || has_path(place_), "{}: group {} is missing", path_, place_);
    place_ = field.get_path();
    LUMBARUN_THROW_UNLESS(!is_needed || has_path(place_), "{}: dataset {} is missing", path_, place_);
    if (!has_path(place_)) return;
    const H5Handle dataset = open_dataset(file_, prefix_ + place_);
    require_shape(read_shape(dataset), field.axes);
    field.get(record_) = read_doubles(dataset);
  }

  void require_shape(const std::vector<hsize_t>& found, const std::vector<Axis>& axes) {
    std::vector<hsize_t> wanted;
    for (Axis axis : axes) wanted.push_back(calc_axis_scale(axis, record_).size());
    LUMBARUN_THROW_UNLESS(found == wanted, "{}: {} has shape ({}), but its axes have ({})", path_, place_,
                          fmt::join(found, ", "), fmt::join(wanted, ", "));
  }

  void read_ledgers() {
    const auto terms = read_optional_words("/plan/cost_term");
    const auto weights = read_optional_doubles("/plan/cost_weight");
    const auto values = read_optional_doubles("/plan/cost_value");
    const auto shares = read_optional_doubles("/plan/cost_share");
    LUMBARUN_THROW_UNLESS(
        weights.size() == terms.size() && values.size() == terms.size() && shares.size() == terms.size(),
        "{}: /plan/cost_term and its numbers have different lengths", path_);
    for (std::size_t i = 0; i < terms.size(); ++i) {
      record_.plan.cost_terms.push_back({terms[i], weights[i], values[i], shares[i]});
    }
    const auto energy_terms = read_optional_words("/energy/energy_term");
    const auto energies = read_optional_doubles("/energy/ledger");
    LUMBARUN_THROW_UNLESS(energies.size() == energy_terms.size(),
                          "{}: /energy/energy_term and /energy/ledger have different lengths", path_);
    for (std::size_t i = 0; i < energies.size(); ++i)
      record_.energy.push_back({energy_terms[i], energies[i]});
  }

  // Datasets of a group that the schema does not name.
  std::vector<NamedValue> read_named_values(const std::string& group_name) {
    std::vector<NamedValue> values;
    place_ = "/" + group_name;
    if (!has_path(place_)) return values;
    const H5Handle group = open_group(file_, prefix_ + place_);
    for (const std::string& name : read_dataset_names(group)) {
      if (is_in_schema(group_name, name)) continue;
      place_ = fmt::format("/{}/{}", group_name, name);
      const H5Handle dataset = open_dataset(group, name);
      NamedValue value;
      value.name = name;
      value.unit = read_text_attribute(dataset, "units");
      value.long_name = read_text_attribute(dataset, "long_name");
      value.may_be_undefined = has_attribute(dataset, "_FillValue");
      value.axis = read_value_axis(dataset);
      require_shape(read_shape(dataset), get_axes(value.axis));
      value.values = read_doubles(dataset);
      values.push_back(std::move(value));
    }
    return values;
  }

  static bool is_in_schema(const std::string& group, const std::string& name) {
    static const std::set<std::string> kCost = {"cost_weight", "cost_value", "cost_share"};
    const auto is_named = [&](const auto& field) { return field.group == group && field.name == name; };
    return (group == "plan" && kCost.count(name) > 0) ||
           std::any_of(get_array_fields().begin(), get_array_fields().end(), is_named) ||
           std::any_of(get_text_fields().begin(), get_text_fields().end(), is_named);
  }

  ValueAxis read_value_axis(hid_t dataset) {
    if (read_shape(dataset).empty()) return ValueAxis::kScalar;
    const std::string scale = read_scale_name(dataset, 0);
    if (scale == "foot") return ValueAxis::kFoot;
    LUMBARUN_THROW_UNLESS(scale == "level", "{}: {} is given neither per foot nor per level", path_, place_);
    return ValueAxis::kLevel;
  }

  static std::vector<NamedText> read_texts(hid_t object) {
    std::vector<NamedText> texts;
    for (const std::string& name : read_attribute_names(object)) {
      const H5Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, name);
      const H5Handle type(H5Aget_type(attribute), H5Tclose, name);
      if (H5Tis_variable_str(type) > 0) texts.push_back({name, read_text_attribute(object, name)});
    }
    return texts;
  }

  std::string path_;
  std::string place_ = "/";
  std::string prefix_;  // of the record that is read: nothing, or the group of the unadapted run
  H5Handle file_;
  RunRecord record_;
};

}  // namespace

RunRecord read_run_file(const std::string& path) {
  const H5Silence silence;
  const auto read = [&] { return RunReader(path).read(); };
  demand_survives_reading(path, read);
  return read();
}

}  // namespace lumbarun
