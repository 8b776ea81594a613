// The ground force of 26 runners at 3.5 m/s on a treadmill: Fukuchi et al. 2017, PeerJ 5:e3298 (RBDS),
// regular runners of 67.9 ± 7.8 kg in a neutral shoe, force low-passed at 50 Hz, contact above 50 N; mean ±
// SD over runners:
//   cadence 171.4 steps/min, contact time 0.224 ± 0.017 s, active peak 2.611 ± 0.153 BW, braking peak -0.387
//   ± 0.040 BW, propulsion peak 0.322 ± 0.030 BW, largest loading rate 80.1 ± 14.6 BW/s.
// The scenario sets mass, speed, cadence and the treadmill, nothing else. Contact time and active peak are
// held to ± 2 SD. Braking, propulsion and loading rate are held to what a runner's foot can do at all, and
// reported as properties of the test with their distance from the mean in SD.
#include <gtest/gtest.h>

#include "scenarios/pipeline.h"
#include "scenarios/scenario_io.h"

namespace lumbarun {
namespace {

struct Measured {
  double mean, sd;
};
constexpr Measured kContactTime{0.224, 0.017}, kActivePeak{2.611, 0.153};       // s, BW
constexpr Measured kBrakingPeak{-0.387, 0.040}, kPropulsionPeak{0.322, 0.030};  // BW
constexpr Measured kLoadingRate{80.1, 14.6};                                    // BW/s
constexpr const char* kScenario =
    "[runner]\nmass_kg = 67.9\n[stride]\nspeed_m_s = 3.5\ncadence_spm = 171.4\n[surface]\npreset = "
    "\"treadmill\"\n";

class GroundForce : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Progress silent;
    record_ = new RunRecord(run_scenario(parse_scenario(kScenario, "validation"), silent));
  }
  static void TearDownTestSuite() { delete record_; }

  // Value of the right foot, or the scalar.
  static double get(const std::string& name) {
    for (const NamedValue& value : record_->metrics) {
      if (value.name == name) return value.values.front();
    }
    ADD_FAILURE() << "no metric " << name;
    return 0.0;
  }
  static void record(const char* name, double value, const Measured& measured) {
    RecordProperty(name, std::to_string(value));
    RecordProperty(std::string(name) + "_sd_from_mean",
                   std::to_string((value - measured.mean) / measured.sd));
  }

  static const RunRecord* record_;
};

const RunRecord* GroundForce::record_ = nullptr;

TEST_F(GroundForce, RunIsStoredWithoutFailureBeforeTheLoads) {
  RecordProperty("run_status", record_->header.status);
  EXPECT_EQ(record_->header.status.find("failed: planning"), std::string::npos) << record_->header.status;
  EXPECT_EQ(record_->header.status.find("fell"), std::string::npos) << record_->header.status;
  EXPECT_EQ(record_->header.body_mass_kg, 67.9);
}

TEST_F(GroundForce, ContactTimeIsThatOfTheRunners) {
  record("contact_time_s", get("contact_time"), kContactTime);
  EXPECT_NEAR(get("contact_time"), kContactTime.mean, 2.0 * kContactTime.sd);
}

TEST_F(GroundForce, ActivePeakIsThatOfTheRunners) {
  record("active_peak_bw", get("active_peak_lp50hz"), kActivePeak);
  EXPECT_NEAR(get("active_peak_lp50hz"), kActivePeak.mean, 2.0 * kActivePeak.sd);
}

// It brakes and pushes off, with friction to spare, and what it brakes it pushes.
TEST_F(GroundForce, ForeAftForceIsPossible) {
  record("braking_peak_bw", get("braking_peak_lp50hz"), kBrakingPeak);
  record("propulsion_peak_bw", get("propulsion_peak_lp50hz"), kPropulsionPeak);
  EXPECT_LT(get("braking_peak_lp50hz"), -0.05);
  EXPECT_GT(get("braking_peak_lp50hz"), -0.8);
  EXPECT_GT(get("propulsion_peak_lp50hz"), 0.05);
  EXPECT_LT(get("propulsion_peak_lp50hz"), 0.8);
  RecordProperty("net_fore_aft_impulse_ratio", std::to_string(get("net_fore_aft_impulse_ratio")));
  EXPECT_LT(get("net_fore_aft_impulse_ratio"), 0.05);
}

TEST_F(GroundForce, LoadingRateIsPossible) {
  record("loading_rate_bw_per_s", get("loading_rate_lp50hz"), kLoadingRate);
  EXPECT_GT(get("loading_rate_lp50hz"), 20.0);
  EXPECT_LT(get("loading_rate_lp50hz"), 300.0);
}

TEST_F(GroundForce, MeanVerticalForceIsTheWeight) {
  RecordProperty("mean_vertical_force_ratio", std::to_string(get("mean_vertical_force_ratio")));
  EXPECT_NEAR(get("mean_vertical_force_ratio"), 1.0, 0.005);
}

TEST_F(GroundForce, StepsHaveTheCadenceAskedFor) {
  const double flight = get("flight_time"), contact = get("contact_time");
  EXPECT_NEAR(60.0 / (flight + contact), 171.4, 0.5);
}

}  // namespace
}  // namespace lumbarun
