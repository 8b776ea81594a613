// What a scenario asks of the sharing of muscle forces.
#pragma once

#include <optional>

#include "scenarios/scenario.h"
#include "sim/sharing/emg_envelopes.h"
#include "sim/sharing/gait_sharing.h"

namespace lumbarun {

SharingSettings build_sharing_settings(const SharingKeys& keys);

// sharing.emg_file; nothing without one. Throws BadInput if mode emg has none, or for what read_emg_envelopes refuses.
std::optional<EmgEnvelopes> read_scenario_emg(const SharingKeys& keys);

}  // namespace lumbarun
