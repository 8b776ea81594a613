#include "sim/interop/osim_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "sim/core/units.h"
#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

bool is_ground(pugi::xml_node body) { return get_osim_name(body) == kOsimGround; }

std::vector<pugi::xml_node> find_bodies(const OsimFile& file) {
  return get_osim_objects(file.model().child("BodySet"));
}

void read_frames(OsimContext& context) {
  const pugi::xml_node model = context.file.model();
  OsimFrames& frames = context.frames;
  frames.add_body(kOsimGround);
  frames.add_offsets(model.child("Ground"), "/ground");
  for (pugi::xml_node body : find_bodies(context.file)) {
    const std::string name = get_osim_name(body);
    if (is_ground(body)) continue;
    if (frames.has_body(name)) context.file.add_error(body, "a second body of this name");
    frames.add_body(name);
    frames.add_offsets(body, "/bodyset/" + name);
  }
  for (pugi::xml_node joint : get_osim_objects(model.child("JointSet")))
    frames.add_offsets(joint, "/jointset/" + get_osim_name(joint));
  frames.add_offsets(model, "");
  frames.resolve();
}

void read_bodies(OsimContext& context, OsimDescription& out) {
  if (const pugi::xml_node ground = context.file.model().child("Ground"))
    read_osim_wrap_objects(context, ground, out.wrap_objects);
  for (pugi::xml_node body : find_bodies(context.file)) {
    if (!is_ground(body)) out.bodies.push_back(read_osim_body(context.file, body));
    read_osim_wrap_objects(context, body, out.wrap_objects);
  }
}

// 3.x: a joint inside each body; 4.x: <JointSet>.
void read_joints(OsimContext& context, OsimDescription& out) {
  for (pugi::xml_node body : find_bodies(context.file)) {
    for (pugi::xml_node joint : body.child("Joint").children()) {
      if (joint.type() == pugi::node_element && !is_ground(body))
        out.joints.push_back(read_osim_joint(context, joint, get_osim_name(body)));
    }
  }
  for (pugi::xml_node joint : get_osim_objects(context.file.model().child("JointSet")))
    out.joints.push_back(read_osim_joint(context, joint, ""));
}

void read_gravity(OsimFile& file, OsimDescription& out) {
  out.gravity = file.vector3(file.model(), "gravity", {0.0, -kStandardGravity, 0.0});
  if (out.gravity.x != 0.0 || out.gravity.z != 0.0 || out.gravity.y > 0.0)
    file.add_warning(file.model().child("gravity"),
                     "gravity is not along -Y; only its share along -Y is used");
  const std::string unit = file.text(file.model(), "length_units");
  if (!unit.empty() && unit != "meters" && unit != "m" && unit != "Meters")
    file.add_error(file.model().child("length_units"), fmt::format("'{}', only meters can be read", unit));
}

}  // namespace

OsimDescription read_osim(const std::filesystem::path& path) {
  OsimFile file(path);
  OsimFrames frames(file);
  OsimContext context{file, frames};
  OsimDescription out;
  out.file = file.name();
  out.name = get_osim_name(file.model());
  out.version = file.version();
  read_gravity(file, out);
  read_frames(context);
  read_bodies(context, out);
  read_joints(context, out);
  read_osim_constraints(context, file.model().child("ConstraintSet"), out.couplers);
  read_osim_forces(context, file.model().child("ForceSet"), out.muscles);
  read_osim_markers(context, file.model().child("MarkerSet"), out.markers);
  if (out.bodies.empty()) file.add_error(file.model(), "has no bodies");
  file.throw_if_errors();
  out.warnings = file.take_warnings();
  return out;
}

}  // namespace lumbarun
