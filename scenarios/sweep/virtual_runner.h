// A virtual population of adult recreational runners: sex, height, mass, strength and lordosis of one of them. Five
// factors of the design.
//
//   sex        female with the share that is asked for
//   height     normal, by sex: 1.756 ± 0.067 m and 1.629 ± 0.064 m
//   mass       body mass index · height²; index normal by sex: 23.2 ± 2.0 and 21.6 ± 1.8 kg/m², independent of height, so
//              that mass and height correlate (r near 0.7, see the test)
//   strength   lognormal, median 1, geometric standard deviation 1.15; correlated 0.3 with the index
//   lordosis   normal, 49.8 ± 11.2°, independent of the rest
//
// All are cut at 2.5 standard deviations. Height: US Army survey of 1988 (men 175.58 ± 6.68 cm; women 162.94 ± 6.36 cm
// remembered, not verified): soldiers, not runners. Index: Bruce et al., Arthritis Res Ther 7:R1263, 2005, table 2, runners'
// association, standard error · √n: runners around 61 years, younger ones may be leaner. Lordosis: 627 standing adults,
// PMC6680033. Spread of strength and its correlation: estimates.
#pragma once

#include <array>
#include <vector>

#include "scenarios/scenario_entries.h"

namespace lumbarun {

inline constexpr std::array<const char*, 5> kPopulationFactors = {
    "population.sex", "population.height", "population.mass", "population.strength", "population.lordosis"};
inline constexpr std::array<const char*, 5> kPopulationKeys = {
    "runner.sex", "runner.height_m", "runner.mass_kg", "runner.strength", "runner.lordosis_deg"};

struct VirtualRunner {
  bool is_female = false;
  double height_m = 0.0;
  double mass_kg = 0.0;
  double strength = 0.0;
  double lordosis_deg = 0.0;
};

// `u`: five independent numbers in [0, 1].
VirtualRunner calc_virtual_runner(const double* u, double female_share);

std::vector<ScenarioEntry> calc_virtual_runner_entries(const double* u, double female_share);

}  // namespace lumbarun
