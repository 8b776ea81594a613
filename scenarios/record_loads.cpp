#include "scenarios/record_loads.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/core/units.h"
#include "sim/loads/vertebral_strength.h"
#include "sim/sharing/reserve_status.h"
#include "sim/tissue/drawn_path.h"

namespace lumbarun {
namespace {

std::vector<double> flatten(const Eigen::MatrixXd& m) { return {m.data(), m.data() + m.size()}; }

void append(const Vector3<double>& v, std::vector<double>& out) { out.insert(out.end(), {v.x, v.y, v.z}); }

void write_muscles(const ScenarioModel& built, const StrideLoads& loads, MuscleRecord& out) {
  out.activation = flatten(loads.activation);
  out.force = flatten(loads.force);
  out.fiber_length = flatten(loads.fiber_length);
  out.path_length = flatten(loads.path_length);
  for (const Muscle& muscle : built.get_simulated_muscles().muscles)
    out.max_isometric_force.push_back(muscle.max_isometric_force);
  for (const MusclePath& path : built.get_simulated_muscles().paths.muscles)
    out.path_row_size.push_back(count_drawn_points(path));
  for (const auto& points : loads.path_point) {
    for (const Vector3<double>& p : points) append(p, out.path_point);
  }
}

void write_discs(const Runner& runner, const StrideLoads& loads, RunRecord& record) {
  DiscRecord& out = record.discs;
  record.names.disc_shares.assign(kLoadPartNames.begin(), kLoadPartNames.end());
  for (size_t s = 0; s < loads.disc.size(); ++s) {
    for (int level = 0; level < kLevelCount; ++level) {
      const DiscLoad& load = loads.disc[s][level];
      out.compression.push_back(load.compression);
      out.anterior_shear.push_back(load.anterior_shear);
      out.lateral_shear.push_back(load.lateral_shear);
      out.flexion_moment.push_back(load.flexion_moment);
      out.lateral_bending_moment.push_back(load.lateral_bending_moment);
      out.axial_torque.push_back(load.axial_torque);
      const LevelShares& shares = loads.shares[s][level];
      const Disc& disc = runner.discs[level];
      const bool is_known = std::isfinite(load.compression);  // not where sharing found no answer
      out.intradiscal_pressure.push_back(
          is_known ? calc_disc_pressure(shares.get_disc_compression(), disc.area, disc.nucleus_pressure_ratio)
                         .value_Pa
                   : load.compression);
      for (const Vector3<double>& moment : shares.moment) append(moment, out.moment_share);
      for (const Vector3<double>& force : shares.force) append(force, out.force_share);
    }
  }
}

void write_contributions(const std::vector<LevelContributions>& samples, ContributionRecord& out) {
  const std::array<std::vector<double>*, 6> series = {
      &out.compression,    &out.anterior_shear,         &out.lateral_shear,
      &out.flexion_moment, &out.lateral_bending_moment, &out.axial_torque};
  for (const LevelContributions& levels : samples) {
    for (const std::vector<DiscLoad>& sources : levels) {
      for (const DiscLoad& part : sources) {
        for (size_t k = 0; k < series.size(); ++k) series[k]->push_back(part.*kDiscLoadComponents[k].value);
      }
    }
  }
}

void write_sharing(const StrideLoads& loads, SharingRecord& out) {
  for (const SharingSummary& summary : loads.sharing) {
    out.iterations.push_back(summary.iterations);
    out.kkt_residual.push_back(summary.kkt_residual);
    out.objective.push_back(summary.objective);
    out.active_lower.push_back(summary.active_lower);
    out.active_upper.push_back(summary.active_upper);
  }
  if (loads.critical_gain.empty()) return;
  for (const GeneralSummary& summary : loads.general) {
    out.smallest_stiffness.push_back(summary.smallest_stiffness_nm_rad);
    out.missing_stiffness.push_back(summary.missing_stiffness_nm_rad);
  }
  for (double gain : loads.critical_gain)
    out.critical_gain.push_back(std::isfinite(gain) ? gain : std::numeric_limits<double>::quiet_NaN());
}

void write_emg(const EmgComparison& emg, RunRecord& record) {
  record.names.emg_channels = emg.channels;
  record.emg.envelope = flatten(emg.envelope);
  record.emg.activation = flatten(emg.activation);
  for (const LaggedCorrelation& channel : emg.summary) {
    record.emg.correlation.push_back(channel.correlation);
    record.emg.best_correlation.push_back(channel.best);
    record.emg.lag.push_back(channel.lag);
  }
}

// Largest compression against the mean strength of a motion segment of this age, sex and disc area: an estimate with a wide
// spread between persons (sim/loads/vertebral_strength.h), for one slow compression and not for many steps.
void write_strength(const ScenarioModel& built, RunRecord& record) {
  NamedValue strength{
      "vertebral_strength", "N", "mean compressive strength at this age, sex and disc area, estimate",
      ValueAxis::kLevel,    {},  false};
  NamedValue share{"peak_compression_over_strength",
                   "1",
                   "largest compression over vertebral_strength, unfiltered",
                   ValueAxis::kLevel,
                   {},
                   false};
  for (int level = 0; level < kLevelCount; ++level) {
    double peak = 0.0;
    for (size_t i = level; i < record.discs.compression.size(); i += kLevelCount)
      peak = std::max(peak, record.discs.compression[i]);
    strength.values.push_back(calc_vertebral_strength_N(
        level, built.person.age_years, built.person.sex == Sex::kMale, built.runner.discs[level].area));
    share.values.push_back(peak / strength.values.back());
  }
  record.metrics.push_back(std::move(strength));
  record.metrics.push_back(std::move(share));
}

void write_ligaments(const Runner& runner, const StrideLoads& loads, RunRecord& record) {
  for (const Disc& disc : runner.discs) {
    for (const Ligament& ligament : disc.ligaments) record.names.ligaments.push_back(ligament.name);
  }
  record.ligaments.strain = flatten(loads.ligament_strain);
  record.ligaments.force = flatten(loads.ligament_tension);
}

std::string write_reserves(const ScenarioModel& built, const StrideSamples& stride, const StrideLoads& loads,
                           RunRecord& record) {
  const GaitSharing sharing(built.get_simulated_runner(), built.get_simulated_muscles().muscles,
                            built.get_simulated_muscles().paths, {});
  const std::vector<Reserve>& reserves = sharing.reserves();
  ReserveRecord& out = record.reserves;
  const ReserveReport report = calc_reserve_report(reserves, stride.time, loads.net_moment, loads.reserve);
  for (size_t k = 0; k < reserves.size(); ++k) {
    record.names.reserve_coordinates.push_back(reserves[k].coordinate);
    const double share = report.rows[k].share;  // infinite where sharing found no answer
    out.peak_share.push_back(std::isfinite(share) ? share : std::numeric_limits<double>::quiet_NaN());
  }
  out.moment = flatten(loads.reserve);
  out.net_moment = flatten(loads.net_moment);
  for (Eigen::Index s = 0; s < loads.reserve.cols(); ++s) {
    for (size_t k = 0; k < reserves.size(); ++k) {
      const auto degrees =
          calc_reserve_rotation_deg(reserves[k], loads.reserve(static_cast<Eigen::Index>(k), s));
      out.rotation.push_back(deg_to_rad(degrees.value_or(0.0)));
    }
  }
  return report.status;
}

}  // namespace

std::string write_loads(const ScenarioModel& built, const StrideSamples& stride, const StrideLoads& loads,
                        RunRecord& record) {
  write_muscles(built, loads, record.muscles);
  record.metrics.push_back(
      {"approximate_muscle_paths",
       "1",
       "muscle paths, summed over samples, whose way over a wrapping surface was not found "
       "exactly",
       ValueAxis::kScalar,
       {static_cast<double>(loads.approximate_paths)},
       false});
  write_discs(built.get_simulated_runner(), loads, record);
  write_strength(built, record);
  write_ligaments(built.get_simulated_runner(), loads, record);
  record.names.contribution_sources = loads.contribution_sources;
  record.names.induced_sources = loads.induced_sources;
  write_contributions(loads.contributions, record.contributions);
  write_contributions(loads.induced, record.induced);
  write_sharing(loads, record.sharing);
  if (loads.emg) write_emg(*loads.emg, record);
  const std::string reserve_status = write_reserves(built, stride, loads, record);
  if (loads.unusable_samples == 0) return reserve_status;
  return fmt::format("failed: sharing found no answer at {} of {} samples", loads.unusable_samples,
                     loads.disc.size());
}

}  // namespace lumbarun
