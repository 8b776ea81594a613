#include "scenarios/model_listing.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "scenarios/json_text.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

// One table of a report: names once, rows of JSON-ready or plain cells.
struct Cell {
  std::string name;
  std::string text;  // of CSV
  std::string json;
};
using Row = std::vector<Cell>;

Cell cell(const char* name, const std::string& text) { return {name, text, calc_json(text)}; }
Cell cell(const char* name, double value) { return {name, calc_json(value), calc_json(value)}; }

Row describe(const BodyReport& body) {
  Row row = {cell("name", body.name), cell("parent", body.parent), cell("mass_kg", body.mass_kg)};
  const auto add = [&](const char* x, const char* y, const char* z, const Vector3<double>& v) {
    row.push_back(cell(x, v.x));
    row.push_back(cell(y, v.y));
    row.push_back(cell(z, v.z));
  };
  add("center_of_mass_x_m", "center_of_mass_y_m", "center_of_mass_z_m", body.center_of_mass_m);
  add("inertia_xx_kg_m2", "inertia_yy_kg_m2", "inertia_zz_kg_m2", body.moment_of_inertia_kg_m2);
  add("position_x_m", "position_y_m", "position_z_m", body.position_m);
  return row;
}

Row describe(const CoordinateReport& coordinate) {
  return {cell("name", coordinate.name), cell("unit", coordinate.unit), cell("value", coordinate.value),
          cell("passive_torque_nm", coordinate.passive_torque)};
}

Row describe(const DiscReport& disc) {
  Row row = {cell("level", disc.level), cell("preload_n", disc.preload_n),
             cell("segment_angle_deg", disc.segment_angle_deg), cell("area_cm2", disc.area_cm2),
             cell("strength_n", disc.strength_n)};
  const char* const moments[] = {"extension_moment_nm", "bending_moment_nm", "rotation_moment_nm"};
  const char* const stiffness[] = {"extension_stiffness_nm_per_deg", "bending_stiffness_nm_per_deg",
                                   "rotation_stiffness_nm_per_deg"};
  for (int k = 0; k < 3; ++k) row.push_back(cell(moments[k], disc.moment_nm[k]));
  for (int k = 0; k < 3; ++k) row.push_back(cell(stiffness[k], disc.stiffness_nm_per_deg[k]));
  return row;
}

Row describe(const MuscleReport& muscle) {
  return {cell("name", muscle.name),
          cell("group", muscle.group),
          cell("side", muscle.side),
          cell("tendon", muscle.tendon),
          cell("pcsa_cm2", muscle.pcsa_cm2),
          cell("max_isometric_force_n", muscle.max_isometric_force_n),
          cell("optimal_fiber_length_m", muscle.optimal_fiber_length_m),
          cell("tendon_slack_length_m", muscle.tendon_slack_length_m),
          cell("pennation_rad", muscle.pennation_rad),
          cell("min_activation", muscle.min_activation),
          cell("path_length_m", muscle.path_length_m),
          cell("normalized_fiber_length", muscle.normalized_fiber_length),
          cell("passive_force_n", muscle.passive_force_n)};
}

Row describe(const PassiveJointReport& joint) {
  return {cell("coordinate", joint.coordinate), cell("total_nm", joint.total_nm),
          cell("fibers_nm", joint.fibers_nm), cell("residual_nm", joint.total_nm - joint.fibers_nm)};
}

Row describe(const ParameterEdit& edit) {
  return {cell("parameter", edit.parameter), cell("before", edit.before), cell("after", edit.after)};
}

JsonMembers calc_members(const Row& row) {
  JsonMembers members;
  for (const Cell& item : row) members.emplace_back(item.name, item.json);
  return members;
}

template <class Report>
std::string calc_list(const std::vector<Report>& reports) {
  std::vector<std::string> items;
  for (const Report& report : reports) items.push_back(calc_json_object(calc_members(describe(report))));
  return calc_json_list(items);
}

std::string calc_muscle_list(const std::vector<MuscleReport>& muscles) {
  std::vector<std::string> items;
  for (const MuscleReport& muscle : muscles) {
    JsonMembers members = calc_members(describe(muscle));
    JsonMembers arms;
    for (const MomentArm& arm : muscle.moment_arms) arms.emplace_back(arm.coordinate, calc_json(arm.value_m));
    members.emplace_back("moment_arms_m", calc_json_object(arms));
    items.push_back(calc_json_object(members));
  }
  return calc_json_list(items);
}

template <class Report>
void write_table(const std::string& folder, const char* file, const std::vector<Report>& reports) {
  const std::string path = (std::filesystem::path(folder) / file).string();
  std::ofstream stream(path);
  std::string text;
  for (size_t i = 0; i < reports.size(); ++i) {
    const Row row = describe(reports[i]);
    std::vector<std::string> names, cells;
    for (const Cell& item : row) {
      names.push_back(item.name);
      cells.push_back(item.text);
    }
    if (i == 0) text += fmt::format("{}\n", fmt::join(names, ","));
    text += fmt::format("{}\n", fmt::join(cells, ","));
  }
  stream << text;
  stream.close();
  LUMBARUN_THROW_UNLESS(stream.good(), "--csv {}: cannot write {}", folder, path);
}

