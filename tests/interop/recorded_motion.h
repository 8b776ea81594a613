// Rows of a motion file as coordinates of a model.
#pragma once

#include "sim/core/units.h"
#include "sim/interop/osim_model.h"
#include "tests/interop/storage_table.h"

namespace lumbarun::test {

// "/jointset/hip_r/hip_flexion_r/value", "hip_flexion_r" -> "hip_flexion_r".
inline std::string coordinate_of(std::string label) {
  if (label.ends_with("/value")) label.resize(label.size() - 6);
  return label.substr(label.rfind('/') + 1);
}

inline std::vector<double> make_q(const OsimModel& model, const StorageTable& table,
                                  const std::vector<double>& row) {
  std::vector<double> q = model.default_q();  // what the file does not give
  for (size_t c = 1; c < table.labels.size(); ++c) {
    const std::string name = coordinate_of(table.labels[c]);
    for (int i = 0; i < model.coordinate_count(); ++i) {
      if (model.coordinates[i].name != name) continue;
      const bool is_angle = name.find("_tx") + name.find("_ty") + name.find("_tz") == 3 * std::string::npos;
      q[i] = row[c] * (table.in_degrees && is_angle ? kRadPerDeg : 1.0);
    }
  }
  return q;
}

}  // namespace lumbarun::test
