#include "sim/results/h5_read.h"

#include <hdf5_hl.h>

#include <functional>
#include <numeric>

namespace lumbarun::results {
namespace {

std::size_t calc_count(const std::vector<hsize_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

H5Handle get_dataset_type(hid_t dataset) { return {H5Dget_type(dataset), H5Tclose, "data type"}; }

void require_class(hid_t type, H5T_class_t wanted, const std::string& what) {
  if (H5Tget_class(type) != wanted) throw H5Failure(what + " has another data type");
}

H5Handle open_attribute(hid_t object, const std::string& name) {
  return {H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute '" + name + "' is missing"};
}

void read_number_attribute(hid_t object, const std::string& name, hid_t type, void* value) {
  const H5Handle attribute = open_attribute(object, name);
  const H5Handle space(H5Aget_space(attribute), H5Sclose, "attribute " + name);
  if (H5Sget_simple_extent_npoints(space) != 1) throw H5Failure("attribute '" + name + "' is not one number");
  check_h5(H5Aread(attribute, type, value), "attribute '" + name + "' is not a number");
}

extern "C" herr_t collect_dataset_name(hid_t group, const char* name, const H5L_info_t*, void* data) {
  H5O_info_t info;
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
  if (info.type != H5O_TYPE_DATASET) return 0;
  const hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);  // no H5Handle: nothing may throw through C
  if (dataset < 0) return -1;
  if (H5DSis_scale(dataset) <= 0) static_cast<std::vector<std::string>*>(data)->emplace_back(name);
  return H5Dclose(dataset);
}

extern "C" herr_t collect_group_name(hid_t group, const char* name, const H5L_info_t*, void* data) {
  H5O_info_t info;
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
  if (info.type == H5O_TYPE_GROUP) static_cast<std::vector<std::string>*>(data)->emplace_back(name);
  return 0;
}

extern "C" herr_t collect_attribute_name(hid_t, const char* name, const H5A_info_t*, void* data) {
  static_cast<std::vector<std::string>*>(data)->emplace_back(name);
  return 0;
}

extern "C" herr_t copy_scale_name(hid_t, unsigned, hid_t scale, void* data) {
  char name[256] = "";
  if (H5DSget_scale_name(scale, name, sizeof name) < 0) return -1;
  *static_cast<std::string*>(data) = name;
  return 1;
}

}  // namespace

H5Handle open_h5_file(const std::string& path) {
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "it is damaged or truncated"};
}

bool has_link(hid_t parent, const std::string& name) {
  return H5Lexists(parent, name.c_str(), H5P_DEFAULT) > 0;
}

bool has_attribute(hid_t object, const std::string& name) { return H5Aexists(object, name.c_str()) > 0; }

H5Handle open_group(hid_t parent, const std::string& name) {
  return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, "cannot be read as a group"};
}

H5Handle open_dataset(hid_t parent, const std::string& name) {
  return {H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, "cannot be read as a dataset"};
}

std::vector<std::string> read_dataset_names(hid_t group) {
  std::vector<std::string> names;
  check_h5(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect_dataset_name, &names),
           "cannot be listed");
  return names;
}

std::vector<std::string> read_group_names(hid_t group) {
  std::vector<std::string> names;
  check_h5(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect_group_name, &names),
           "cannot be listed");
  return names;
}

std::vector<std::string> read_attribute_names(hid_t object) {
  std::vector<std::string> names;
  check_h5(H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect_attribute_name, &names),
           "has attributes that cannot be listed");
  return names;
}

std::vector<hsize_t> read_shape(hid_t dataset) {
  const H5Handle space(H5Dget_space(dataset), H5Sclose, "cannot be read");
  const int rank = H5Sget_simple_extent_ndims(space);
  check_h5(rank, "has no shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  check_h5(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "has no shape");
  return shape;
}

std::vector<double> read_doubles(hid_t dataset) {
  require_class(get_dataset_type(dataset), H5T_FLOAT, "the dataset");
  std::vector<double> values(calc_count(read_shape(dataset)));
  check_h5(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
           "the numbers are damaged");
  return values;
}

std::vector<int> read_integers(hid_t dataset) {
  require_class(get_dataset_type(dataset), H5T_INTEGER, "the dataset");
  std::vector<int> values(calc_count(read_shape(dataset)));
  check_h5(H5Dread(dataset, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
           "the numbers are damaged");
  return values;
}

std::vector<std::string> read_words(hid_t dataset) {
  const H5Handle file_type = get_dataset_type(dataset);
  require_class(file_type, H5T_STRING, "the dataset");
  if (H5Tis_variable_str(file_type) <= 0) throw H5Failure("the dataset has another data type");
  const H5Handle space(H5Dget_space(dataset), H5Sclose, "cannot be read");
  const H5Handle type = build_text_type();
  std::vector<char*> pointers(calc_count(read_shape(dataset)));
  check_h5(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "the words are damaged");
  std::vector<std::string> words;
  for (const char* pointer : pointers) words.emplace_back(pointer == nullptr ? "" : pointer);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
  return words;
}

std::string read_scale_name(hid_t dataset, unsigned axis) {
  std::string name;
  H5DSiterate_scales(dataset, axis, nullptr, copy_scale_name, &name);
  return name;
}

std::string read_text_attribute(hid_t object, const std::string& name) {
  const H5Handle attribute = open_attribute(object, name);
  const H5Handle file_type(H5Aget_type(attribute), H5Tclose, "attribute " + name);
  if (H5Tis_variable_str(file_type) <= 0) throw H5Failure("attribute '" + name + "' is not text");
  char* pointer = nullptr;
  check_h5(H5Aread(attribute, build_text_type(), &pointer), "attribute '" + name + "' is damaged");
  const std::string text = pointer == nullptr ? "" : pointer;
  H5free_memory(pointer);
  return text;
}

double read_double_attribute(hid_t object, const std::string& name) {
  double value = 0;
  read_number_attribute(object, name, H5T_NATIVE_DOUBLE, &value);
  return value;
}

std::uint64_t read_unsigned_attribute(hid_t object, const std::string& name) {
  std::uint64_t value = 0;
  read_number_attribute(object, name, H5T_NATIVE_UINT64, &value);
  return value;
}

}  // namespace lumbarun::results
