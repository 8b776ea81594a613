// Forces of one level's parts (disc.h) at a pose, and what they do to its coordinates.
// Frame I: the disc frame of the inferior vertebra; S: that of the superior one.
#pragma once

#include "sim/multibody/kinematics.h"
#include "sim/tissue/disc.h"

namespace lumbarun {

// Pose of the superior on the inferior vertebra and the axes of the level's hinges, in I.
template <class T>
struct LevelPose {
  Matrix3<T> R_IS;
  T rise;                          // m, along Y of I
  std::array<Vector3<T>, 3> axis;  // extension, bending, rotation
};

// Resultant of forces on the superior vertebra about the centre of its hinges, in I.
template <class T>
struct LevelWrench {
  Vector3<T> moment, force;  // N m, N
  void add(const Vector3<T>& arm, const Vector3<T>& f) {
    moment += cross(arm, f);
    force += f;
  }
};

template <class T>
LevelPose<T> calc_level_pose(const Disc& disc, const T* q) {
  using std::cos;
  using std::sin;
  const T& z = q[disc.axes[0].coordinate];
  const T& x = q[disc.axes[1].coordinate];
  const T& y = q[disc.axes[2].coordinate];
  LevelPose<T> pose;
  Matrix3<T> R = Matrix3<T>::identity();
  pose.axis[0] = R.column[2];
  R = internal::rotated_about(R, Axis::kZ, T(sin(z)), T(cos(z)));
  pose.axis[1] = R.column[0];
  R = internal::rotated_about(R, Axis::kX, T(sin(x)), T(cos(x)));
  pose.axis[2] = R.column[1];
  pose.R_IS = internal::rotated_about(R, Axis::kY, T(sin(y)), T(cos(y)));
  pose.rise = disc.slide.coordinate.is_valid() ? q[disc.slide.coordinate] : T(0.0);
  return pose;
}

// From the inferior to the superior end of a ligament.
template <class T>
Vector3<T> calc_span(const LevelPose<T>& pose, const Ligament& ligament, Vector3<T>& arm) {
  arm = pose.R_IS * ligament.p_S.cast<T>();
  Vector3<T> span = arm - ligament.p_I.cast<T>();
  span.y += pose.rise;
  return span;
}

template <class T>
T calc_length(const LevelPose<T>& pose, const Ligament& ligament) {
  using std::sqrt;
  Vector3<T> arm;
  const Vector3<T> span = calc_span(pose, ligament, arm);
  return sqrt(dot(span, span));
}

// n·(p - p_S): how far the superior surface has moved off the inferior one since standing.
template <class T>
T calc_travel(const LevelPose<T>& pose, const FacetContact& facet, Vector3<T>& arm) {
  arm = pose.R_IS * facet.p_S.cast<T>();
  Vector3<T> moved = arm - facet.p_S.cast<T>();
  moved.y += pose.rise;
  return dot(facet.normal.cast<T>(), moved);
}

template <class T>
LevelWrench<T> calc_ligament_wrench(const Disc& disc, const LevelPose<T>& pose) {
  using std::sqrt;
  LevelWrench<T> wrench;
  for (const Ligament& ligament : disc.ligaments) {
    Vector3<T> arm;
    const Vector3<T> span = calc_span(pose, ligament, arm);
    const T length = sqrt(dot(span, span));
    wrench.add(arm, span * (-calc_tension(ligament, length) / length));
  }
  return wrench;
}

template <class T>
LevelWrench<T> calc_facet_wrench(const Disc& disc, const LevelPose<T>& pose) {
  LevelWrench<T> wrench;
  for (const FacetContact& facet : disc.facets) {
    Vector3<T> arm;
    const T travel = calc_travel(pose, facet, arm);
    wrench.add(arm, facet.normal.cast<T>() * calc_contact_force(facet, travel));
  }
  return wrench;
}

// Adds elastic and viscous torques (and the slide's force) of one level to tau[n].
template <class T>
void add_disc_torques(const Disc& disc, const T* q, const T* v, T* tau) {
  for (const DiscAxis& axis : disc.axes) {
    const int i = axis.coordinate;
    tau[i] += calc_elastic_moment(axis, q[i]) - v[i] * T(axis.damping);
  }
  if (disc.slide.coordinate.is_valid()) {
    const int i = disc.slide.coordinate;
    tau[i] += -q[i] * T(disc.slide.stiffness) - v[i] * T(disc.slide.damping);
  }
  if (disc.ligaments.empty() && disc.facets.empty()) return;
  const LevelPose<T> pose = calc_level_pose(disc, q);
  LevelWrench<T> wrench = calc_ligament_wrench(disc, pose);
  const LevelWrench<T> facets = calc_facet_wrench(disc, pose);
  wrench.moment += facets.moment;
  wrench.force += facets.force;
  for (int k = 0; k < 3; ++k) {
    tau[disc.axes[k].coordinate] += dot(pose.axis[k], wrench.moment) - T(disc.axes[k].neutral_moment);
  }
  if (disc.slide.coordinate.is_valid())
    tau[disc.slide.coordinate] += wrench.force.y - T(disc.slide.neutral_force);
}

// Energy stored in the level [J], up to a constant.
double calc_stored_energy(const Disc& disc, const double* q);

// Power lost in the level [W].
double calc_dissipation(const Disc& disc, const double* v);

// Elastic torque of the whole level at one of its axes [N m], the other axes and the slide at rest.
double calc_segment_moment(const Disc& disc, int axis, double angle);

// Sets what follows from the parts: neutral moments, segment stiffness, damping. Last step of building a level.
void finish_disc(Disc& disc);

}  // namespace lumbarun
