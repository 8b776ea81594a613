#include "models/shoe.h"

#include <fmt/format.h>

#include <cmath>

namespace lumbarun {

std::optional<ShoeConflict> find_shoe_conflict(const ShoeParameters& shoe) {
  const double stack_mm = shoe.heel_stack_m * 1e3;
  if (shoe.drop_m > shoe.heel_stack_m) {
    return ShoeConflict{
        {"shoe.drop_mm", "shoe.heel_stack_mm"},
        fmt::format("a drop of {:g} mm needs a heel of at least that height, the heel's stack is "
                    "{:g} mm; nearest: shoe.drop_mm = {:g} or shoe.heel_stack_mm = {:g}",
                    shoe.drop_m * 1e3, stack_mm, stack_mm, shoe.drop_m * 1e3)};
  }
  const double softest = kBenchForce / (kDensificationStrain * shoe.heel_stack_m);
  if (shoe.heel_stack_m > 0.0 && shoe.midsole_stiffness_n_m <= softest) {
    return ShoeConflict{
        {"shoe.midsole_stiffness_kn_m", "shoe.heel_stack_mm"},
        fmt::format("a sole of {:g} mm and {:g} kN/m is squeezed flat by {:g} N; nearest: "
                    "shoe.midsole_stiffness_kn_m above {:.4g}, or a higher sole",
                    stack_mm, shoe.midsole_stiffness_n_m * 1e-3, kBenchForce, softest * 1e-3)};
  }
  return std::nullopt;
}

double calc_worn_stiffness(const ShoeParameters& shoe) {
  const double loss = shoe.cushioning_loss * -std::expm1(-shoe.mileage_km / kWearDistance);
  return shoe.midsole_stiffness_n_m / (1.0 - loss);
}

}  // namespace lumbarun
