// What the stride keys do to the reference, measured on the model's own feet.
#include "models/stride_shape.h"

#include <gtest/gtest.h>

#include <numbers>

#include "models/reference_motion.h"
#include "models/runner_builder.h"
#include "sim/core/units.h"
#include "sim/dynamics/equations_of_motion.h"
#include "sim/loads/leg_stiffness.h"

namespace lumbarun {
namespace {

constexpr double kSpeed = 3.3;  // m/s

class Shape : public ::testing::Test {
 protected:
  struct Foot {
    double ahead = 0.0, height = 0.0, angle = 0.0, side = 0.0;  // of the right sole: m, m, rad, m
  };

  Shape()
      : runner_(build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), RunnerParameters{})),
        norm_(GaitNorm::read(LUMBARUN_SOURCE_DIR "/models/gaits")),
        cadence_(norm_.calc_cadence_spm(kSpeed) / 60.0) {}

  ReferenceMotion build(const StrideShape& shape, double cadence) const {
    return build_reference_motion(runner_, norm_, kSpeed, cadence, shape);
  }
  ReferenceMotion build(const StrideShape& shape) const { return build(shape, cadence_); }

  // The right foot at a share of its stance, height over a plane of `slope` through the world's origin.
  Foot measure(const ReferenceMotion& motion, double stance, double cadence, double slope = 0.0) const {
    const double contact = calc_contact_time(norm_, kSpeed, cadence);
    const Eigen::VectorXd q = motion(stance * contact).q;
    Data<double> data(runner_.model);
    update_positions(runner_.model, data, q.data());
    Foot foot;
    const Vector3<double> hip = data.link[runner_.legs[0].hip].p_WL;
    foot.ahead = data.link[runner_.legs[0].ankle].p_WL.x - hip.x;
    foot.angle = calc_sole_angle(runner_, data, 0);
    foot.height = 1e9;
    for (const ContactElement& element : runner_.contact.elements) {
      if (element.foot != 0) continue;
      const Vector3<double> p = calc_position(data, element.link, element.p_LC);
      foot.height = std::min(foot.height, p.y - std::tan(slope) * p.x);
      foot.side += p.z / 7.0;
    }
    return foot;
  }
  Eigen::VectorXd calc_mean(const ReferenceMotion& motion) const {
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(runner_.model.coordinate_count());
    for (int k = 0; k < 200; ++k) mean += motion(2.0 / cadence_ * k / 200.0).q / 200.0;
    return mean;
  }
  int find(const char* coordinate) const { return runner_.model.get_coordinate(coordinate); }

  Runner runner_;
  GaitNorm norm_;
  double cadence_;
};

TEST_F(Shape, NothingAskedIsTheNormToTheLastBit) {
  const ReferenceMotion plain = build_reference_motion(runner_.model, norm_, kSpeed, cadence_);
  const ReferenceMotion shaped = build({});
  for (double t : {0.0, 0.0371, 0.2, 0.4119, 0.7}) {
    EXPECT_EQ(plain(t).q, shaped(t).q);
    EXPECT_EQ(plain(t).v, shaped(t).v);
    EXPECT_EQ(plain(t).a, shaped(t).a);
  }
}

// No step where a key begins to act: a hair off the norm is a hair away from it.
TEST_F(Shape, BeginsSmoothly) {
  const ReferenceMotion plain = build({});
  const ReferenceMotion other = build({.slope = 1e-7}, cadence_ * (1.0 + 1e-7));
  for (double t = 0.0; t < 0.7; t += 0.05)
    EXPECT_LT((plain(t).q - other(t).q).cwiseAbs().maxCoeff(), 1e-5) << t;
}

TEST_F(Shape, RatesAreDerivatives) {
  const ReferenceMotion motion = build({.slope = 0.1, .foot_strike_angle = -0.1}, 1.08 * cadence_);
  constexpr double h = 1e-5;
  for (double t : {0.01, 0.13, 0.29, 0.5}) {
    const MotionState before = motion(t - h), here = motion(t), after = motion(t + h);
    EXPECT_LT(((after.q - before.q) / (2.0 * h) - here.v).cwiseAbs().maxCoeff(), 1e-5);
    EXPECT_LT(((after.v - before.v) / (2.0 * h) - here.a).cwiseAbs().maxCoeff(), 1e-3);
  }
}

TEST_F(Shape, WarpMovesTakeOffAndKeepsSides) {
  const PhaseWarp warp(0.31, 0.335);
  EXPECT_NEAR(warp.calc(0.0).value, 0.0, 1e-15);
  EXPECT_NEAR(warp.calc(0.335).value, 0.31, 1e-12);
  for (double p = 0.0; p < 0.5; p += 0.01) {
    EXPECT_NEAR(warp.calc(p + 0.5).value, warp.calc(p).value + 0.5, 1e-12);
    EXPECT_GT(warp.calc(p).rate, 0.5);
  }
}