struct ArmRow {
  std::string muscle, coordinate;
  double value_m;
};

Row describe(const ArmRow& arm) {
  return {cell("muscle", arm.muscle), cell("coordinate", arm.coordinate), cell("moment_arm_m", arm.value_m)};
}

}  // namespace

std::string calc_model_json(const ModelReport& report) {
  return calc_json_object({{"mass_kg", calc_json(report.mass_kg)},
                           {"specific_tension_n_cm2", calc_json(report.specific_tension_n_cm2)},
                           {"bodies", calc_list(report.bodies)},
                           {"coordinates", calc_list(report.coordinates)},
                           {"discs", calc_list(report.discs)},
                           {"muscles", calc_muscle_list(report.muscles)},
                           {"passive_joints", calc_list(report.passive_joints)},
                           {"condition_edits", calc_list(report.condition_edits)}});
}

void write_model_csv(const ModelReport& report, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  LUMBARUN_THROW_UNLESS(!error, "--csv {}: {}", folder, error.message());
  std::vector<ArmRow> arms;
  for (const MuscleReport& muscle : report.muscles) {
    for (const MomentArm& arm : muscle.moment_arms)
      arms.push_back({muscle.name, arm.coordinate, arm.value_m});
  }
  write_table(folder, "bodies.csv", report.bodies);
  write_table(folder, "coordinates.csv", report.coordinates);
  write_table(folder, "discs.csv", report.discs);
  write_table(folder, "muscles.csv", report.muscles);
  write_table(folder, "moment_arms.csv", arms);
  write_table(folder, "passive_joints.csv", report.passive_joints);
  write_table(folder, "condition_edits.csv", report.condition_edits);
}

std::string calc_model_text(const ModelReport& report) {
  std::string text = fmt::format(
      "{:.2f} kg, {} bodies, {} coordinates, {} muscles, specific tension {:g} N/cm²\n", report.mass_kg,
      report.bodies.size(), report.coordinates.size(), report.muscles.size(), report.specific_tension_n_cm2);
  text += fmt::format("\n{:<12} {:<10} {:>9}   {}\n", "body", "parent", "mass, kg",
                      "centre of mass in the body, m");
  for (const BodyReport& body : report.bodies) {
    const Vector3<double>& c = body.center_of_mass_m;
    text += fmt::format("{:<12} {:<10} {:>9.3f}   {:8.4f} {:8.4f} {:8.4f}\n", body.name, body.parent,
                        body.mass_kg, c.x, c.y, c.z);
  }
  text += fmt::format("\n{:<22} {:>12} {:>20}\n", "coordinate", "value", "passive torque, N m");
  for (const CoordinateReport& coordinate : report.coordinates) {
    text += fmt::format("{:<22} {:>8.4f} {:<3} {:>20.3f}\n", coordinate.name, coordinate.value,
                        coordinate.unit, coordinate.passive_torque);
  }
  text += fmt::format("\n{:<8} {:>10} {:>9} {:>9}   {}\n", "disc", "preload, N", "angle, °", "area, cm²",
                      "stiffness in extension, bending, rotation, N m/deg");
  for (const DiscReport& disc : report.discs) {
    const auto& k = disc.stiffness_nm_per_deg;
    text += fmt::format("{:<8} {:>10.0f} {:>9.1f} {:>9.2f}   {:6.2f} {:6.2f} {:6.2f}\n", disc.level,
                        disc.preload_n, disc.segment_angle_deg, disc.area_cm2, k[0], k[1], k[2]);
  }
  text += fmt::format("\n{:<20} {:<22} {:<7} {:>9} {:>8} {:>9} {:>9} {:>9} {:>7} {:>10}\n", "muscle", "group",
                      "tendon", "pcsa, cm²", "force, N", "fibre, m", "slack, m", "path, m", "l/l_opt",
                      "passive, N");
  for (const MuscleReport& muscle : report.muscles) {
    text +=
        fmt::format("{:<20} {:<22} {:<7} {:>9.2f} {:>8.0f} {:>9.4f} {:>9.4f} {:>9.4f} {:>7.3f} {:>10.1f}\n",
                    muscle.name, muscle.group, muscle.tendon, muscle.pcsa_cm2, muscle.max_isometric_force_n,
                    muscle.optimal_fiber_length_m, muscle.tendon_slack_length_m, muscle.path_length_m,
                    muscle.normalized_fiber_length, muscle.passive_force_n);
  }
  text +=
      fmt::format("\n{:<22} {:>12} {:>12} {:>14}\n", "passive moment, N m", "total", "of fibres", "residual");
  for (const PassiveJointReport& joint : report.passive_joints) {
    text += fmt::format("{:<22} {:>12.2f} {:>12.2f} {:>14.2f}\n", joint.coordinate, joint.total_nm,
                        joint.fibers_nm, joint.total_nm - joint.fibers_nm);
  }
  for (const ParameterEdit& edit : report.condition_edits) {
    text += fmt::format("\ncondition: {} {:g} -> {:g}", edit.parameter, edit.before, edit.after);
  }
  return report.condition_edits.empty() ? text : text + "\n";
}

}  // namespace lumbarun
