#include "sim/results/sweep_file_reader.h"

#include <fmt/format.h>

#include <filesystem>

#include "sim/core/contracts.h"
#include "sim/results/h5_read.h"
#include "sim/results/schema.h"
#include "sim/results/trial_read.h"

namespace lumbarun {
namespace {

using namespace results;

std::vector<std::string> read_axis_names(hid_t dataset, std::size_t rank) {
  std::vector<std::string> names;
  for (unsigned i = 0; i < rank; ++i) {
    const std::string name = read_scale_name(dataset, i);
    if (name.empty()) throw H5Failure("has an axis without a dimension scale");
    names.push_back(name);
  }
  return names;
}

bool says_sweep(hid_t file) {
  return has_attribute(file, "program") && read_text_attribute(file, "program") == kProgramName &&
         has_attribute(file, "kind") && read_text_attribute(file, "kind") == "sweep";
}

}  // namespace

bool is_sweep_file(const std::string& path) {
  const H5Silence silence;
  if (!std::filesystem::is_regular_file(path) || H5Fis_hdf5(path.c_str()) <= 0) return false;
  try {
    return says_sweep(open_h5_file(path));
  } catch (const H5Failure&) {
    return false;
  }
}

class SweepFileReader::Impl {
 public:
  template <typename Read>
  auto guard(Read read) const {
    const H5Silence silence;
    try {
      return read();
    } catch (const H5Failure& failure) {
      throw BadInput(fmt::format("{}: {}: {}", path_, place_, failure.what()));
    }
  }

  explicit Impl(const std::string& path) : path_(path) {
    LUMBARUN_THROW_UNLESS(std::filesystem::is_regular_file(path), "{}: no such file", path);
    LUMBARUN_THROW_UNLESS(H5Fis_hdf5(path.c_str()) > 0, "{}: not an HDF5 file, or its beginning is damaged",
                          path);
    guard([&] {
      file_ = open_h5_file(path_);
      read_header();
      read_inputs();
      read_layout();
    });
  }

  H5Handle open(const std::string& place) const {
    place_ = place;
    return open_dataset(file_, place);
  }

  template <typename Values>
  Values check_rows(Values values, std::size_t width) const {
    if (values.size() != count_ * width) throw H5Failure("has another number of values than its axes say");
    return values;
  }

  SweepFileHeader header_;
  SweepLayout layout_;
  std::size_t count_ = 0;

 private:
  void read_header() {
    LUMBARUN_THROW_UNLESS(says_sweep(file_),
                          "{}: an HDF5 file, but not a sweep of {} (attributes 'program' and 'kind')", path_,
                          kProgramName);
    const auto version = read_unsigned_attribute(file_, "schema_version");
    LUMBARUN_THROW_UNLESS(version == kSchemaVersion,
                          "{}: schema version {}, but this program reads version {}: merge "
                          "the sweep again",
                          path_, version, kSchemaVersion);
    header_.title = read_text_attribute(file_, "title");
    header_.program_version = read_text_attribute(file_, "program_version");
    header_.git_hash = read_text_attribute(file_, "git_hash");
    header_.manifest_hash = read_text_attribute(file_, "manifest_hash");
    header_.base_scenario = read_text_attribute(file_, "base_scenario");
    header_.sweep = read_text_attribute(file_, "sweep");
    header_.design = read_text_attribute(file_, "design");
    header_.design_samples = static_cast<int>(read_unsigned_attribute(file_, "design_samples"));
    header_.design_levels = static_cast<int>(read_unsigned_attribute(file_, "design_levels"));
    header_.design_seed = read_unsigned_attribute(file_, "design_seed");
    count_ = read_doubles(open("/scenario")).size();
    if (has_link(file_, "factor")) header_.factors = read_words(open("/factor"));
  }

  void read_inputs() {
    place_ = "/inputs";
    const H5Handle group = open_group(file_, "inputs");
    for (const std::string& name : read_dataset_names(group)) {
      const H5Handle dataset = open("/inputs/" + name);
      const H5Handle type(H5Dget_type(dataset), H5Tclose, "data type");
      SweepInput input;
      input.key = read_text_attribute(dataset, "key");
      input.unit = read_text_attribute(dataset, "units");
      input.long_name = read_text_attribute(dataset, "long_name");
      input.is_text = H5Tget_class(type) == H5T_STRING;
      input.is_varied = read_unsigned_attribute(dataset, "varied") != 0;
      if (input.calc_dataset_name() != name) throw H5Failure("is named otherwise than its key");
      header_.inputs.push_back(std::move(input));
    }
  }

