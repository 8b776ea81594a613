// Ellipsoid  Σ x_k²/r_k² = 1: the geodesic that is tangent to the straight parts, by shooting.
//   Unknowns  φ: place of c0 on the curve of contact of the tangent cone from a (a circle in the axes scaled by 1/r_k)
//             s: length of the geodesic
//   Flow      x" = -(C/|g|⁴) g,  g_i = x_i/r_i²,  C = (Σ v_i²/r_i²) |g|² the constant of Joachimsthal, from x = c0,
//             v = (c0 - a)/|c0 - a|, together with its derivative by φ, by Nyström's method of order 5.
//   Solve     (b - c1)·g(c1) = 0 and (b - c1)·(v × g) = 0 by Newton's method from the great circle of the scaled axes.
//             Where that does not settle, the ellipsoid is grown out of a sphere, r_k(λ) = ρ (r_k/ρ)^λ with ends fixed in
//             the scaled axes: at λ = 0 the great circle is the answer, each λ starts from the one before. Where that
//             finds none either (a string forced the longer way around may have slipped off) the great circle is handed
//             out, marked as not settled.
// The steps leave a relative error of s below 1e-7. The first guess decides the side; of two geodesics on one side the
// one next to the guess is found.                                                              [m, frame S]
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/tissue/wrap_great_circle.h"

namespace lumbarun {

namespace {

constexpr double kStepTurn = 0.09;  // rad that the surface turns below the first guess in one step, at most
constexpr int kLeastSteps = 2, kMaxSteps = 100;
constexpr double kMaxWander = 2.5;  // rad
constexpr int kMaxIterations = 16;
// Change of φ [rad] and of s over the least radius at which the fine steps begin and at which Newton's last step is taken.
constexpr double kClose = 0.05, kSettled = 1e-6;
// Steps of λ.
constexpr double kFirstGrowth = 0.25, kLeastGrowth = 1.0 / 256.0;
constexpr double kMaxTurn = 0.3;     // rad, largest Newton step of φ
constexpr double kMaxStretch = 0.4;  // largest Newton step of s in shares of it and of the least radius

// Nyström's method of order 5 for x'' = f(x) (Hairer, Nørsett & Wanner 1993, Solving Ordinary Differential Equations I,
// table II.14.2).
constexpr int kStages = 4;
constexpr double kNode[kStages] = {0.0, 1.0 / 5.0, 2.0 / 3.0, 1.0};
constexpr double kStageShare[kStages][kStages - 1] = {
    {}, {1.0 / 50.0}, {-1.0 / 27.0, 7.0 / 27.0}, {3.0 / 10.0, -2.0 / 35.0, 9.0 / 35.0}};
constexpr double kPlaceShare[kStages] = {14.0 / 336.0, 100.0 / 336.0, 54.0 / 336.0, 0.0};
constexpr double kRateShare[kStages] = {14.0 / 336.0, 125.0 / 336.0, 162.0 / 336.0, 35.0 / 336.0};

using Vector = Vector3<double>;

Vector scaled(const Vector& p, const Vector& by) { return {p.x * by.x, p.y * by.y, p.z * by.z}; }

// Point and direction of the geodesic with their derivatives by φ.
struct Ray {
  Vector x, v, dx, dv;
};

// Image of a great circle on the ellipsoid: its length by Simpson's rule and its largest normal curvature at the nodes.
struct Guess {
  double length = 0.0;     // m
  double curvature = 0.0;  // 1/m
};

Guess calc_guess(const GreatCircle& circle, const Vector& radii, const Vector& inverse) {
  constexpr int kIntervals = 4;
  Guess guess;
  for (int i = 0; i <= kIntervals; ++i) {
    const double angle = circle.arc * i / kIntervals, c = std::cos(angle), s = std::sin(angle);
    const Vector unit_rate =
        circle.t0 * c - circle.c0 * s;  // in the scaled axes, where Σ v²/r² is its square, 1
    const Vector rate = scaled(unit_rate, radii), g = scaled(circle.c0 * c + circle.t0 * s, inverse);
    const double speed2 = dot(rate, rate);
    const double weight = i == 0 || i == kIntervals ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
    guess.length += circle.arc / (3.0 * kIntervals) * weight * std::sqrt(speed2);
    guess.curvature = std::max(guess.curvature, 1.0 / (speed2 * std::sqrt(dot(g, g))));
  }
  return guess;
}

// The flow of geodesics and of their derivatives by φ.
class Geodesic {
 public:
  // `guess`: of the flows to come.
  Geodesic(const Vector& inverse, const Guess& guess) : w_(scaled(inverse, inverse)) {
    step_count_ = std::clamp(static_cast<int>(guess.length * guess.curvature / kStepTurn) + kLeastSteps,
                             kLeastSteps, kMaxSteps);
  }

