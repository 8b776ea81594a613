#include "scenarios/posture_conflict.h"

namespace lumbarun {

std::optional<PostureConflict> find_posture_conflict(const std::vector<ScenarioEntry>& entries,
                                                     const Scenario& scenario) {
  const PostureKeys& keys = scenario.posture;
  for (const ScenarioEntry& entry : entries) {
    const std::string& name = entry.name;
    if (!name.starts_with("posture.") || name == "posture.preset") continue;
    if (!is_posture(scenario))
      return PostureConflict{name, "only a posture has this key; nearest: add posture.preset = \"standing\""};
    if (!keys.seat && (name == "posture.thigh_elevation_deg" || name == "posture.foot_share"))
      return PostureConflict{name, "without a seat balance sets this; nearest: posture.seat = true"};
    const bool is_arm = name == "posture.arm_elevation_deg" || name == "posture.elbow_flexion_deg";
    if (keys.load_kg > 0.0 && is_arm)
      return PostureConflict{name, "the arms go to the load; nearest: posture.load_forward_mm, load_up_mm"};
    const bool is_place = name == "posture.load_forward_mm" || name == "posture.load_up_mm";
    if (keys.load_kg == 0.0 && is_place)
      return PostureConflict{name, "there is no load; nearest: posture.load_kg = 10"};
  }
  if (!is_posture(scenario)) return std::nullopt;
  if (scenario.stride.grade_percent != 0.0)
    return PostureConflict{"stride.grade_percent", "a posture needs level ground; nearest: 0"};
  if (scenario.surface.camber_deg != 0.0)
    return PostureConflict{"surface.camber_deg", "a posture needs level ground; nearest: 0"};
  if (scenario.simulate.axial_levels > 0)
    return PostureConflict{"simulate.axial_levels", "only a simulated run has these slides; nearest: 0"};
  if (scenario.simulate.soft_tissue)
    return PostureConflict{"simulate.soft_tissue", "only a simulated run has these masses; nearest: false"};
  return std::nullopt;
}

}  // namespace lumbarun
