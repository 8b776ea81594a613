#include "models/soft_tissue.h"

#include <array>
#include <numbers>
#include <utility>

#include "models/skeleton.h"

namespace lumbarun {

namespace {

struct SoftShare {
  const char* body;
  double share;
};
constexpr SoftShare kShares[] = {{"femur_r", 0.5}, {"tibia_r", 0.4}, {"thorax", 0.3}};

constexpr std::array<std::pair<const char*, Axis>, 3> kAxes = {
    {{"_x", Axis::kX}, {"_y", Axis::kY}, {"_z", Axis::kZ}}};

bool has_side(const std::string& name) { return is_right_name(name) || name.ends_with("_l"); }

// Puts `word` before the side of a name.
std::string insert_before_side(const std::string& name, const std::string& word) {
  if (!has_side(name)) return name + word;
  return name.substr(0, name.size() - 2) + word + name.substr(name.size() - 2);
}

}  // namespace

double get_soft_share(const std::string& right_body) {
  for (const SoftShare& soft : kShares) {
    if (right_body == soft.body) return soft.share;
  }
  return 0.0;
}

std::string get_soft_body_name(const std::string& body) { return insert_before_side(body, "_soft"); }

std::vector<JointAxis> build_soft_axes(const std::string& soft_body, bool is_left) {
  std::vector<JointAxis> axes;
  for (const auto& [name, axis] : kAxes) {
    const double sign = is_left && axis == Axis::kZ ? -1.0 : 1.0;
    axes.push_back({insert_before_side(soft_body, name), JointKind::kSlide, axis, sign});
  }
  return axes;
}

std::vector<RangeLaw> build_soft_tissue_laws(const Model& model) {
  std::vector<RangeLaw> laws;
  for (const SoftShare& soft : kShares) {
    const std::string right = soft.body;
    std::vector<std::string> bodies = {right};
    if (is_right_name(right)) bodies.push_back(get_left_name(right));
    for (const std::string& body : bodies) {
      const std::string soft_body = get_soft_body_name(body);
      for (const auto& axis : kAxes) {
        const auto found = model.find_coordinate(insert_before_side(soft_body, axis.first));
        if (!found) continue;
        const double mass = model.body(model.get_body(soft_body)).inertia.mass;
        const double rate = 2.0 * std::numbers::pi * kSoftTissueFrequency;
        RangeLaw law;
        law.coordinate = *found;
        law.linear_stiffness = mass * rate * rate;
        law.damping = 2.0 * kSoftTissueDampingRatio * mass * rate;
        laws.push_back(law);
      }
    }
  }
  return laws;
}

}  // namespace lumbarun
