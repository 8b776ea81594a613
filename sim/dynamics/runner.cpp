#include "sim/dynamics/runner.h"

#include <string>

namespace lumbarun {

namespace {

bool ends_with(const std::string& text, const std::string& tail) {
  return text.size() >= tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

std::string mirrored_name(const std::string& name) {
  std::string other = name;
  if (ends_with(name, "_r")) other.back() = 'l';
  if (ends_with(name, "_l")) other.back() = 'r';
  return other;
}

bool changes_sign(const std::string& name) {
  if (name == "pelvis_tz" || name == "thorax_soft_z" || name == "pelvis_list" || name == "pelvis_rotation")
    return true;
  return ends_with(name, "_bending") || ends_with(name, "_rotation");
}

}  // namespace

std::vector<int> find_planned_coordinates(const Model& planned, const Model& simulated) {
  std::vector<int> place;
  for (const Link& link : planned.links()) {
    const auto found = simulated.find_coordinate(link.coordinate);
    LUMBARUN_DEMAND(found.has_value());
    place.push_back(*found);
  }
  return place;
}

MirrorMap build_mirror_map(const Model& model) {
  MirrorMap map;
  for (const Link& link : model.links()) {
    map.partner.push_back(model.get_coordinate(mirrored_name(link.coordinate)));
    map.sign.push_back(changes_sign(link.coordinate) ? -1.0 : 1.0);
  }
  return map;
}

MirrorMap build_identity_map(const Model& model) {
  MirrorMap map;
  for (int i = 0; i < model.coordinate_count(); ++i) {
    map.partner.push_back(i);
    map.sign.push_back(1.0);
  }
  return map;
}

}  // namespace lumbarun
