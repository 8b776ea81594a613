// Acute to chronic workload, as context to a dose: what weeks before a week were like.
//
//   ratio_w = L_w / mean(L_{w−3} … L_w)                                            (coupled, four weeks)
//   fortnightly change_w = mean(ratio_{w−1}, ratio_w) − mean(ratio_{w−3}, ratio_{w−2})
// L_w weekly load. In 23 competitive runners over two years (Dijkhuis et al. 2020, Int. J. Sports Med. 41:736) the weekly ratio was not
// associated with injury; a fortnightly rise of the ratio by 0.10 to 0.78 was (relative risk 4.5, p < 0.001), larger rises were not.
// Their load was minutes times perceived exertion; here it is kilometres. One cohort; coupled ratios have a bias of their own. It is
// context, not a threshold, and enters no other number.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace lumbarun {

inline constexpr int kChronicWeeks = 4;
inline constexpr double kFortnightlyRiseLow = 0.10;
inline constexpr double kFortnightlyRiseHigh = 0.78;

struct WorkloadContext {
  std::optional<double>
      acute_chronic_ratio;  // nothing before the fourth week, or when four weeks were at rest
  std::optional<double> fortnightly_change;  // nothing before the seventh week
};

// One per week, in order. Loads must not be negative.
std::vector<WorkloadContext> calc_workload_context(std::span<const double> weekly_load);

}  // namespace lumbarun
