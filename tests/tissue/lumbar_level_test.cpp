// One lumbar level as a sum of parts: moments are the gradient of an energy, neutral standing is at rest, mirror
// images agree, and each part pushes or pulls the way anatomy says.
#include <gtest/gtest.h>

#include "models/skeleton_tables.h"
#include "models/spine_builder.h"
#include "sim/tissue/disc_kernel.h"
#include "tests/models/shared_data.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

const SpineTables& get_tables() {
  static const SpineTables tables = read_skeleton_tables(test::runner_folder()).spine;
  return tables;
}

// Conditions that put every term of the law to work, and a slide.
Disc build_general_level(int level) {
  TissueParameters tissue;
  tissue.levels[level] = {180.0, 1.3, 0.4};
  tissue.facet_arthrosis = 0.3;
  Disc disc = build_test_segment(get_tables(), level, tissue);
  disc.slide.coordinate = CoordinateIndex(3);
  disc.slide.stiffness = 1.7e6;
  disc.slide.damping = 400.0;
  finish_disc(disc);
  return disc;
}

std::array<double, 4> calc_torques(const Disc& disc, const std::array<double, 4>& q,
                                   const std::array<double, 4>& v = {}) {
  std::array<double, 4> tau{};
  add_disc_torques(disc, q.data(), v.data(), tau.data());
  return tau;
}

std::array<double, 4> random_state(oracles::Random& random) {
  return {random.uniform(-0.15, 0.15), random.uniform(-0.12, 0.12), random.uniform(-0.06, 0.06),
          random.uniform(-8e-4, 4e-4)};
}

TEST(LumbarLevel, TorquesAreTheGradientOfTheStoredEnergy) {
  oracles::Random random(91);
  for (int level = 0; level < kLevelCount; ++level) {
    const Disc disc = build_general_level(level);
    for (int trial = 0; trial < 8; ++trial) {
      const auto q = random_state(random);
      const auto tau = calc_torques(disc, q);
      for (int i = 0; i < 4; ++i) {
        const auto energy_along = [&](double x) {
          auto moved = q;
          moved[i] = x;
          return calc_stored_energy(disc, moved.data());
        };
        const double slope = oracles::calc_richardson_derivative(energy_along, q[i], i < 3 ? 1e-3 : 1e-5);
        EXPECT_NEAR(tau[i], -slope, 2e-6 * (10.0 + std::abs(slope))) << kLevelNames[level] << " axis " << i;
      }
    }
  }
}

// Work around a closed path of the elastic torques is nothing; on the way it is something.
TEST(LumbarLevel, ElasticWorkDoesNotDependOnThePath) {
  const Disc disc = build_general_level(4);
  const std::array<double, 4> a{-0.12, 0.05, 0.03, -5e-4}, b{0.06, -0.08, -0.02, 2e-4};
  const auto work_along = [&](const std::array<int, 4>& order) {
    double work = 0.0;
    auto q = a;
    for (int i : order) {
      constexpr int kSteps = 20000;  // midpoint rule
      const double step = (b[i] - a[i]) / kSteps;
      for (int k = 0; k < kSteps; ++k) {
        q[i] = a[i] + (k + 0.5) * step;
        work += calc_torques(disc, q)[i] * step;
      }
      q[i] = b[i];
    }
    return work;
  };
  const double one = work_along({0, 1, 2, 3}), other = work_along({3, 2, 1, 0});
  EXPECT_GT(std::abs(one), 0.01);
  EXPECT_NEAR(one, other, 1e-7);
  EXPECT_NEAR(one, calc_stored_energy(disc, a.data()) - calc_stored_energy(disc, b.data()), 1e-7);
}

TEST(LumbarLevel, NeutralStandingIsAtRest) {
  for (int level = 0; level < kLevelCount; ++level) {
    for (const double tau : calc_torques(build_general_level(level), {})) EXPECT_NEAR(tau, 0.0, 1e-12);
  }
}

