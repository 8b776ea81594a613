// Contact elements on the runner's feet: geometry, friction, and the wrench that reaches the tree.
#include "sim/contact/foot_contact.h"

#include <gtest/gtest.h>

#include "sim/multibody/jacobian.h"
#include "sim/multibody/rnea.h"
#include "tests/dynamics/running_states.h"

namespace lumbarun {
namespace {

class RunnerFeet : public ::testing::Test {
 protected:
  void tilt_ground(double angle) {
    runner_.contact.plane.normal = {-std::sin(angle), std::cos(angle), 0.0};
    runner_.contact.plane.offset = 0.013;
  }
  // Visits every element of every state with the kinematics in data_.
  template <class Visit>
  void visit_elements(const Visit& visit) {
    for (const MotionState& s : states_) {
      update_external_forces(runner_, data_, s.q.data(), s.v.data());
      for (size_t i = 0; i < runner_.contact.elements.size(); ++i) {
        visit(runner_.contact.elements[i], data_.elements[i]);
      }
    }
  }

  Runner runner_ = test::build_sample_runner();
  std::vector<MotionState> states_ = test::build_running_states(runner_, 12, 90210);
  RunnerData<double> data_{runner_};
};

TEST_F(RunnerFeet, GapIsTheDistanceOfTheLowestPoint) {
  tilt_ground(0.07);
  const Eigen::Vector3d n = to_eigen(runner_.contact.plane.normal);
  visit_elements([&](const ContactElement& element, const ElementState<double>& state) {
    const Eigen::Vector3d center = to_eigen(calc_position(data_.tree, element.link, element.p_LC));
    EXPECT_NEAR(state.gap, n.dot(center) - element.radius - 0.013, 1e-13);
    EXPECT_NEAR((to_eigen(state.position) - center).norm(), element.radius, 1e-13);
    EXPECT_NEAR(n.dot(to_eigen(state.position)) - 0.013, state.gap, 1e-13);
  });
}

TEST_F(RunnerFeet, FrictionOpposesSlidingWithinItsCone) {
  tilt_ground(-0.05);
  const Eigen::Vector3d n = to_eigen(runner_.contact.plane.normal);
  const double mu = runner_.contact.friction;
  int sliding_elements = 0, sticking_elements = 0;
  visit_elements([&](const ContactElement&, const ElementState<double>& state) {
    const Eigen::Vector3d v = to_eigen(state.velocity), F = to_eigen(state.force);
    const Eigen::Vector3d sliding = v - n * n.dot(v), friction = F - n * n.dot(F);
    EXPECT_NEAR(n.dot(F), state.normal_force, 1e-9 * (1.0 + state.normal_force));
    EXPECT_LE(friction.norm(), mu * state.normal_force * (1.0 + 1e-12));
    EXPECT_LE(friction.dot(sliding), 0.0);
    EXPECT_LT(friction.cross(sliding).norm(), 1e-9 * (1.0 + state.normal_force) * (1.0 + sliding.norm()));
    if (state.normal_force < 10.0) return;
    const double speed = sliding.norm(), vs = runner_.contact.friction_speed;
    EXPECT_NEAR(friction.norm(), mu * state.normal_force * speed / std::sqrt(speed * speed + vs * vs),
                1e-9 * state.normal_force);
    (speed > 5.0 * vs ? sliding_elements : sticking_elements) += 1;
  });
  EXPECT_GE(sliding_elements, 3);
  EXPECT_GE(sticking_elements + sliding_elements, 8);
}

TEST_F(RunnerFeet, NormalForceIsThatOfTheLawAtGapAndClosingSpeed) {
  const Eigen::Vector3d n = to_eigen(runner_.contact.plane.normal);
  visit_elements([&](const ContactElement& element, const ElementState<double>& state) {
    const double closing = -n.dot(to_eigen(state.velocity));
    const ContactLaw& law = runner_.contact.get_law(element);
    EXPECT_NEAR(state.normal_force, calc_normal_force(law, state.gap, closing),
                1e-12 * (1.0 + state.normal_force));
    EXPECT_GE(state.normal_force, 0.0);
  });
}

// The wrenches in the tree, carried to one point, are the forces that the ground reports: action and
// reaction.
TEST_F(RunnerFeet, TreeFeelsExactlyTheReportedForces) {
  for (const MotionState& s : states_) {
    update_external_forces(runner_, data_, s.q.data(), s.v.data());
    const Vector3<double> point{1.7, -0.4, 0.9};
    SpatialForce<double> in_tree, reported;
    for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
      in_tree += shifted(data_.tree.applied[i], point - data_.tree.link[i].p_WL);
    }
    for (const auto& element : data_.elements) {
      reported += {cross(element.position - point, element.force), element.force};
    }
    Vector3<double> feet;
    for (int foot = 0; foot < kFootCount; ++foot) feet += calc_foot_force(runner_, data_, foot);
    const double size = 1.0 + to_eigen(reported.force).norm();
    EXPECT_LT(to_eigen(in_tree.force - reported.force).norm(), 1e-12 * size);
    EXPECT_LT(to_eigen(in_tree.moment - reported.moment).norm(), 1e-12 * size);
    EXPECT_LT(to_eigen(feet - reported.force).norm(), 1e-12 * size);
  }
}

// Virtual work: what the ground takes off the generalised forces is JᵀF of the element points.
TEST_F(RunnerFeet, GeneralisedForceIsJacobianTransposed) {
  const int n = runner_.model.coordinate_count();
  for (const MotionState& s : states_) {
    update_external_forces(runner_, data_, s.q.data(), s.v.data());
    update_inverse_dynamics(runner_.model, data_.tree, s.v.data(), s.a.data());
    const std::vector<double> with = data_.tree.tau;
    std::vector<double> expected(n, 0.0);
    std::vector<Vector3<double>> column(n);
    for (size_t e = 0; e < data_.elements.size(); ++e) {
      calc_point_jacobian(runner_.model, data_.tree, runner_.contact.elements[e].link,
                          data_.elements[e].position, column.data());
      for (int i = 0; i < n; ++i) expected[i] += dot(column[i], data_.elements[e].force);
    }
    data_.tree.clear_applied();
    update_inverse_dynamics(runner_.model, data_.tree, s.v.data(), s.a.data());
    for (int i = 0; i < n; ++i) {
      EXPECT_NEAR(data_.tree.tau[i] - with[i], expected[i], 1e-8) << runner_.model.links()[i].coordinate;
    }
  }
}

TEST_F(RunnerFeet, FeetOfOneSideCarryThatSidesElements) {
  int count[kFootCount] = {0, 0};
  for (const ContactElement& element : runner_.contact.elements) {
    ++count[element.foot];
    EXPECT_TRUE(element.name.ends_with(element.foot == 0 ? "_r" : "_l")) << element.name;
  }
  EXPECT_EQ(count[0], count[1]);
  EXPECT_GE(count[0], 4);
}

// A runner in the air feels nothing at all.
TEST_F(RunnerFeet, NothingInTheAir) {
  for (MotionState s : states_) {
    s.q[1] += 0.4;
    update_external_forces(runner_, data_, s.q.data(), s.v.data());
    for (const auto& element : data_.elements) EXPECT_EQ(to_eigen(element.force).norm(), 0.0) << element.gap;
  }
}

}  // namespace
}  // namespace lumbarun
