#include "sim/tissue/wrap_surface.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "tests/oracles/spheroid_geodesic.h"

namespace lumbarun {
namespace {

using Vector = Vector3<double>;
constexpr double kPi = std::numbers::pi;

double size(const Vector& v) { return std::sqrt(dot(v, v)); }
Vector unit(const Vector& v) { return v * (1.0 / size(v)); }

double calc_length(const Vector& a, const Vector& b, const WrapContact& contact) {
  if (contact.action == WrapAction::kFree) return size(b - a);
  return size(contact.c0 - a) + contact.length + size(b - contact.c1);
}
double calc_length(const WrapSurface& surface, const Vector& a, const Vector& b) {
  return calc_length(a, b, calc_wrap_contact(surface, a, b));
}

WrapSurface make_surface(WrapKind kind, const Vector& radii) {
  WrapSurface surface;
  surface.kind = kind;
  surface.radii = radii;
  return surface;
}

struct Ends {
  Vector a, b;
};

class RandomEnds {
 public:
  explicit RandomEnds(unsigned seed) : random_(seed) {}
  Vector next_vector(double range) {
    return {range * uniform_(random_), range * uniform_(random_), range * uniform_(random_)};
  }
  Ends next() { return {next_vector(0.4), next_vector(0.4)}; }