  int get_step_count() const { return step_count_; }
  Vector calc_normal(const Vector& x) const { return scaled(x, w_); }
  Vector calc_bend(const Vector& x, const Vector& v) const {
    const Vector g = scaled(x, w_);
    return g * (-dot(scaled(v, w_), v) / dot(g, g));
  }

  // The ray after length s.
  Ray calc_flow(Ray ray, double s, int step_count) const {
    const Invariant c = calc_invariant(ray);
    const double h = s / step_count, h2 = h * h;
    for (int step = 0; step < step_count; ++step) {
      std::array<Bend, kStages> bend;
#pragma GCC unroll 4
      for (int i = 0; i < kStages; ++i) {
        Vector x = ray.x + ray.v * (h * kNode[i]), dx = ray.dx + ray.dv * (h * kNode[i]);
#pragma GCC unroll 4
        for (int j = 0; j < i; ++j)
          x += bend[j].x * (h2 * kStageShare[i][j]), dx += bend[j].dx * (h2 * kStageShare[i][j]);
        bend[i] = calc_bend(x, dx, c);
      }
      ray.x += ray.v * h, ray.dx += ray.dv * h;
#pragma GCC unroll 4
      for (int i = 0; i < kStages; ++i) {
        ray.x += bend[i].x * (h2 * kPlaceShare[i]), ray.dx += bend[i].dx * (h2 * kPlaceShare[i]);
        ray.v += bend[i].x * (h * kRateShare[i]), ray.dv += bend[i].dx * (h * kRateShare[i]);
      }
    }
    return ray;
  }

 private:
  struct Invariant {
    double value, slope;  // of C, and its derivative by φ
  };
  struct Bend {
    Vector x, dx;
  };

  Invariant calc_invariant(const Ray& ray) const {
    const Vector g = scaled(ray.x, w_), dg = scaled(ray.dx, w_), wv = scaled(ray.v, w_);
    const double gg = dot(g, g), vv = dot(wv, ray.v);
    return {vv * gg, 2.0 * (dot(wv, ray.dv) * gg + vv * dot(g, dg))};
  }
  Bend calc_bend(const Vector& x, const Vector& dx, const Invariant& c) const {
    const Vector g = scaled(x, w_), dg = scaled(dx, w_);
    const double inverse = 1.0 / dot(g, g), square = inverse * inverse, k = c.value * square;
    const double dk = c.slope * square - 4.0 * k * inverse * dot(g, dg);
    return {g * -k, g * -dk - dg * k};
  }

  Vector w_;
  int step_count_;
};

// Tangent cone from a: contacts and directions over φ.
class Cone {
 public:
  Cone(const Vector& a, const Vector& scaled_a, const Vector& radii, const Vector& first_contact)
      : a_(a), radii_(radii), centre_(scaled_a * (1.0 / dot(scaled_a, scaled_a))) {
    e1_ = first_contact - centre_;
    e2_ = cross(scaled_a, e1_) * (1.0 / std::sqrt(dot(scaled_a, scaled_a)));
  }

  Ray calc_start(double phi) const {
    const double c = std::cos(phi), s = std::sin(phi);
    Ray ray;
    ray.x = scaled(centre_ + e1_ * c + e2_ * s, radii_);
    ray.dx = scaled(e2_ * c - e1_ * s, radii_);
    const Vector line = ray.x - a_;
    const double inverse = 1.0 / std::sqrt(dot(line, line));
    ray.v = line * inverse;
    ray.dv = (ray.dx - ray.v * dot(ray.v, ray.dx)) * inverse;
    return ray;
  }

 private:
  Vector a_, radii_, centre_, e1_, e2_;
};

// Newton's iteration for one pair of ends.
class Shooting {
 public:
  Shooting(const Geodesic& geodesic, const Cone& cone, const Vector& b, double least_radius)
      : geodesic_(geodesic), cone_(cone), b_(b), least_radius_(least_radius) {}

