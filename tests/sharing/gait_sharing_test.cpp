// Sharing on the whole runner with all its muscles: optimality, equilibrium of every row in terms of the full
// joint moment, bounds, floors.
#include "sim/sharing/gait_sharing.h"

#include <gtest/gtest.h>

#include "models/muscles.h"
#include "tests/dynamics/running_states.h"

namespace lumbarun {
namespace {

struct RunnerWithMuscles {
  SkeletonTables tables = read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner");
  RunnerParameters parameters;
  Runner runner = build_runner(tables, parameters);
  RunnerMuscles muscles =
      build_muscles(runner.model, tables, read_muscle_tables(LUMBARUN_SOURCE_DIR "/models/runner", tables),
                    parameters.person);
};

// Every state shared with exponents 2, 3 and 4.
class RunnerSharing : public ::testing::TestWithParam<int> {
 protected:
  static void SetUpTestSuite() { built_ = new RunnerWithMuscles; }
  static void TearDownTestSuite() { delete built_; }

  RunnerSharing()
      : sharing_(built_->runner, built_->muscles.muscles, built_->muscles.paths, settings()),
        data_(built_->runner),
        tau_(built_->runner.model.coordinate_count()) {}

  static SharingSettings settings() {
    SharingSettings settings;
    settings.exponent = GetParam();
    settings.trunk_activation_floor = 0.02;
    settings.elastic_tendons = false;  // the problem of one instant, without memory
    return settings;
  }

  // A step of the norm, quiet enough that muscles can carry it, solved state after state.
  template <class Check>
  void visit_solutions(const Check& check) {
    const PeriodicMotion motion = test::build_sample_motion(built_->runner, 0.004);
    for (int i = 0; i < 5; ++i) {
      const MotionState s = motion.at_time(2.0 * test::kSampleStepTime * (i + 0.35) / 5.0);
      calc_actuator_torques(built_->runner, data_, s.q.data(), s.v.data(), s.a.data(), tau_.data());
      const SharingSummary summary = sharing_.solve(data_, s.q.data(), s.v.data(), tau_.data());
      ASSERT_TRUE(summary.usable);
      check(summary);
    }
  }
  const Muscle& muscle(int i) const { return built_->muscles.muscles[i]; }
  double arm(size_t row, int i) const {
    return get_moment_arm(built_->muscles.paths, sharing_.path_data(), MuscleIndex(i), sharing_.rows()[row]);
  }
  int muscle_count() const { return built_->muscles.paths.muscle_count(); }
  const std::string& row_name(size_t row) const {
    return built_->runner.model.link(sharing_.rows()[row]).coordinate;
  }