// Farley & González 1996: 7.0 and 16.3 kN/m at -26 and +36 % of the preferred stride frequency, 2.5 m/s. The exponent of
// contact time came from these two numbers; here they come back through the sine model, which is coded elsewhere.
TEST_F(Shape, ContactTimeGivesMeasuredLegStiffness) {
  constexpr double kMass = 66.0, kLeg = 0.91, kSlow = 2.5;
  const double preferred = norm_.calc_cadence_spm(kSlow) / 60.0;
  for (const auto& [factor, measured] : {std::pair(0.74, 7.0e3), std::pair(1.36, 16.3e3)}) {
    const double contact = calc_contact_time(norm_, kSlow, factor * preferred);
    const auto sine = calc_sine_stiffness(kMass, kSlow, kLeg, contact, 1.0 / (factor * preferred) - contact);
    ASSERT_TRUE(sine && sine->leg_stiffness_n_m);
    EXPECT_NEAR(*sine->leg_stiffness_n_m, measured, 0.08 * measured) << factor;
  }
}

// A contact time of one's own is the share of the stride in which the reference stands.
TEST_F(Shape, ContactTimeMovesTakeOff) {
  for (double contact : {0.20, 0.26}) {
    const ReferenceMotion norm = build({}), own = build({.contact_time = contact});
    const double usual = calc_contact_time(norm_, kSpeed, cadence_);
    const auto calc_subtalar = [&](const ReferenceMotion& motion, double time) {
      return motion(time).q[runner_.model.get_coordinate("subtalar_angle_r")];
    };
    EXPECT_NEAR(calc_subtalar(own, 0.0), calc_subtalar(norm, 0.0), 1e-6);
    EXPECT_NEAR(calc_subtalar(own, contact), calc_subtalar(norm, usual), 1e-6);
  }
}

// On a slope the foot meets the plane as it meets level ground, under a trunk that stays as upright as it was.
TEST_F(Shape, SlopeMovesTheFootWithThePlane) {
  const ReferenceMotion level = build({});
  for (double grade : {-0.15, -0.06, 0.1, 0.15}) {
    const double slope = std::atan(grade);
    const ReferenceMotion tilted = build({.slope = slope});
    std::vector<double> drop;
    for (double stance : {0.0, 0.25, 0.5, 0.75, 0.95}) {
      const Foot here = measure(tilted, stance, cadence_, slope), there = measure(level, stance, cadence_);
      EXPECT_NEAR(here.angle - there.angle, slope, 0.03) << grade << " at " << stance;
      EXPECT_NEAR(here.ahead, there.ahead, 0.012) << grade << " at " << stance;
      drop.push_back(here.height - there.height);
    }
    const auto [low, high] = std::minmax_element(drop.begin(), drop.end());
    EXPECT_LT(*high - *low, 0.010) << grade;  // m: the hip came down by one height
    for (const char* kept : {"pelvis_tilt", "L4_L5_extension", "arm_flex_r"})
      EXPECT_EQ(tilted(0.2).q[find(kept)], level(0.2).q[find(kept)]);
    const double stride = 2.0 / cadence_;
    EXPECT_NEAR(tilted(stride).q[0] - tilted(0.0).q[0], kSpeed * stride * std::cos(slope), 1e-12);
    EXPECT_NEAR(tilted(stride).q[1] - tilted(0.0).q[1], kSpeed * stride * std::sin(slope), 1e-12);
  }
}

TEST_F(Shape, StrikeTurnsTheSoleAndKeepsItsHeight) {
  const Foot own = measure(build({}), 0.0, cadence_);
  EXPECT_NEAR(own.angle, calc_norm_strike_angle(runner_, norm_, kSpeed), 1e-12);
  EXPECT_GT(own.angle, deg_to_rad(8.0));  // the norm is a rearfoot strike
  for (double asked_deg : {-10.0, 0.0, 5.0, 20.0}) {
    const ReferenceMotion motion = build({.foot_strike_angle = deg_to_rad(asked_deg)});
    EXPECT_NEAR(rad_to_deg(measure(motion, 0.0, cadence_).angle), asked_deg, 2.5);
    EXPECT_NEAR(measure(motion, 0.0, cadence_).height, own.height, 0.008);
    EXPECT_NEAR(measure(motion, 0.6, cadence_).angle, measure(build({}), 0.6, cadence_).angle, 0.02);
  }
}

