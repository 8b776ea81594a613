#include "sim/sharing/sharing_problem.h"

#include <utility>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {

Reserve build_disc_reserve(std::string coordinate, double stiffness_nm_per_rad, double unit_deg) {
  LUMBARUN_THROW_UNLESS(stiffness_nm_per_rad > 0.0 && unit_deg > 0.0,
                        "reserve of {}: stiffness {} N m/rad and unit {} deg must be positive", coordinate,
                        stiffness_nm_per_rad, unit_deg);
  return {std::move(coordinate), ReserveKind::disc_rotation, stiffness_nm_per_rad * deg_to_rad(unit_deg),
          stiffness_nm_per_rad};
}

Reserve build_torque_reserve(std::string coordinate, double unit_nm) {
  LUMBARUN_THROW_UNLESS(unit_nm > 0.0, "reserve of {}: unit {} N m must be positive", coordinate, unit_nm);
  return {std::move(coordinate), ReserveKind::torque, unit_nm, 0.0};
}

std::optional<double> calc_reserve_rotation_deg(const Reserve& reserve, double reserve_nm) {
  if (reserve.kind != ReserveKind::disc_rotation) return std::nullopt;
  return rad_to_deg(reserve_nm / reserve.stiffness_nm_per_rad);
}

Eigen::VectorXd calc_volume_weights(const Eigen::VectorXd& max_isometric_force_N,
                                    const Eigen::VectorXd& optimal_fiber_length_m) {
  LUMBARUN_DEMAND(max_isometric_force_N.size() == optimal_fiber_length_m.size());
  const Eigen::VectorXd volume = max_isometric_force_N.cwiseProduct(optimal_fiber_length_m);
  for (Eigen::Index i = 0; i < volume.size(); ++i) {
    LUMBARUN_THROW_UNLESS(volume[i] > 0.0,
                          "muscle {}: maximal force {} N and fibre length {} m must be positive", i,
                          max_isometric_force_N[i], optimal_fiber_length_m[i]);
  }
  return volume / volume.mean();
}

}  // namespace lumbarun
