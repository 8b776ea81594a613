// A mass falls on one contact element: closed form of the linear spring, energy of the lossy one, order of
// integration.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/forward/energy_ledger.h"
#include "sim/multibody/aba.h"
#include "tests/oracles/integrate.h"

namespace lumbarun {
namespace {

constexpr double kMass = 7.3, kStiffness = 60e3, kDropSpeed = 1.4;  // kg, N/m, m/s
constexpr double kSmoothing = 0.0005;                               // m

class BouncingMass {
 public:
  explicit BouncingMass(double damping, SprungGround board = {})
      : data_(build_model(model_)), work_(model_), elements_(1) {
    ContactLawParameters law;
    law.layers = {{kStiffness, 1.0, damping}};
    law.share = 1.0;
    law.smoothing = kSmoothing;
    contact_.laws = {ContactLaw::build(law)};
    contact_.elements = {{"sole", CoordinateIndex(0), {0.0, -0.1, 0.0}, 0.02, 0}};
    contact_.plane.offset = 0.15;
    contact_.board = board;
  }

  double touch_height() const { return 0.15 + 0.1 + 0.02; }  // of the mass when the gap is zero

  // x = (height, speed, normal loss).
  void calc_rate(const std::vector<double>& x, std::vector<double>& rate) {
    update(x);
    const double no_torque = 0.0;
    rate[0] = x[1];
    aba(model_, data_, work_, &x[1], &no_torque, &rate[1]);
    rate[2] = calc_contact_losses(contact_, elements_).normal;
  }

  double calc_energy(const std::vector<double>& x) {
    update(x);
    return kMass * (0.5 * x[1] * x[1] + kStandardGravity * x[0]) + calc_contact_energy(contact_, elements_);
  }

  std::vector<double> integrate(std::vector<double> x, double step, int steps) {
    return oracles::integrate_rk4(
        [&](const std::vector<double>& y, std::vector<double>& rate) { calc_rate(y, rate); }, std::move(x),
        step, steps);
  }

 private:
  static Model& build_model(Model& model) {
    const RigidInertia inertia{kMass, {}, Matrix3<double>::identity() * 0.1};
    model.add_body("mass", BodyIndex(), Transform<double>{}, {{"height", JointKind::kSlide, Axis::kY, 1.0}},
                   Transform<double>{}, inertia);
    return model;
  }

  void update(const std::vector<double>& x) {
    update_positions(model_, data_, &x[0]);
    update_velocities(model_, data_, &x[1]);
    data_.clear_applied();
    apply_contact_forces(contact_, data_, elements_);
  }

  Model model_;
  Data<double> data_;
  ArticulatedWorkspace<double> work_;
  FootContact contact_;
  std::vector<ElementState<double>> elements_;
};

constexpr double kStep = 2e-6;       // s
constexpr double kClearance = 0.02;  // m above touch, beyond the smoothing

// Linear spring without loss: time under touch height is (2/ω)(π - atan(v ω/g)), greatest depth g/ω² +
// sqrt((g/ω²)² + (v/ω)²), and the mass leaves as fast as it came. The law's smoothing and its 0.25 % at rest
// allow 2 %.
TEST(BouncingMass, FollowsTheClosedFormWithoutLoss) {
  BouncingMass ball(0.0);
  std::vector<double> x{ball.touch_height() + kClearance, -kDropSpeed, 0.0};
  const double landing_speed = std::sqrt(kDropSpeed * kDropSpeed + 2.0 * kStandardGravity * kClearance);
  const double omega = std::sqrt(kStiffness / kMass), sag = kStandardGravity / (omega * omega);
  double under = 0.0, depth = 0.0;
  do {
    x = ball.integrate(x, kStep, 1);
    under += x[0] < ball.touch_height() ? kStep : 0.0;
    depth = std::max(depth, ball.touch_height() - x[0]);
  } while (x[0] < ball.touch_height() + kClearance);
  EXPECT_NEAR(under, 2.0 / omega * (M_PI - std::atan(landing_speed * omega / kStandardGravity)),
              0.02 * under);
  EXPECT_NEAR(depth, sag + std::hypot(sag, landing_speed / omega), 0.02 * depth);
  EXPECT_NEAR(x[1], kDropSpeed, 1e-4 * kDropSpeed);
}

TEST(BouncingMass, LossIsTheEnergyThatIsMissing) {
  BouncingMass ball(0.6);
  const std::vector<double> start{ball.touch_height() + kClearance, -kDropSpeed, 0.0};
  const std::vector<double> end = ball.integrate(start, kStep, 60000);
  const double missing = ball.calc_energy(start) - ball.calc_energy(end);
  EXPECT_GT(missing, 0.2 * ball.calc_energy(start) - 0.2 * kMass * kStandardGravity * ball.touch_height());
  EXPECT_NEAR(end[2], missing, 1e-7 * missing);
}

TEST(BouncingMass, LossOnABoardIsTheEnergyThatIsMissing) {
  BouncingMass ball(0.6, {25e3, 0.3});
  const std::vector<double> start{ball.touch_height() + kClearance, -kDropSpeed, 0.0};
  const std::vector<double> end = ball.integrate(start, kStep, 60000);
  const double missing = ball.calc_energy(start) - ball.calc_energy(end);
  EXPECT_GT(missing, 0.05 * ball.calc_energy(start) - 0.05 * kMass * kStandardGravity * ball.touch_height());
  EXPECT_NEAR(end[2], missing, 1e-7 * missing);
}

// The law is smooth enough for its integrator: errors fall at least with the third power of the step, though
// the table's third derivative jumps between samples.
TEST(BouncingMass, IntegrationConverges) {
  BouncingMass ball(0.6);
  const std::vector<double> start{ball.touch_height() + 0.002, -kDropSpeed, 0.0};
  const auto height = [&](int steps) { return ball.integrate(start, 0.03 / steps, steps)[0]; };
  const double exact = height(40000);
  const double coarse = std::abs(height(150) - exact), fine = std::abs(height(1200) - exact);
  EXPECT_GT(coarse, 1e-12);
  EXPECT_LT(fine, coarse / 512.0 + 1e-13);
}

}  // namespace
}  // namespace lumbarun
