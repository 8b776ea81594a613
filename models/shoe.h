// A shoe in numbers, its wear, and shoes that cannot be.
//
// Wear. EVA loses cushioning fast, then little:
//     k(km) = k / (1 - W (1 - exp(-km / kWearDistance)))
// that is, a worn sole deflects, and absorbs at a given force, by W less. W = 0.25 (default): a quarter of the absorbed
// energy is gone after 200 km, then a plateau (Deakin University test, 200 km of real running). Band 0.08 ... 0.5, for the
// sources disagree: peak force of a bench impact +5 % after 500 km (Wang et al. 2010, Footwear Sci 2:141; W near 0.08),
// peak plantar pressure doubled (Verdejo & Mills 2004, J Biomech 37:1379; W near 0.5). Energy return and thickness are
// left as they are: no numbers found.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lumbarun {

inline constexpr double kBenchForce = 1500.0;  // N, at which stiffnesses of soles and surfaces are secants
inline constexpr double kDensificationStrain = 0.65;  // estimate; running uses up to 0.45 (Brueckner et al.)
inline constexpr double kWearDistance =
    100.0;  // km, 86 % of the loss within the 200 km of the test (estimate)

struct ShoeParameters {
  double mass_kg = 0.26;
  double midsole_stiffness_n_m = 230e3;  // new, secant under the whole heel at 1.5 kN
  double energy_return = 0.55;           // of a bench impact, 0..1
  double heel_stack_m = 0.030;           // 0: no midsole
  double drop_m = 0.010;                 // heel stack minus forefoot stack
  double friction = 1.2;                 // of the outsole; the lower of this and the surface's counts
  double mileage_km = 0.0;
  double cushioning_loss = 0.25;            // W
  double torsional_stiffness_nm_rad = 0.0;  // adds to the subtalar joint
  double bending_stiffness_nm_rad = 15.0;   // adds to the toe joint
};

// Stiffness of the midsole under the heel after its mileage [N/m].
double calc_worn_stiffness(const ShoeParameters& shoe);

// A drop above the heel's stack, or a midsole that the bench would squeeze flat: the keys that do not go together, and why,
// with the nearest valid choice.
struct ShoeConflict {
  std::vector<std::string> keys;
  std::string reason;
};
std::optional<ShoeConflict> find_shoe_conflict(const ShoeParameters& shoe);

}  // namespace lumbarun