TEST(LumbarLevel, RatesOnlyDissipate) {
  oracles::Random random(7);
  const Disc disc = build_general_level(3);
  for (int trial = 0; trial < 20; ++trial) {
    const auto q = random_state(random);
    const std::array<double, 4> v{random.uniform(-5, 5), random.uniform(-5, 5), random.uniform(-5, 5),
                                  random.uniform(-0.3, 0.3)};
    const auto still = calc_torques(disc, q), moving = calc_torques(disc, q, v);
    double power = 0.0;
    for (int i = 0; i < 4; ++i) {
      EXPECT_LT((moving[i] - still[i]) * v[i], 0.0);
      power += (moving[i] - still[i]) * v[i];
    }
    EXPECT_NEAR(-power, calc_dissipation(disc, v.data()), 1e-9 * -power);
  }
}

// Bending and rotation change sign in the mirror, extension and slide do not: 1e-12 relative.
TEST(LumbarLevel, MirrorImageGivesMirroredTorques) {
  oracles::Random random(23);
  for (int level = 0; level < kLevelCount; ++level) {
    const Disc disc = build_general_level(level);
    for (int trial = 0; trial < 20; ++trial) {
      const auto q = random_state(random);
      const auto tau = calc_torques(disc, q), other = calc_torques(disc, {q[0], -q[1], -q[2], q[3]});
      const double scale = 1e-12 * (std::abs(tau[0]) + std::abs(tau[1]) + std::abs(tau[2]));
      EXPECT_NEAR(other[0], tau[0], scale);
      EXPECT_NEAR(other[1], -tau[1], scale);
      EXPECT_NEAR(other[2], -tau[2], scale);
      EXPECT_NEAR(other[3], tau[3], 1e-12 * (1e3 + std::abs(tau[3])));
    }
  }
}

double calc_total_tension(const Disc& disc, const std::string& kind, const std::array<double, 3>& q) {
  const LevelPose<double> pose = calc_level_pose(disc, q.data());
  double tension = 0.0;
  for (const Ligament& ligament : disc.ligaments) {
    if (ligament.name.find(kind) != std::string::npos)
      tension += calc_tension(ligament, calc_length(pose, ligament));
  }
  return tension;
}

TEST(LumbarLevel, PartsAnswerTheMotionTheyResist) {
  const double deg = kRadPerDeg;
  for (int level = 0; level < kLevelCount; ++level) {
    const Disc disc = build_test_segment(get_tables(), level, {});
    for (const char* behind : {"_PLL", "_LF", "_ISL", "_SSL", "_CL"}) {
      EXPECT_GT(calc_total_tension(disc, behind, {-8.0 * deg, 0.0, 0.0}),
                calc_total_tension(disc, behind, {0.0, 0.0, 0.0}) + 1.0)
          << kLevelNames[level] << behind;
    }
    EXPECT_GT(calc_total_tension(disc, "_ALL", {5.0 * deg, 0.0, 0.0}),
              calc_total_tension(disc, "_ALL", {-5.0 * deg, 0.0, 0.0}) + 1.0);
    EXPECT_GT(calc_total_tension(disc, "_ITL_l", {0.0, 5.0 * deg, 0.0}),
              10.0);  // right bending pulls the left
    EXPECT_LT(calc_total_tension(disc, "_ITL_r", {0.0, 5.0 * deg, 0.0}), 10.0);
    const auto facet = [&](const std::array<double, 3>& q) {
      return calc_facet_wrench(disc, calc_level_pose(disc, q.data()));
    };
    EXPECT_LT(facet({0.0, 0.0, 2.0 * deg}).moment.y, -2.0);  // left rotation is stopped
    EXPECT_LT(facet({6.0 * deg, 0.0, 0.0}).moment.z, -0.5);  // extension too
    EXPECT_GT(facet({6.0 * deg, 0.0, 0.0}).force.y, 10.0);   // by the tips, which carry weight then
    EXPECT_NEAR(facet({-6.0 * deg, 0.0, 0.0}).force.y, 0.0, 2.0);
  }
}

TEST(Disc, PreloadFactorGoesThroughThePublishedPoints) {
  EXPECT_EQ(calc_preload_factor(-100.0), 1.0);
  EXPECT_EQ(calc_preload_factor(0.0), 1.0);
  EXPECT_NEAR(calc_preload_factor(125.0), 0.5 * (1.0 + 1.71), 1e-12);
  EXPECT_NEAR(calc_preload_factor(250.0), 1.71, 1e-12);
  EXPECT_NEAR(calc_preload_factor(375.0), 0.5 * (1.71 + 2.11), 1e-12);
  EXPECT_NEAR(calc_preload_factor(499.999999), 2.11, 1e-7);
  EXPECT_EQ(calc_preload_factor(4000.0), 2.11);
}

