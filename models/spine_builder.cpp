#include "models/spine_builder.h"

#include <algorithm>
#include <cmath>

#include "sim/tissue/disc_kernel.h"

namespace lumbarun {

namespace {

constexpr int kReferenceLevel = 4;       // L4/5, where the disc alone was measured
constexpr double kReferenceMass = 70.0;  // kg, of the man whose disc area is tabulated
constexpr double kPerDeg3 = kDegPerRad * kDegPerRad * kDegPerRad;

// Disc alone at L4/5 (sim/tissue/disc.h), and what Costi et al. 2008 add from 0.03 to 3 Hz: rise over three
// decades to the power 2/3 (flexion and extension meaned).
struct AxisLaw {
  double stiffness, hardening;  // N m/deg, N m/deg³
  double rate_factor;
  double ruptured_positive, ruptured_negative;  // stiffness of a ruptured over an intact disc
};
// Ruptured over intact segment: extension 0.8/2.6, flexion 1.1/1.8, lateral 1.4/2.3, axial 2.4/8.4 N m/deg (Schmidt
// et al. 1998 Spine 23:2167). We let the disc alone carry the ratio: ligaments and facets are not torn.
constexpr AxisLaw kLaws[3] = {{0.4726, 0.0020, 1.40, 0.8 / 2.6, 1.1 / 1.8},
                              {0.6989, 0.00102, 1.185, 1.4 / 2.3, 1.4 / 2.3},
                              {1.0191, 0.0061, 1.167, 2.4 / 8.4, 2.4 / 8.4}};

// Height of a degenerated disc over a healthy one's (grades 1, 2, 3: 0.8, 0.6, 0.4).
double calc_height_ratio(double grade) { return 1.0 - 0.2 * grade; }
// Nucleus pressure of a severely degenerated disc: -30 % (Adams et al. 1996 J Bone Joint Surg Br 78:965).
constexpr double kPressureLossPerGrade = 0.30 / 3.0;  // linear in the grade: estimate

// Share of compression that the facets take in upright posture: none at full height (estimate), 16 % after a fifth
// is lost, 70 % when the disc is severely narrowed, 0.4 (Adams & Hutton 1980, 1985); linear between.
double calc_facet_share(double height_ratio) {
  constexpr double kMild = 0.8, kSevere = 0.4, kMildShare = 0.16, kSevereShare = 0.70;
  if (height_ratio >= kMild) return kMildShare * (1.0 - height_ratio) / (1.0 - kMild);
  const double u = std::min((kMild - height_ratio) / (kMild - kSevere), 1.0);
  return kMildShare + u * (kSevereShare - kMildShare);
}

double calc_diameter(const DiscRow& row, int axis) {
  const double diameters[] = {row.ap_length, row.width, 0.5 * (row.ap_length + row.width)};
  return diameters[axis];
}

void set_axis(const SpineTables& spine, int level, int k, double height_ratio, const TissueParameters& tissue,
              DiscAxis& axis) {
  const DiscRow &row = spine.discs[level], &reference = spine.discs[kReferenceLevel];
  const LevelCondition& condition = tissue.levels[level];
  const AxisLaw& law = kLaws[k];
  const double size = row.area * calc_diameter(row, k) / (reference.area * calc_diameter(reference, k));
  const double slenderness =
      calc_diameter(row, k) / (row.height * height_ratio) / (calc_diameter(reference, k) / reference.height);
  const double factor = size * tissue.disc_stiffness * tissue.segment_stiffness;
  const double stiffness = law.stiffness * kDegPerRad * factor * slenderness *
                           calc_preload_factor(condition.preload_n) *
                           (tissue.at_running_rate ? law.rate_factor : 1.0);
  const auto ruptured = [&](double ratio) { return 1.0 + condition.herniation * (ratio - 1.0); };
  const double positive = ruptured(law.ruptured_positive), negative = ruptured(law.ruptured_negative);
  axis.stiffness_positive = stiffness * positive;
  axis.stiffness_negative = stiffness * negative;
  axis.hardening = law.hardening * kPerDeg3 * factor * slenderness * slenderness * slenderness * 0.5 *
                   (positive + negative);
}

void add_ligaments(const SpineTables& spine, int level, double stiffness, Disc& disc) {
  for (const LigamentRow& row : spine.ligaments) {
    if (row.level != level) continue;
    for (const bool is_left : {false, true}) {
      if (is_left && !row.is_paired) continue;
      Ligament& ligament = disc.ligaments.emplace_back();
      ligament.name = std::string(kLevelNames[level]) + "_" + row.name;
      if (row.is_paired) ligament.name += is_left ? "_l" : "_r";
      ligament.p_I = is_left ? mirrored(row.p_I) : row.p_I;
      ligament.p_S = is_left ? mirrored(row.p_S) : row.p_S;
      const Vector3<double> span = row.p_S - row.p_I;
      ligament.slack_length = std::sqrt(dot(span, span)) + row.slack;
      ligament.toe_width = row.toe;
      ligament.stiffness = row.stiffness * stiffness;
    }
  }
}

// Where the articular surfaces and the tips of the inferior processes meet, below mid-disc (estimates).
constexpr double kArticularDepth = 0.004, kTipDepth = 0.014, kTipBehind = 0.002;  // m

// Arthrosis closes the gaps and stiffens the contact up to twofold (estimate).
void add_facets(const DiscRow& row, double height_lost, double arthrosis, double stiffness, Disc& disc) {
  const double contact = row.facet_stiffness * stiffness * (1.0 + arthrosis);
  const double open = 1.0 - arthrosis;
  const double angle = deg_to_rad(row.facet_angle_deg);
  for (const double side : {1.0, -1.0}) {
    disc.facets.push_back({{row.facet_x, -kArticularDepth, side * row.facet_z},
                           {-std::sin(angle), 0.0, -side * std::cos(angle)},
                           row.facet_gap * open,
                           contact});
    disc.facets.push_back({{row.facet_x - kTipBehind, -kTipDepth, side * row.facet_z},
                           {0.0, 1.0, 0.0},
                           std::max(row.tip_gap - height_lost, 0.0) * open,
                           contact});
  }
}

Disc build_disc(const SpineTables& spine, int level, const std::array<CoordinateIndex, 3>& coordinates,
                CoordinateIndex slide, const TissueParameters& tissue) {
  const DiscRow& row = spine.discs[level];
  const LevelCondition& condition = tissue.levels[level];
  Disc disc;
  disc.preload = condition.preload_n;
  disc.area = row.area;
  disc.height_ratio = calc_height_ratio(condition.degeneration_grade) * (1.0 - tissue.height_loss);
  disc.nucleus_pressure_ratio = 1.0 - kPressureLossPerGrade * condition.degeneration_grade;
  disc.facet_compression_share = calc_facet_share(disc.height_ratio);
  for (int k = 0; k < 3; ++k) {
    disc.axes[k].coordinate = coordinates[k];
    set_axis(spine, level, k, disc.height_ratio, tissue, disc.axes[k]);
  }
  disc.slide.coordinate = slide;
  disc.slide.stiffness =
      row.axial_stiffness * tissue.disc_stiffness * tissue.segment_stiffness / disc.height_ratio;
  disc.slide.damping = row.axial_damping;
  add_ligaments(spine, level, tissue.segment_stiffness, disc);
  add_facets(row, (1.0 - disc.height_ratio) * row.height, tissue.facet_arthrosis, tissue.segment_stiffness,
             disc);
  finish_disc(disc);
  return disc;
}

}  // namespace

std::vector<std::string> get_axial_coordinates(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back(std::string(kLevelNames[kLevelCount - 1 - i]) + "_axial");
  return names;
}

std::array<Disc, kLevelCount> build_discs(const Model& model, const SkeletonTables& tables,
                                          const PersonParameters& person, const TissueParameters& tissue) {
  // Areas of alike bodies go with mass^(2/3) (estimate).
  const double size = std::cbrt(person.mass_kg / kReferenceMass);
  std::array<Disc, kLevelCount> discs;
  for (const LumbarLevel& level : calc_lumbar_levels(model, tables)) {
    const auto it = std::find(kLevelNames.begin(), kLevelNames.end(), level.name);
    LUMBARUN_DEMAND(it != kLevelNames.end());
    Disc& disc = discs[it - kLevelNames.begin()];
    disc = build_disc(tables.spine, static_cast<int>(it - kLevelNames.begin()),
                      {level.extension, level.bending, level.rotation}, level.axial, tissue);
    disc.area *= size * size;
  }
  return discs;
}

Disc build_test_segment(const SpineTables& spine, int level, const TissueParameters& tissue) {
  TissueParameters slow = tissue;
  slow.at_running_rate = false;
  return build_disc(spine, level, {CoordinateIndex(0), CoordinateIndex(1), CoordinateIndex(2)},
                    CoordinateIndex(), slow);
}

}  // namespace lumbarun
