#include "sim/results/run_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>

#include "sim/core/contracts.h"
#include "sim/results/h5_write.h"
#include "sim/results/schema.h"

namespace lumbarun {
namespace {

using namespace results;

// A group of the file with the dimension scales it already holds.
class GroupWriter {
 public:
  GroupWriter(hid_t group, const RunRecord& record) : group_(group), record_(record) {}

  void write(const std::string& name, const std::vector<Axis>& axes, const std::vector<double>& values,
             const Caption& caption, bool may_be_undefined, Precision precision = Precision::kDouble) {
    std::vector<hsize_t> shape;
    for (Axis axis : axes) shape.push_back(calc_axis_scale(axis, record_).size());
    attach(write_doubles(group_, name, shape, values, caption, may_be_undefined || is_failed(record_),
                         precision),
           axes);
  }

  void write(const std::string& name, Axis axis, const std::vector<std::string>& words,
             const std::string& long_name) {
    attach(write_words(group_, name, words, {"1", long_name}), {axis});
  }

  void write_row_size(const std::vector<int>& values) {
    const H5Handle dataset =
        write_integers(group_, "row_size", values, {"1", "number of path points of the muscle"});
    write_attribute(dataset, "sample_dimension", "station");
    attach(dataset, {Axis::kMuscle});
  }

  void write(const NamedValue& value) {
    write(value.name, get_axes(value.axis), value.values, {value.unit, value.long_name},
          value.may_be_undefined);
  }

  // Makes sure that this group has the dimension scale.
  hid_t require_scale(Axis axis) {
    const auto found = scales_.find(axis);
    if (found != scales_.end()) return found->second;
    const AxisScale scale = calc_axis_scale(axis, record_);
    const Caption caption{scale.unit, scale.long_name};
    H5Handle dataset = scale.labels.empty() ? write_doubles(group_, scale.name, {scale.numbers.size()},
                                                            scale.numbers, caption, false)
                                            : write_words(group_, scale.name, scale.labels, caption);
    check_h5(H5DSset_scale(dataset, scale.name.c_str()), "dimension scale " + scale.name);
    return scales_.emplace(axis, std::move(dataset)).first->second;
  }

 private:
  void attach(hid_t dataset, const std::vector<Axis>& axes) {
    for (unsigned i = 0; i < axes.size(); ++i) {
      check_h5(H5DSattach_scale(dataset, require_scale(axes[i]), i), "dimension scale");
    }
  }

