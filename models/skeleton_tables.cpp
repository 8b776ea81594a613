#include "models/skeleton_tables.h"

#include <algorithm>

#include "models/table.h"
#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

Vector3<double> read_vector(const Table& table, int row, const std::string& prefix, const std::string& unit,
                            TableErrors& errors) {
  return {table.read_number(row, prefix + "_x_" + unit, errors),
          table.read_number(row, prefix + "_y_" + unit, errors),
          table.read_number(row, prefix + "_z_" + unit, errors)};
}

std::vector<BodyRow> read_bodies(const std::filesystem::path& path, TableErrors& errors) {
  const Table table = Table::read(path,
                                  {"body", "sex", "mass_share_1", "com_x_m", "com_y_m", "com_z_m",
                                   "gyration_x_m", "gyration_y_m", "gyration_z_m", "reference_height_m"},
                                  errors);
  std::vector<BodyRow> bodies;
  for (int row = 0; row < table.row_count(); ++row) {
    const std::string& name = table.get_text(row, "body");
    const int sex = table.read_choice(row, "sex", {"male", "female"}, errors);
    auto it = std::find_if(bodies.begin(), bodies.end(), [&](const BodyRow& b) { return b.name == name; });
    if (it == bodies.end()) it = bodies.insert(bodies.end(), {name, 0.0, {}});
    it->reference_height = table.read_positive(row, "reference_height_m", errors);
    SegmentMass& mass = it->mass[sex];
    mass.mass_share = table.read_number(row, "mass_share_1", errors);
    if (mass.mass_share < 0.0) table.report(row, "mass_share_1", "must not be negative", errors);
    mass.com = read_vector(table, row, "com", "m", errors);
    mass.gyration = read_vector(table, row, "gyration", "m", errors);
  }
  return bodies;
}

Transform<double> read_frame(const Table& table, int row, const std::string& prefix, TableErrors& errors) {
  const Vector3<double> turn = read_vector(table, row, prefix + "_turn", "rad", errors);
  return {rotation_from_body_xyz(turn.x, turn.y, turn.z), read_vector(table, row, prefix, "m", errors)};
}

// The parent is known, is no descendant of the child, and stands above it.
void check_ancestry(const Table& table, int row, const std::vector<std::string>& known, TableErrors& errors) {
  const std::string& child = table.get_text(row, "child");
  const std::string& parent = table.get_text(row, "parent");
  const auto row_of = [&](const std::string& name) {
    for (int i = 0; i < table.row_count(); ++i) {
      if (table.get_text(i, "child") == name) return i;
    }
    return -1;
  };
  for (int other = 0; other < row; ++other) {
    if (table.get_text(other, "child") == child)
      table.report(row, "child", "'" + child + "' has a joint already", errors);
  }
  if (std::find(known.begin(), known.end(), parent) == known.end()) {
    table.read_choice(row, "parent", known, errors);
    return;
  }
  std::string chain = child;
  int at = row_of(parent);
  for (int steps = 0; steps < table.row_count() && at >= 0; ++steps) {
    chain += " <- " + table.get_text(at, "child");
    if (at == row) {
      table.report(row, "parent", "the parents form a cycle: " + chain, errors);
      return;
    }
    at = row_of(table.get_text(at, "parent"));
  }
  if (row_of(parent) > row)
    table.report(row, "parent", "'" + parent + "' must stand above '" + child + "'", errors);
}

std::vector<JointRow> read_joints(const std::filesystem::path& path, TableErrors& errors) {
  std::vector<std::string> columns = {"child", "parent"};
  for (const char* prefix : {"parent", "child"}) {
    for (const char* axis : {"x", "y", "z"}) {
      columns.push_back(fmt::format("{}_{}_m", prefix, axis));
      columns.push_back(fmt::format("{}_turn_{}_rad", prefix, axis));
    }
  }
  const Table table = Table::read(path, columns, errors);
  std::vector<JointRow> joints;
  std::vector<std::string> known = {"ground"};
  for (int row = 0; row < table.row_count(); ++row) known.push_back(table.get_text(row, "child"));
  for (int row = 0; row < table.row_count(); ++row) {
    check_ancestry(table, row, known, errors);
    joints.push_back({table.get_text(row, "child"),
                      table.get_text(row, "parent"),
                      read_frame(table, row, "parent", errors),
                      read_frame(table, row, "child", errors),
                      {}});
  }
  return joints;
}

