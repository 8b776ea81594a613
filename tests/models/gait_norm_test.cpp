// The norm of running: periodic, mirrored, smooth over speed, and inside what has been published.
#include "models/gait_norm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include "sim/core/errors.h"

namespace lumbarun {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;
const std::filesystem::path kDirectory = std::filesystem::path(LUMBARUN_SOURCE_DIR) / "models/gaits";

const GaitNorm& norm() {
  static const GaitNorm instance = GaitNorm::read(kDirectory);
  return instance;
}

struct Range {
  double mean, low, high;
};

Range calc_range_deg(const PeriodicGait& gait, const char* name) {
  constexpr int kSamples = 200;
  Range range{0.0, 1e9, -1e9};
  for (int i = 0; i < kSamples; ++i) {
    const double value = gait.calc(norm().find(name), double(i) / kSamples) / kDegree;
    range.mean += value / kSamples;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

TEST(GaitNorm, IsPeriodicInThePhase) {
  const PeriodicGait gait = norm().calc_gait(3.37);
  for (const std::string& name : norm().coordinates()) {
    for (int order = 0; order <= 2; ++order) {
      const double at = gait.calc(norm().find(name), 0.313, order);
      EXPECT_NEAR(gait.calc(norm().find(name), 1.313, order), at, 1e-9 * (1.0 + std::abs(at))) << name;
    }
  }
}

TEST(GaitNorm, MirrorsAfterHalfAStride) {
  const PeriodicGait gait = norm().calc_gait(2.81);
  const double p = 0.171;
  for (const char* even : {"pelvis_tilt", "pelvis_tx", "pelvis_ty", "lumbar_extension"}) {
    EXPECT_NEAR(gait.calc(norm().find(even), p + 0.5), gait.calc(norm().find(even), p), 2e-5) << even;
  }
  for (const char* odd :
       {"pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation"}) {
    EXPECT_NEAR(gait.calc(norm().find(odd), p + 0.5), -gait.calc(norm().find(odd), p), 2e-5) << odd;
  }
  EXPECT_DOUBLE_EQ(gait.calc(norm().find("knee_angle_l"), p),
                   gait.calc(norm().find("knee_angle_r"), p + 0.5));
  EXPECT_GT(std::abs(gait.calc(norm().find("knee_angle_l"), p) - gait.calc(norm().find("knee_angle_r"), p)),
            0.1);
}

TEST(GaitNorm, DerivativesAgreeWithFiniteDifferences) {
  const PeriodicGait gait = norm().calc_gait(4.43);
  constexpr double kStep = 1e-5;
  for (const char* name : {"knee_angle_r", "ankle_angle_l", "pelvis_ty", "lumbar_rotation"}) {
    const GaitCoordinate c = norm().find(name);
    for (int order = 1; order <= 2; ++order) {
      const double difference =
          (gait.calc(c, 0.42 + kStep, order - 1) - gait.calc(c, 0.42 - kStep, order - 1)) / (2 * kStep);
      EXPECT_NEAR(gait.calc(c, 0.42, order), difference, 1e-5 * (1.0 + std::abs(difference)))
          << name << order;
    }
  }
}

TEST(GaitNorm, ManyCoordinatesAtOnceAreTheSameNumbers) {
  const PeriodicGait gait = norm().calc_gait(3.3);
  const std::vector<GaitCoordinate> some = {norm().find("hip_flexion_l"), norm().find("pelvis_ty"),
                                            norm().find("mtp_angle_r")};
  std::vector<double> out(some.size());
  gait.calc(some, 0.77, 1, out);
  for (std::size_t i = 0; i < some.size(); ++i) EXPECT_DOUBLE_EQ(out[i], gait.calc(some[i], 0.77, 1));
}

TEST(GaitNorm, IsContinuousAndSmoothWhereTheExtrapolationBegins) {
  const GaitCoordinate knee = norm().find("knee_angle_r");
  auto at = [&](double speed) { return norm().calc_gait(speed).calc(knee, 0.63); };
  constexpr double kStep = 1e-3;
  EXPECT_NEAR(at(5.0 - 1e-9), at(5.0 + 1e-9), 1e-7);
  EXPECT_NEAR((at(5.0) - at(5.0 - kStep)) / kStep, (at(5.0 + kStep) - at(5.0)) / kStep, 1e-3);
  EXPECT_NEAR(at(6.0) - at(5.5), at(5.5) - at(5.0), 1e-12);
}

// Excursions at 4.0 m/s must lie between or near the two measured runners: Hamner, Seth & Delp 2010 (J
// Biomech 43:2709) knee -6..-114 deg, hip -11..53 deg, ankle -25..24 deg; Nitschke et al. 2020 (Sci Rep
// 10:17655) knee 5..121, hip -24..40, ankle -32..27 deg. Margin 5 deg.
TEST(GaitNorm, LegExcursionsAtFourMetresPerSecondArePublishedOnes) {
  const PeriodicGait gait = norm().calc_gait(4.0);
  const Range knee = calc_range_deg(gait, "knee_angle_r");
  const Range hip = calc_range_deg(gait, "hip_flexion_r");
  const Range ankle = calc_range_deg(gait, "ankle_angle_r");
  EXPECT_NEAR(knee.high, 117.5, 8.5);
  EXPECT_NEAR(knee.low, 5.5, 8.5);
  EXPECT_NEAR(hip.high - hip.low, 64.0, 5.0);
  EXPECT_NEAR(ankle.high, 25.5, 6.5);
  EXPECT_NEAR(ankle.low, -28.5, 8.5);
}

TEST(GaitNorm, TrunkLeansForwardAndFootLandsHeelFirst) {
  for (const double speed : {2.0, 2.7, 3.3, 4.1, 5.0}) {
    const PeriodicGait gait = norm().calc_gait(speed);
    const double lean =
        calc_range_deg(gait, "pelvis_tilt").mean + calc_range_deg(gait, "lumbar_extension").mean;
    EXPECT_LT(lean, -2.0) << speed;  // forward 2 to 10 deg in endurance running
    EXPECT_GT(lean, -10.0) << speed;
    auto deg = [&](const char* name) { return gait.calc(norm().find(name), 0.0) / kDegree; };
    const double foot =
        deg("pelvis_tilt") + deg("hip_flexion_r") - deg("knee_angle_r") + deg("ankle_angle_r");
    EXPECT_GT(foot, 3.0) << speed;
    EXPECT_LT(foot, 22.0) << speed;
  }
}

// Means +- 2 SD of 26 runners at 3.5 m/s (Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298).
TEST(GaitNorm, CadenceAndContactTimeAtThreeAndAHalf) {
  EXPECT_NEAR(norm().calc_cadence_spm(3.5), 171.4, 5.0);
  EXPECT_NEAR(norm().calc_contact_time_s(3.5), 0.224, 0.017);
  EXPECT_LT(norm().calc_cadence_spm(2.2), norm().calc_cadence_spm(4.9));
  EXPECT_GT(norm().calc_contact_time_s(2.2), norm().calc_contact_time_s(4.9));
}

TEST(GaitNorm, LumbarSharesAddUpToOne) {
  for (const LumbarAxis axis : {LumbarAxis::kExtension, LumbarAxis::kBending, LumbarAxis::kRotation}) {
    double sum = 0.0;
    for (const double share : norm().lumbar_share(axis)) {
      EXPECT_GT(share, 0.05);
      sum += share;
    }
    EXPECT_NEAR(sum, 1.0, 1e-3);
  }
  EXPECT_DOUBLE_EQ(norm().lumbar_share(LumbarAxis::kExtension)[4], 0.26);  // L4/5 takes most of flexion
}

TEST(GaitNorm, RefusesUnknownCoordinatesAndSpeeds) {
  EXPECT_THROW(norm().calc_gait(1.99), BadInput);
  EXPECT_THROW(norm().calc_gait(6.01), BadInput);
  EXPECT_THROW(norm().calc_cadence_spm(std::nan("")), BadInput);
  try {
    norm().find("knee_angel_r");
    FAIL();
  } catch (const BadInput& error) {
    EXPECT_NE(std::string(error.what()).find("'knee_angle_r'"), std::string::npos) << error.what();
  }
}

class BrokenTables : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::path(testing::TempDir()) /
                 testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    for (const char* file : {"running_norm.csv", "cadence_norm.csv", "lumbar_shares.csv"}) {
      std::filesystem::copy_file(kDirectory / file, directory_ / file);
    }
  }

  void replace(const char* file, const std::string& from, const std::string& to) {
    std::ostringstream text;
    text << std::ifstream(directory_ / file).rdbuf();
    std::string content = text.str();
    ASSERT_NE(content.find(from), std::string::npos);
    content.replace(content.find(from), from.size(), to);
    std::ofstream(directory_ / file) << content;
  }

  void expect_message(const std::string& part) {
    try {
      GaitNorm::read(directory_);
      FAIL() << "accepted";
    } catch (const BadInput& error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }

  std::filesystem::path directory_;
};

TEST_F(BrokenTables, MissingColumnIsNamed) {
  replace("running_norm.csv", "at_4_0_m_s", "at_4_5_m_s");
  expect_message("running_norm.csv:1: column 'at_4_0_m_s' is missing");
}

TEST_F(BrokenTables, TextInANumberIsNamedByLineAndColumn) {
  replace("cadence_norm.csv", "\n2.25,", "\n2.25x,");
  expect_message("cadence_norm.csv:3: column 'speed_m_s': '2.25x' is not a number");
}

TEST_F(BrokenTables, HarmonicsOutOfOrderAreRefused) {
  replace("running_norm.csv", "pelvis_list,rad,1,cos", "pelvis_list,rad,1,sin");
  expect_message("column 'coefficient': expected 'cos'");
}

TEST_F(BrokenTables, SharesMustAddUp) {
  replace("lumbar_shares.csv", "0.2600", "0.2900");
  expect_message("lumbar_shares.csv:2: column 'axis': shares add up to 1.0300");
}

TEST_F(BrokenTables, MissingFileIsNamed) {
  std::filesystem::remove(directory_ / "cadence_norm.csv");
  expect_message("cadence_norm.csv: cannot be read");
}

}  // namespace
}  // namespace lumbarun
