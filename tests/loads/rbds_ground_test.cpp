// Ground metrics of two measured runners (RBDS, Fukuchi et al. 2017, CC-BY), from files that are not part of
// this project.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "sim/core/units.h"
#include "sim/loads/ground_metrics.h"
#include "sim/signal/butterworth.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

void print(const char* name, const GroundMetrics& m) {
  std::cout << name << ": contact " << m.contact_time_s << " s, flight " << m.flight_time_s
            << " s, active peak " << m.active_peak_lp50hz_bw << " BW at " << m.active_peak_time_lp50hz_s
            << " s, impact peak " << m.impact_peak_lp50hz_bw.value_or(0.0) << " BW, loading rate average "
            << m.average_loading_rate_lp50hz_bw_per_s << ", instantaneous "
            << m.instantaneous_loading_rate_lp50hz_bw_per_s << " BW/s, braking " << m.braking_peak_lp50hz_bw
            << " BW, propulsion " << m.propulsion_peak_lp50hz_bw << " BW, impulses "
            << m.braking_impulse_lp50hz_bw_s << " " << m.propulsion_impulse_lp50hz_bw_s << " "
            << m.vertical_impulse_lp50hz_bw_s << " BW s, k_vert "
            << (m.stiffness ? m.stiffness->vertical_stiffness_n_m : 0.0) << " N/m\n";
}

// Subject 003, rearfoot, 65.4 kg, 3.5 m/s, 162.7 steps/min: half a stride of the right leg in 50 samples,
// filtered at 50 Hz by its authors; the other half is the swing.
TEST(RbdsGround, Subject003) {
  const auto path = test::shared_folder() / "data/running/IntroductionExamples_RBDS003runT35.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  const double mass = 65.4, stride = 120.0 / 162.7;
  FootForce force;
  const auto rows = test::read_rows(path);
  ASSERT_EQ(rows.size(), 50u);
  for (const auto& row : rows) {
    force.fore_aft_N.push_back(std::stod(row.at("GRF:GRF_x_r[BW]")) * mass * kStandardGravity);
    force.vertical_N.push_back(std::stod(row.at("GRF:GRF_y_r[BW]")) * mass * kStandardGravity);
  }
  force.fore_aft_N.resize(100, 0.0);
  force.vertical_N.resize(100, 0.0);
  force.lateral_N.assign(100, 0.0);
  force.sample_rate_hz = 100.0 / stride;
  const auto m = calc_ground_metrics(force, {mass, 3.5, 0.53 * 1.77});
  ASSERT_TRUE(m);
  print("RBDS003 3.5 m/s", *m);
  EXPECT_NEAR(m->active_peak_lp50hz_bw, 2.722, 0.005);  // largest sample
  EXPECT_NEAR(m->braking_peak_lp50hz_bw, -0.403, 0.005);
  EXPECT_NEAR(m->propulsion_peak_lp50hz_bw, 0.374, 0.005);
  // A steady runner has half the weight per foot; the published curve and mass fall 5 % short of that.
  EXPECT_NEAR(m->vertical_impulse_lp50hz_bw_s, 0.475 * stride, 0.005 * stride);
  // Each within 2 SD of the 26 runners at this speed.
  EXPECT_GT(m->contact_time_s, 0.190);
  EXPECT_LT(m->contact_time_s, 0.258);
  EXPECT_GT(m->instantaneous_loading_rate_lp50hz_bw_per_s, 50.9);
}

// Subject 001, forefoot, 62 kg, 3.5 m/s: ten seconds of both feet on one treadmill plate at 300 Hz,
// unfiltered. Each step becomes a stride whose other half is swing.
TEST(RbdsGround, Subject001) {
  const auto path = test::shared_folder() /
                    "data/opensim/aaronsfox_pfjrf-methods/RBDS001/RBDS001runT35_forces_from_c3d.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  const double mass = 62.0, rate = 300.0;
  std::vector<double> fore_aft, vertical, lateral;
  for (const auto& row : test::read_rows(path)) {
    fore_aft.push_back(std::stod(row.at("Fx_lab_N")));
    vertical.push_back(std::stod(row.at("Fy_up_N")));
    lateral.push_back(std::stod(row.at("Fz_lab_N")));
  }
  const ButterworthLowPass filter(kGroundFilterOrder, kGroundCutoff_hz, rate);
  fore_aft = filter.calc_zero_lag(fore_aft);
  vertical = filter.calc_zero_lag(vertical);
  lateral = filter.calc_zero_lag(lateral);
  std::vector<std::size_t> starts;
  for (std::size_t j = 30; j + 1 < vertical.size(); ++j) {
    const bool rises = vertical[j] <= kContactThreshold_N && vertical[j + 1] > kContactThreshold_N;
    if (rises && (starts.empty() || j - starts.back() > 60)) starts.push_back(j);
  }
  ASSERT_GT(starts.size(), 24u);
  double contact = 0.0, active = 0.0, braking = 0.0, stride_time = 0.0, impulse = 0.0, count = 0.0;
  std::optional<GroundMetrics> last;
  for (std::size_t k = 0; k + 2 < starts.size(); ++k) {
    const std::size_t lead = 8, begin = starts[k] - lead, step = starts[k + 1] - starts[k];
    FootForce force;
    force.sample_rate_hz = rate;
    for (std::size_t j = 0; j < starts[k + 2] - starts[k]; ++j) {
      const bool own = j < step;  // until just before the other foot lands
      force.fore_aft_N.push_back(own ? fore_aft[begin + j] : 0.0);
      force.vertical_N.push_back(own ? vertical[begin + j] : 0.0);
      force.lateral_N.push_back(own ? lateral[begin + j] : 0.0);
    }
    last = calc_ground_metrics(force, {mass, 3.53, 0.53 * 1.81});
    ASSERT_TRUE(last) << k;
    contact += last->contact_time_s;
    active += last->active_peak_lp50hz_bw;
    braking += last->braking_peak_lp50hz_bw;
    stride_time += last->stride_time_s;
    impulse += last->vertical_impulse_lp50hz_bw_s;
    count += 1.0;
  }
  print("RBDS001 3.5 m/s, last step", *last);
  std::cout << "RBDS001 3.5 m/s, " << count << " steps: contact " << contact / count << " s, active peak "
            << active / count << " BW, braking " << braking / count << " BW, cadence "
            << 120.0 * count / stride_time << " steps/min\n";
  EXPECT_NEAR(120.0 * count / stride_time, 171.2, 0.5);  // published with the subject
  // The authors' mean curve of the right foot peaks at 2.402 and −0.359 BW; a mean of peaks, of both feet,
  // lies beyond it.
  EXPECT_NEAR(active / count, 2.402, 0.1);
  EXPECT_NEAR(braking / count, -0.359, 0.05);
  EXPECT_NEAR(contact / count, 0.224, 2 * 0.017);  // 26 runners ± 2 SD
  EXPECT_NEAR(impulse / stride_time, 0.5, 0.02);   // steady: half the weight per foot
}

}  // namespace
}  // namespace lumbarun