void read_coordinates(const std::filesystem::path& path, std::vector<JointRow>& joints, TableErrors& errors) {
  const Table table =
      Table::read(path, {"coordinate", "child", "kind", "axis", "sign_1", "unit", "positive_sense"}, errors);
  std::vector<std::string> children;
  for (const JointRow& joint : joints) children.push_back(joint.child);
  if (children.empty()) return;
  for (int row = 0; row < table.row_count(); ++row) {
    JointAxis axis;
    axis.coordinate = table.get_text(row, "coordinate");
    axis.kind = table.read_choice(row, "kind", {"hinge", "slide"}, errors) == 0 ? JointKind::kHinge
                                                                                : JointKind::kSlide;
    axis.axis = static_cast<Axis>(table.read_choice(row, "axis", {"X", "Y", "Z"}, errors));
    axis.sign = table.read_choice(row, "sign_1", {"1", "-1"}, errors) == 0 ? 1.0 : -1.0;
    table.read_choice(row, "unit", {axis.kind == JointKind::kHinge ? "rad" : "m"}, errors);
    joints[table.read_choice(row, "child", children, errors)].axes.push_back(axis);
  }
}

std::array<LevelRow, 6> read_levels(const std::filesystem::path& path, const std::vector<JointRow>& joints,
                                    TableErrors& errors) {
  const Table table = Table::read(path, {"level", "inferior", "superior", "segment_angle_deg"}, errors);
  std::array<LevelRow, 6> levels;
  if (table.row_count() != 6) {
    errors.add(fmt::format("{}: {} levels, there must be 6", path.string(), table.row_count()));
    return levels;
  }
  std::vector<std::string> bodies;
  for (const JointRow& joint : joints) bodies.push_back(joint.child);
  const std::vector<std::string> order = {"L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2", "T12_L1"};
  for (int row = 0; row < 6; ++row) {
    table.read_choice(row, "level", {order[row]}, errors);
    table.read_choice(row, "inferior", bodies, errors);
    table.read_choice(row, "superior", bodies, errors);
    levels[row] = {table.get_text(row, "level"), table.get_text(row, "inferior"),
                   table.get_text(row, "superior"), table.read_number(row, "segment_angle_deg", errors)};
  }
  return levels;
}

std::vector<ContactElementRow> read_contact_elements(const std::filesystem::path& path,
                                                     const std::vector<JointRow>& joints,
                                                     TableErrors& errors) {
  const Table table = Table::read(
      path, {"element", "body", "x_m", "y_m", "z_m", "heel_share_1", "ball_share_1", "area_cm2"}, errors);
  std::vector<std::string> bodies;
  for (const JointRow& joint : joints) bodies.push_back(joint.child);
  std::vector<ContactElementRow> elements;
  for (int row = 0; row < table.row_count(); ++row) {
    table.read_choice(row, "body", bodies, errors);
    elements.push_back({table.get_text(row, "element"),
                        table.get_text(row, "body"),
                        {table.read_number(row, "x_m", errors), table.read_number(row, "y_m", errors),
                         table.read_number(row, "z_m", errors)},
                        table.read_number(row, "heel_share_1", errors),
                        table.read_number(row, "ball_share_1", errors),
                        table.read_number(row, "area_cm2", errors)});
  }
  return elements;
}

}  // namespace

const BodyRow& SkeletonTables::get_body(const std::string& name) const {
  const auto it =
      std::find_if(bodies.begin(), bodies.end(), [&](const BodyRow& b) { return b.name == name; });
  LUMBARUN_DEMAND(it != bodies.end());
  return *it;
}

SkeletonTables read_skeleton_tables(const std::filesystem::path& folder) {
  TableErrors errors;
  SkeletonTables tables = read_skeleton_tables(folder, errors);
  errors.throw_if_any();
  return tables;
}

SkeletonTables read_skeleton_tables(const std::filesystem::path& folder, TableErrors& errors) {
  SkeletonTables tables;
  tables.bodies = read_bodies(folder / "bodies.csv", errors);
  tables.joints = read_joints(folder / "joints.csv", errors);
  read_coordinates(folder / "coordinates.csv", tables.joints, errors);
  tables.levels = read_levels(folder / "levels.csv", tables.joints, errors);
  tables.contact_elements = read_contact_elements(folder / "contact_elements.csv", tables.joints, errors);
  tables.spine = read_spine_tables(folder, errors);
  for (const JointRow& joint : tables.joints) {
    const bool has_mass = std::any_of(tables.bodies.begin(), tables.bodies.end(),
                                      [&](const BodyRow& body) { return body.name == joint.child; });
    if (!has_mass)
      errors.add(fmt::format("{}: body '{}' of joints.csv is missing", (folder / "bodies.csv").string(),
                             joint.child));
  }
  return tables;
}

}  // namespace lumbarun
