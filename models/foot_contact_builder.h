// Foot pad, shoe and surface -> the contact elements and laws under both feet.
//
// Regions. The stiffnesses of pad, midsole and surface are those under the whole heel. An element carries the share of
// its sole area in the heel's area; at the same pressure a midsole of another thickness takes the same strain, so its
// deflection goes with the stack height below the element.
// Midsole. Power law through the bench's secant stiffness at 1.5 kN; flat at the strain kDensificationStrain of the stack
// (bottoming-out of thin, soft or worn soles). A shoe without a stack has no midsole.
// Arch. Everything before the heel stands on the foot's arch, one more layer in series: at the same deflection each element
// takes its share of area of the ball's force. An arch alone is softer, some 170 kN/m (17 J in running, 78 % of it given
// back, Ker et al. 1987, Nature 325:147, remembered; conversion estimate), but the kinematics that the plan leans on are
// those of a rigid foot: their ankle angle contains most of the arch's flattening. What is left for the
// element is taken as a third of its compliance, 500 kN/m: estimate. The softer the arch, the slower a landing on the ball
// loads and the weaker the braking (sim/planning/TUNING.md).
// Damping. Rate factor d of F = F_e (1 + d v) from the energy a bench impact returns. A mass that meets a layer at speed v₀
// leaves with e v₀, whatever its mass and the layer's stiffness (Marhefka & Orin 1999 IEEE Trans SMC A 29:566):
//     d v₀ (1 + e) = ln((1 + d v₀) / (1 - e d v₀)),   e² = energy return,   v₀ = 1 m/s (8.5 kg falling 50 mm, ASTM F1976,
// remembered).
#pragma once

#include "models/shoe.h"
#include "models/skeleton.h"
#include "sim/contact/foot_contact.h"

namespace lumbarun {

struct SurfaceParameters {
  double stiffness_n_m = 22.5e6;  // under one heel; of an area-elastic floor under one whole foot
  double energy_return = 0.91;
  double friction = 0.8;
  double slope = 0.0;            // rad, of the plane along the path, uphill positive
  double camber = 0.0;           // rad, of the plane across the path, right side lower positive
  bool is_area_elastic = false;  // one board under the whole foot instead of ground that gives point by point
};

struct FootParameters {
  double pad_stiffness_n_m = 900e3;  // secant of the heel pad at 1.5 kN
  double pad_energy_return = 0.6;
  double arch_stiffness_n_m = 500e3;  // seen from the ball; the heel does not feel it
  double arch_energy_return = 0.78;
};

// Throws BadInput for a shoe of find_shoe_conflict.
FootContact build_foot_contact(const Model& model, const SkeletonTables& tables,
                               const PersonParameters& person, const ShoeParameters& shoe,
                               const SurfaceParameters& surface, const FootParameters& foot);

}  // namespace lumbarun