TEST_F(Shape, ABallLandingLowersTheHeelInsteadOfSlappingFurther) {
  const double asked = deg_to_rad(-8.0);
  const ReferenceMotion motion = build({.foot_strike_angle = asked}), norm = build({});
  double steepest = 0.0;
  for (double stance = 0.0; stance < 0.3; stance += 0.02)
    steepest = std::min(steepest, measure(motion, stance, cadence_).angle);
  EXPECT_GT(steepest, asked - deg_to_rad(1.0));  // the norm's own slap comes down by 19° in this time
  const double toes = rad_to_deg(motion(0.0).q[find("mtp_angle_r")] - norm(0.0).q[find("mtp_angle_r")]);
  EXPECT_NEAR(toes, -rad_to_deg(measure(motion, 0.0, cadence_).angle), 1.0);  // level
}

TEST_F(Shape, AskingForTheNormsOwnStrikeChangesNothing) {
  const ReferenceMotion own = build({});
  const ReferenceMotion same = build({.foot_strike_angle = calc_norm_strike_angle(runner_, norm_, kSpeed)});
  for (double t : {0.0, 0.013, 0.05, 0.4, 0.69})
    EXPECT_LT((own(t).q - same(t).q).lpNorm<Eigen::Infinity>(), 1e-6) << t;
}

TEST_F(Shape, WidthMovesTheFeetApart) {
  const double own = calc_norm_step_width(runner_, norm_, kSpeed);
  const double side = measure(build({}), 0.5, cadence_).side;
  for (double asked : {0.0, 0.1, 0.25}) {
    const Foot foot = measure(build({.step_width = asked}), 0.5, cadence_);
    EXPECT_NEAR(2.0 * (foot.side - side), asked - own, 0.012) << asked;
  }
}

TEST_F(Shape, PostureMovesMeansOnly) {
  const Eigen::VectorXd own = calc_mean(build({}));
  const double lean = deg_to_rad(12.0), tilt = deg_to_rad(14.0);
  const Eigen::VectorXd mean = calc_mean(build({.trunk_lean = lean, .pelvic_tilt = tilt}));
  const auto sum_levels = [&](const Eigen::VectorXd& q) {
    double sum = 0.0;
    for (const auto level : kLevelNames) sum += q[find((std::string(level) + "_extension").c_str())];
    return sum;
  };
  EXPECT_NEAR(mean[find("pelvis_tilt")], -tilt, 1e-9);
  EXPECT_NEAR(mean[find("pelvis_tilt")] + sum_levels(mean), -lean, 1e-3);  // shares have four decimals
  EXPECT_NEAR(mean[find("pelvis_tilt")] + mean[find("hip_flexion_r")],
              own[find("pelvis_tilt")] + own[find("hip_flexion_r")], 1e-9);
  EXPECT_NEAR(mean[find("knee_angle_l")], own[find("knee_angle_l")], 1e-12);
}

// Heiderscheit et al. 2011 (MSSE 43:296): at higher step rate and the same speed peak knee flexion of stance falls, the
// foot lands closer to the body, the centre of mass moves less up and down.
TEST_F(Shape, HigherCadenceActsAsMeasured) {
  const auto largest = [&](const ReferenceMotion& motion, double cadence, int coordinate) {
    double high = -10.0, low = 10.0;
    for (double s = 0.0; s <= 1.0; s += 0.02) {
      const double x = motion(s * calc_contact_time(norm_, kSpeed, cadence)).q[coordinate];
      high = std::max(high, x);
      low = std::min(low, x);
    }
    return std::pair(high, high - low);
  };
  const ReferenceMotion own = build({});
  double knee = largest(own, cadence_, find("knee_angle_r")).first;
  double rise = largest(own, cadence_, find("pelvis_ty")).second;
  double ahead = measure(own, 0.0, cadence_).ahead;
  for (double factor : {1.05, 1.10, 1.15}) {
    const ReferenceMotion quick = build({}, factor * cadence_);
    EXPECT_LT(largest(quick, factor * cadence_, find("knee_angle_r")).first, knee - deg_to_rad(0.3));
    EXPECT_LT(largest(quick, factor * cadence_, find("pelvis_ty")).second, 0.97 * rise);
    EXPECT_LT(measure(quick, 0.0, factor * cadence_).ahead, ahead - 0.003);
    knee = largest(quick, factor * cadence_, find("knee_angle_r")).first;
    rise = largest(quick, factor * cadence_, find("pelvis_ty")).second;
    ahead = measure(quick, 0.0, factor * cadence_).ahead;
  }
}

}  // namespace
}  // namespace lumbarun
