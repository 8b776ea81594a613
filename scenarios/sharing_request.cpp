#include "scenarios/sharing_request.h"

#include "sim/core/contracts.h"
#include "sim/planning/separable_solver.h"

namespace lumbarun {

SharingSettings build_sharing_settings(const SharingKeys& keys) {
  SharingSettings settings;
  settings.exponent = keys.exponent;
  settings.epsilon = keys.epsilon;
  settings.volume_weights = keys.weights == "volume";
  settings.cost = keys.cost == "stress" ? SharingCost::kStress : SharingCost::kActivation;
  settings.trunk_activation_floor = keys.activation_floor;
  settings.activation_dynamics = keys.activation_dynamics;
  settings.disc_reserve_unit_deg = keys.reserve_unit_deg;
  settings.mode = keys.mode == "stable" ? SharingMode::kStable
                  : keys.mode == "emg"  ? SharingMode::kEmg
                                        : SharingMode::kOptimal;
  settings.stiffness_gain = keys.stiffness_gain;
  settings.general_solver = solve_separable;
  return settings;
}

std::optional<EmgEnvelopes> read_scenario_emg(const SharingKeys& keys) {
  LUMBARUN_THROW_UNLESS(keys.mode != "emg" || !keys.emg_file.empty(),
                        "sharing.mode = \"emg\" needs sharing.emg_file, a table of measured envelopes");
  if (keys.emg_file.empty()) return {};
  return read_emg_envelopes(keys.emg_file);
}

}  // namespace lumbarun
