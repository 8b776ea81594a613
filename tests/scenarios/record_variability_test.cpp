#include "scenarios/record_variability.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lumbarun {
namespace {

StrideMetrics build_stride(double contact_time, std::optional<double> impact_peak, double compression) {
  GroundMetrics foot;
  foot.stride_time_s = 0.72;
  foot.contact_time_s = contact_time;
  foot.impact_peak_lp50hz_bw = impact_peak;
  return {{foot, foot}, {compression, 2.0 * compression}};
}

const NamedValue& find_metric(const RunRecord& record, const std::string& name) {
  for (const NamedValue& metric : record.metrics) {
    if (metric.name == name) return metric;
  }
  throw std::runtime_error("no metric " + name);
}

TEST(Variability, IsTheSampleDeviation) {
  RunRecord record;
  write_variability(
      {build_stride(0.230, 1.6, 2400.0), build_stride(0.236, 1.7, 2460.0), build_stride(0.233, 1.8, 2520.0)},
      record);
  EXPECT_NEAR(find_metric(record, "contact_time_sd").values[0], 0.003, 1e-12);
  EXPECT_NEAR(find_metric(record, "stride_time_sd").values[1], 0.0, 1e-15);
  EXPECT_NEAR(find_metric(record, "impact_peak_lp50hz_sd").values[1], 0.1, 1e-12);
  EXPECT_NEAR(find_metric(record, "peak_compression_sd").values[0], 60.0, 1e-9);
  EXPECT_NEAR(find_metric(record, "peak_compression_sd").values[1], 120.0, 1e-9);
}

TEST(Variability, WhatAStrideLacksHasNone) {
  RunRecord record;
  StrideMetrics flying = build_stride(0.23, 1.6, 2400.0);
  flying.feet[1].reset();
  write_variability({build_stride(0.23, std::nullopt, 2400.0), flying}, record);
  EXPECT_TRUE(std::isnan(find_metric(record, "impact_peak_lp50hz_sd").values[0]));
  EXPECT_TRUE(std::isnan(find_metric(record, "contact_time_sd").values[1]));
  EXPECT_TRUE(find_metric(record, "contact_time_sd").may_be_undefined);
}

TEST(Variability, OneStrideHasNoDeviation) {
  RunRecord record;
  write_variability({build_stride(0.23, 1.6, 2400.0)}, record);
  EXPECT_TRUE(record.metrics.empty());
}

}  // namespace
}  // namespace lumbarun
