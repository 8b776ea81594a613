#include "sim/loads/dose_workload.h"

#include <tuple>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

std::optional<double> calc_ratio(std::span<const double> load, std::size_t week) {
  if (week + 1 < kChronicWeeks) return std::nullopt;
  double chronic = 0.0;
  for (std::size_t w = week + 1 - kChronicWeeks; w <= week; ++w) chronic += load[w] / kChronicWeeks;
  if (!(chronic > 0.0)) return std::nullopt;
  return load[week] / chronic;
}

}  // namespace

std::vector<WorkloadContext> calc_workload_context(std::span<const double> weekly_load) {
  std::vector<WorkloadContext> weeks(weekly_load.size());
  for (std::size_t w = 0; w < weekly_load.size(); ++w) {
    LUMBARUN_THROW_UNLESS(weekly_load[w] >= 0.0, "week {} has a load of {}", w + 1, weekly_load[w]);
    weeks[w].acute_chronic_ratio = calc_ratio(weekly_load, w);
    if (w < 3) continue;
    const auto& [a, b, c, d] = std::tie(weeks[w - 3].acute_chronic_ratio, weeks[w - 2].acute_chronic_ratio,
                                        weeks[w - 1].acute_chronic_ratio, weeks[w].acute_chronic_ratio);
    if (a && b && c && d) weeks[w].fortnightly_change = 0.5 * (*c + *d) - 0.5 * (*a + *b);
  }
  return weeks;
}

}  // namespace lumbarun
