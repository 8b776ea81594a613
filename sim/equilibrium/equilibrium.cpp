#include "sim/equilibrium/equilibrium.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/core/contracts.h"
#include "sim/multibody/energy.h"

namespace lumbarun {
namespace {

constexpr double kMomentUnit = 0.1, kPressureUnit = 0.01;    // m
constexpr double kLargestTurn = 0.05, kLargestLift = 0.005;  // rad, m: of one Newton step
constexpr int kHeight = 1, kTilt = 3, kList = 4;             // root rows and coordinates
constexpr double kDeepest = 0.03;                            // m, sole in the ground

class Balance {
 public:
  Balance(const EquilibriumRequest& request, Runner& runner)
      : request_(request),
        runner_(runner),
        data_(runner),
        q_(request.q),
        rest_(Eigen::VectorXd::Zero(request.q.size())),
        tau_(request.q.size()) {
    weight_ = runner.model.total_mass() * runner.model.gravity;
    for (const PointForce& given : runner.point_forces) weight_ -= given.F_P_W.y;
    first_seat_force_ = runner.point_forces.size();
    if (!request.seat) return;
    for (const auto& points : {request.seat->ischium, request.seat->thigh}) {
      for (const LinkPoint& point : points) runner.point_forces.push_back({point.link, point.p_LP, {}});
    }
  }

  EquilibriumSummary solve(Eigen::VectorXd& q) {
    lean_legs();
    lower_feet();
    EquilibriumSummary summary = balance();
    if (summary.is_converged) check_supports(summary);
    q = q_;
    return summary;
  }

 private:
  void set_legs(double ankle, double hip) {
    for (const LegPassive& leg : runner_.legs) {
      q_[leg.ankle] = ankle;
      q_[leg.hip] = hip;
    }
  }

  void set_unknowns(const Eigen::VectorXd& x) {
    q_[kHeight] = x[0];
    if (!request_.seat) {
      q_[kList] = x[1];
      set_legs(x[2], x[3]);
      return;
    }
    set_legs(x[1], q_[runner_.legs[0].hip]);
    for (int side = 0; side < 2; ++side) {
      seat_force(side) = x[2 + side] * weight_;
      seat_force(2 + side) = 0.5 * x[4] * weight_;
    }
  }

  double& seat_force(int point) { return runner_.point_forces[first_seat_force_ + point].F_P_W.y; }

  void update() { update_external_forces(runner_, data_, q_.data(), rest_.data()); }

  double calc_mean_ankle() const {
    double x = 0.0;
    for (const LegPassive& leg : runner_.legs) x += 0.5 * data_.tree.link[leg.ankle].p_WL.x;
    return x;
  }

  // Slope of the sole: regression of the height of the contact elements over their place along X.
  double calc_sole_slope() const {
    double x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
    const auto n = static_cast<double>(data_.elements.size());
    for (const auto& element : data_.elements) {
      x += element.position.x / n;
      y += element.position.y / n;
    }
    for (const auto& element : data_.elements) {
      xx += (element.position.x - x) * (element.position.x - x);
      xy += (element.position.x - x) * (element.position.y - y);
    }
    return xy / xx;
  }

  // Where body and load together press, without the seat.
  double calc_line_of_gravity() const {
    double moment = runner_.model.total_mass() * runner_.model.gravity *
                    calc_mass_center(runner_.model, data_.tree).position.x;
    for (size_t i = 0; i < first_seat_force_; ++i) {
      const PointForce& given = runner_.point_forces[i];
      moment -= given.F_P_W.y * calc_position(data_.tree, given.link, given.p_LP).x;
    }
    return moment / weight_;
  }

  double calc_foot_force_y() const {
    double force = 0.0;
    for (const auto& element : data_.elements) force += element.force.y;
    return force;
  }

  double calc_foot_pressure_center() const {
    double moment = 0.0;
    for (const auto& element : data_.elements) moment += element.force.y * element.position.x;
    return moment / calc_foot_force_y();
  }

  // Geometry alone: soles level, and without a seat the weight above its place on the ground.
  void lean_legs() {
    const int count = request_.seat ? 1 : 2;
    Eigen::VectorXd x(count);
    x[0] = q_[runner_.legs[0].ankle];
    if (count > 1) x[1] = q_[runner_.legs[0].hip];
    const Equations geometry = [&](const Eigen::VectorXd& legs) {
      set_legs(legs[0], count > 1 ? legs[1] : q_[runner_.legs[0].hip]);
      update();
      Eigen::VectorXd r(count);
      r[0] = calc_sole_slope();
      if (count > 1) r[1] = calc_line_of_gravity() - calc_mean_ankle() - request_.center_of_pressure;
      return r;
    };
    solve_newton(geometry, Eigen::VectorXd::Constant(count, 4.0 * kLargestTurn), x,
                 {.tolerance = 1e-6, .difference = 1e-5});
    geometry(x);
  }

