// The frames of a model file by path: ground, bodies, and offset frames on them (nested ones too).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/interop/osim_file.h"
#include "sim/spatial/transform.h"

namespace lumbarun {

struct OsimFrame {
  std::string body;        // empty: unresolved
  Transform<double> X_BF;  // pose in the body
};

class OsimFrames {
 public:
  explicit OsimFrames(OsimFile& file) : file_(file) {}

  void add_body(const std::string& name);
  // Every PhysicalOffsetFrame below `owner`, whose own path is given.
  void add_offsets(pugi::xml_node owner, const std::string& owner_path);
  // Resolves all offsets; reports unknown and circular parents.
  void resolve();

  const std::vector<std::string>& body_names() const { return body_names_; }
  bool has_body(const std::string& name) const;
  // The frame that `socket`, text of a child of the object at `owner_path`, points to; an error at `node` and an
  // empty frame when there is none.
  OsimFrame find(const std::string& socket, const std::string& owner_path, pugi::xml_node node);

 private:
  struct Offset {
    pugi::xml_node node;
    std::string parent;
    Transform<double> X_PF;
    bool in_work = false;
  };
  std::string find_path(const std::string& socket, const std::string& owner_path) const;
  bool resolve_offset(const std::string& path);

  OsimFile& file_;
  std::vector<std::string> body_names_;
  std::map<std::string, OsimFrame> frames_;  // by path
  std::map<std::string, Offset> offsets_;    // by path
};

// <translation> and <orientation> (or other names of the pair) of an object as a pose.
Transform<double> read_osim_pose(OsimFile& file, pugi::xml_node object, const char* translation,
                                 const char* orientation);

}  // namespace lumbarun
