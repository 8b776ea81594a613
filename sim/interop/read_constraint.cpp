#include <fmt/format.h>

#include <cstring>

#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

void check_coordinate(OsimContext& context, const std::string& name, pugi::xml_node node) {
  if (context.coordinates.contains(name)) return;
  const std::vector<std::string> known(context.coordinates.begin(), context.coordinates.end());
  context.file.add_error(
      node, fmt::format("'{}' is no coordinate of the model{}", name, OsimFile::suggestion(name, known)));
}

}  // namespace

void read_osim_constraints(OsimContext& context, pugi::xml_node set, std::vector<OsimCoupler>& out) {
  OsimFile& file = context.file;
  for (pugi::xml_node node : get_osim_objects(set)) {
    if (!file.flag(node, "isEnforced", true) || file.flag(node, "isDisabled", false)) continue;
    if (std::strcmp(node.name(), "CoordinateCouplerConstraint") != 0) {
      file.add_warning(node, "this class of constraint is not read; the model moves without it");
      continue;
    }
    OsimCoupler coupler;
    coupler.name = get_osim_name(node);
    coupler.line = file.line_of(node);
    coupler.independent = split_words(file.find(node, "independent_coordinate_names").child_value());
    coupler.dependent = file.text(node, "dependent_coordinate_name");
    for (const std::string& name : coupler.independent)
      check_coordinate(context, name, file.find(node, "independent_coordinate_names"));
    check_coordinate(context, coupler.dependent, file.find(node, "dependent_coordinate_name"));
    if (const auto function = read_osim_function(file, node, "coupled_coordinates_function")) {
      coupler.function = *function;
      coupler.function.scale *= file.number(node, "scale_factor", 1.0);
    } else {
      file.add_error(node, "holds no <coupled_coordinates_function>");
    }
    const int arguments = get_argument_count(coupler.function);
    if (arguments > 0 && arguments != static_cast<int>(coupler.independent.size()))
      file.add_error(node, fmt::format("{} independent coordinates for a function of {}",
                                       coupler.independent.size(), arguments));
    out.push_back(coupler);
  }
}

void read_osim_markers(OsimContext& context, pugi::xml_node set, std::vector<OsimMarker>& out) {
  OsimFile& file = context.file;
  for (pugi::xml_node node : get_osim_objects(set)) {
    if (std::strcmp(node.name(), "Marker") != 0) continue;
    const char* key = "body";
    if (node.child("socket_parent_frame")) key = "socket_parent_frame";
    const OsimFrame frame = context.frames.find(file.text(node, key), "/markerset", node);
    if (frame.body.empty()) continue;
    out.push_back({get_osim_name(node), file.line_of(node), frame.body,
                   frame.X_BF * file.vector3(node, "location", {})});
  }
}

}  // namespace lumbarun
