#include "sim/tissue/disc_kernel.h"

#include <algorithm>

namespace lumbarun {

namespace {

constexpr double kSecantAngle = 3.0 * kRadPerDeg;  // a level's excursion in running

// Room for the coordinates of one level, all zero.
std::vector<double> build_rest_state(const Disc& disc) {
  int last = disc.slide.coordinate;
  for (const DiscAxis& axis : disc.axes) last = std::max<int>(last, axis.coordinate);
  return std::vector<double>(last + 1, 0.0);
}

}  // namespace

double calc_stored_energy(const Disc& disc, const double* q) {
  double energy = 0.0;
  for (const DiscAxis& axis : disc.axes) {
    energy += calc_stored_energy(axis, q[axis.coordinate]) + axis.neutral_moment * q[axis.coordinate];
  }
  if (disc.slide.coordinate.is_valid()) {
    const double rise = q[disc.slide.coordinate];
    energy += 0.5 * disc.slide.stiffness * rise * rise + disc.slide.neutral_force * rise;
  }
  const LevelPose<double> pose = calc_level_pose(disc, q);
  for (const Ligament& ligament : disc.ligaments) {
    energy += calc_stored_energy(ligament, calc_length(pose, ligament));
  }
  for (const FacetContact& facet : disc.facets) {
    Vector3<double> arm;
    energy += calc_stored_energy(facet, calc_travel(pose, facet, arm));
  }
  return energy;
}

double calc_dissipation(const Disc& disc, const double* v) {
  double power = 0.0;
  for (const DiscAxis& axis : disc.axes) power += axis.damping * v[axis.coordinate] * v[axis.coordinate];
  if (disc.slide.coordinate.is_valid())
    power += disc.slide.damping * v[disc.slide.coordinate] * v[disc.slide.coordinate];
  return power;
}

double calc_segment_moment(const Disc& disc, int axis, double angle) {
  std::vector<double> q = build_rest_state(disc), v(q.size(), 0.0), tau(q.size(), 0.0);
  q[disc.axes[axis].coordinate] = angle;
  add_disc_torques(disc, q.data(), v.data(), tau.data());
  return tau[disc.axes[axis].coordinate];
}

void finish_disc(Disc& disc) {
  const std::vector<double> rest = build_rest_state(disc);
  const LevelPose<double> pose = calc_level_pose(disc, rest.data());
  LevelWrench<double> wrench = calc_ligament_wrench(disc, pose);
  const LevelWrench<double> facets = calc_facet_wrench(disc, pose);
  wrench.moment += facets.moment;
  wrench.force += facets.force;
  disc.slide.neutral_force = wrench.force.y;
  for (int k = 0; k < 3; ++k) {
    DiscAxis& axis = disc.axes[k];
    axis.neutral_moment = dot(pose.axis[k], wrench.moment);
  }
  for (int k = 0; k < 3; ++k) {
    DiscAxis& axis = disc.axes[k];
    const double low = calc_segment_moment(disc, k, -kSecantAngle);
    const double high = calc_segment_moment(disc, k, kSecantAngle);
    axis.segment_stiffness = (low - high) / (2.0 * kSecantAngle);
    axis.damping = kDiscDampingTime * axis.segment_stiffness;
  }
}

}  // namespace lumbarun
