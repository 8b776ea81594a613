#include "sim/loads/disc_load.h"

#include <Eigen/Geometry>
#include <Eigen/LU>

namespace lumbarun {

DiscLoad& DiscLoad::operator+=(const DiscLoad& b) {
  for (const DiscLoadComponent& component : kDiscLoadComponents) this->*component.value += b.*component.value;
  return *this;
}

std::array<LevelCut, kLevelCount> find_level_cuts(const Runner& runner) {
  std::array<LevelCut, kLevelCount> cuts;
  for (int level = 0; level < kLevelCount; ++level) {
    const Disc& disc = runner.discs[level];
    const auto& axes = disc.axes;
    const CoordinateIndex slide = disc.slide.coordinate;
    cuts[level] = {slide.is_valid() ? slide : axes[0].coordinate,
                   axes[2].coordinate,
                   {axes[0].coordinate, axes[1].coordinate, axes[2].coordinate}};
  }
  return cuts;
}

Matrix3<double> calc_inferior_orientation(const Runner& runner, const Data<double>& data,
                                          const LevelCut& cut) {
  const Link& first = runner.model.link(cut.first);
  return data.link[first.parent].R_WL * first.X_PF.rotation;
}

Matrix3<double> calc_disc_orientation(const Runner& runner, const Data<double>& data, const LevelCut& cut) {
  const Eigen::Matrix3d R_WI = to_eigen(calc_inferior_orientation(runner, data, cut));
  const Eigen::Matrix3d R_WS = to_eigen(data.link[cut.last].R_WL);
  const Eigen::Quaterniond halfway = Eigen::Quaterniond(R_WI).slerp(0.5, Eigen::Quaterniond(R_WS));
  return from_eigen(Eigen::Matrix3d(halfway.toRotationMatrix()));
}

DiscLoad calc_disc_load(const Matrix3<double>& R_WD, const SpatialForce<double>& on_superior) {
  const Vector3<double> F = -transpose_times(R_WD, on_superior.force);
  const Vector3<double> M = -transpose_times(R_WD, on_superior.moment);
  return {-F.y, F.x, F.z, -M.z, M.x, M.y};
}

std::array<DiscLoad, kLevelCount> calc_disc_loads(const Runner& runner, const Data<double>& data,
                                                  const std::array<LevelCut, kLevelCount>& cuts) {
  std::array<DiscLoad, kLevelCount> loads;
  for (int level = 0; level < kLevelCount; ++level) {
    const Matrix3<double> R_WD = calc_disc_orientation(runner, data, cuts[level]);
    // The origin of the last link of a level is mid-disc, and transmitted wrenches are about that origin.
    loads[level] = calc_disc_load(R_WD, data.transmitted[cuts[level].last]);
  }
  return loads;
}

Vector3<double> calc_moment_vector(const Data<double>& data, const LevelCut& cut, const Matrix3<double>& R_WD,
                                   const std::array<double, 3>& torque) {
  Eigen::Matrix3d axes;
  for (int k = 0; k < 3; ++k) axes.row(k) = to_eigen(data.link[cut.hinges[k]].axis).transpose();
  const Eigen::Vector3d moment = axes.partialPivLu().solve(Eigen::Vector3d(torque[0], torque[1], torque[2]));
  return transpose_times(R_WD, from_eigen(moment));
}

}  // namespace lumbarun
