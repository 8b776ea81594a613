// A stride of the norm analysed sample by sample: what the disc loads must add up to, and that right and left
// are treated alike.
#include "sim/loads/stride_analysis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/muscles.h"
#include "tests/forward/sample_gait.h"

namespace lumbarun {
namespace {

constexpr int kSamples = 8;  // over a stride: even, so that half a stride later is a sample too

class AnalyzedStride : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const SkeletonTables tables = read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner");
    const RunnerParameters parameters;
    runner_ = new Runner(build_runner(tables, parameters));
    muscles_ = new RunnerMuscles(
        build_muscles(runner_->model, tables,
                      read_muscle_tables(LUMBARUN_SOURCE_DIR "/models/runner", tables), parameters.person));
    const PeriodicMotion motion = test::build_sample_motion(*runner_, 0.004);
    const int n = runner_->model.coordinate_count();
    time_ = new std::vector<double>;
    q_ = new Eigen::MatrixXd(n, kSamples);
    u_ = new Eigen::MatrixXd(n, kSamples);
    a_ = new Eigen::MatrixXd(n, kSamples);
    for (int i = 0; i < kSamples; ++i) {
      time_->push_back(2.0 * test::kSampleStepTime * i / kSamples);
      const MotionState s = motion.at_time(time_->back() + 0.011);
      q_->col(i) = s.q;
      u_->col(i) = s.v;
      a_->col(i) = s.a;
    }
    loads_ = new StrideLoads(analyze());
  }
  static void TearDownTestSuite() {
    delete loads_;
    for (Eigen::MatrixXd* m : {q_, u_, a_}) delete m;
    delete time_;
    delete muscles_;
    delete runner_;
  }
  static StrideLoads analyze() {
    SharingSettings settings;
    settings.elastic_tendons = false;  // these samples are too far apart for fibres that remember
    return analyze_stride(*runner_, muscles_->muscles, muscles_->paths,
                          {*time_, *q_, *u_, *a_, nullptr, 0.0, 0.0, true}, settings);
  }

  static const Runner* runner_;
  static const RunnerMuscles* muscles_;
  static std::vector<double>* time_;
  static Eigen::MatrixXd *q_, *u_, *a_;
  static const StrideLoads* loads_;
};

const Runner* AnalyzedStride::runner_ = nullptr;
const RunnerMuscles* AnalyzedStride::muscles_ = nullptr;
std::vector<double>* AnalyzedStride::time_ = nullptr;
Eigen::MatrixXd* AnalyzedStride::q_ = nullptr;
Eigen::MatrixXd* AnalyzedStride::u_ = nullptr;
Eigen::MatrixXd* AnalyzedStride::a_ = nullptr;
const StrideLoads* AnalyzedStride::loads_ = nullptr;

TEST_F(AnalyzedStride, EverySampleHasAnAnswer) {
  EXPECT_EQ(loads_->unusable_samples, 0);
  EXPECT_LT(calc_largest_kkt_residual(*loads_), 1e-9);
  ASSERT_EQ(loads_->disc.size(), static_cast<size_t>(kSamples));
  EXPECT_TRUE(loads_->force.allFinite());
  EXPECT_GE(loads_->force.minCoeff(), 0.0);
  EXPECT_GE(loads_->activation.minCoeff(), 0.0);
  EXPECT_LE(loads_->activation.maxCoeff(), 1.0);
  EXPECT_TRUE(loads_->reserve.allFinite());
}

// After the muscles have been taken off, the moment that a disc carries is its own parts and the reserve. The
// components along the joint's axes must agree to rounding; a lost or doubled muscle would show here.
TEST_F(AnalyzedStride, SharesSumToTheLoad) {
  for (int s = 0; s < kSamples; ++s) {
    for (int level = 0; level < kLevelCount; ++level) {
      const DiscLoad& load = loads_->disc[s][level];
      Vector3<double> sum, force;
      for (int part = 0; part < kLoadPartCount; ++part) {
        sum += loads_->shares[s][level].moment[part];
        force += loads_->shares[s][level].force[part];
      }
      EXPECT_NEAR(load.compression, -force.y, 1e-9);
      EXPECT_NEAR(load.anterior_shear, force.x, 1e-9);
      EXPECT_NEAR(load.lateral_shear, force.z, 1e-9);
      EXPECT_NEAR(load.lateral_bending_moment, sum.x, 1e-6) << kLevelNames[level];
      EXPECT_NEAR(load.axial_torque, sum.y, 1e-6) << kLevelNames[level];
      EXPECT_NEAR(load.flexion_moment, -sum.z, 1e-6) << kLevelNames[level];
    }
  }
}

// Cut of the body above: weight, inertia, passive and every group that crosses make up the load; its inertia part in turn is
// what gravity, velocity, ground and all muscles induce.
TEST_F(AnalyzedStride, ContributionsSumToTheLoad) {
  double largest_induced = 0.0;
  for (int s = 0; s < kSamples; ++s) {
    for (int level = 0; level < kLevelCount; ++level) {
      const std::vector<DiscLoad>& parts = loads_->contributions[s][level];
      ASSERT_EQ(parts.size(), loads_->contribution_sources.size());
      DiscLoad sum, induced;
      for (const DiscLoad& part : parts) sum += part;
      for (const DiscLoad& part : loads_->induced[s][level]) {
        induced += part;
        largest_induced = std::max(largest_induced, std::abs(part.compression));
      }
      for (const DiscLoadComponent& component : kDiscLoadComponents) {
        const auto get = component.value;
        EXPECT_NEAR(sum.*get, loads_->disc[s][level].*get, 1e-9 * runner_->body_weight()) << component.name;
        EXPECT_NEAR(induced.*get, parts[1].*get, 1e-9 * runner_->body_weight()) << component.name;
      }
    }
  }
  EXPECT_EQ(loads_->contribution_sources[1], "inertia");
  EXPECT_GT(largest_induced, 10.0);
}

