// How people run: measured joint angles, cadence and contact time as functions of speed (tables of
// models/gaits).
//
//   q(p, v) = a_0(v) + sum_{h=1..12} a_h(v) cos(2 pi h p) + b_h(v) sin(2 pi h p)
//
// p is the stride phase, 0 at right foot contact, 1 at the next. Coordinates have OpenSim's names and signs
// (knee flexion and ankle dorsiflexion positive), lumbar_* is the sum over the six levels, angles in rad,
// translations in m: pelvis_tx is the deviation from speed * time, pelvis_ty and pelvis_tz from their mean.
// The left side is the right side half a stride later; pelvis_list, pelvis_rotation, pelvis_tz,
// lumbar_bending and lumbar_rotation change sign after half a stride.
//
// Over speed each coefficient is the cubic through its values at 2, 3, 4 and 5 m/s; above 5 m/s it goes on as
// a straight line. Valid from 2.0 to 6.0 m/s, extrapolated above 5.0. Level ground, shod rearfoot running.
// Sources, method and errors: models/gaits/SOURCES.md.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/levels.h"

namespace lumbarun {

inline constexpr int kGaitHarmonics = 12;
inline constexpr int kGaitColumns = 1 + 2 * kGaitHarmonics;
inline constexpr double kGaitLowestSpeed_m_s = 2.0;
inline constexpr double kGaitMeasuredSpeed_m_s = 5.0;  // extrapolated above
inline constexpr double kGaitHighestSpeed_m_s = 6.0;

// A name resolved once: the tabulated row and the phase by which this side lags.
struct GaitCoordinate {
  int row = 0;
  double phase_shift = 0.0;
};

// The norm at one speed.
class PeriodicGait {
 public:
  using Coefficients = std::array<double, kGaitColumns>;  // a_0, a_1, b_1, ..., a_12, b_12
  explicit PeriodicGait(std::vector<Coefficients> rows) : rows_(std::move(rows)) {}

  // order 0, 1, 2: q, dq/dp, d2q/dp2 (per stride, per stride squared).
  double calc(GaitCoordinate coordinate, double phase, int order = 0) const;
  // The same for many coordinates at one phase.
  void calc(std::span<const GaitCoordinate> coordinates, double phase, int order,
            std::span<double> out) const;

  // The curves themselves, for those who reshape a gait.
  Coefficients& row(int row) { return rows_.at(static_cast<std::size_t>(row)); }
  double mean(int row) const { return rows_.at(static_cast<std::size_t>(row))[0]; }
  void add_to_mean(int row, double change) { rows_.at(static_cast<std::size_t>(row))[0] += change; }

 private:
  std::vector<Coefficients> rows_;
};

enum class LumbarAxis { kExtension, kBending, kRotation };

class GaitNorm {
 public:
  // Reads running_norm.csv, cadence_norm.csv and lumbar_shares.csv. Throws BadInput naming file, line and
  // column.
  static GaitNorm read(const std::filesystem::path& directory);

  const std::vector<std::string>& coordinates() const {
    return names_;
  }  // tabulated ones: pelvis, trunk, right limbs
  // Accepts tabulated names and the left twins of *_r. Throws BadInput with the nearest known name.
  GaitCoordinate find(std::string_view name) const;

  // Throw BadInput outside 2.0–6.0 m/s.
  PeriodicGait calc_gait(double speed_m_s) const;
  double calc_cadence_spm(double speed_m_s) const;     // steps (both feet) per minute
  double calc_contact_time_s(double speed_m_s) const;  // vertical force above 50 N

  // Part of lumbar_extension / _bending / _rotation that each level takes, T12/L1 first; sums to 1.
  const std::array<double, kLevelCount>& lumbar_share(LumbarAxis axis) const {
    return shares_[static_cast<std::size_t>(axis)];
  }

 private:
  static constexpr int kSpeeds = 4;
  struct TemporalRow {
    double speed_m_s = 0.0, cadence_spm = 0.0, contact_time_s = 0.0;
  };

  void read_curves(const std::filesystem::path& file);
  void read_temporal(const std::filesystem::path& file);
  void read_shares(const std::filesystem::path& file);
  TemporalRow calc_temporal(double speed_m_s) const;

  std::vector<std::string> names_;
  std::vector<std::array<PeriodicGait::Coefficients, kSpeeds>> curves_;  // [row][speed]
  std::vector<TemporalRow> temporal_;
  std::array<std::array<double, kLevelCount>, 3> shares_{};
};

// Expected contact time [s] at this speed [m/s] and cadence [steps/s].
double calc_contact_time(const GaitNorm& norm, double speed, double cadence);

}  // namespace lumbarun
