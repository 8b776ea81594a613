// A relative damage index: how much more of a tissue's fatigue life some steps use than others, if damage adds up.
//
// Palmgren–Miner: each cycle uses 1/N of the life, with cycles to failure N ∝ F^−m (F peak compression of the step). Of strength,
// which nobody knows of a living person, nothing is left once steps are compared with steps:
//   D(m) = Σ_i (F_i / F_ref)^m                     in reference steps; n steps of F_ref give n, twice the load gives 2^m
//   per km: d(m) = s <F^m> / (s_ref <F_ref^m>)     in reference kilometres per km; s steps per km, <> mean over a run's steps
// A tensile peak (F < 0) counts as none.
//
// m, of compressed lumbar vertebrae and discs:
//   6    ISO 2631-5 (2004), spinal response to shocks: exponent 6 on the peaks, after fatigue of vertebral end plates
//   10   Coenen et al. 2012, Clin. Biomech. 27:1083: survival of spinal segments is ruled by F² N^0.2, which is N ∝ F^−10; the data
//        behind it are those of Brinckmann et al. 1988, Clin. Biomech. 3:S1
//   5    the flattest part of Brinckmann's table (half of the specimens after ≈ 85, 190 and 630 cycles at 65, 55 and 45 % of the
//        strength; table as remembered, not re-read); bone as a material 6.6 (Carter & Caler, as remembered)
// The band holds the exponent only. It does not hold the error of the loads themselves (a factor on all of them cancels), healing
// (nothing heals here; bone and disc do), adaptation, or that running discs are in better shape than resting ones (Belavý et al. 2017,
// Sci. Rep. 7:45975). The index is not a probability of injury.
#pragma once

#include <array>
#include <span>
#include <vector>

namespace lumbarun {

inline constexpr int kExponentCount = 3;

// Low, default, high; increasing.
using DamageExponents = std::array<double, kExponentCount>;
inline constexpr DamageExponents kDamageExponents = {5.0, 6.0, 10.0};

// Something added up at each of the three exponents.
using DamageSum = std::array<double, kExponentCount>;

// The value at the default exponent and the smallest and largest of the three. (D is convex in m, so the largest over the whole range
// is at an end; the smallest is that of the three.)
struct DoseBand {
  double low = 0.0;
  double value = 0.0;
  double high = 0.0;
};
DoseBand calc_band(const DamageSum& sum);

// Σ (peak/reference)^m. The reference must be positive.
double calc_damage(std::span<const double> peak_N, double reference_N, double exponent);

// The steps of one recorded run at one level.
struct RunSteps {
  double steps_per_km = 0.0;
  std::vector<double> peak_N;
};

// Of one mean step of `run`, in mean steps of `reference`.
DamageSum calc_damage_per_step(const RunSteps& run, const RunSteps& reference,
                               const DamageExponents& exponents);

// Of one km of `run`, in km of `reference`.
DamageSum calc_damage_per_km(const RunSteps& run, const RunSteps& reference,
                             const DamageExponents& exponents);

}  // namespace lumbarun