 private:
  std::mt19937 random_;
  std::uniform_real_distribution<double> uniform_{-1.0, 1.0};
};

TEST(WrapSphere, IsAGreatCircle) {
  const WrapSurface sphere = make_surface(WrapKind::kSphere, {0.3, 0.0, 0.0});
  // Ends at distance 0.5 (tangent 0.4, cosine 0.6) in a plane through the centre, 150° apart.
  const Vector e1 = unit({1.0, 2.0, -0.5}), e2 = unit(cross(e1, Vector{0.3, 0.1, 1.0}));
  const double apart = 150.0 * kPi / 180.0;
  const Vector a = e1 * 0.5, b = e1 * (0.5 * std::cos(apart)) + e2 * (0.5 * std::sin(apart));
  const WrapContact contact = calc_wrap_contact(sphere, a, b);
  const double arc = apart - 2.0 * std::acos(0.6);
  EXPECT_NEAR(contact.length, 0.3 * arc, 1e-15);
  EXPECT_NEAR(calc_length(a, b, contact), 0.8 + 0.3 * arc, 1e-14);
  EXPECT_NEAR(size(contact.c0), 0.3, 1e-15);
  EXPECT_NEAR(dot(contact.c0 - a, contact.c0), 0.0, 1e-15);
  EXPECT_NEAR(dot(contact.c1 - b, contact.c1), 0.0, 1e-15);
  WrapSurface half = sphere;  // the side away from the short way
  half.quadrant_axis = 0;
  half.quadrant_sign = (contact.c0 + contact.c1).x > 0.0 ? -1.0 : 1.0;
  EXPECT_NEAR(calc_length(half, a, b), 0.8 + 0.3 * (2.0 * kPi - apart - 2.0 * std::acos(0.6)), 1e-14);
}

TEST(WrapCylinder, IsAHelix) {
  const WrapSurface cylinder = make_surface(WrapKind::kCylinder, {0.3, 0.0, 0.0});
  const Vector a{0.5, 0.0, 0.2}, b{-0.5 * std::cos(0.5), 0.5 * std::sin(0.5), -0.7};
  const WrapContact contact = calc_wrap_contact(cylinder, a, b);
  const double planar = 0.8 + 0.3 * (kPi - 0.5 - 2.0 * std::acos(0.6));
  EXPECT_NEAR(calc_length(a, b, contact), std::hypot(planar, 0.9), 1e-14);
  EXPECT_NEAR(contact.c0.z, 0.2 - 0.9 * 0.4 / planar, 1e-15);
  WrapSurface other = cylinder;  // around the other side
  other.quadrant_axis = 1, other.quadrant_sign = -1.0;
  EXPECT_NEAR(calc_length(other, a, b), std::hypot(0.8 + 0.3 * (kPi + 0.5 - 2.0 * std::acos(0.6)), 0.9),
              1e-14);
}

TEST(WrapCylinder, FollowsTheRulesOfItsQuadrantAndLength) {
  WrapSurface cylinder = make_surface(WrapKind::kCylinder, {0.1, 0.0, 0.0});
  cylinder.quadrant_axis = 1;
  const auto action = [&](const Vector& a, const Vector& b) {
    return calc_wrap_contact(cylinder, a, b).action;
  };
  EXPECT_EQ(action({-0.3, 0.05, 0.0}, {0.3, 0.02, 0.1}), WrapAction::kMandatory);
  EXPECT_EQ(action({-0.3, 0.05, 0.0}, {0.3, 0.3, 0.1}), WrapAction::kFree);      // above
  EXPECT_EQ(action({-0.3, 0.05, 0.0}, {0.3, -0.9, 0.1}), WrapAction::kWrapped);  // below, one end above
  EXPECT_EQ(action({-0.3, -0.2, 0.0}, {0.3, -0.3, 0.1}), WrapAction::kWrapped);  // both ends below
  EXPECT_EQ(action({-0.3, 0.01, 0.0}, {0.05, 0.05, 0.1}), WrapAction::kFree);    // end inside
  EXPECT_GT(calc_wrap_contact(cylinder, {-0.3, -0.2, 0.0}, {0.3, -0.3, 0.1}).c0.y, -0.1);
  cylinder.half_length = 0.05;
  EXPECT_EQ(action({-0.3, 0.05, 0.0}, {0.3, 0.02, 0.1}), WrapAction::kMandatory);
  EXPECT_EQ(action({-0.3, 0.05, 0.2}, {0.3, 0.02, 0.2}), WrapAction::kFree);
}

TEST(WrapEllipsoid, WithEqualRadiiIsASphere) {
  const WrapSurface sphere = make_surface(WrapKind::kSphere, {0.13, 0.0, 0.0});
  const WrapSurface ellipsoid = make_surface(WrapKind::kEllipsoid, {0.13, 0.13, 0.13});
  RandomEnds random(3);
  int wrapped = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const auto [a, b] = random.next();
    const WrapContact on_sphere = calc_wrap_contact(sphere, a, b),
                      on_ellipsoid = calc_wrap_contact(ellipsoid, a, b);
    ASSERT_EQ(on_sphere.action, on_ellipsoid.action);
    if (on_sphere.action == WrapAction::kFree) continue;
    EXPECT_NEAR(on_sphere.length, on_ellipsoid.length, 1e-7 * on_sphere.length);
    EXPECT_LT(size(on_sphere.c0 - on_ellipsoid.c0), 1e-6);
    EXPECT_LT(size(on_sphere.c1 - on_ellipsoid.c1), 1e-6);
    ++wrapped;
  }
  EXPECT_GT(wrapped, 100);
}

TEST(WrapEllipsoid, OnASpheroidFollowsBesselsQuadratures) {
  RandomEnds random(4);
  for (const double c : {0.08, 0.17}) {  // oblate, prolate
    constexpr double kA = 0.12;
    const WrapSurface spheroid = make_surface(WrapKind::kEllipsoid, {kA, kA, c});
    int compared = 0;
    double worst_length = 0.0;
    for (int trial = 0; trial < 3000; ++trial) {
      const auto [a, b] = random.next();
      const WrapContact contact = calc_wrap_contact(spheroid, a, b);
      if (contact.action == WrapAction::kFree) continue;
      const Vector t0 = unit(contact.c0 - a), t1 = unit(b - contact.c1);
      const auto clairaut = [&](const Vector& p, const Vector& t) { return (p.x * t.y - p.y * t.x) / kA; };
      const double S = clairaut(contact.c0, t0);
      const double beta0 = std::asin(contact.c0.z / c), beta1 = std::asin(contact.c1.z / c);
      const bool is_steep = std::abs(S) < 0.9 * std::cos(beta0) && std::abs(S) < 0.9 * std::cos(beta1);
      if (!is_steep || t0.z * t1.z < 0.0 || std::abs(S) < 0.02) continue;
      EXPECT_NEAR(S, clairaut(contact.c1, t1), 1e-6);
      const test::SpheroidArc arc = test::integrate_spheroid_arc(kA, c, S, beta0, beta1);
      const double turned = std::atan2(contact.c0.x * contact.c1.y - contact.c0.y * contact.c1.x,
                                       contact.c0.x * contact.c1.x + contact.c0.y * contact.c1.y);
      EXPECT_NEAR(arc.longitude, turned, 1e-6);
      EXPECT_NEAR(arc.length, contact.length, 1e-8);
      worst_length = std::max(worst_length, std::abs(arc.length - contact.length));
      ++compared;
    }
    EXPECT_GT(compared, 50);
    RecordProperty("worst_length_m", std::to_string(worst_length));
  }
}

// dL = t1·db - t0·da, by central differences. Ends whose line passes near the middle of the surface, where the two ways
// around change places, are left out.
TEST(WrapSurface, TangentsAreTheGradientOfTheLength) {
  for (const WrapKind kind : {WrapKind::kSphere, WrapKind::kCylinder, WrapKind::kEllipsoid}) {
    const WrapSurface surface = make_surface(kind, {0.09, 0.17, 0.13});
    RandomEnds random(5);
    int compared = 0;
    for (int trial = 0; trial < 4000; ++trial) {
      const auto [a, b] = random.next();
      const Vector da = random.next_vector(1.0), db = random.next_vector(1.0);
      constexpr double h = 1e-6;
      const WrapContact contact = calc_wrap_contact(surface, a, b);
      const auto [low, high] = std::pair{calc_wrap_contact(surface, a - da * h, b - db * h),
                                         calc_wrap_contact(surface, a + da * h, b + db * h)};
      if (contact.action == WrapAction::kFree || low.action == WrapAction::kFree ||
          high.action == WrapAction::kFree)
        continue;
      const Vector middle = contact.c0 + contact.c1, straight = unit(b - a);
      const Vector near = a - straight * dot(a, straight);
      if (dot(middle, near) < 0.03 * size(middle)) continue;
      const double gradient = dot(unit(b - contact.c1), db) - dot(unit(contact.c0 - a), da);
      const double difference =
          (calc_length(a + da * h, b + db * h, high) - calc_length(a - da * h, b - db * h, low)) / (2.0 * h);
      EXPECT_NEAR(gradient, difference, 1e-6) << static_cast<int>(kind) << ' ' << trial;
      ++compared;
    }
    EXPECT_GT(compared, 150);
  }
}

// Through lift-off the length has no jump and its slope no kink.
TEST(WrapSurface, LiftsOffSmoothly) {
  for (const WrapKind kind : {WrapKind::kSphere, WrapKind::kCylinder, WrapKind::kEllipsoid}) {
    const WrapSurface surface = make_surface(kind, {0.09, 0.17, 0.13});
    const Vector a{-0.3, 0.05, 0.02};
    double low = 0.0, high = 0.4;  // y of b: wrapped at low, free at high
    const auto at = [&](double y) { return Vector{0.3, y, -0.04}; };
    ASSERT_NE(calc_wrap_contact(surface, a, at(low)).action, WrapAction::kFree);
    ASSERT_EQ(calc_wrap_contact(surface, a, at(high)).action, WrapAction::kFree);
    for (int i = 0; i < 60; ++i) {
      const double y = 0.5 * (low + high);
      (calc_wrap_contact(surface, a, at(y)).action == WrapAction::kFree ? high : low) = y;
    }
    const auto length = [&](double y) { return calc_length(surface, a, at(y)); };
    EXPECT_NEAR(length(low), length(high), 1e-14);
    for (const double h : {1e-3, 1e-4, 1e-5}) {
      const double below = (length(low) - length(low - h)) / h, above = (length(high + h) - length(high)) / h;
      EXPECT_NEAR(below, above, 30.0 * h) << static_cast<int>(kind);
    }
  }
}

}  // namespace
}  // namespace lumbarun
