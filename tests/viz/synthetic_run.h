// A runner without a simulator: a plausible stride by forward kinematics of a small table, made-up muscles
// and loads. For pictures only; no number in it is a result.
#pragma once

#include "sim/results/run_record.h"

namespace lumbarun::test {

struct SyntheticRunOptions {
  int samples = 71;
  double scale = 1.0;       // of all lengths
  double sway_scale = 1.0;  // of the joint angles; 0: standing
};

RunRecord build_synthetic_run(const SyntheticRunOptions& options = {});

}  // namespace lumbarun::test
