#include "sim/results/sweep_writer.h"

#include <fcntl.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <limits>
#include <map>

#include "sim/core/contracts.h"
#include "sim/results/h5_write.h"
#include "sim/results/schema.h"

namespace lumbarun {
namespace {

using namespace results;

constexpr const char* kScenarioAxis = "scenario";
constexpr hsize_t kChunkBytes = 1 << 19;
constexpr hsize_t kChunkRows = 4096;  // of short rows
constexpr unsigned kDeflateLevel = 3;

SweepAxis build_scenario_axis(std::size_t count) {
  SweepAxis axis{kScenarioAxis, "1", "number of the scenario in the manifest", {}, {}};
  for (std::size_t i = 0; i < count; ++i) axis.numbers.push_back(static_cast<double>(i));
  return axis;
}

// A dataset that grows by blocks of scenarios.
struct GrowingDataset {
  H5Handle dataset;
  hid_t memory_type = -1;
  std::vector<hsize_t> shape;  // whole

  void write(std::size_t first, std::size_t rows, const void* data) const {
    std::vector<hsize_t> start(shape.size(), 0);
    std::vector<hsize_t> count = shape;
    start[0] = first;
    count[0] = rows;
    const H5Handle file_space(H5Dget_space(dataset), H5Sclose, "data space");
    check_h5(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
             "rows");
    const H5Handle memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr),
                                H5Sclose, "rows");
    check_h5(H5Dwrite(dataset, memory_type, memory_space, file_space, H5P_DEFAULT, data), "rows");
  }
};

// Creates groups, their dimension scales and their growing datasets.
class SweepGroup {
 public:
  SweepGroup(hid_t group, const SweepLayout& layout) : group_(group), layout_(layout) {}

  GrowingDataset create(const std::string& name, const std::vector<std::string>& axes, hid_t file_type,
                        hid_t memory_type, const Caption& caption, bool may_be_undefined) {
    GrowingDataset made{{}, memory_type, {}};
    for (const std::string& axis : axes) made.shape.push_back(layout_.find_axis(axis)->size());
    const H5Handle space(H5Screate_simple(static_cast<int>(made.shape.size()), made.shape.data(), nullptr),
                         H5Sclose, name);
    const H5Handle creation = build_creation(made.shape, file_type, may_be_undefined);
    const H5Handle access = build_access(made.shape, file_type);
    made.dataset = H5Handle(H5Dcreate2(group_, name.c_str(), file_type, space, H5P_DEFAULT, creation, access),
                            H5Dclose, name);
    write_attribute(made.dataset, "units", caption.unit);
    write_attribute(made.dataset, "long_name", caption.long_name);
    if (may_be_undefined) write_fill_value(made.dataset, file_type);
    for (unsigned i = 0; i < axes.size(); ++i) {
      check_h5(H5DSattach_scale(made.dataset, require_scale(axes[i]), i), "dimension scale");
    }
    return made;
  }

  hid_t require_scale(const std::string& name) {
    const auto found = scales_.find(name);
    if (found != scales_.end()) return found->second;
    const SweepAxis& axis = *layout_.find_axis(name);
    const Caption caption{axis.unit, axis.long_name};
    H5Handle scale = axis.labels.empty()
                         ? write_doubles(group_, name, {axis.numbers.size()}, axis.numbers, caption, false)
                         : write_words(group_, name, axis.labels, caption);
    check_h5(H5DSset_scale(scale, name.c_str()), "dimension scale " + name);
    return scales_.emplace(name, std::move(scale)).first->second;
  }

 private:
  static std::vector<hsize_t> calc_chunk(const std::vector<hsize_t>& shape, hid_t type) {
    hsize_t row = H5Tget_size(type);
    for (std::size_t i = 1; i < shape.size(); ++i) row *= shape[i];
    std::vector<hsize_t> chunk = shape;
    chunk[0] = std::clamp<hsize_t>(kChunkBytes / row, 1, std::min(shape[0], kChunkRows));
    return chunk;
  }

