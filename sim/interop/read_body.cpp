#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

// xx, yy, zz, xy, xz, yz about the mass centre.
Matrix3<double> symmetric_matrix(const std::vector<double>& v) {
  return {{{{v[0], v[3], v[4]}, {v[3], v[1], v[5]}, {v[4], v[5], v[2]}}}};
}

std::vector<double> read_inertia(OsimFile& file, pugi::xml_node node) {
  if (file.find(node, "inertia")) {  // 4.x
    std::vector<double> values = file.numbers(node, "inertia");
    if (values.size() == 6) return values;
    file.add_error(file.find(node, "inertia"), fmt::format("holds {} values, needs 6", values.size()));
    return std::vector<double>(6, 0.0);
  }
  std::vector<double> values;
  for (const char* key : {"inertia_xx", "inertia_yy", "inertia_zz", "inertia_xy", "inertia_xz", "inertia_yz"})
    values.push_back(file.number(node, key, 0.0));
  return values;
}

struct WrapClass {
  OsimWrapKind kind;
  const char* name;
};

constexpr WrapClass kWrapClasses[] = {{OsimWrapKind::kSphere, "WrapSphere"},
                                      {OsimWrapKind::kCylinder, "WrapCylinder"},
                                      {OsimWrapKind::kEllipsoid, "WrapEllipsoid"},
                                      {OsimWrapKind::kTorus, "WrapTorus"}};

// "all", or an axis with an optional sign: the half of the surface the path may touch.
void read_quadrant(OsimFile& file, pugi::xml_node node, OsimWrapObject& wrap) {
  const std::string word = file.text(node, "quadrant");
  if (word.empty() || word == "all" || word == "Unassigned") return;
  const bool has_sign = word.front() == '-' || word.front() == '+';
  const std::string axis = has_sign ? word.substr(1) : word;
  if (axis.size() != 1 || axis.front() < 'x' || axis.front() > 'z') {
    file.add_error(file.find(node, "quadrant"),
                   fmt::format("'{}' is none of all, x, y, z, +x, +y, +z, -x, -y, -z", word));
    return;
  }
  wrap.quadrant_axis = axis.front() - 'x';
  wrap.quadrant_sign = word.front() == '-' ? -1.0 : 1.0;
}

void read_dimensions(OsimFile& file, pugi::xml_node node, OsimWrapObject& wrap) {
  switch (wrap.kind) {
    case OsimWrapKind::kSphere:
    case OsimWrapKind::kCylinder: {
      const double radius = file.positive(node, "radius", 0.0);
      wrap.radii = {radius, radius, radius};
      if (wrap.kind == OsimWrapKind::kCylinder) wrap.length = file.positive(node, "length", 1.0);
      break;
    }
    case OsimWrapKind::kEllipsoid:
      wrap.radii = file.vector3(node, "dimensions", {});
      if (!(wrap.radii.x > 0.0 && wrap.radii.y > 0.0 && wrap.radii.z > 0.0))
        file.add_error(node, "needs three <dimensions> above 0");
      break;
    case OsimWrapKind::kTorus:
      wrap.radii = {file.positive(node, "inner_radius", 0.0), file.positive(node, "outer_radius", 0.0), 0.0};
      break;
  }
}

}  // namespace

OsimBody read_osim_body(OsimFile& file, pugi::xml_node node) {
  OsimBody body;
  body.name = get_osim_name(node);
  body.line = file.line_of(node);
  body.inertia.mass = file.non_negative(node, "mass", 0.0);
  body.inertia.center_of_mass = file.vector3(node, "mass_center", {});
  const std::vector<double> values = read_inertia(file, node);
  body.inertia.inertia = symmetric_matrix(values);
  const bool is_zero = to_eigen(body.inertia.inertia).isZero(0.0);
  if (!to_eigen(body.inertia.inertia).allFinite()) file.add_error(node, "the inertia is not finite");
  if (body.inertia.mass == 0.0 && !is_zero) {
    file.add_warning(node, "has an inertia but no mass; the inertia is left out");
    body.inertia = {};
  }
  return body;
}

void read_osim_wrap_objects(OsimContext& context, pugi::xml_node body, std::vector<OsimWrapObject>& out) {
  OsimFile& file = context.file;
  for (pugi::xml_node node : get_osim_objects(body.child("WrapObjectSet"))) {
    const auto* found = std::find_if(std::begin(kWrapClasses), std::end(kWrapClasses),
                                     [&](const WrapClass& c) { return node.name() == std::string(c.name); });
    if (found == std::end(kWrapClasses)) {
      file.add_warning(node, "this class of wrap object is not read; paths go past it");
      continue;
    }
    OsimWrapObject wrap;
    wrap.kind = found->kind;
    wrap.name = get_osim_name(node);
    wrap.line = file.line_of(node);
    wrap.body = get_osim_name(body).empty() ? kOsimGround : get_osim_name(body);
    wrap.X_BS = read_osim_pose(file, node, "translation", "xyz_body_rotation");
    wrap.is_active = file.flag(node, "active", true);
    read_quadrant(file, node, wrap);
    read_dimensions(file, node, wrap);
    if (wrap.kind == OsimWrapKind::kTorus) file.add_warning(node, "paths do not wrap over a torus here");
    if (!context.wrap_objects.insert(wrap.name).second)
      file.add_error(node, "a second wrap object of this name");
    out.push_back(wrap);
  }
}

}  // namespace lumbarun
