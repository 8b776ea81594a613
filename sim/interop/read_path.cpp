#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

struct PointClass {
  const char* name;
  OsimPathPointKind kind;
};

// The Muscle… names are those of the 1.x files.
constexpr PointClass kPointClasses[] = {{"PathPoint", OsimPathPointKind::kFixed},
                                        {"MusclePoint", OsimPathPointKind::kFixed},
                                        {"ConditionalPathPoint", OsimPathPointKind::kConditional},
                                        {"ConditionalMusclePoint", OsimPathPointKind::kConditional},
                                        {"MuscleViaPoint", OsimPathPointKind::kConditional},
                                        {"MovingPathPoint", OsimPathPointKind::kMoving},
                                        {"MovingMusclePoint", OsimPathPointKind::kMoving}};

// <property> (3.x: a name) or <socket_property> (4.x: a path) of a path point.
std::string read_coordinate_name(OsimContext& context, pugi::xml_node node, const std::string& property) {
  OsimFile& file = context.file;
  const std::string socket = "socket_" + property;
  const bool has_socket = static_cast<bool>(node.child(socket.c_str()));
  const char* key = has_socket ? socket.c_str() : property.c_str();
  const std::string name = last_segment(file.text(node, key));
  if (context.coordinates.contains(name)) return name;
  const std::vector<std::string> known(context.coordinates.begin(), context.coordinates.end());
  const pugi::xml_node at = file.find(node, key);
  file.add_error(at ? at : node, name.empty() ? fmt::format("needs <{}>", property)
                                              : fmt::format("'{}' is no coordinate of the model{}", name,
                                                            OsimFile::suggestion(name, known)));
  return "";
}

void read_moving(OsimContext& context, pugi::xml_node node, OsimPathPoint& point) {
  constexpr const char* kLetters[] = {"x", "y", "z"};
  for (int i = 0; i < 3; ++i) {
    const std::string letter = kLetters[i];
    const std::string location = letter + "_location";
    const auto function = read_osim_function(context.file, node, location.c_str());
    if (!function) {
      context.file.add_error(node, fmt::format("holds no function <{}>", location));
      continue;
    }
    point.xyz[i] = *function;
    if (get_argument_count(*function) > 0)
      point.drivers[i] = read_coordinate_name(context, node, letter + "_coordinate");
  }
}

void read_conditional(OsimContext& context, pugi::xml_node node, OsimPathPoint& point) {
  point.coordinate = read_coordinate_name(context, node, "coordinate");
  const std::vector<double> range = context.file.numbers(node, "range");
  if (range.size() == 2 && range[0] <= range[1]) {
    point.low = range[0], point.high = range[1];
  } else {
    context.file.add_error(node, "needs a <range> of two ascending numbers");
  }
}

}  // namespace

std::vector<OsimPathPoint> read_osim_path_points(OsimContext& context, pugi::xml_node set,
                                                 const std::string& path) {
  OsimFile& file = context.file;
  std::vector<OsimPathPoint> points;
  for (pugi::xml_node node : get_osim_objects(set)) {
    const auto* found =
        std::find_if(std::begin(kPointClasses), std::end(kPointClasses),
                     [&](const PointClass& c) { return std::strcmp(c.name, node.name()) == 0; });
    if (found == std::end(kPointClasses)) {
      file.add_error(node, "this class of path point cannot be read");
      continue;
    }
    OsimPathPoint point;
    point.kind = found->kind;
    point.name = get_osim_name(node);
    point.line = file.line_of(node);
    const char* key = "body";
    if (node.child("socket_parent_frame")) key = "socket_parent_frame";
    const pugi::xml_node at = file.find(node, key);
    const OsimFrame frame = context.frames.find(file.text(node, key), path, at ? at : node);
    point.body = frame.body;
    point.X_BF = frame.X_BF;
    if (point.kind == OsimPathPointKind::kMoving) {
      read_moving(context, node, point);
    } else {
      point.p_B = frame.X_BF * file.vector3(node, "location", {});
      if (!node.child("location")) file.add_error(node, "needs a <location>");
    }
    if (point.kind == OsimPathPointKind::kConditional) read_conditional(context, node, point);
    points.push_back(point);
  }
  return points;
}

std::vector<OsimPathWrap> read_osim_path_wraps(OsimContext& context, pugi::xml_node set, int point_count) {
  OsimFile& file = context.file;
  std::vector<OsimPathWrap> wraps;
  for (pugi::xml_node node : get_osim_objects(set)) {
    OsimPathWrap wrap;
    wrap.wrap_object = last_segment(file.text(node, "wrap_object"));
    wrap.line = file.line_of(node);
    if (const std::string method = file.text(node, "method"); !method.empty()) wrap.method = method;
    const std::vector<double> range = file.numbers(node, "range");
    if (range.size() == 2) {  // 1-based; below 1: the end of the path
      wrap.first_point = range[0] < 1.0 ? -1 : static_cast<int>(range[0]) - 1;
      wrap.last_point = range[1] < 1.0 ? -1 : static_cast<int>(range[1]) - 1;
    }
    if (wrap.first_point >= point_count || wrap.last_point >= point_count)
      file.add_error(node, fmt::format("<range> {} is outside the path's {} points", file.text(node, "range"),
                                       point_count));
    if (context.wrap_objects.contains(wrap.wrap_object)) {
      wraps.push_back(wrap);
      continue;
    }
    const std::vector<std::string> known(context.wrap_objects.begin(), context.wrap_objects.end());
    file.add_error(node, fmt::format("<wrap_object> '{}' is no wrap object of the model{}", wrap.wrap_object,
                                     OsimFile::suggestion(wrap.wrap_object, known)));
  }
  return wraps;
}

}  // namespace lumbarun
