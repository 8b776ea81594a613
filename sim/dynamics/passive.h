// All passive joint torques of the runner, their stored energy and their losses.
#pragma once

#include <algorithm>

#include "sim/dynamics/runner.h"
#include "sim/tissue/disc_kernel.h"

namespace lumbarun {

// Elastic and viscous torques of lumbar levels (disc, ligaments, facets), range laws and legs into tau[n], replacing what is there [N m].
template <class T>
void update_passive_torques(const Runner& runner, const T* q, const T* v, T* tau) {
  std::fill(tau, tau + runner.model.coordinate_count(), T(0.0));
  for (const Disc& disc : runner.discs) add_disc_torques(disc, q, v, tau);
  for (const RangeLaw& law : runner.range_laws) {
    const int i = law.coordinate;
    tau[i] += calc_elastic_moment(law, q[i]) - v[i] * T(law.damping);
  }
  for (const LegPassive& leg : runner.legs) {
    const auto moments = calc_leg_passive_moments(leg, q);
    tau[leg.hip] += moments.hip;
    tau[leg.knee] += moments.knee;
    tau[leg.ankle] += moments.ankle;
  }
}

}  // namespace lumbarun
