// What every chart of a run says beside its data.
#pragma once

#include <string>

#include "sim/charts/drawing.h"
#include "sim/results/run_record.h"

namespace lumbarun::viz {

// "psoas_major" → "psoas major".
std::string build_plain_name(std::string name);
// The run's title above, its status below unless it is `ok`.
void add_notes(Drawing& drawing, const RunRecord& record);
// The same for bar charts, whose title stands on top.
void add_bar_notes(Drawing& drawing, const RunRecord& record);

}  // namespace lumbarun::viz
