// The few ways in which the reader takes data out of an HDF5 file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/results/h5_handle.h"

namespace lumbarun::results {

H5Handle open_h5_file(const std::string& path);
bool has_link(hid_t parent, const std::string& name);
bool has_attribute(hid_t object, const std::string& name);
H5Handle open_group(hid_t parent, const std::string& name);
H5Handle open_dataset(hid_t parent, const std::string& name);

// Names of the datasets in a group that are no dimension scales, in the order in which they were written.
std::vector<std::string> read_dataset_names(hid_t group);
// Names of the groups in a group, in the order in which they were written.
std::vector<std::string> read_group_names(hid_t group);
// Names of the attributes of an object, in the order in which they were written.
std::vector<std::string> read_attribute_names(hid_t object);

std::vector<hsize_t> read_shape(hid_t dataset);
std::vector<double> read_doubles(hid_t dataset);
std::vector<int> read_integers(hid_t dataset);
std::vector<std::string> read_words(hid_t dataset);
// Name of the dimension scale of an axis; empty if it has none.
std::string read_scale_name(hid_t dataset, unsigned axis);

std::string read_text_attribute(hid_t object, const std::string& name);
double read_double_attribute(hid_t object, const std::string& name);
std::uint64_t read_unsigned_attribute(hid_t object, const std::string& name);

}  // namespace lumbarun::results
