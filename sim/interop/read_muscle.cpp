#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <map>

#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

// Class defaults of OpenSim's Muscle: a writer leaves out what equals them.
constexpr double kDefaultIsometricForce = 1000.0;  // N
constexpr double kDefaultFiberLength = 0.1;        // m
constexpr double kDefaultTendonSlack = 0.2;        // m
constexpr double kDefaultMaxVelocity = 10.0;       // optimal fibre lengths per second

bool is_muscle(pugi::xml_node node) {
  const std::string name = node.name();
  return name.ends_with("Muscle") || name.find("Muscle_") != std::string::npos;
}

// Numbers of the element that have no member of their own.
void read_parameters(pugi::xml_node node, OsimMuscle& muscle) {
  for (pugi::xml_node child : node.children()) {
    const bool is_leaf = child.first_child() && !child.first_child().next_sibling() &&
                         child.first_child().type() == pugi::node_pcdata;
    if (!is_leaf) continue;
    const std::vector<std::string> words = split_words(child.child_value());
    if (words.size() != 1) continue;
    char* end = nullptr;
    const double value = std::strtod(words[0].c_str(), &end);
    if (*end == '\0' && std::isfinite(value)) muscle.parameters[child.name()] = value;
  }
}

void read_path(OsimContext& context, pugi::xml_node node, OsimMuscle& muscle) {
  pugi::xml_node path = node.child("GeometryPath");
  if (!path) path = node.child("path").child("GeometryPath");
  pugi::xml_node points = path.child("PathPointSet");
  pugi::xml_node wraps = path.child("PathWrapSet");
  if (!path) {  // 1.x
    points = node.child("MusclePointSet");
    wraps = node.child("MuscleWrapSet");
  }
  muscle.points = read_osim_path_points(context, points, "/forceset/" + muscle.name + "/geometrypath");
  if (muscle.points.size() < 2)
    context.file.add_error(node, fmt::format("has {} path points, needs at least 2", muscle.points.size()));
  muscle.wraps = read_osim_path_wraps(context, wraps, static_cast<int>(muscle.points.size()));
}

OsimMuscle read_muscle(OsimContext& context, pugi::xml_node node) {
  OsimFile& file = context.file;
  OsimMuscle muscle;
  muscle.type = node.name();
  muscle.name = get_osim_name(node);
  muscle.line = file.line_of(node);
  muscle.applies_force = file.flag(node, "appliesForce", true) && !file.flag(node, "isDisabled", false);
  muscle.max_isometric_force = file.non_negative(node, "max_isometric_force", kDefaultIsometricForce);
  muscle.optimal_fiber_length = file.positive(node, "optimal_fiber_length", kDefaultFiberLength);
  muscle.tendon_slack_length = file.non_negative(node, "tendon_slack_length", kDefaultTendonSlack);
  const bool is_old = static_cast<bool>(node.child("pennation_angle"));
  muscle.pennation = file.number(node, is_old ? "pennation_angle" : "pennation_angle_at_optimal", 0.0);
  muscle.max_contraction_velocity =
      file.positive(node, file.find(node, "Vmax") ? "Vmax" : "max_contraction_velocity", kDefaultMaxVelocity);
  read_parameters(node, muscle);
  read_path(context, node, muscle);
  return muscle;
}

}  // namespace

void read_osim_forces(OsimContext& context, pugi::xml_node set, std::vector<OsimMuscle>& out) {
  std::map<std::string, int> skipped;
  for (pugi::xml_node node : get_osim_objects(set)) {
    if (is_muscle(node)) {
      out.push_back(read_muscle(context, node));
    } else {
      ++skipped[node.name()];
    }
  }
  for (const auto& [type, count] : skipped)
    context.file.add_warning(fmt::format("{} <{}> in <ForceSet> not read", count, type));
}

}  // namespace lumbarun
