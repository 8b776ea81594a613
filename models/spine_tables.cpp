#include "models/spine_tables.h"

#include <fmt/format.h>

namespace lumbarun {

namespace {

const std::vector<std::string>& get_level_names() {
  static const std::vector<std::string> names(kLevelNames.begin(), kLevelNames.end());
  return names;
}

std::array<DiscRow, kLevelCount> read_discs(const std::filesystem::path& path, TableErrors& errors) {
  const std::vector<std::pair<const char*, double DiscRow::*>> columns = {
      {"area_m2", &DiscRow::area},
      {"ap_length_m", &DiscRow::ap_length},
      {"width_m", &DiscRow::width},
      {"height_m", &DiscRow::height},
      {"posterior_height_m", &DiscRow::posterior_height},
      {"axial_stiffness_n_m", &DiscRow::axial_stiffness},
      {"axial_damping_n_s_m", &DiscRow::axial_damping},
      {"facet_angle_deg", &DiscRow::facet_angle_deg},
      {"facet_z_m", &DiscRow::facet_z},
      {"facet_gap_m", &DiscRow::facet_gap},
      {"tip_gap_m", &DiscRow::tip_gap},
      {"facet_stiffness_n_m", &DiscRow::facet_stiffness},
  };
  std::vector<std::string> names = {"level", "facet_x_m"};
  for (const auto& column : columns) names.emplace_back(column.first);
  const Table table = Table::read(path, names, errors);
  std::array<DiscRow, kLevelCount> discs;
  if (table.row_count() != kLevelCount) {
    errors.add(fmt::format("{}: {} levels, there must be {}", path.string(), table.row_count(), kLevelCount));
    return discs;
  }
  for (int row = 0; row < kLevelCount; ++row) {
    table.read_choice(row, "level", {get_level_names()[row]}, errors);
    discs[row].facet_x = table.read_number(row, "facet_x_m", errors);
    for (const auto& [name, member] : columns) discs[row].*member = table.read_positive(row, name, errors);
  }
  return discs;
}

Vector3<double> read_point(const Table& table, int row, const std::string& end, TableErrors& errors) {
  return {table.read_number(row, end + "_x_m", errors), table.read_number(row, end + "_y_m", errors),
          table.read_number(row, end + "_z_m", errors)};
}

std::vector<LigamentRow> read_ligaments(const std::filesystem::path& path, TableErrors& errors) {
  const Table table =
      Table::read(path,
                  {"level", "ligament", "paired", "inferior_x_m", "inferior_y_m", "inferior_z_m",
                   "superior_x_m", "superior_y_m", "superior_z_m", "stiffness_n_m", "slack_m", "toe_m"},
                  errors);
  std::vector<LigamentRow> ligaments;
  for (int row = 0; row < table.row_count(); ++row) {
    LigamentRow& ligament = ligaments.emplace_back();
    ligament.level = table.read_choice(row, "level", get_level_names(), errors);
    ligament.name = table.get_text(row, "ligament");
    ligament.is_paired = table.read_choice(row, "paired", {"no", "yes"}, errors) == 1;
    ligament.p_I = read_point(table, row, "inferior", errors);
    ligament.p_S = read_point(table, row, "superior", errors);
    ligament.stiffness = table.read_positive(row, "stiffness_n_m", errors);
    ligament.slack = table.read_number(row, "slack_m", errors);
    ligament.toe = table.read_positive(row, "toe_m", errors);
    const Vector3<double> span = ligament.p_S - ligament.p_I;
    if (dot(span, span) <= 0.0) table.report(row, "superior_x_m", "both ends are in one place", errors);
    if (!ligament.is_paired && (ligament.p_I.z != 0.0 || ligament.p_S.z != 0.0))
      table.report(row, "paired", "an unpaired ligament must lie in the sagittal plane", errors);
  }
  return ligaments;
}

}  // namespace

SpineTables read_spine_tables(const std::filesystem::path& folder, TableErrors& errors) {
  return {read_discs(folder / "discs.csv", errors), read_ligaments(folder / "ligaments.csv", errors)};
}

}  // namespace lumbarun
