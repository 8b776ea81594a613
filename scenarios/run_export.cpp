#include "scenarios/run_export.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/core/units.h"

namespace lumbarun {
namespace {

// OpenSim's short names of the feet.
std::string calc_foot_suffix(const std::string& foot) { return foot.substr(0, 1); }

ExportTable build_motion(const RunRecord& record) {
  return {"motion", record.names.coordinates, record.names.coordinate_units, record.time, record.motion.q};
}

ExportTable build_ground(const RunRecord& record) {
  ExportTable table{"ground", {}, {}, record.time, {}};
  for (const std::string& foot : record.names.feet) {
    const std::string suffix = calc_foot_suffix(foot);
    for (const char* what : {"ground_force_{}_v", "ground_force_{}_p", "ground_torque_{}_"}) {
      for (const char* axis : {"x", "y", "z"}) {
        table.columns.push_back(fmt::format(fmt::runtime(what), suffix) + axis);
        table.units.emplace_back(what[7] == 't' ? "N m" : what[16] == 'v' ? "N" : "m");
      }
    }
  }
  // The free moment is about the normal of the plane, which a slope tilts back about Z.
  const double tilt = deg_to_rad(record.header.grade_deg);
  const double normal[3] = {-std::sin(tilt), std::cos(tilt), 0.0};
  const std::size_t feet = record.names.feet.size();
  for (std::size_t i = 0; i < record.time.size() * feet; ++i) {
    for (std::size_t k = 0; k < 3; ++k) table.values.push_back(record.ground.force[3 * i + k]);
    for (std::size_t k = 0; k < 3; ++k) table.values.push_back(record.ground.center_of_pressure[3 * i + k]);
    for (const double component : normal) {
      table.values.push_back(record.ground.free_moment.empty() ? std::nan("")
                                                               : component * record.ground.free_moment[i]);
    }
  }
  return table;
}

struct DiscColumn {
  const char* name;
  const char* unit;
  const std::vector<double>& series;
};

ExportTable build_discs(const RunRecord& record) {
  const DiscRecord& discs = record.discs;
  const std::vector<DiscColumn> loads = {
      {"compression", "N", discs.compression},
      {"anterior_shear", "N", discs.anterior_shear},
      {"lateral_shear", "N", discs.lateral_shear},
      {"flexion_moment", "N m", discs.flexion_moment},
      {"lateral_bending_moment", "N m", discs.lateral_bending_moment},
      {"axial_torque", "N m", discs.axial_torque},
      {"intradiscal_pressure", "Pa", discs.intradiscal_pressure},
  };
  ExportTable table{"discs", {}, {}, record.time, {}};
  const std::size_t levels = record.names.levels.size();
  for (const std::string& level : record.names.levels) {
    for (const DiscColumn& load : loads) {
      if (load.series.empty()) continue;
      table.columns.push_back(level + "_" + load.name);
      table.units.emplace_back(load.unit);
    }
  }
  for (std::size_t i = 0; i < record.time.size() * levels; ++i) {
    for (const DiscColumn& load : loads) {
      if (!load.series.empty()) table.values.push_back(load.series[i]);
    }
  }
  return table;
}

ExportTable build_muscles(const RunRecord& record) {
  return {"muscles", record.names.muscles, std::vector<std::string>(record.names.muscles.size(), "N"),
          record.time, record.muscles.force};
}

std::string calc_unit_suffix(const std::string& unit) {
  return unit == "N m" ? "n_m" : unit == "N" ? "n" : unit == "Pa" ? "pa" : unit;
}

}  // namespace

std::vector<ExportTable> calc_export_tables(const RunRecord& record) {
  std::vector<ExportTable> tables;
  if (record.time.empty()) return tables;
  if (!record.motion.q.empty()) tables.push_back(build_motion(record));
  if (!record.ground.force.empty()) tables.push_back(build_ground(record));
  if (!record.discs.compression.empty()) tables.push_back(build_discs(record));
  if (!record.muscles.force.empty()) tables.push_back(build_muscles(record));
  return tables;
}

std::string calc_storage_text(const ExportTable& table) {
  std::string text = fmt::format("{}\nversion=1\nnRows={}\nnColumns={}\ninDegrees=no\nendheader\ntime",
                                 table.name, table.time.size(), table.columns.size() + 1);
  for (const std::string& column : table.columns) text += "\t" + column;
  text += "\n";
  const std::size_t width = table.columns.size();
  for (std::size_t i = 0; i < table.time.size(); ++i) {
    text += fmt::format("{:.9g}", table.time[i]);
    for (std::size_t k = 0; k < width; ++k) {
      const double value = table.values[i * width + k];
      text += fmt::format("\t{:.9g}", std::isfinite(value) ? value : 0.0);
    }
    text += "\n";
  }
  return text;
}

std::string calc_csv_text(const ExportTable& table) {
  std::string text = "time_s";
  const std::size_t width = table.columns.size();
  for (std::size_t k = 0; k < width; ++k)
    text += "," + table.columns[k] + "_" + calc_unit_suffix(table.units[k]);
  text += "\n";
  for (std::size_t i = 0; i < table.time.size(); ++i) {
    text += fmt::format("{:.9g}", table.time[i]);
    for (std::size_t k = 0; k < width; ++k) {
      const double value = table.values[i * width + k];
      text += std::isfinite(value) ? fmt::format(",{:.9g}", value) : ",";
    }
    text += "\n";
  }
  return text;
}

}  // namespace lumbarun
