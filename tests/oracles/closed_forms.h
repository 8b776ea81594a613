// Textbook mechanics, written from the books and not from the kernels.
#pragma once

#include <Eigen/Geometry>
#include <cmath>

namespace lumbarun::oracles {

// Principal moments of a solid sphere, box and thin rod about their centres.
// (Goldstein, Poole & Safko 2002, Classical Mechanics, 3rd ed., ch. 5; any table of moments of inertia.)
inline double sphere_moment(double mass, double radius) { return 0.4 * mass * radius * radius; }
inline Eigen::Vector3d box_moments(double mass, double x, double y, double z) {
  return mass / 12.0 * Eigen::Vector3d(y * y + z * z, z * z + x * x, x * x + y * y);
}
inline double rod_moment(double mass, double length) { return mass * length * length / 12.0; }

// Compound pendulum: angle from the downward vertical, distance d from pivot to centre of mass, moment about
// the centre of mass. (Symon 1971, Mechanics, 3rd ed., §5.3.)
struct CompoundPendulum {
  double mass, distance, moment, gravity;

  double pivot_moment() const { return moment + mass * distance * distance; }
  double acceleration(double angle) const {
    return -mass * gravity * distance * std::sin(angle) / pivot_moment();
  }
  // Exact period at any amplitude [s]: 4/ω0 K(sin(amplitude/2)). (Landau & Lifshitz 1976, Mechanics, §11,
  // problem 1.)
  double period(double amplitude) const {
    const double natural = std::sqrt(mass * gravity * distance / pivot_moment());
    return 4.0 / natural * std::comp_ellint_1(std::sin(0.5 * amplitude));
  }
};

// Planar two-link arm: q1 from the horizontal, q2 relative to link 1, gravity down.
// (Spong, Hutchinson & Vidyasagar 2006, Robot Modeling and Control, §7.3.2, eqs. 7.83-7.87.)
struct DoublePendulum {
  double m1, l1, lc1, I1;  // mass, length, pivot to centre of mass, moment about the centre of mass
  double m2, lc2, I2;
  double gravity;

  Eigen::Matrix2d mass_matrix(double q2) const {
    const double d22 = m2 * lc2 * lc2 + I2;
    const double d12 = d22 + m2 * l1 * lc2 * std::cos(q2);
    const double d11 = m1 * lc1 * lc1 + I1 + I2 + m2 * (l1 * l1 + lc2 * lc2 + 2.0 * l1 * lc2 * std::cos(q2));
    return (Eigen::Matrix2d() << d11, d12, d12, d22).finished();
  }
  Eigen::Vector2d torque(const Eigen::Vector2d& q, const Eigen::Vector2d& v, const Eigen::Vector2d& a) const {
    const double h = -m2 * l1 * lc2 * std::sin(q[1]);
    const Eigen::Vector2d coriolis(h * (2.0 * v[0] * v[1] + v[1] * v[1]), -h * v[0] * v[0]);
    const double g2 = m2 * lc2 * gravity * std::cos(q[0] + q[1]);
    const Eigen::Vector2d weight((m1 * lc1 + m2 * l1) * gravity * std::cos(q[0]) + g2, g2);
    return mass_matrix(q[1]) * a + coriolis + weight;
  }
};

// Torque-free symmetric top, symmetry axis e: the axis precesses about the angular momentum L at |L|/I1 while
// the body spins about e at ω3 (1 - I3/I1). (Landau & Lifshitz 1976, Mechanics, §33.)
struct SymmetricTop {
  double transverse, axial;  // I1 = I2, I3
  Eigen::Vector3d axis;      // e in the body frame

  Eigen::Vector3d angular_momentum(const Eigen::Matrix3d& R0, const Eigen::Vector3d& w0_W) const {
    const Eigen::Vector3d e = R0 * axis;
    return transverse * w0_W + (axial - transverse) * w0_W.dot(e) * e;
  }
  Eigen::Matrix3d rotation(const Eigen::Matrix3d& R0, const Eigen::Vector3d& w0_W, double t) const {
    const Eigen::Vector3d L = angular_momentum(R0, w0_W);
    const double spin = w0_W.dot(R0 * axis) * (1.0 - axial / transverse);
    return Eigen::AngleAxisd(L.norm() / transverse * t, L.normalized()).toRotationMatrix() * R0 *
           Eigen::AngleAxisd(spin * t, axis).toRotationMatrix();
  }
};

// Heavy symmetric top in steady precession at tilt θ from the upward vertical: the precession rates Ω solve
// m g l = Ω (I3 ω3 - I1 Ω cos θ), I1 about the fixed tip. (Goldstein, Poole & Safko 2002, eq. 5.76.)
inline double heavy_top_spin(double mass_gravity_length, double transverse_at_tip, double axial, double tilt,
                             double precession) {
  const double w3 =
      (mass_gravity_length / precession + transverse_at_tip * precession * std::cos(tilt)) / axial;
  return w3 - precession * std::cos(tilt);  // spin rate relative to the precessing frame
}

}  // namespace lumbarun::oracles