  void read_layout() {
    for (const std::string& group : read_group_names(file_)) {
      if (group == "inputs" || group == "result" || group == "design") continue;
      place_ = "/" + group;
      for (const std::string& name : read_dataset_names(open_group(file_, group)))
        read_variable_head(group, name);
    }
  }

  void read_variable_head(const std::string& group, const std::string& name) {
    const H5Handle dataset = open("/" + group + "/" + name);
    const auto shape = read_shape(dataset);
    std::vector<std::string> axes = read_axis_names(dataset, shape.size());
    if (axes.empty() || axes[0] != "scenario") throw H5Failure("does not begin with the scenario axis");
    axes.erase(axes.begin());
    for (const std::string& axis : axes) read_axis(axis);
    const bool is_curve = !axes.empty() && axes[0] == "phase";
    layout_.variables.push_back({group, name, read_text_attribute(dataset, "units"),
                                 read_text_attribute(dataset, "long_name"), axes, is_curve});
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (layout_.find_axis(axes[i])->size() != shape[i + 1])
        throw H5Failure("has another size than its axes");
    }
  }

  void read_axis(const std::string& name) {
    if (layout_.find_axis(name) != nullptr) return;
    const H5Handle dataset = open_dataset(file_, name);
    const H5Handle type(H5Dget_type(dataset), H5Tclose, "data type");
    SweepAxis axis{
        name, read_text_attribute(dataset, "units"), read_text_attribute(dataset, "long_name"), {}, {}};
    if (H5Tget_class(type) == H5T_STRING) {
      axis.labels = read_words(dataset);
    } else {
      axis.numbers = read_doubles(dataset);
    }
    layout_.axes.push_back(std::move(axis));
  }

  std::string path_;
  mutable std::string place_ = "/";
  H5Handle file_;
};

// The trial reads what the constructor reads, not the rows: they may be gigabytes.
SweepFileReader::SweepFileReader(const std::string& path) {
  results::demand_survives_reading(path, [&] { Impl trial(path); });
  impl_ = std::make_unique<Impl>(path);
}
SweepFileReader::~SweepFileReader() = default;

const SweepFileHeader& SweepFileReader::get_header() const { return impl_->header_; }
const SweepLayout& SweepFileReader::get_layout() const { return impl_->layout_; }
std::size_t SweepFileReader::get_scenario_count() const { return impl_->count_; }

std::vector<std::string> SweepFileReader::read_statuses() const {
  return impl_->guard([&] { return impl_->check_rows(read_words(impl_->open("/result/status")), 1); });
}

std::vector<SweepStatus> SweepFileReader::read_codes() const {
  const std::vector<int> numbers =
      impl_->guard([&] { return impl_->check_rows(read_integers(impl_->open("/result/code")), 1); });
  std::vector<SweepStatus> codes;
  for (const int number : numbers) {
    LUMBARUN_THROW_UNLESS(number >= 0 && number <= 4, "/result/code holds {}, allowed: 0 … 4", number);
    codes.push_back(static_cast<SweepStatus>(number));
  }
  return codes;
}

std::vector<double> SweepFileReader::read_unit() const {
  const std::size_t width = get_header().factors.size();
  if (width == 0) return {};
  return impl_->guard([&] { return impl_->check_rows(read_doubles(impl_->open("/design/unit")), width); });
}

std::vector<double> SweepFileReader::read_input_numbers(const SweepInput& input) const {
  return impl_->guard([&] {
    return impl_->check_rows(read_doubles(impl_->open("/inputs/" + input.calc_dataset_name())), 1);
  });
}

std::vector<std::string> SweepFileReader::read_input_words(const SweepInput& input) const {
  return impl_->guard(
      [&] { return impl_->check_rows(read_words(impl_->open("/inputs/" + input.calc_dataset_name())), 1); });
}

std::vector<double> SweepFileReader::read_variable(const SweepVariable& variable) const {
  const std::size_t width = get_layout().calc_size(variable);
  return impl_->guard(
      [&] { return impl_->check_rows(read_doubles(impl_->open(variable.get_path())), width); });
}

}  // namespace lumbarun
