#include "sim/interop/osim_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <sstream>

#include "sim/interop/osim_description.h"

namespace lumbarun {

namespace {

// "/a/b" + "../c" -> "/a/c".
std::string joined_path(const std::string& base, const std::string& relative) {
  std::vector<std::string> parts;
  std::stringstream stream(relative.starts_with('/') ? relative : base + "/" + relative);
  for (std::string part; std::getline(stream, part, '/');) {
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (!part.empty() && part != "." && part != "..") {
      parts.push_back(part);
    }
  }
  return fmt::format("/{}", fmt::join(parts, "/"));
}

}  // namespace

Transform<double> read_osim_pose(OsimFile& file, pugi::xml_node object, const char* translation,
                                 const char* orientation) {
  const Vector3<double> p = file.vector3(object, translation, {});
  const Vector3<double> angles = file.vector3(object, orientation, {});
  return {rotation_from_body_xyz(angles.x, angles.y, angles.z), p};
}

void OsimFrames::add_body(const std::string& name) {
  body_names_.push_back(name);
  const std::string path = name == kOsimGround ? "/ground" : "/bodyset/" + name;
  frames_[path] = {name, {}};
}

bool OsimFrames::has_body(const std::string& name) const {
  return std::find(body_names_.begin(), body_names_.end(), name) != body_names_.end();
}

void OsimFrames::add_offsets(pugi::xml_node owner, const std::string& owner_path) {
  for (const char* container : {"frames", "components", "ComponentSet"}) {
    for (pugi::xml_node node : get_osim_objects(owner.child(container))) {
      if (std::strcmp(node.name(), "PhysicalOffsetFrame") != 0) continue;
      const std::string path = owner_path + "/" + get_osim_name(node);
      const std::string parent = file_.text(node, "socket_parent");
      offsets_[path] = {node, parent, read_osim_pose(file_, node, "translation", "orientation"), false};
      add_offsets(node, path);
    }
  }
}

std::string OsimFrames::find_path(const std::string& socket, const std::string& owner_path) const {
  const auto is_known = [&](const std::string& path) {
    return frames_.contains(path) || offsets_.contains(path);
  };
  for (const std::string& base : {owner_path, std::string()}) {
    if (const std::string path = joined_path(base, socket); is_known(path)) return path;
  }
  // Paths of other file versions: a body by its name, else the one offset frame of that name.
  const std::string name = last_segment(socket);
  if (name == kOsimGround) return "/ground";
  if (frames_.contains("/bodyset/" + name)) return "/bodyset/" + name;
  std::string found;
  for (const auto& [path, offset] : offsets_) {
    if (last_segment(path) != name) continue;
    if (!found.empty()) return "";
    found = path;
  }
  return found;
}

bool OsimFrames::resolve_offset(const std::string& path) {
  if (frames_.contains(path)) return true;
  Offset& offset = offsets_.at(path);
  if (offset.in_work) {
    file_.add_error(offset.node,
                    fmt::format("the frame is its own ancestor (<socket_parent> '{}')", offset.parent));
    return false;
  }
  offset.in_work = true;
  const std::string parent = find_path(offset.parent, path);
  bool ok = false;
  if (parent.empty() || parent == path) {
    file_.add_error(offset.node, fmt::format("<socket_parent> '{}' is no frame of the model{}", offset.parent,
                                             OsimFile::suggestion(last_segment(offset.parent), body_names_)));
  } else if (resolve_offset(parent)) {
    const OsimFrame& base = frames_.at(parent);
    frames_[path] = {base.body, base.X_BF * offset.X_PF};
    ok = true;
  }
  if (!ok) frames_[path] = {};
  return ok;
}

void OsimFrames::resolve() {
  for (const auto& [path, offset] : offsets_) resolve_offset(path);
}

OsimFrame OsimFrames::find(const std::string& socket, const std::string& owner_path, pugi::xml_node node) {
  const std::string path = find_path(socket, owner_path);
  const auto found = frames_.find(path);
  if (found != frames_.end()) return found->second;
  file_.add_error(node, fmt::format("'{}' is no body or frame of the model{}", socket,
                                    OsimFile::suggestion(last_segment(socket), body_names_)));
  return {};
}

}  // namespace lumbarun
