#include "scenarios/shoe_request.h"

namespace lumbarun {

ShoeParameters build_shoe(const ShoeKeys& shoe) {
  return {.mass_kg = shoe.mass_kg,
          .midsole_stiffness_n_m = shoe.midsole_stiffness_kn_m * 1e3,
          .energy_return = shoe.energy_return,
          .heel_stack_m = shoe.heel_stack_mm * 1e-3,
          .drop_m = shoe.drop_mm * 1e-3,
          .friction = shoe.friction,
          .mileage_km = shoe.mileage_km,
          .cushioning_loss = shoe.cushioning_loss,
          .torsional_stiffness_nm_rad = shoe.torsional_stiffness_nm_rad,
          .bending_stiffness_nm_rad = shoe.bending_stiffness_nm_rad};
}

}  // namespace lumbarun