  static H5Handle build_creation(const std::vector<hsize_t>& shape, hid_t type, bool may_be_undefined) {
    H5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "dataset properties");
    check_h5(H5Pset_obj_track_times(creation, false), "dataset properties");
    check_h5(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
             "dataset properties");
    check_h5(H5Pset_chunk(creation, static_cast<int>(shape.size()), calc_chunk(shape, type).data()),
             "chunks");
    if (H5Tget_class(type) != H5T_STRING) {
      check_h5(H5Pset_shuffle(creation), "shuffle filter");
      check_h5(H5Pset_deflate(creation, kDeflateLevel), "deflate filter");
    }
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    if (may_be_undefined) check_h5(H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &undefined), "fill value");
    return creation;
  }

  // Room for the one chunk that is being filled.
  static H5Handle build_access(const std::vector<hsize_t>& shape, hid_t type) {
    hsize_t bytes = H5Tget_size(type);
    for (const hsize_t count : calc_chunk(shape, type)) bytes *= count;
    H5Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "dataset access");
    check_h5(H5Pset_chunk_cache(access, 11, bytes, 1.0), "chunk cache");
    return access;
  }

  static void write_fill_value(hid_t dataset, hid_t type) {
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    const hsize_t one = 1;
    const H5Handle space(H5Screate_simple(1, &one, nullptr), H5Sclose, "fill value");
    const H5Handle attribute(H5Acreate2(dataset, "_FillValue", type, space, H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose, "fill value");
    check_h5(H5Awrite(attribute, H5T_NATIVE_DOUBLE, &undefined), "fill value");
  }

  hid_t group_;
  const SweepLayout& layout_;
  std::map<std::string, H5Handle> scales_;
};

H5Handle create_file(const std::string& path) {
  H5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "file properties");
  for (const auto set : {H5Pset_link_creation_order, H5Pset_attr_creation_order}) {
    check_h5(set(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "file properties");
  }
  check_h5(H5Pset_obj_track_times(creation, false), "file properties");
  const H5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
  check_h5(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "file access");
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "cannot be created"};
}

}  // namespace

