#include "sim/multibody/model.h"

#include <algorithm>
#include <set>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {

namespace {

template <class Range, class GetName>
int find_index(const Range& items, const GetName& name_of, const std::string& name) {
  const auto it =
      std::find_if(items.begin(), items.end(), [&](const auto& item) { return name_of(item) == name; });
  return it == items.end() ? -1 : static_cast<int>(it - items.begin());
}

template <class Range, class GetName>
[[noreturn]] void throw_unknown(const char* kind, const Range& items, const GetName& name_of,
                                const std::string& name) {
  std::vector<std::string> known;
  for (const auto& item : items) known.push_back(name_of(item));
  throw BadInput(
      fmt::format("unknown {} '{}'; the nearest known one is '{}'", kind, name, nearest_name(name, known)));
}

// A massless body is a frame: the kernels skip it, so an inertia without mass would vanish unseen.
bool is_physical(const RigidInertia& inertia) {
  const bool is_frame = inertia.mass == 0.0 && to_eigen(inertia.inertia).isZero(0.0);
  const bool is_finite =
      to_eigen(inertia.center_of_mass).allFinite() && to_eigen(inertia.inertia).allFinite();
  return is_frame || (inertia.mass > 0.0 && is_finite);
}

bool has_distinct_names(const std::vector<JointAxis>& axes) {
  std::set<std::string> names;
  return std::all_of(axes.begin(), axes.end(),
                     [&](const JointAxis& axis) { return names.insert(axis.coordinate).second; });
}

const auto kCoordinateName = [](const Link& link) -> const std::string& { return link.coordinate; };
const auto kBodyName = [](const Body& body) -> const std::string& { return body.name; };

}  // namespace

BodyIndex Model::add_body(const std::string& name, BodyIndex parent, const Transform<double>& X_PF,
                          const std::vector<JointAxis>& axes, const Transform<double>& X_CM,
                          const RigidInertia& inertia) {
  LUMBARUN_DEMAND(!find_body(name));
  LUMBARUN_DEMAND(!parent.is_valid() || parent < body_count());
  LUMBARUN_DEMAND(is_physical(inertia));
  LUMBARUN_DEMAND(has_distinct_names(axes));
  for (const JointAxis& axis : axes) {
    LUMBARUN_DEMAND(!find_coordinate(axis.coordinate));
    LUMBARUN_DEMAND(axis.sign == 1.0 || axis.sign == -1.0);
  }
  CoordinateIndex link;
  Transform<double> X_LF = X_PF;
  if (parent.is_valid()) {
    link = bodies_[parent].link;
    X_LF = bodies_[parent].X_LB * X_PF;
  }
  for (const JointAxis& axis : axes) {
    links_.push_back({axis.coordinate, link, X_LF, axis.kind, axis.axis, axis.sign, {}});
    link = CoordinateIndex(coordinate_count() - 1);
    X_LF = {};
  }
  const Transform<double> X_LB = X_LF * X_CM.inverse();
  bodies_.push_back({name, link, X_LB, inertia});
  if (link.is_valid()) {
    links_[link].inertia =
        combined(links_[link].inertia, expressed_in(inertia, X_LB.rotation, X_LB.translation));
  }
  return BodyIndex(body_count() - 1);
}

std::optional<CoordinateIndex> Model::find_coordinate(const std::string& name) const {
  const int i = find_index(links_, kCoordinateName, name);
  return i < 0 ? std::nullopt : std::optional(CoordinateIndex(i));
}

std::optional<BodyIndex> Model::find_body(const std::string& name) const {
  const int i = find_index(bodies_, kBodyName, name);
  return i < 0 ? std::nullopt : std::optional(BodyIndex(i));
}

CoordinateIndex Model::get_coordinate(const std::string& name) const {
  if (const auto found = find_coordinate(name)) return *found;
  throw_unknown("coordinate", links_, kCoordinateName, name);
}

BodyIndex Model::get_body(const std::string& name) const {
  if (const auto found = find_body(name)) return *found;
  throw_unknown("body", bodies_, kBodyName, name);
}

double Model::total_mass() const {
  double mass = 0.0;
  for (const Link& link : links_) mass += link.inertia.mass;
  return mass;
}

bool Model::is_on_path(CoordinateIndex ancestor, CoordinateIndex link) const {
  while (link.is_valid() && link > ancestor) link = links_[link].parent;
  return link == ancestor;
}

}  // namespace lumbarun
