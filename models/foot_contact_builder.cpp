#include "models/foot_contact_builder.h"

#include <algorithm>
#include <cmath>

#include "sim/core/errors.h"

namespace lumbarun {

namespace {

constexpr double kElementRadius = 0.025;  // m, roundness of the sole's edge (estimate)

// Pad and midsole stiffen: exponent of Liu & Nigg 2000 (table 2, 1.38 hard to 1.56 soft shoe and pad), their middle.
constexpr double kPadExponent = 1.5, kMidsoleExponent = 1.5, kSurfaceExponent = 1.0, kArchExponent = 1.5;
constexpr double kImpactTestSpeed = 1.0;  // m/s

double calc_rate_damping(double energy_return) {
  const double e = std::sqrt(energy_return);
  double low = 0.0, high = 1.0 / e;  // of d v₀; the right side is infinite at `high`
  for (int iteration = 0; iteration < 60; ++iteration) {
    const double rate = 0.5 * (low + high);
    const double excess = std::log((1.0 + rate) / (1.0 - e * rate)) - rate * (1.0 + e);
    (excess < 0.0 ? low : high) = rate;
  }
  return 0.5 * (low + high) / kImpactTestSpeed;
}

// What sits under one element.
struct Region {
  double area_share = 0.5;  // of the heel's area
  double thickness = 1.0;   // of the midsole, relative to the heel's
  double arch_share =
      0.0;  // of the arch's stiffness that bears one heel's area of the ball; 0: under the heel bone
  bool operator==(const Region&) const = default;
};

ContactLaw build_law(const Region& region, const ShoeParameters& shoe, const SurfaceParameters& surface,
                     const FootParameters& foot) {
  ContactLawParameters law;
  law.reference_force = kBenchForce;
  law.share = region.area_share;
  law.layers = {{foot.pad_stiffness_n_m, kPadExponent, calc_rate_damping(foot.pad_energy_return)}};
  if (shoe.heel_stack_m > 0.0 && region.thickness > 0.0) {
    law.layers.push_back({calc_worn_stiffness(shoe) / region.thickness, kMidsoleExponent,
                          calc_rate_damping(shoe.energy_return),
                          kDensificationStrain * shoe.heel_stack_m * region.thickness});
  }
  if (region.arch_share > 0.0) {
    law.layers.push_back({region.arch_share * foot.arch_stiffness_n_m, kArchExponent,
                          calc_rate_damping(foot.arch_energy_return)});
  }
  if (!surface.is_area_elastic)
    law.layers.push_back({surface.stiffness_n_m, kSurfaceExponent, calc_rate_damping(surface.energy_return)});
  return ContactLaw::build(law);
}

double calc_stack(const ShoeParameters& shoe, const ContactPlacement& placement) {
  return shoe.heel_stack_m - (1.0 - placement.heel_share) * shoe.drop_m;
}

struct SoleAreas {
  double sole = 0.0, heel = 0.0, ball = 0.0;  // cm², of one foot; ball: metatarsal heads and toes
};

SoleAreas calc_sole_areas(const std::vector<ContactPlacement>& placements) {
  SoleAreas areas;
  for (const ContactPlacement& placement : placements) {
    areas.sole += placement.area_cm2 / kFootCount;
    areas.heel += placement.heel_share * placement.area_cm2 / kFootCount;
    areas.ball += placement.ball_share * placement.area_cm2 / kFootCount;
  }
  return areas;
}

double calc_arch_share(const ContactPlacement& placement, const SoleAreas& areas) {
  return (1.0 - placement.heel_share) * areas.heel / areas.ball;
}

}  // namespace

FootContact build_foot_contact(const Model& model, const SkeletonTables& tables,
                               const PersonParameters& person, const ShoeParameters& shoe,
                               const SurfaceParameters& surface, const FootParameters& foot) {
  if (const auto conflict = find_shoe_conflict(shoe)) throw BadInput(conflict->reason);
  const std::vector<ContactPlacement> placements = calc_contact_placements(model, tables, person);
  const SoleAreas areas = calc_sole_areas(placements);
  FootContact contact;
  contact.friction = std::min(shoe.friction, surface.friction);
  contact.plane = build_ground_plane(surface.slope, surface.camber);
  if (surface.is_area_elastic)
    contact.board = {surface.stiffness_n_m, calc_rate_damping(surface.energy_return)};
  contact.ground_stiffness =
      surface.stiffness_n_m * (surface.is_area_elastic ? 1.0 : areas.sole / areas.heel);
  std::vector<Region> regions;
  for (const ContactPlacement& placement : placements) {
    const double stack = calc_stack(shoe, placement);
    const Region region{placement.area_cm2 / areas.heel,
                        shoe.heel_stack_m > 0.0 ? stack / shoe.heel_stack_m : 1.0,
                        calc_arch_share(placement, areas)};
    auto known = std::find(regions.begin(), regions.end(), region);
    if (known == regions.end()) {
      known = regions.insert(known, region);
      contact.laws.push_back(build_law(region, shoe, surface, foot));
    }
    const Body& body = model.body(placement.body);
    const Vector3<double> p_BC = placement.p_B + Vector3<double>{0.0, kElementRadius - stack, 0.0};
    contact.elements.push_back({placement.name, body.link, body.X_LB * p_BC, kElementRadius,
                                placement.name.ends_with("_r") ? 0 : 1,
                                static_cast<int>(known - regions.begin())});
  }
  return contact;
}

}  // namespace lumbarun
