// Readers of the single elements of a model file. Each takes the file (for values, lines and messages) and returns
// the plain description; a mistake in the file is reported to it and a harmless value returned.
#pragma once

#include <set>

#include "sim/interop/osim_description.h"
#include "sim/interop/osim_file.h"
#include "sim/interop/osim_frames.h"

namespace lumbarun {

// What readers of paths and joints refer to.
struct OsimContext {
  OsimFile& file;
  OsimFrames& frames;
  std::set<std::string> coordinates{};   // of all joints, for look-ups by path points and couplers
  std::set<std::string> wrap_objects{};  // of all bodies
};

// The function held by `owner`: a child element of one of the function classes, directly (4.x, its name is
// `property`), or inside <property> or <function>. Nothing when there is none.
std::optional<OsimFunction> read_osim_function(OsimFile& file, pugi::xml_node owner, const char* property);
// The number of arguments the function was written for; 0: any.
int get_argument_count(const OsimFunction& function);

OsimBody read_osim_body(OsimFile& file, pugi::xml_node node);
void read_osim_wrap_objects(OsimContext& context, pugi::xml_node body, std::vector<OsimWrapObject>& out);

// `node` is the joint's own element; 3.x: inside <Joint> of the body `child`.
OsimJoint read_osim_joint(OsimContext& context, pugi::xml_node node, const std::string& child);
OsimCoordinate read_osim_coordinate(OsimFile& file, pugi::xml_node node);

// Only the couplers that are enforced; other constraint classes are warned about.
void read_osim_constraints(OsimContext& context, pugi::xml_node set, std::vector<OsimCoupler>& out);

// Muscles; other force classes are warned about, once per class.
void read_osim_forces(OsimContext& context, pugi::xml_node set, std::vector<OsimMuscle>& out);
std::vector<OsimPathPoint> read_osim_path_points(OsimContext& context, pugi::xml_node set,
                                                 const std::string& path);
std::vector<OsimPathWrap> read_osim_path_wraps(OsimContext& context, pugi::xml_node set, int point_count);

void read_osim_markers(OsimContext& context, pugi::xml_node set, std::vector<OsimMarker>& out);

}  // namespace lumbarun
