// What a person wants to see of a result first: the same table after `lumbarun run` and from `lumbarun
// inspect`.
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_record.h"

namespace lumbarun {

// Extremes over the reported stride at one level. NaN if the run has no such result.
struct LevelSummary {
  std::string level;
  double compression_peak_n = 0.0;
  double compression_peak_bw = 0.0;  // over body mass · g
  double compression_mean_n = 0.0;
  double anterior_shear_peak_n = 0.0;   // of largest magnitude, signed
  double lateral_shear_peak_n = 0.0;    // of largest magnitude, signed
  double flexion_moment_peak_nm = 0.0;  // of largest magnitude, signed
};

struct ReserveSummary {
  std::string coordinate;
  double peak_share = 0.0;  // peak reserve over peak net moment
};

struct Summary {
  RunHeader header;
  std::vector<std::string> feet;
  std::vector<std::string> level_names;  // as in the file: cranial to caudal
  std::vector<NamedValue> metrics;
  std::vector<LevelSummary> levels;      // caudal to cranial
  std::vector<ReserveSummary> reserves;  // largest first
  PlanRecord plan;
  std::vector<Summary> unadapted;  // at most one
};

Summary calc_summary(const RunRecord& record);

std::string calc_summary_text(const Summary& summary);
std::string calc_summary_json(const Summary& summary);

}  // namespace lumbarun
