#include "models/conditions.h"

#include <algorithm>

#include "models/hip_flexors.h"
#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

constexpr const char* kAbdominal[] = {"rectus_abdominis", "external_oblique", "internal_oblique"};
constexpr const char* kGluteal[] = {"gluteus_maximus", "gluteus_medius", "gluteus_minimus"};
constexpr const char* kHamstring[] = {"hamstrings"};
constexpr const char* kParaspinal[] = {"multifidus", "longissimus_thoracis", "longissimus_lumborum",
                                       "iliocostalis_thoracis", "iliocostalis_lumborum"};

class Editor {
 public:
  void set(const std::string& parameter, double& value, double after) {
    if (value == after) return;
    edits_.push_back({parameter, value, after});
    value = after;
  }

  template <class Groups>
  void scale_strength(const Groups& groups, double factor, MuscleParameters& muscles) {
    if (factor == 1.0) return;
    for (const char* group : groups) {
      double& value = muscles.group_strength.try_emplace(group, 1.0).first->second;
      set(std::string("muscles.group_strength.") + group, value, value * factor);
    }
  }

  std::vector<ParameterEdit> take() { return std::move(edits_); }

 private:
  std::vector<ParameterEdit> edits_;
};

void tighten_hips(const Condition& condition, RunnerParameters& runner, MuscleParameters& muscles,
                  Editor& edit) {
  const double half = 0.5 * condition.hip_flexor_tightness_difference_deg;
  const double sides[] = {condition.hip_flexor_tightness_deg + half,
                          condition.hip_flexor_tightness_deg - half};
  const char* const names[] = {"right", "left"};
  for (int side = 0; side < 2; ++side) {
    LUMBARUN_THROW_UNLESS(sides[side] >= 0.0 && sides[side] <= kMaxHipFlexorTightness_deg,
                          "hip flexor tightness of the {} side: {} deg is outside 0 ... {} deg", names[side],
                          sides[side], kMaxHipFlexorTightness_deg);
    const std::string tail = std::string("hip_flexor_tightness_deg.") + names[side];
    edit.set("joints." + tail, runner.joints.hip_flexor_tightness_deg[side], sides[side]);
    edit.set("muscles." + tail, muscles.hip_flexor_tightness_deg[side], sides[side]);
  }
}

void add_loads(const Condition& condition, PersonParameters& person, Editor& edit) {
  edit.set("person.carried_mass_kg", person.carried_mass_kg,
           person.carried_mass_kg + condition.carried_mass_kg);
  if (condition.carried_mass_kg > 0.0) person.p_carried = condition.p_carried;
  edit.set("person.gestational_mass_kg", person.gestational_mass_kg, condition.gestational_mass_kg);
}

}  // namespace

std::vector<ParameterEdit> apply_condition(const Condition& condition, RunnerParameters& runner,
                                           MuscleParameters& muscles) {
  Editor edit;
  tighten_hips(condition, runner, muscles, edit);
  edit.scale_strength(kAbdominal, condition.abdominal_strength, muscles);
  edit.scale_strength(kGluteal, condition.gluteal_strength, muscles);
  edit.scale_strength(kHamstring, condition.hamstring_strength, muscles);
  edit.scale_strength(kParaspinal, condition.paraspinal_strength, muscles);
  const double half = 0.5 * condition.strength_difference;
  edit.set("muscles.side_strength.right", muscles.side_strength[0], muscles.side_strength[0] * (1.0 + half));
  edit.set("muscles.side_strength.left", muscles.side_strength[1], muscles.side_strength[1] * (1.0 - half));
  const double rested =
      std::max(kLeastFatiguedStrength, 1.0 - condition.fatigue_per_km * condition.distance_km);
  edit.set("muscles.strength", muscles.strength, muscles.strength * rested);
  if (condition.paraspinal_guarding > 0.0) {
    for (const char* group : kParaspinal) {
      double& floor = muscles.group_min_activation.try_emplace(group, 0.0).first->second;
      edit.set(std::string("muscles.group_min_activation.") + group, floor,
               std::max(floor, condition.paraspinal_guarding));
    }
  }
  edit.set("joints.leg_passive_scale", runner.joints.leg_passive_scale,
           runner.joints.leg_passive_scale * condition.leg_passive_stiffness);
  add_loads(condition, runner.person, edit);
  return edit.take();
}

}  // namespace lumbarun