  hid_t group_;
  const RunRecord& record_;
  std::map<Axis, H5Handle> scales_;
};

void write_header(hid_t file, const RunHeader& header) {
  write_attribute(file, "Conventions", std::string(kConventions));
  write_attribute(file, "program", std::string(kProgramName));
  write_attribute(file, "schema_version", std::int32_t{kSchemaVersion});
  write_attribute(file, "title", header.title);
  write_attribute(file, "status", header.status);
  write_attribute(file, "program_version", header.program_version);
  write_attribute(file, "git_hash", header.git_hash);
  write_attribute(file, "model_hash", header.model_hash);
  write_attribute(file, "seed", header.seed);
  write_attribute(file, "body_mass_kg", header.body_mass_kg);
  write_attribute(file, "gravity_m_s2", header.gravity_m_s2);
  write_attribute(file, "speed_m_s", header.speed_m_s);
  write_attribute(file, "grade_deg", header.grade_deg);
  write_attribute(file, "camber_deg", header.camber_deg);
  write_attribute(file, "scenario", header.scenario);
  for (const NamedText& text : header.texts) write_attribute(file, "note_" + text.name, text.text);
}

void write_root_scales(hid_t file, const RunRecord& record) {
  GroupWriter root(file, record);
  for (Axis axis : {Axis::kTime, Axis::kLevel, Axis::kMuscle, Axis::kCoordinate, Axis::kBody, Axis::kFoot,
                    Axis::kComponent, Axis::kQuaternion, Axis::kLigament}) {
    if (calc_axis_scale(axis, record).size() > 0) root.require_scale(axis);
  }
}

// Units of speeds and forces follow from those of the coordinates.
void write_coordinate_units(GroupWriter& group, const RunNames& names) {
  std::vector<std::string> speed_units;
  std::vector<std::string> force_units;
  for (const std::string& unit : names.coordinate_units) {
    speed_units.push_back(unit + "/s");
    force_units.push_back(unit == "m" ? "N" : "N m");
  }
  group.write("speed_unit", Axis::kCoordinate, speed_units, "unit of the speed");
  group.write("force_unit", Axis::kCoordinate, force_units, "unit of the generalized force");
}

void write_plan_extras(hid_t group_id, GroupWriter& group, const PlanRecord& plan) {
  if (!plan.knot_time.empty()) group.require_scale(Axis::kKnot);
  if (!plan.cost_terms.empty()) {
    std::vector<double> weights;
    std::vector<double> values;
    std::vector<double> shares;
    for (const CostTermRecord& term : plan.cost_terms) {
      weights.push_back(term.weight);
      values.push_back(term.value);
      shares.push_back(term.share);
    }
    group.write("cost_weight", {Axis::kCostTerm}, weights, {"1", "weight of the cost term"}, false);
    group.write("cost_value", {Axis::kCostTerm}, values, {"1", "weighted value of the cost term"}, false);
    group.write("cost_share", {Axis::kCostTerm}, shares, {"1", "share of the total cost"}, false);
  }
  for (const NamedValue& number : plan.numbers) group.write(number);
  for (const NamedText& text : plan.texts) write_attribute(group_id, text.name, text.text);
}

void write_energy(GroupWriter& group, const std::vector<EnergyTerm>& terms) {
  std::vector<double> energies;
  for (const EnergyTerm& term : terms) energies.push_back(term.energy_J);
  if (!energies.empty()) {
    group.write("ledger", {Axis::kEnergyTerm}, energies, {"J", "energy over the reported stride"}, false);
  }
}

void write_group(hid_t file, const std::string& name, const RunRecord& record) {
  const H5Handle group = create_group(file, name);
  GroupWriter writer(group, record);
  bool has_arrays = false;
  for (const ArrayField& field : get_array_fields()) {
    const std::vector<double>& values = field.get_from(record);
    if (field.group != name || values.empty()) continue;
    writer.write(field.name, field.axes, values, {field.unit, field.long_name}, field.may_be_undefined,
                 field.precision);
    has_arrays = true;
  }
  for (const TextField& field : get_text_fields()) {
    if (field.group != name || !has_arrays || field.get_from(record).empty()) continue;
    writer.write(field.name, field.axis, field.get_from(record), field.long_name);
  }
  if (name == "motion" && has_arrays) write_coordinate_units(writer, record.names);
  if (name == "muscles" && !record.muscles.path_row_size.empty()) {
    writer.write_row_size(record.muscles.path_row_size);
  }
  if (name == "plan") write_plan_extras(group, writer, record.plan);
  if (name == "energy") write_energy(writer, record.energy);
  if (name == "metrics") {
    for (const NamedValue& metric : record.metrics) writer.write(metric);
  }
}

bool has_group(const std::string& name, const RunRecord& record) {
  const PlanRecord& plan = record.plan;
  if (name == "metrics") return !record.metrics.empty();
  if (name == "energy") return !record.energy.empty();
  if (name == "muscles" && !record.muscles.path_row_size.empty()) return true;
  if (name == "plan" &&
      !(plan.knot_time.empty() && plan.cost_terms.empty() && plan.numbers.empty() && plan.texts.empty())) {
    return true;
  }
  for (const ArrayField& field : get_array_fields()) {
    if (field.group == name && !field.get_from(record).empty()) return true;
  }
  return false;
}

// Attributes, scales and groups of one record under the file's root or a group.
void write_record(hid_t root, const RunRecord& record) {
  write_header(root, record.header);
  write_root_scales(root, record);
  for (const char* name : {"motion", "ground", "muscles", "discs", "ligaments", "contributions", "induced",
                           "sharing", "reserves", "emg", "metrics", "plan", "energy"}) {
    if (has_group(name, record)) write_group(root, name, record);
  }
}

// The bytes of the file. They are made in memory so that a full disk meets plain writes, not a half-flushed
// library.
std::vector<char> build_file_image(const RunRecord& record) {
  const H5Silence silence;
  try {
    const H5Handle file = create_h5_image();
    write_record(file, record);
    for (const RunRecord& unadapted : record.unadapted)
      write_record(create_group(file, "unadapted"), unadapted);
    return read_image_bytes(file);
  } catch (const H5Failure& failure) {
    throw LogicFailure(
        fmt::format("HDF5 refused to build the result file: {}; please report this", failure.what()));
  }
}

// Writes, and returns only when the bytes are on the disk.
void write_bytes(const std::vector<char>& bytes, const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  LUMBARUN_THROW_UNLESS(descriptor >= 0, "cannot write {}: {}", path, std::strerror(errno));
  int error = 0;
  for (std::size_t done = 0; done < bytes.size() && error == 0;) {
    const ssize_t count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (count >= 0) done += static_cast<std::size_t>(count);
    if (count < 0 && errno != EINTR) error = errno;
  }
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  LUMBARUN_THROW_UNLESS(error == 0, "cannot write {}: {}", path, std::strerror(error));
}

}  // namespace

void write_run_file(const RunRecord& record, const std::string& path) {
  check_record(record);
  const std::vector<char> bytes = build_file_image(record);
  const std::string draft = path + ".tmp";
  try {
    write_bytes(bytes, draft);
    LUMBARUN_THROW_UNLESS(std::rename(draft.c_str(), path.c_str()) == 0, "cannot rename {} to {}: {}", draft,
                          path, std::strerror(errno));
  } catch (const BadInput&) {
    std::remove(draft.c_str());
    throw;
  }
}

}  // namespace lumbarun