  static const RunnerWithMuscles* built_;
  GaitSharing sharing_;
  RunnerData<double> data_;
  Eigen::VectorXd tau_;
};

const RunnerWithMuscles* RunnerSharing::built_ = nullptr;

TEST_P(RunnerSharing, RowsAreLumbarHipKneeAnkle) {
  ASSERT_EQ(sharing_.rows().size(), 18u + 2u * 5u);
  for (size_t k = 0; k < sharing_.rows().size(); ++k) {
    const bool lumbar = row_name(k).find("_extension") != std::string::npos ||
                        row_name(k).find("_bending") != std::string::npos ||
                        (row_name(k).find("_rotation") != std::string::npos && row_name(k)[0] != 'h');
    EXPECT_EQ(lumbar, k < 18) << row_name(k);
    EXPECT_EQ(sharing_.reserves()[k].coordinate, row_name(k));
    EXPECT_EQ(sharing_.reserves()[k].kind == ReserveKind::disc_rotation, lumbar);
  }
}

// The whole moment of a joint, as recursive Newton-Euler finds it with the ground applied, is made of muscle,
// passive structures and reserve; the fibres' passive tension counts once. At lumbar rows it adds to the
// disc; at hip, knee and ankle it is inside the leg's passive law.
TEST_P(RunnerSharing, EveryJointMomentIsAccountedForOnce) {
  visit_solutions([&](const SharingSummary&) {
    double fibre_share = 0.0;
    for (size_t k = 0; k < sharing_.rows().size(); ++k) {
      const CoordinateIndex row = sharing_.rows()[k];
      double active = 0.0, fibre = 0.0, scale = 1.0;
      for (int i = 0; i < muscle_count(); ++i) {
        const MuscleState& state = sharing_.muscle_states()[i];
        active += arm(k, i) * state.active_capacity * sharing_.solution().activation[i];
        fibre += arm(k, i) * state.passive_force;
        scale += std::abs(arm(k, i)) * sharing_.solution().force_N[i];
      }
      const double passive = data_.passive[row] + (k < 18 ? fibre : 0.0);
      const double total = active + passive + sharing_.solution().reserve_nm[static_cast<Eigen::Index>(k)];
      EXPECT_NEAR(total, data_.tree.tau[row], 1e-8 * scale) << row_name(k);
      if (k >= 18) fibre_share = std::max(fibre_share, std::abs(fibre));
    }
    EXPECT_GT(fibre_share, 1.0);  // counting them twice would show
  });
}

TEST_P(RunnerSharing, NetMomentIsWhatMusclesAreAskedFor) {
  visit_solutions([&](const SharingSummary&) {
    for (size_t k = 0; k < sharing_.rows().size(); ++k) {
      double moment = 0.0, scale = 1.0;
      for (int i = 0; i < muscle_count(); ++i) {
        moment += arm(k, i) * sharing_.solution().force_N[i];
        scale += std::abs(arm(k, i)) * sharing_.solution().force_N[i];
      }
      const auto row = static_cast<Eigen::Index>(k);
      EXPECT_NEAR(moment + sharing_.solution().reserve_nm[row], sharing_.net_moment()[row], 1e-8 * scale);
      if (k < 18) {
        EXPECT_EQ(sharing_.net_moment()[row], tau_[sharing_.rows()[k]]);
      }
    }
  });
}

// Stationarity with the prices of the rows: a muscle between its bounds earns what it costs; at a bound it
// would rather go beyond. Reserves earn their price exactly.
TEST_P(RunnerSharing, PricesMakeEveryMuscleOptimal) {
  Eigen::VectorXd force(muscle_count()), length(muscle_count());
  for (int i = 0; i < muscle_count(); ++i) {
    force[i] = muscle(i).max_isometric_force;
    length[i] = muscle(i).optimal_fiber_length;
  }
  const Eigen::VectorXd volume = force.cwiseProduct(length), weight = volume / volume.mean();
  const int p = GetParam();
  visit_solutions([&](const SharingSummary&) {
    const SharingSolution& solution = sharing_.solution();
    int between = 0;
    for (int i = 0; i < muscle_count(); ++i) {
      double earned = 0.0;
      for (size_t k = 0; k < sharing_.rows().size(); ++k) {
        earned += arm(k, i) * solution.multiplier[static_cast<Eigen::Index>(k)];
      }
      earned *= sharing_.muscle_states()[i].active_capacity;
      const double a = solution.activation[i];
      const double cost = weight[i] * (p * std::pow(a, p - 1) + 2.0 * 0.01 * a);
      const double lower = muscle(i).is_trunk ? std::max(0.02, muscle(i).min_activation) : 0.0;
      const double upper = muscle(i).group.find("latissimus") != std::string::npos ? lower : 1.0;
      const double tolerance = 1e-9 * (1.0 + std::abs(earned));
      EXPECT_GE(a, lower) << muscle(i).name;
      EXPECT_LE(a, upper) << muscle(i).name;
      if (a < upper) {
        EXPECT_LE(earned, cost + tolerance) << muscle(i).name;
      }
      if (a > lower) {
        EXPECT_GE(earned, cost - tolerance) << muscle(i).name;
      }
      between += a > lower && a < upper ? 1 : 0;
      EXPECT_NEAR(solution.force_N[i],
                  sharing_.muscle_states()[i].active_capacity * a + sharing_.muscle_states()[i].passive_force,
                  1e-9 * (1.0 + solution.force_N[i]));
      EXPECT_GE(solution.force_N[i], 0.0);
    }
    EXPECT_GT(between, 30);
    for (size_t k = 0; k < sharing_.rows().size(); ++k) {
      const auto row = static_cast<Eigen::Index>(k);
      const double unit = sharing_.reserves()[k].unit_nm;
      EXPECT_NEAR(solution.reserve_nm[row], 0.5 * unit * unit * solution.multiplier[row],
                  1e-10 * (1.0 + std::abs(solution.reserve_nm[row])));
    }
  });
}

// A disc reserve stands for a rotation at the disc's own stiffness.
TEST_P(RunnerSharing, DiscReservesCarryTheStiffnessOfTheirDisc) {
  const double unit_deg = settings().disc_reserve_unit_deg;
  for (int level = 0; level < kLevelCount; ++level) {
    for (int axis = 0; axis < 3; ++axis) {
      const DiscAxis& disc = built_->runner.discs[level].axes[axis];
      const Reserve& reserve = sharing_.reserves()[3 * level + axis];
      const double stiffness = disc.segment_stiffness;
      EXPECT_EQ(sharing_.rows()[3 * level + axis], disc.coordinate);
      EXPECT_NEAR(reserve.unit_nm, stiffness * unit_deg * M_PI / 180.0, 1e-9);
      EXPECT_NEAR(*calc_reserve_rotation_deg(reserve, reserve.unit_nm), unit_deg, 1e-12);
    }
  }
}

// With elastic tendons the loop ends where the secant it solved with is the muscle itself: the tension found is that of
// the equilibrium of tendon and fibre at the activation found, from where the fibre was one sample before. The secant the
// loop starts from (activation 0.1) would miss it, and so would fibres without memory.
TEST_P(RunnerSharing, ElasticTensionIsTheEquilibriumAtTheActivationFound) {
  SharingSettings elastic = settings();
  elastic.elastic_tendons = true;
  GaitSharing sharing(built_->runner, built_->muscles.muscles, built_->muscles.paths, elastic);
  constexpr double kStep = 0.004;  // s
  constexpr double kBound = 5e-3;  // of F_max: a change of activation by the loop's tolerance, 2e-3
  const PeriodicMotion motion = test::build_sample_motion(built_->runner, 0.004);
  std::vector<FiberHistory> fiber(muscle_count());
  double worst = 0.0, first_secant = 0.0, without_memory = 0.0;
  for (int sample = 0; sample < 6; ++sample) {
    const MotionState s = motion.at_time(0.1 + sample * kStep);
    calc_actuator_torques(built_->runner, data_, s.q.data(), s.v.data(), s.a.data(), tau_.data());
    ASSERT_TRUE(sharing.solve(data_, s.q.data(), s.v.data(), tau_.data(), sample == 0 ? 0.0 : kStep).usable);
    for (int i = 0; i < muscle_count(); ++i) {
      if (muscle(i).tendon != TendonKind::kElastic) continue;
      fiber[i].step = sample == 0 ? 0.0 : kStep;
      const double path = sharing.path_data().length[i], a = sharing.solution().activation[i];
      const double found = sharing.solution().force_N[i], scale = 1.0 / muscle(i).max_isometric_force;
      const TendonEquilibrium at = calc_tendon_equilibrium(muscle(i), path, a, fiber[i]);
      worst = std::max(worst, scale * std::abs(found - at.tension));
      double along = 0.0;
      const MuscleState start = calc_elastic_muscle_state(
          muscle(i), calc_tendon_equilibrium(muscle(i), path, 0.0, fiber[i]), path, 0.1, fiber[i], along);
      first_secant =
          std::max(first_secant, scale * std::abs(start.active_capacity * a + start.passive_force - found));
      const double forgetful = calc_tendon_equilibrium(muscle(i), path, a, {}).tension;
      without_memory = std::max(without_memory, scale * std::abs(forgetful - found));
      fiber[i].along = at.along;
    }
  }
  EXPECT_LT(worst, kBound);
  EXPECT_GT(first_secant, 3.0 * kBound);
  EXPECT_GT(without_memory, 3.0 * kBound);
}

// The answer does not depend on what was solved before.
TEST_P(RunnerSharing, WarmStartDoesNotChangeTheAnswer) {
  std::vector<Eigen::VectorXd> warm;
  visit_solutions([&](const SharingSummary&) { warm.push_back(sharing_.solution().force_N); });
  size_t i = 0;
  visit_solutions([&](const SharingSummary&) {  // now from the last state's prices
    EXPECT_LT((sharing_.solution().force_N - warm[i]).cwiseAbs().maxCoeff(), 1e-5) << i;
    ++i;
  });
}

INSTANTIATE_TEST_SUITE_P(Exponents, RunnerSharing, ::testing::Values(2, 3, 4));

}  // namespace
}  // namespace lumbarun
