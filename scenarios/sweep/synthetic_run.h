// A run that is no run: a closed form of the design's unit coordinates in place of the pipeline, so that the machinery of
// sweeps can be tested, measured and extrapolated without waiting. Asked for by [machinery_test] in a sweep file:
//
//   model = "ishigami" | "g_function"   metric synthetic_value; functions of the first 3 or 8 factors
//   work_ms = 0                         busy for that long
//   samples = 0                         time samples of curves in the size of a real run; 0: none
//   fail_every, crash_every = 0         scenarios whose number + 1 is a multiple end as failed, or kill their worker
#pragma once

#include "scenarios/scenario.h"
#include "scenarios/sweep/sweep_spec.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Ishigami & Homma 1990 with a = 7, b = 0.1 on [−π, π]³; needs three numbers in [0, 1].
double calc_ishigami(const double* u);

// Π (|4 u_i − 2| + a_i) / (1 + a_i), a = 0, 1, 4.5, 9, 99, 99, 99, 99 (Saltelli & Sobol 1995).
double calc_g_function(const double* u, int count);

RunRecord run_synthetic(const SyntheticSpec& spec, const Scenario& scenario, std::size_t index,
                        const std::vector<double>& unit);

}  // namespace lumbarun
