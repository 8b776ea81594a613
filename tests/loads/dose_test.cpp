#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/core/errors.h"
#include "sim/loads/dose_index.h"
#include "sim/loads/dose_stature.h"
#include "sim/loads/dose_steps.h"
#include "sim/loads/dose_workload.h"

namespace lumbarun {
namespace {

TEST(DamageIndex, ConstantPeaksAreCounted) {
  const std::vector<double> peaks(1373, 2210.0);
  for (const double m : {1.0, 5.0, 6.6, 10.0}) EXPECT_NEAR(calc_damage(peaks, 2210.0, m), 1373.0, 1e-9);
}

TEST(DamageIndex, TwiceTheLoadIsTwoToTheM) {
  const std::vector<double> peaks = {1800.0, 2300.0, 900.0}, doubled = {3600.0, 4600.0, 1800.0};
  for (const double m : {1.0, 5.0, 6.6, 10.0}) {
    EXPECT_NEAR(calc_damage(doubled, 2000.0, m) / calc_damage(peaks, 2000.0, m), std::pow(2.0, m),
                1e-9 * std::pow(2.0, m));
  }
}

TEST(DamageIndex, TensionDoesNoDamage) {
  EXPECT_EQ(calc_damage(std::vector<double>{-300.0, 0.0}, 1000.0, 6.0), 0.0);
}

TEST(DamageIndex, ReferenceNeedsALoad) {
  EXPECT_THROW(calc_damage(std::vector<double>{100.0}, 0.0, 6.0), BadInput);
  EXPECT_THROW(calc_damage_per_km({1000.0, {100.0}}, {1000.0, {}}, kDamageExponents), BadInput);
  EXPECT_THROW(calc_damage_per_km({0.0, {100.0}}, {1000.0, {100.0}}, kDamageExponents), BadInput);
}

TEST(DamageIndex, AKilometreOfTheReferenceIsOne) {
  const RunSteps reference{870.0, {2100.0, 2250.0}};
  for (const double d : calc_damage_per_km(reference, reference, kDamageExponents))
    EXPECT_NEAR(d, 1.0, 1e-14);
}

TEST(DamageIndex, CountsStepsAndWeighsPeaks) {
  const RunSteps reference{900.0, {2000.0, 2200.0}};
  const RunSteps longer{720.0, {2600.0, 2860.0}};  // four fifths of the steps, 1.3 times the load
  const DamageSum per_km = calc_damage_per_km(longer, reference, kDamageExponents);
  const DamageSum per_step = calc_damage_per_step(longer, reference, kDamageExponents);
  for (int i = 0; i < kExponentCount; ++i) {
    const double expected = std::pow(1.3, kDamageExponents[i]);
    EXPECT_NEAR(per_step[i], expected, 1e-12 * expected);
    EXPECT_NEAR(per_km[i], 0.8 * expected, 1e-12 * expected);
  }
}

TEST(DamageIndex, BandIsOrderedAboveAndBelowTheReference) {
  const RunSteps reference{900.0, {2000.0}};
  for (const double peak : {1500.0, 2000.0, 2700.0}) {
    const DoseBand band = calc_band(calc_damage_per_km({900.0, {peak}}, reference, kDamageExponents));
    EXPECT_LE(band.low, band.value) << peak;
    EXPECT_LE(band.value, band.high) << peak;
    EXPECT_NEAR(band.value, std::pow(peak / 2000.0, 6.0), 1e-12) << "the default exponent";
  }
}

TEST(StepPeaks, EachStepHasTheLargestSampleUntilTheNextTouchdown) {
  //                                       0  1   2   3  4  5   6   7  8  9
  const std::vector<std::vector<double>> force = {
      {90, 300, 80, 0, 0, 0, 0, 0, 0, 0},  // right, in contact at the start
      {0, 0, 0, 0, 0, 70, 900, 60, 0, 0}};
  const std::vector<double> series = {5, 8, 3, 2, 1, 0, 7, 9, 4, 6};
  const auto touchdowns = find_touchdowns(force, 50.0);
  ASSERT_EQ(touchdowns, (std::vector<std::size_t>{0, 5}));
  EXPECT_EQ(calc_step_peaks(series, touchdowns), (std::vector<double>{8, 9}));
}

TEST(StepPeaks, TheRecordIsClosed) {
  const std::vector<std::vector<double>> force = {{100, 0, 0, 0, 0, 0, 0, 100}, {0, 0, 0, 100, 100, 0, 0, 0}};
  const auto touchdowns = find_touchdowns(force, 50.0);
  ASSERT_EQ(touchdowns, (std::vector<std::size_t>{3, 7}));
  EXPECT_EQ(calc_step_peaks(std::vector<double>{11, 2, 3, 4, 9, 6, 7, 8}, touchdowns),
            (std::vector<double>{9, 11}));
}

TEST(StepPeaks, AFootThatChattersTouchesDownOnce) {
  const std::vector<std::vector<double>> force = {{0, 0, 0, 120, 20, 400, 700, 300, 0, 0}};
  EXPECT_EQ(find_touchdowns(force, 50.0), (std::vector<std::size_t>{3, 5}));
  EXPECT_EQ(find_touchdowns(force, 50.0, 3), (std::vector<std::size_t>{3}));
}

TEST(StepPeaks, RefusesWhatHasNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(calc_step_peaks(std::vector<double>{1, 2}, {}), BadInput);
  EXPECT_THROW(calc_step_peaks(std::vector<double>{1, nan}, std::vector<std::size_t>{0}), BadInput);
}

// 6 km of trained men and of novices, 30 min at race pace.
TEST(StatureLoss, MeetsTheMeasurements) {
  EXPECT_NEAR(calc_stature_loss(6.0).low, 2.35, 0.02);
  EXPECT_NEAR(calc_stature_loss(6.0).value, 3.25, 0.02);
  EXPECT_NEAR(calc_stature_loss(7.0).high, 7.69, 0.02);
}

TEST(StatureLoss, BandIsOrderedAndGrows) {
  double before = -1.0;
  for (const double km : {0.0, 1.0, 6.9, 7.1, 25.0}) {
    const DoseBand loss = calc_stature_loss(km);
    EXPECT_LE(loss.low, loss.value);
    EXPECT_LE(loss.value, loss.high);
    EXPECT_GT(loss.high, before);
    before = loss.high;
  }
  EXPECT_THROW(calc_stature_loss(-1.0), BadInput);
}

TEST(Workload, SteadyWeeksHaveARatioOfOne) {
  const auto weeks = calc_workload_context(std::vector<double>(9, 31.5));
  EXPECT_FALSE(weeks[2].acute_chronic_ratio) << "three weeks are no chronic load";
  EXPECT_NEAR(weeks[3].acute_chronic_ratio.value(), 1.0, 1e-12);
  EXPECT_FALSE(weeks[5].fortnightly_change);
  EXPECT_NEAR(weeks[6].fortnightly_change.value(), 0.0, 1e-12);
}

TEST(Workload, FollowsItsDefinition) {
  const std::vector<double> km = {20, 22, 24, 18, 30, 33, 36, 20};
  const auto weeks = calc_workload_context(km);
  const auto ratio = [&](int w) { return km[w] / ((km[w] + km[w - 1] + km[w - 2] + km[w - 3]) / 4.0); };
  EXPECT_NEAR(weeks[4].acute_chronic_ratio.value(), ratio(4), 1e-12);
  EXPECT_NEAR(weeks[7].fortnightly_change.value(), (ratio(7) + ratio(6)) / 2 - (ratio(5) + ratio(4)) / 2,
              1e-12);
}

TEST(Workload, FourWeeksOfRestHaveNoRatio) {
  const auto weeks = calc_workload_context(std::vector<double>{0, 0, 0, 0, 10});
  EXPECT_FALSE(weeks[3].acute_chronic_ratio);
  EXPECT_NEAR(weeks[4].acute_chronic_ratio.value(), 4.0, 1e-12);
  EXPECT_THROW(calc_workload_context(std::vector<double>{1, -2}), BadInput);
}

}  // namespace
}  // namespace lumbarun