// The disc alone at L4/5 is the published polynomial; preload multiplies its linear part.
TEST(Disc, L45AloneIsThePublishedCurve) {
  for (const double preload : {0.0, 500.0}) {
    TissueParameters tissue;
    tissue.levels[4].preload_n = preload;
    const Disc disc = build_test_segment(get_tables(), 4, tissue);
    const double factor = preload > 0.0 ? 2.11 : 1.0;
    for (const double t : {-9.0, -3.0, 0.5, 6.0}) {
      const double angle = deg_to_rad(t);
      EXPECT_NEAR(calc_elastic_moment(disc.axes[0], angle), -(0.4726 * factor * t + 0.002 * t * t * t), 1e-9);
      EXPECT_NEAR(calc_elastic_moment(disc.axes[1], angle), -(0.6989 * factor * t + 0.00102 * t * t * t),
                  1e-9);
      EXPECT_NEAR(calc_elastic_moment(disc.axes[2], angle), -(1.0191 * factor * t + 0.0061 * t * t * t),
                  1e-9);
    }
  }
}

TEST(DiscCondition, RuptureScalesTheDiscByThePublishedRatios) {
  TissueParameters ruptured;
  for (LevelCondition& level : ruptured.levels) level.herniation = 1.0;
  const double ratios[3][2] = {{0.8 / 2.6, 1.1 / 1.8}, {1.4 / 2.3, 1.4 / 2.3}, {2.4 / 8.4, 2.4 / 8.4}};
  for (int level = 0; level < kLevelCount; ++level) {
    const Disc healthy = build_test_segment(get_tables(), level, {});
    const Disc torn = build_test_segment(get_tables(), level, ruptured);
    for (int k = 0; k < 3; ++k) {
      EXPECT_NEAR(torn.axes[k].stiffness_positive / healthy.axes[k].stiffness_positive, ratios[k][0], 1e-12);
      EXPECT_NEAR(torn.axes[k].stiffness_negative / healthy.axes[k].stiffness_negative, ratios[k][1], 1e-12);
    }
  }
}

TEST(DiscCondition, DegenerationLowersHeightAndPressureAndLoadsFacets) {
  const double heights[] = {1.0, 0.8, 0.6, 0.4}, shares[] = {0.0, 0.16, 0.43, 0.70};
  for (int grade = 0; grade <= 3; ++grade) {
    TissueParameters tissue;
    tissue.levels[5].degeneration_grade = grade;
    const Disc disc = build_test_segment(get_tables(), 5, tissue);
    const Disc healthy = build_test_segment(get_tables(), 5, {});
    EXPECT_NEAR(disc.height_ratio, heights[grade], 1e-12);
    EXPECT_NEAR(disc.facet_compression_share, shares[grade], 1e-12);
    EXPECT_NEAR(disc.nucleus_pressure_ratio, 1.0 - 0.1 * grade, 1e-12);
    EXPECT_NEAR(disc.axes[1].stiffness_positive / healthy.axes[1].stiffness_positive, 1.0 / heights[grade],
                1e-12);
    EXPECT_NEAR(disc.slide.stiffness / healthy.slide.stiffness, 1.0 / heights[grade], 1e-12);
    if (grade > 0) {
      EXPECT_LT(disc.facets[1].gap, healthy.facets[1].gap);
    }
  }
}

TEST(DiscCondition, StiffnessFactorScalesTheWholeSegment) {
  TissueParameters stiff;
  stiff.segment_stiffness = 1.7;
  for (int axis = 0; axis < 3; ++axis) {
    for (const double angle : {-0.1, 0.03, 0.09}) {
      const double soft = calc_segment_moment(build_test_segment(get_tables(), 2, {}), axis, angle);
      EXPECT_NEAR(calc_segment_moment(build_test_segment(get_tables(), 2, stiff), axis, angle), 1.7 * soft,
                  1e-9 * std::abs(soft));
    }
  }
}

}  // namespace
}  // namespace lumbarun