// What lies above a cut weighs the same, and pulls the same way, however it moves.
TEST_F(AnalyzedStride, GravityPartIsTheWeightAboveTheCut) {
  const auto& model = runner_->model;
  const auto cuts = find_level_cuts(*runner_);
  for (int level = 0; level < kLevelCount; ++level) {
    double mass = 0.0;
    for (int i = 0; i < model.coordinate_count(); ++i) {
      if (model.is_on_path(cuts[level].last, CoordinateIndex(i))) mass += model.links()[i].inertia.mass;
    }
    for (int s = 0; s < kSamples; ++s) {
      const DiscLoad& part = loads_->contributions[s][level][0];
      const double force = std::hypot(part.compression, part.anterior_shear, part.lateral_shear);
      EXPECT_NEAR(force, mass * model.gravity, 1e-9 * runner_->body_weight());
    }
  }
}

// Every group pulls its ends together: no group of muscles that spans all levels takes compression off a disc in running.
TEST_F(AnalyzedStride, MusclesThatCrossCompress) {
  const auto& names = loads_->contribution_sources;
  for (const char* name : {"longissimus_thoracis", "rectus_abdominis", "iliocostalis_thoracis"}) {
    const auto at = std::find(names.begin(), names.end(), name) - names.begin();
    ASSERT_LT(at, static_cast<long>(names.size())) << name;
    double largest = 0.0;
    for (int s = 0; s < kSamples; ++s) {
      largest = std::max(largest, loads_->contributions[s][0][at].compression);
      for (int level = 0; level < kLevelCount; ++level)
        EXPECT_GE(loads_->contributions[s][level][at].compression, 0.0) << name << kLevelNames[level];
    }
    if (std::string(name) != "rectus_abdominis") {  // it may rest throughout
      EXPECT_GT(largest, 0.0) << name;
    }
  }
}

// Inverse dynamics of muscles and passive tissue together, without a muscle in it.
TEST_F(AnalyzedStride, GeneralisedForceIsInverseDynamicsUnderTheGround) {
  RunnerData<double> data(*runner_);
  for (int s = 0; s < kSamples; ++s) {
    update_external_forces(*runner_, data, q_->col(s).data(), u_->col(s).data());
    const std::vector<double> tau =
        rnea(runner_->model, data.tree, q_->col(s).data(), u_->col(s).data(), a_->col(s).data());
    for (size_t i = 0; i < tau.size(); ++i) EXPECT_NEAR(loads_->generalized_force(i, s), tau[i], 1e-9);
  }
}

TEST_F(AnalyzedStride, CompressionExceedsWhatWeightAloneWould) {
  double peak = 0.0;
  for (const auto& discs : loads_->disc) {
    for (const DiscLoad& disc : discs) {
      EXPECT_GT(disc.compression, -200.0);
      peak = std::max(peak, disc.compression);
    }
  }
  EXPECT_GT(peak, runner_->body_weight());
  EXPECT_LT(peak, 15.0 * runner_->body_weight());
}

// Half a stride later everything is the mirror image: muscles of the other side, lateral components reversed.
TEST_F(AnalyzedStride, LaterHalfMirrorsTheEarlier) {
  const int half = static_cast<int>(muscles_->muscles.size()) / 2;
  for (int s = 0; s < kSamples / 2; ++s) {
    const int later = s + kSamples / 2;
    for (int level = 0; level < kLevelCount; ++level) {
      const DiscLoad &a = loads_->disc[s][level], &b = loads_->disc[later][level];
      const double scale = 1e-6 * runner_->body_weight();
      EXPECT_NEAR(a.compression, b.compression, scale);
      EXPECT_NEAR(a.anterior_shear, b.anterior_shear, scale);
      EXPECT_NEAR(a.lateral_shear, -b.lateral_shear, scale);
      EXPECT_NEAR(a.flexion_moment, b.flexion_moment, scale);
      EXPECT_NEAR(a.lateral_bending_moment, -b.lateral_bending_moment, scale);
      EXPECT_NEAR(a.axial_torque, -b.axial_torque, scale);
    }
    for (int m = 0; m < half; ++m) {
      EXPECT_NEAR(loads_->force(m, s), loads_->force(m + half, later), 1e-3) << muscles_->muscles[m].name;
      EXPECT_NEAR(loads_->path_length(m, s), loads_->path_length(m + half, later), 1e-10);
    }
  }
}

TEST_F(AnalyzedStride, AgainGivesTheSameBits) {
  const StrideLoads again = analyze();
  EXPECT_EQ(again.force, loads_->force);
  EXPECT_EQ(again.reserve, loads_->reserve);
  for (int s = 0; s < kSamples; ++s) {
    for (int level = 0; level < kLevelCount; ++level) {
      EXPECT_EQ(again.disc[s][level].compression, loads_->disc[s][level].compression);
    }
  }
}

}  // namespace
}  // namespace lumbarun
