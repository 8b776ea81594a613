#include "models/gait_norm.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "models/table.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

constexpr double kContactExponent = 0.65;  // of step time: Farley & González 1996, see models/stride_shape.h
constexpr std::array<double, 4> kTableSpeeds_m_s = {2.0, 3.0, 4.0, 5.0};
constexpr std::array<const char*, 4> kSpeedColumns = {"at_2_0_m_s", "at_3_0_m_s", "at_4_0_m_s", "at_5_0_m_s"};

void demand_speed(double speed_m_s) {
  LUMBARUN_THROW_UNLESS(speed_m_s >= kGaitLowestSpeed_m_s && speed_m_s <= kGaitHighestSpeed_m_s,
                        "speed {} m/s is outside the measured gaits: {} to {} m/s", speed_m_s,
                        kGaitLowestSpeed_m_s, kGaitHighestSpeed_m_s);
}

// Weights of the four tabulated speeds: Lagrange's cubic, and its tangent at 5 m/s above.
std::array<double, 4> calc_speed_weights(double speed_m_s) {
  const double inside = std::min(speed_m_s, kGaitMeasuredSpeed_m_s);
  std::array<double, 4> weights{};
  for (std::size_t i = 0; i < 4; ++i) {
    double value = 1.0;
    double slope = 0.0;
    for (std::size_t j = 0; j < 4; ++j) {
      if (j == i) continue;
      const double width = kTableSpeeds_m_s[i] - kTableSpeeds_m_s[j];
      slope = slope * (inside - kTableSpeeds_m_s[j]) / width + value / width;
      value *= (inside - kTableSpeeds_m_s[j]) / width;
    }
    weights[i] = value + slope * (speed_m_s - inside);
  }
  return weights;
}

using Basis = std::array<double, kGaitColumns>;

Basis calc_basis(double phase, int order) {
  LUMBARUN_DEMAND(order >= 0 && order <= 2);
  Basis basis{};
  basis[0] = order == 0 ? 1.0 : 0.0;
  for (int h = 1; h <= kGaitHarmonics; ++h) {
    const double w = 2.0 * std::numbers::pi * h;
    const double c = std::cos(w * phase);
    const double s = std::sin(w * phase);
    const std::size_t k = 2 * static_cast<std::size_t>(h);
    basis[k - 1] = order == 0 ? c : order == 1 ? -w * s : -w * w * c;
    basis[k] = order == 0 ? s : order == 1 ? w * c : -w * w * s;
  }
  return basis;
}

}  // namespace

double PeriodicGait::calc(GaitCoordinate coordinate, double phase, int order) const {
  const Basis basis = calc_basis(phase + coordinate.phase_shift, order);
  const Coefficients& row = rows_.at(static_cast<std::size_t>(coordinate.row));
  return std::inner_product(row.begin(), row.end(), basis.begin(), 0.0);
}

void PeriodicGait::calc(std::span<const GaitCoordinate> coordinates, double phase, int order,
                        std::span<double> out) const {
  LUMBARUN_DEMAND(out.size() == coordinates.size());
  const Basis right = calc_basis(phase, order);
  const Basis left = calc_basis(phase + 0.5, order);
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    const Coefficients& row = rows_.at(static_cast<std::size_t>(coordinates[i].row));
    const Basis& basis = coordinates[i].phase_shift == 0.0 ? right : left;
    out[i] = std::inner_product(row.begin(), row.end(), basis.begin(), 0.0);
  }
}

GaitNorm GaitNorm::read(const std::filesystem::path& directory) {
  GaitNorm norm;
  norm.read_curves(directory / "running_norm.csv");
  norm.read_temporal(directory / "cadence_norm.csv");
  norm.read_shares(directory / "lumbar_shares.csv");
  return norm;
}

void GaitNorm::read_curves(const std::filesystem::path& file) {
  std::vector<std::string> columns = {"coordinate", "unit", "harmonic", "coefficient"};
  columns.insert(columns.end(), kSpeedColumns.begin(), kSpeedColumns.end());
  TableErrors errors;
  const Table table = Table::read(file, columns, errors);
  errors.throw_if_any();
  LUMBARUN_THROW_UNLESS(table.row_count() > 0 && table.row_count() % kGaitColumns == 0,
                        "{}: {} rows, expected {} per coordinate", file.string(), table.row_count(),
                        kGaitColumns);
  for (int row = 0; row < table.row_count(); ++row) {
    const int column = row % kGaitColumns;
    const std::string& name = table.get_text(row, "coordinate");
    if (column == 0) {
      names_.push_back(name);
      curves_.emplace_back();
    }
    if (name != names_.back()) table.report(row, "coordinate", "interrupts '" + names_.back() + "'", errors);
    const int harmonic = (column + 1) / 2;
    if (table.read_number(row, "harmonic", errors) != harmonic) {
      table.report(row, "harmonic", fmt::format("expected {}", harmonic), errors);
    }
    const char* kind = column > 0 && column % 2 == 0 ? "sin" : "cos";
    if (table.get_text(row, "coefficient") != kind) {
      table.report(row, "coefficient", fmt::format("expected '{}'", kind), errors);
    }
    for (std::size_t s = 0; s < kSpeeds; ++s) {
      curves_.back()[s][static_cast<std::size_t>(column)] = table.read_number(row, kSpeedColumns[s], errors);
    }
  }
  errors.throw_if_any();
}

