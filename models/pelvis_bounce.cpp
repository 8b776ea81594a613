#include "models/pelvis_bounce.h"

#include <Eigen/QR>
#include <array>
#include <cmath>
#include <numbers>

#include "sim/core/units.h"

namespace lumbarun {
namespace {

constexpr int kSamples = 240;  // over the stride
using Samples = Eigen::Matrix<double, kSamples, 1>;
using Basis = Eigen::Matrix<double, kSamples, kGaitColumns>;

// Columns 1, cos 2πhφ, sin 2πhφ, … at each phase: a row times the coefficients is the curve.
Basis calc_basis(const Samples& phase) {
  Basis basis;
  basis.col(0).setOnes();
  for (int h = 1; h <= kGaitHarmonics; ++h) {
    const Samples angle = 2.0 * std::numbers::pi * h * phase;
    basis.col(2 * h - 1) = angle.array().cos();
    basis.col(2 * h) = angle.array().sin();
  }
  return basis;
}

// Second derivative over phase of a column, over the column itself: harmonic h is in columns 2h - 1 and 2h.
double calc_curvature(int column) {
  const int harmonic = (column + 1) / 2;
  const double rate = 2.0 * std::numbers::pi * harmonic;
  return -rate * rate;
}

}  // namespace

PeriodicGait::Coefficients calc_pelvis_rise(const PeriodicGait::Coefficients& norm_height,
                                            double norm_stride_time, double stride_time,
                                            const PhaseWarp& warp) {
  const Eigen::Map<const Eigen::Matrix<double, kGaitColumns, 1>> norm(norm_height.data());
  Samples own, phase;
  for (int i = 0; i < kSamples; ++i) {
    own[i] = static_cast<double>(i) / kSamples;
    phase[i] = warp.calc(own[i]).value;
  }
  Eigen::Matrix<double, kGaitColumns, 1> curved = norm;
  for (int c = 0; c < kGaitColumns; ++c)
    curved[c] *= calc_curvature(c) / (norm_stride_time * norm_stride_time);
  const Basis over_phase = calc_basis(phase), over_own = calc_basis(own);
  const Samples force = (over_phase * curved).array() + kStandardGravity;
  const Samples acceleration = force.array() * (kStandardGravity / force.mean()) - kStandardGravity;
  Eigen::Matrix<double, kGaitColumns, 1> height = over_own.transpose() * acceleration * (2.0 / kSamples);
  height[0] = 0.0;
  for (int c = 1; c < kGaitColumns; ++c) height[c] *= stride_time * stride_time / calc_curvature(c);
  const Samples risen = (over_own * height).array() + norm[0];
  const Eigen::Matrix<double, kGaitColumns, 1> fitted = over_phase.householderQr().solve(risen);
  PeriodicGait::Coefficients rise{};
  for (int c = 0; c < kGaitColumns; ++c) rise[static_cast<std::size_t>(c)] = fitted[c] - norm[c];
  return rise;
}

}  // namespace lumbarun
