// Metrics of landing beyond the ground force: stiffness of the mass centre's bounce, acceleration of segments from tibia to head.
#pragma once

#include <array>
#include <optional>

#include "scenarios/segment_motion.h"
#include "sim/loads/ground_metrics.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Of each foot; nothing of a foot without a contact.
using FootGroundMetrics = std::array<std::optional<GroundMetrics>, kFootCount>;

// Undefined for a foot without a contact.
void write_shock(const SegmentMotion& motion, const FootGroundMetrics& feet, RunRecord& record);
// `ground_stiffness`: N/m of the surface under a whole foot.
void write_bounce(const SegmentMotion& motion, const FootGroundMetrics& feet, const RunnerScale& scale,
                  double ground_stiffness, RunRecord& record);

}  // namespace lumbarun
