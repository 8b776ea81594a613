// A result as tables that other programs read: OpenSim's storage files, or CSV.
//
//   NAME_motion     coordinates [rad, m], OpenSim's names and signs
//   NAME_ground     force, centre of pressure and free moment on each foot, in the world, named as OpenSim's external loads;
//                   in flight, where there is no centre of pressure, it is 0 as OpenSim wants it (in CSV: empty)
//   NAME_discs      loads of every level, in the disc frame: the superior on the inferior vertebra [N, N m, Pa]
//   NAME_muscles    tendon forces [N]
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_record.h"

namespace lumbarun {

struct ExportTable {
  std::string name;  // motion, ground, discs, muscles
  std::vector<std::string> columns;
  std::vector<std::string> units;  // one per column
  std::vector<double> time;
  std::vector<double> values;  // time × column; NaN: undefined
};

// The tables that the record has data for.
std::vector<ExportTable> calc_export_tables(const RunRecord& record);

std::string calc_storage_text(const ExportTable& table);  // .sto, .mot
std::string calc_csv_text(const ExportTable& table);      // units in the names of the columns

}  // namespace lumbarun