void GaitNorm::read_temporal(const std::filesystem::path& file) {
  TableErrors errors;
  const Table table = Table::read(
      file, {"speed_m_s", "cadence_spm", "step_length_m", "contact_time_s", "extrapolated"}, errors);
  for (int row = 0; row < table.row_count(); ++row) {
    const double speed = table.read_positive(row, "speed_m_s", errors);
    if (row > 0 && speed <= temporal_.back().speed_m_s) {
      table.report(row, "speed_m_s", "must be above the row before", errors);
    }
    temporal_.push_back({speed, table.read_positive(row, "cadence_spm", errors),
                         table.read_positive(row, "contact_time_s", errors)});
  }
  errors.throw_if_any();
  LUMBARUN_THROW_UNLESS(temporal_.size() > 1 && temporal_.front().speed_m_s <= kGaitLowestSpeed_m_s &&
                            temporal_.back().speed_m_s >= kGaitHighestSpeed_m_s,
                        "{}: speeds must cover {} to {} m/s", file.string(), kGaitLowestSpeed_m_s,
                        kGaitHighestSpeed_m_s);
}

void GaitNorm::read_shares(const std::filesystem::path& file) {
  constexpr double kSumTolerance = 1e-3;  // four decimals per level
  std::vector<std::string> columns = {"axis", "unit"};
  columns.insert(columns.end(), kLevelNames.begin(), kLevelNames.end());
  TableErrors errors;
  const Table table = Table::read(file, columns, errors);
  errors.throw_if_any();
  LUMBARUN_THROW_UNLESS(table.row_count() == 3, "{}: {} rows, expected one per axis", file.string(),
                        table.row_count());
  for (int row = 0; row < 3; ++row) {
    auto& share = shares_[static_cast<std::size_t>(
        table.read_choice(row, "axis", {"extension", "bending", "rotation"}, errors))];
    for (std::size_t level = 0; level < kLevelCount; ++level) {
      share[level] = table.read_number(row, std::string(kLevelNames[level]), errors);
    }
    const double sum = std::accumulate(share.begin(), share.end(), 0.0);
    if (std::abs(sum - 1.0) > kSumTolerance) {
      table.report(row, "axis", fmt::format("shares add up to {:.4f}, not 1", sum), errors);
    }
  }
  errors.throw_if_any();
}

GaitCoordinate GaitNorm::find(std::string_view name) const {
  std::string tabulated(name);
  const bool left = name.ends_with("_l");
  if (left) tabulated.back() = 'r';
  const auto found = std::ranges::find(names_, tabulated);
  LUMBARUN_THROW_UNLESS(found != names_.end(), "no measured gait for coordinate '{}'; nearest is '{}'", name,
                        nearest_name(name, names_));
  return {static_cast<int>(found - names_.begin()), left ? 0.5 : 0.0};
}

PeriodicGait GaitNorm::calc_gait(double speed_m_s) const {
  demand_speed(speed_m_s);
  const std::array<double, kSpeeds> weights = calc_speed_weights(speed_m_s);
  std::vector<PeriodicGait::Coefficients> rows(curves_.size());
  for (std::size_t row = 0; row < curves_.size(); ++row) {
    for (std::size_t column = 0; column < kGaitColumns; ++column) {
      for (std::size_t s = 0; s < kSpeeds; ++s) rows[row][column] += weights[s] * curves_[row][s][column];
    }
  }
  return PeriodicGait(std::move(rows));
}

GaitNorm::TemporalRow GaitNorm::calc_temporal(double speed_m_s) const {
  demand_speed(speed_m_s);
  const auto above = std::ranges::lower_bound(temporal_.begin() + 1, temporal_.end() - 1, speed_m_s, {},
                                              &TemporalRow::speed_m_s);
  const TemporalRow& a = *(above - 1);
  const TemporalRow& b = *above;
  const double t = (speed_m_s - a.speed_m_s) / (b.speed_m_s - a.speed_m_s);
  return {speed_m_s, std::lerp(a.cadence_spm, b.cadence_spm, t),
          std::lerp(a.contact_time_s, b.contact_time_s, t)};
}

double GaitNorm::calc_cadence_spm(double speed_m_s) const { return calc_temporal(speed_m_s).cadence_spm; }

double GaitNorm::calc_contact_time_s(double speed_m_s) const {
  return calc_temporal(speed_m_s).contact_time_s;
}

double calc_contact_time(const GaitNorm& norm, double speed, double cadence) {
  const double ratio = norm.calc_cadence_spm(speed) / 60.0 / cadence;
  return norm.calc_contact_time_s(speed) * std::pow(ratio, kContactExponent);
}

}  // namespace lumbarun
