#include "sim/results/h5_write.h"

#include <algorithm>
#include <limits>

namespace lumbarun::results {
namespace {

// Chunks of at most 64 Ki numbers (512 KiB) keep one reader's cache happy and let single times be read
// cheaply.
constexpr hsize_t kChunkNumbers = 65536;
// Datasets below this many numbers are stored contiguously: compression would only add bytes.
constexpr hsize_t kSmallDatasetNumbers = 256;
// 1 to 9; 31 MB of noisy curves shrink to 24.9, 24.7 and 24.5 MB at levels 1, 3 and 6, in the same time.
constexpr unsigned kDeflateLevel = 3;
// Memory is taken in steps of 1 MiB while the file grows.
constexpr std::size_t kImageGrowth = 1 << 20;

// No object carries a time stamp, so that the same record gives the same bytes.
H5Handle build_group_properties() {
  H5Handle properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "group properties");
  check_h5(H5Pset_obj_track_times(properties, false), "group properties");
  check_h5(H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
           "group properties");
  check_h5(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
           "group properties");
  return properties;
}

H5Handle build_dataset_properties(const std::vector<hsize_t>& shape, hsize_t count) {
  H5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "dataset properties");
  check_h5(H5Pset_obj_track_times(properties, false), "dataset properties");
  check_h5(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
           "dataset properties");
  if (count < kSmallDatasetNumbers) return properties;
  std::vector<hsize_t> chunk = shape;
  const hsize_t row = count / shape[0];
  chunk[0] = std::clamp<hsize_t>(kChunkNumbers / row, 1, shape[0]);
  check_h5(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "chunks");
  check_h5(H5Pset_shuffle(properties), "shuffle filter");
  check_h5(H5Pset_deflate(properties, kDeflateLevel), "deflate filter");
  return properties;
}

H5Handle build_space(const std::vector<hsize_t>& shape) {
  if (shape.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "scalar"};
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, "data space"};
}

void write_caption(hid_t dataset, const Caption& caption) {
  write_attribute(dataset, "units", caption.unit);
  write_attribute(dataset, "long_name", caption.long_name);
}

void write_raw_attribute(hid_t object, const std::string& name, hid_t type, const std::vector<hsize_t>& shape,
                         const void* data) {
  const H5Handle space = build_space(shape);
  const H5Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                           "attribute " + name);
  check_h5(H5Awrite(attribute, type, data), "attribute " + name);
}

H5Handle write_raw_dataset(hid_t group, const std::string& name, hid_t type,
                           const std::vector<hsize_t>& shape, hid_t properties, const void* data) {
  const H5Handle space = build_space(shape);
  H5Handle dataset(H5Dcreate2(group, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT),
                   H5Dclose, name);
  check_h5(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), name);
  return dataset;
}

template <class Real>
H5Handle write_reals(hid_t group, const std::string& name, const std::vector<hsize_t>& shape,
                     const std::vector<Real>& values, hid_t type, const Caption& caption,
                     bool may_be_undefined) {
  const H5Handle properties = build_dataset_properties(shape, values.size());
  const Real undefined = std::numeric_limits<Real>::quiet_NaN();
  if (may_be_undefined) check_h5(H5Pset_fill_value(properties, type, &undefined), "fill value of " + name);
  H5Handle dataset = write_raw_dataset(group, name, type, shape, properties, values.data());
  write_caption(dataset, caption);
  if (may_be_undefined) write_raw_attribute(dataset, "_FillValue", type, {1}, &undefined);
  return dataset;
}

}  // namespace

H5Handle create_h5_image() {
  H5Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "file properties");
  check_h5(H5Pset_obj_track_times(creation, false), "file properties");
  check_h5(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
           "file properties");
  check_h5(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
           "file properties");
  H5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access");
  // The oldest format that holds the data: every netCDF-4 library reads it, and HDF5 1.10 spoils the checksum
  // of newer superblocks in H5Fget_file_image().
  check_h5(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "file access");
  check_h5(H5Pset_fapl_core(access, kImageGrowth, false), "file access");
  return {H5Fcreate("run.h5", H5F_ACC_TRUNC, creation, access), H5Fclose, "file"};
}

std::vector<char> read_image_bytes(hid_t file) {
  check_h5(H5Fflush(file, H5F_SCOPE_GLOBAL), "flush");
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);
  if (size < 0) throw H5Failure("file image");
  std::vector<char> bytes(static_cast<std::size_t>(size));
  if (H5Fget_file_image(file, bytes.data(), bytes.size()) != size) throw H5Failure("file image");
  return bytes;
}

H5Handle create_group(hid_t parent, const std::string& name) {
  const H5Handle properties = build_group_properties();
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), H5Gclose, name};
}

H5Handle write_doubles(hid_t group, const std::string& name, const std::vector<hsize_t>& shape,
                       const std::vector<double>& values, const Caption& caption, bool may_be_undefined,
                       Precision precision) {
  if (precision == Precision::kDouble)
    return write_reals(group, name, shape, values, H5T_IEEE_F64LE, caption, may_be_undefined);
  return write_reals(group, name, shape, std::vector<float>(values.begin(), values.end()), H5T_IEEE_F32LE,
                     caption, may_be_undefined);
}

H5Handle write_integers(hid_t group, const std::string& name, const std::vector<int>& values,
                        const Caption& caption) {
  const std::vector<hsize_t> shape = {values.size()};
  const H5Handle properties = build_dataset_properties(shape, values.size());
  H5Handle dataset = write_raw_dataset(group, name, H5T_STD_I32LE, shape, properties, values.data());
  write_caption(dataset, caption);
  return dataset;
}

H5Handle write_words(hid_t group, const std::string& name, const std::vector<std::string>& words,
                     const Caption& caption) {
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  const H5Handle properties = build_dataset_properties({words.size()}, 0);
  H5Handle dataset =
      write_raw_dataset(group, name, build_text_type(), {words.size()}, properties, pointers.data());
  write_caption(dataset, caption);
  return dataset;
}

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  const char* pointer = text.c_str();
  write_raw_attribute(object, name, build_text_type(), {}, &pointer);
}

void write_attribute(hid_t object, const std::string& name, double number) {
  write_raw_attribute(object, name, H5T_IEEE_F64LE, {}, &number);
}

void write_attribute(hid_t object, const std::string& name, std::int32_t number) {
  write_raw_attribute(object, name, H5T_STD_I32LE, {}, &number);
}

void write_attribute(hid_t object, const std::string& name, std::uint64_t number) {
  write_raw_attribute(object, name, H5T_STD_U64LE, {}, &number);
}

}  // namespace lumbarun::results