  // False when it does not settle on a string that leads on to b. φ and s: the start, and the answer.
  bool solve(double& phi, double& s, WrapContact& contact) const {
    int steps = (geodesic_.get_step_count() + 2) / 3;  // until the iteration comes close
    for (int iteration = 0; iteration < kMaxIterations; ++iteration) {
      const Ray start = cone_.calc_start(phi), end = geodesic_.calc_flow(start, s, steps);
      const auto [turn, stretch] = calc_step(end);
      const double limit = kMaxStretch * (std::abs(s) + least_radius_);
      const double damping = std::min({1.0, kMaxTurn / std::abs(turn), limit / std::abs(stretch)});
      phi += damping * turn;
      s += damping * stretch;
      if (!(std::abs(phi) < kMaxWander) || !(s > -least_radius_)) return false;
      const double change = std::abs(turn) + std::abs(stretch) / least_radius_;
      if (steps < geodesic_.get_step_count()) {
        if (change < kClose) steps = geodesic_.get_step_count();
        continue;
      }
      if (change > kSettled) continue;
      contact = {WrapAction::kMandatory, start.x + start.dx * turn, end.x + end.dx * turn + end.v * stretch,
                 std::max(s, 0.0)};
      return s > -kSettled * least_radius_ && dot(b_ - end.x, end.v) > 0.0;
    }
    return false;
  }

 private:
  std::pair<double, double> calc_step(const Ray& end) const {
    const Vector g = geodesic_.calc_normal(end.x), dg = geodesic_.calc_normal(end.dx);
    const Vector gs = geodesic_.calc_normal(end.v), bend = geodesic_.calc_bend(end.x, end.v);
    const Vector line = b_ - end.x, side = cross(end.v, g);
    const double f1 = dot(line, g), f2 = dot(line, side);
    const double f1_phi = dot(line, dg) - dot(end.dx, g), f1_s = dot(line, gs);
    const double f2_phi = dot(line, cross(end.dv, g) + cross(end.v, dg)) - dot(end.dx, side);
    const double f2_s = dot(line, cross(bend, g) + cross(end.v, gs));
    const double determinant = f1_phi * f2_s - f1_s * f2_phi;
    return {(f1_s * f2 - f2_s * f1) / determinant, (f2_phi * f1 - f1_phi * f2) / determinant};
  }

  const Geodesic& geodesic_;
  const Cone& cone_;
  Vector b_;
  double least_radius_;
};

// A string over the ellipsoid of `radii` between ends given in its scaled axes.
bool solve_string(const GreatCircle& circle, const Vector& scaled_a, const Vector& scaled_b,
                  const Vector& radii, const Guess& guess, double& phi, double& s, WrapContact& contact) {
  const Geodesic geodesic({1.0 / radii.x, 1.0 / radii.y, 1.0 / radii.z}, guess);
  const Cone cone(scaled(scaled_a, radii), scaled_a, radii, circle.c0);
  const Shooting shooting(geodesic, cone, scaled(scaled_b, radii), std::min({radii.x, radii.y, radii.z}));
  return shooting.solve(phi, s, contact);
}

// The same, grown out of the sphere.
bool grow_string(const GreatCircle& circle, const Vector& scaled_a, const Vector& scaled_b,
                 const Vector& radii, WrapContact& contact) {
  const double mean = std::cbrt(radii.x * radii.y * radii.z);
  const auto at = [&](double share) {
    return Vector{mean * std::pow(radii.x / mean, share), mean * std::pow(radii.y / mean, share),
                  mean * std::pow(radii.z / mean, share)};
  };
  double share = 0.0, step = kFirstGrowth, phi = 0.0, s = mean * circle.arc;
  while (share < 1.0) {
    const double next = std::min(share + step, 1.0);
    const Vector grown = next < 1.0 ? at(next) : radii;
    const Guess guess = calc_guess(circle, grown, {1.0 / grown.x, 1.0 / grown.y, 1.0 / grown.z});
    double next_phi = phi, next_s = s;
    if (solve_string(circle, scaled_a, scaled_b, grown, guess, next_phi, next_s, contact)) {
      share = next, phi = next_phi, s = next_s;
      step *= 2.0;
    } else {
      step *= 0.5;
      if (step < kLeastGrowth) return false;
    }
  }
  return true;
}

}  // namespace

WrapContact calc_ellipsoid_contact(const WrapSurface& surface, const Vector& a, const Vector& b) {
  const Vector& r = surface.radii;
  const Vector inverse{1.0 / r.x, 1.0 / r.y, 1.0 / r.z};
  const Vector scaled_a = scaled(a, inverse), scaled_b = scaled(b, inverse);
  const GreatCircle circle = calc_great_circle(surface, scaled_a, scaled_b);
  if (!circle.is_wrapped) return {};

  const Guess guess = calc_guess(circle, r, inverse);
  double phi = 0.0, s = guess.length;
  WrapContact contact;
  if (solve_string(circle, scaled_a, scaled_b, r, guess, phi, s, contact)) return contact;
  if (grow_string(circle, scaled_a, scaled_b, r, contact)) return contact;
  return {WrapAction::kMandatory, scaled(circle.c0, r), scaled(circle.c1, r), guess.length, false};
}

}  // namespace lumbarun
