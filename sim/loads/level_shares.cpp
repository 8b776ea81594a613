#include "sim/loads/level_shares.h"

#include <cmath>

namespace lumbarun {

namespace {

constexpr double kFacetGateAngle = 3.0 * kRadPerDeg, kFacetGateWidth = 1.5 * kRadPerDeg;

double calc_upright_gate(double extension) {
  const double u = (extension + kFacetGateAngle) / kFacetGateWidth;
  return 0.5 * (1.0 + u / std::sqrt(1.0 + u * u));
}

}  // namespace

LevelShares calc_level_shares(const Runner& runner, const Data<double>& data, int level, const LevelCut& cut,
                              const double* q, const DiscLoad& load, const LevelTorques& torques) {
  const Disc& disc = runner.discs[level];
  const Matrix3<double> R_WD = calc_disc_orientation(runner, data, cut);
  const Matrix3<double> R_WI = calc_inferior_orientation(runner, data, cut);
  const LevelPose<double> pose = calc_level_pose(disc, q);
  const auto as_reaction = [&](const Vector3<double>& on_superior) {
    return -transpose_times(R_WD, R_WI * on_superior);
  };
  const LevelWrench<double> ligament = calc_ligament_wrench(disc, pose);
  const LevelWrench<double> facet = calc_facet_wrench(disc, pose);
  const double gate = calc_upright_gate(q[disc.axes[0].coordinate]);
  const double hidden = disc.facet_compression_share * gate * std::max(load.compression, 0.0);

  LevelShares shares;
  const auto at = [](LoadPart part) { return static_cast<int>(part); };
  shares.moment[at(LoadPart::kReserve)] = -calc_moment_vector(data, cut, R_WD, torques.reserve);
  shares.moment[at(LoadPart::kLigament)] = as_reaction(ligament.moment);
  shares.moment[at(LoadPart::kFacet)] = as_reaction(facet.moment);
  shares.force[at(LoadPart::kLigament)] = as_reaction(ligament.force);
  shares.force[at(LoadPart::kFacet)] = as_reaction(facet.force) + Vector3<double>{0.0, -hidden, 0.0};
  shares.moment[at(LoadPart::kDisc)] = -calc_moment_vector(data, cut, R_WD, torques.passive) -
                                       shares.moment[at(LoadPart::kLigament)] -
                                       shares.moment[at(LoadPart::kFacet)];
  shares.force[at(LoadPart::kDisc)] =
      Vector3<double>{load.anterior_shear, -load.compression, load.lateral_shear} -
      shares.force[at(LoadPart::kLigament)] - shares.force[at(LoadPart::kFacet)];
  return shares;
}

LigamentStates calc_ligament_states(const Runner& runner, const double* q) {
  LigamentStates states;
  for (const Disc& disc : runner.discs) {
    const LevelPose<double> pose = calc_level_pose(disc, q);
    for (const Ligament& ligament : disc.ligaments) {
      const double length = calc_length(pose, ligament);
      states.strain.push_back(calc_strain(ligament, length));
      states.tension.push_back(calc_tension(ligament, length));
    }
  }
  return states;
}

}  // namespace lumbarun