  // Pelvis height at which the feet carry what they should.
  void lower_feet() {
    double lowest = 1e9;
    for (const auto& element : data_.elements) lowest = std::min(lowest, element.position.y);
    double high = q_[kHeight] - (lowest - runner_.contact.plane.offset), low = high - kDeepest;
    const double target = get_foot_share() * weight_;
    for (int k = 0; k < 40; ++k) {
      q_[kHeight] = 0.5 * (low + high);
      update();
      (calc_foot_force_y() > target ? low : high) = q_[kHeight];
    }
  }

  double get_foot_share() const { return request_.seat ? request_.seat->foot_share : 1.0; }

  Eigen::VectorXd calc_residual(const Eigen::VectorXd& x) {
    set_unknowns(x);
    calc_actuator_torques(runner_, data_, q_.data(), rest_.data(), rest_.data(), tau_.data());
    Eigen::VectorXd r(x.size());
    r[0] = tau_[kHeight] / weight_;
    r[1] = tau_[kTilt] / (weight_ * kMomentUnit);
    r[2] = tau_[kList] / (weight_ * kMomentUnit);
    r[3] = (calc_foot_pressure_center() - calc_mean_ankle() - request_.center_of_pressure) / kPressureUnit;
    if (request_.seat) r[4] = calc_foot_force_y() / weight_ - request_.seat->foot_share;
    return r;
  }

  EquilibriumSummary balance() {
    Eigen::VectorXd x, largest;
    if (request_.seat) {
      x = Eigen::VectorXd::Zero(5);
      largest = Eigen::VectorXd::Ones(5);
      x.head(2) << q_[kHeight], q_[runner_.legs[0].ankle];
      largest.head(2) << kLargestLift, kLargestTurn;
    } else {
      x = largest = Eigen::VectorXd::Zero(4);
      x << q_[kHeight], q_[kList], q_[runner_.legs[0].ankle], q_[runner_.legs[0].hip];
      largest << kLargestLift, kLargestTurn, kLargestTurn, kLargestTurn;
    }
    EquilibriumSummary summary;
    summary.newton = solve_newton([&](const Eigen::VectorXd& y) { return calc_residual(y); }, largest, x);
    calc_residual(x);
    summary.is_converged = summary.newton.is_converged;
    summary.weight = weight_;
    summary.foot_force = calc_foot_force_y();
    for (int row = 0; row < kRootCoordinateCount; ++row) {
      const double unit = row < 3 ? weight_ : weight_ * kMomentUnit;
      summary.largest_root_residual = std::max(summary.largest_root_residual, std::abs(tau_[row]) / unit);
    }
    if (!summary.is_converged) {
      static constexpr const char* kNames[] = {"pelvis_ty", "pelvis_tilt", "pelvis_list",
                                               "the center of pressure", "the load on the feet"};
      summary.failure = fmt::format(
          "no equilibrium: {} stays {:.2g} (of weight, weight times 0.1 m, or 10 mm) off after {} iterations",
          kNames[summary.newton.worst], summary.newton.largest_residual, summary.newton.iterations);
    }
    return summary;
  }

  void check_supports(EquilibriumSummary& summary) {
    if (!request_.seat) return;
    for (int side = 0; side < 2; ++side) {
      summary.ischium_force[side] = seat_force(side);
      summary.thigh_force[side] = seat_force(2 + side);
    }
    const bool pulls_thighs = summary.thigh_force[0] < 0.0;
    if (!pulls_thighs && summary.ischium_force[0] >= 0.0 && summary.ischium_force[1] >= 0.0) return;
    summary.is_converged = false;
    summary.failure = fmt::format(
        "no equilibrium: the seat would have to pull {:.0f} N at the {}, the weight falls outside seat and "
        "feet",
        -std::min({summary.thigh_force[0], summary.ischium_force[0], summary.ischium_force[1]}),
        pulls_thighs ? "thighs" : "ischial tuberosities");
  }

  const EquilibriumRequest& request_;
  Runner& runner_;
  RunnerData<double> data_;
  Eigen::VectorXd q_, rest_, tau_;
  double weight_ = 0.0;  // N
  size_t first_seat_force_ = 0;
};

}  // namespace

EquilibriumSummary solve_equilibrium(const EquilibriumRequest& request, Runner& runner, Eigen::VectorXd& q) {
  const Vector3<double>& n = runner.contact.plane.normal;
  LUMBARUN_THROW_UNLESS(n.x == 0.0 && n.z == 0.0, "a posture needs level ground");
  LUMBARUN_DEMAND(request.q.size() == runner.model.coordinate_count());
  return Balance(request, runner).solve(q);
}

}  // namespace lumbarun
