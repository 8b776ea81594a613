// The few ways in which the writer puts data into an HDF5 file so that it is valid netCDF-4 too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/results/h5_handle.h"
#include "sim/results/precision.h"

namespace lumbarun::results {

// What each dataset says about itself.
struct Caption {
  std::string unit;
  std::string long_name;
};

// An HDF5 file in memory, and its bytes.
H5Handle create_h5_image();
std::vector<char> read_image_bytes(hid_t file);

H5Handle create_group(hid_t parent, const std::string& name);

// `shape` empty: a scalar. With `may_be_undefined`, NaN is declared as _FillValue.
H5Handle write_doubles(hid_t group, const std::string& name, const std::vector<hsize_t>& shape,
                       const std::vector<double>& values, const Caption& caption, bool may_be_undefined,
                       Precision precision = Precision::kDouble);
H5Handle write_integers(hid_t group, const std::string& name, const std::vector<int>& values,
                        const Caption& caption);
H5Handle write_words(hid_t group, const std::string& name, const std::vector<std::string>& words,
                     const Caption& caption);

void write_attribute(hid_t object, const std::string& name, const std::string& text);
void write_attribute(hid_t object, const std::string& name, double number);
void write_attribute(hid_t object, const std::string& name, std::int32_t number);
void write_attribute(hid_t object, const std::string& name, std::uint64_t number);

}  // namespace lumbarun::results