std::string SweepInput::calc_dataset_name() const {
  std::string name = key;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

class SweepWriter::Impl {
 public:
  Impl(const std::string& path, const SweepFileHeader& header, const SweepLayout& layout, std::size_t count)
      : path_(path), draft_(path + ".tmp"), layout_(layout), count_(count) {
    // After a write that failed, HDF5 1.10 crashes when it cleans up at the end of the process; every handle here is closed
    // by its owner. Without effect if HDF5 was used before.
    H5dont_atexit();
    layout_.axes.insert(layout_.axes.begin(), build_scenario_axis(count));
    layout_.axes.push_back({"factor", "1", "factor of the design", header.factors, {}});
    guard([&] { create(header); });
  }

  ~Impl() {
    if (is_finished_) return;
    const H5Silence silence;
    try {
      close();
    } catch (const H5Failure&) {  // the draft is given up anyway
    }
    std::remove(draft_.c_str());
  }

  void append(const std::vector<SweepFileRow>& rows) {
    LUMBARUN_DEMAND(written_ + rows.size() <= count_);
    guard([&] { write(rows); });
    written_ += rows.size();
  }

  void finish() {
    LUMBARUN_DEMAND(written_ == count_);
    guard([&] {
      check_h5(H5Fflush(file_, H5F_SCOPE_GLOBAL), "flush");
      close();
    });
    const int descriptor = ::open(draft_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool is_safe = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    LUMBARUN_THROW_UNLESS(is_safe && std::rename(draft_.c_str(), path_.c_str()) == 0, "cannot write {}: {}",
                          path_, std::strerror(errno));
    is_finished_ = true;
  }

 private:
  template <typename Work>
  void guard(Work work) {
    const H5Silence silence;
    errno = 0;
    try {
      work();
    } catch (const H5Failure& failure) {
      const std::string reason = errno == 0 ? "" : fmt::format("{}, ", std::strerror(errno));
      throw BadInput(fmt::format("cannot write {}: {}in {}", path_, reason, failure.what()));
    }
  }

  void create(const SweepFileHeader& header) {
    file_ = create_file(draft_);
    write_header(header);
    root_ = std::make_unique<SweepGroup>(file_, layout_);
    for (const SweepAxis& axis : layout_.axes) {
      if (axis.size() > 0) root_->require_scale(axis.name);
    }
    text_type_ = build_text_type();
    create_result_group();
    create_inputs(header.inputs);
    if (!header.factors.empty()) {
      unit_ = get_group("design").create("unit", {kScenarioAxis, "factor"}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                                         {"1", "place of the scenario in the unit cube"}, false);
    }
    for (const SweepVariable& variable : layout_.variables) {
      std::vector<std::string> axes = {kScenarioAxis};
      axes.insert(axes.end(), variable.axes.begin(), variable.axes.end());
      variables_.push_back(get_group(variable.group)
                               .create(variable.name, axes,
                                       variable.is_curve ? H5T_IEEE_F32LE : H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                                       {variable.unit, variable.long_name}, true));
      sizes_.push_back(layout_.calc_size(variable));
    }
  }

  void write_header(const SweepFileHeader& header) {
    write_attribute(file_, "Conventions", std::string(kConventions));
    write_attribute(file_, "program", std::string(kProgramName));
    write_attribute(file_, "kind", std::string("sweep"));
    write_attribute(file_, "schema_version", std::int32_t{kSchemaVersion});
    write_attribute(file_, "title", header.title);
    write_attribute(file_, "program_version", header.program_version);
    write_attribute(file_, "git_hash", header.git_hash);
    write_attribute(file_, "manifest_hash", header.manifest_hash);
    write_attribute(file_, "base_scenario", header.base_scenario);
    write_attribute(file_, "sweep", header.sweep);
    write_attribute(file_, "design", header.design);
    write_attribute(file_, "design_samples", std::int32_t{header.design_samples});
    write_attribute(file_, "design_levels", std::int32_t{header.design_levels});
    write_attribute(file_, "design_seed", header.design_seed);
  }

  SweepGroup& get_group(const std::string& name) {
    auto& group = groups_[name];
    if (!group) {
      handles_.push_back(create_group(file_, name));
      group = std::make_unique<SweepGroup>(handles_.back(), layout_);
    }
    return *group;
  }

  void create_result_group() {
    SweepGroup& group = get_group("result");
    for (const auto& [name, long_name] : {std::pair{"status", "how the scenario ended"},
                                          {"hash", "hash of the resolved scenario"},
                                          {"model_hash", "hash of the model's numbers"}}) {
      words_.push_back(group.create(name, {kScenarioAxis}, text_type_, text_type_, {"1", long_name}, false));
    }
    code_ = group.create("code", {kScenarioAxis}, H5T_STD_I32LE, H5T_NATIVE_INT,
                         {"1", "0 ok, 1 ok with a warning, 2 fell, 3 failed, 4 missing"}, false);
  }

  void create_inputs(const std::vector<SweepInput>& inputs) {
    SweepGroup& group = get_group("inputs");
    for (const SweepInput& input : inputs) {
      const Caption caption{input.unit.empty() ? "1" : input.unit, input.long_name};
      auto& made = input.is_text ? input_words_ : input_numbers_;
      made.push_back(input.is_text ? group.create(input.calc_dataset_name(), {kScenarioAxis}, text_type_,
                                                  text_type_, caption, false)
                                   : group.create(input.calc_dataset_name(), {kScenarioAxis}, H5T_IEEE_F64LE,
                                                  H5T_NATIVE_DOUBLE, caption, true));
      write_attribute(made.back().dataset, "key", input.key);
      write_attribute(made.back().dataset, "varied", std::int32_t{input.is_varied ? 1 : 0});
    }
  }

  void write(const std::vector<SweepFileRow>& rows) {
    using Row = const SweepFileRow&;
    write_words(words_[0], rows, [](Row row) { return row.status.c_str(); });
    write_words(words_[1], rows, [](Row row) { return row.hash.c_str(); });
    write_words(words_[2], rows, [](Row row) { return row.model_hash.c_str(); });
    std::vector<int> codes;
    for (Row row : rows) codes.push_back(static_cast<int>(row.code));
    code_.write(written_, rows.size(), codes.data());
    for (std::size_t i = 0; i < input_words_.size(); ++i) {
      write_words(input_words_[i], rows, [i](Row row) { return row.input_words[i].c_str(); });
    }
    for (std::size_t i = 0; i < input_numbers_.size(); ++i) {
      write_numbers(
          input_numbers_[i], rows, i, 1, [](Row row) -> const auto& { return row.input_numbers; });
    }
    if (unit_.dataset >= 0) {
      write_numbers(
          unit_, rows, 0, unit_.shape[1], [](Row row) -> const auto& { return row.unit; });
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      write_numbers(
          variables_[i], rows, begin, sizes_[i], [](Row row) -> const auto& { return row.values; });
      begin += sizes_[i];
    }
  }

  template <typename Get>
  void write_words(const GrowingDataset& to, const std::vector<SweepFileRow>& rows, Get get) {
    std::vector<const char*> pointers;
    for (const SweepFileRow& row : rows) pointers.push_back(get(row));
    to.write(written_, rows.size(), pointers.data());
  }

  // Numbers begin … begin + count of every row.
  template <typename Get>
  void write_numbers(const GrowingDataset& to, const std::vector<SweepFileRow>& rows, std::size_t begin,
                     std::size_t count, Get get) {
    block_.clear();
    for (const SweepFileRow& row : rows) {
      const auto first = get(row).begin() + static_cast<std::ptrdiff_t>(begin);
      block_.insert(block_.end(), first, first + static_cast<std::ptrdiff_t>(count));
    }
    to.write(written_, rows.size(), block_.data());
  }

  // Everything, the file last.
  void close() {
    variables_.clear();
    input_numbers_.clear();
    input_words_.clear();
    words_.clear();
    unit_ = GrowingDataset();
    code_ = GrowingDataset();
    groups_.clear();
    root_.reset();
    handles_.clear();
    text_type_ = H5Handle();
    file_.close();
  }

  std::string path_;
  std::string draft_;
  SweepLayout layout_;
  std::size_t count_;
  std::size_t written_ = 0;
  bool is_finished_ = false;
  H5Handle file_;
  H5Handle text_type_;
  std::unique_ptr<SweepGroup> root_;
  std::vector<H5Handle> handles_;
  std::map<std::string, std::unique_ptr<SweepGroup>> groups_;
  std::vector<GrowingDataset> words_;  // status, hash, model hash
  std::vector<GrowingDataset> input_words_;
  std::vector<GrowingDataset> input_numbers_;
  std::vector<GrowingDataset> variables_;
  std::vector<std::size_t> sizes_;
  GrowingDataset code_;
  GrowingDataset unit_;
  std::vector<double> block_;
};

SweepWriter::SweepWriter(const std::string& path, const SweepFileHeader& header, const SweepLayout& layout,
                         std::size_t scenario_count)
    : impl_(std::make_unique<Impl>(path, header, layout, scenario_count)) {}
SweepWriter::~SweepWriter() = default;
void SweepWriter::append(const std::vector<SweepFileRow>& rows) { impl_->append(rows); }
void SweepWriter::finish() { impl_->finish(); }

}  // namespace lumbarun
