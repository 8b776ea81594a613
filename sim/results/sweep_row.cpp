#include "sim/results/sweep_row.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "sim/core/contracts.h"
#include "sim/results/schema.h"

namespace lumbarun {
namespace {

using namespace results;

// Arrays over time that are kept as curves.
bool is_kept(const ArrayField& field) {
  static const std::set<std::string> kept = {
      "/motion/q",
      "/ground/force",
      "/discs/compression",
      "/discs/anterior_shear",
      "/discs/lateral_shear",
      "/discs/flexion_moment",
      "/discs/lateral_bending_moment",
      "/discs/axial_torque",
      "/discs/intradiscal_pressure",
  };
  return kept.contains(field.get_path());
}

// Weights of the samples around each phase of a stride that begins at the first sample and ends one sample after the
// last.
class PhaseGrid {
 public:
  explicit PhaseGrid(std::size_t samples) : samples_(samples) {}

  // `series`: samples × width; appends 101 × width.
  template <typename IsSliding>
  void append_curve(const std::vector<double>& series, std::size_t width, IsSliding is_sliding,
                    std::vector<double>& out) const {
    for (int phase = 0; phase < kPhaseCount; ++phase) {
      const double place = static_cast<double>(samples_) * phase / (kPhaseCount - 1);
      const auto before = std::min(static_cast<std::size_t>(place), samples_ - 1);
      const double share = place - static_cast<double>(before);
      for (std::size_t i = 0; i < width; ++i) {
        const double a = series[before * width + i];
        const double b = calc_next(series, width, before, i, is_sliding(i));
        out.push_back(share == 0.0 ? a : a + share * (b - a));
      }
    }
  }

 private:
  double calc_next(const std::vector<double>& series, std::size_t width, std::size_t sample, std::size_t i,
                   bool is_sliding) const {
    if (sample + 1 < samples_) return series[(sample + 1) * width + i];
    if (!is_sliding || samples_ < 2) return series[i];
    return 2 * series[sample * width + i] - series[(sample - 1) * width + i];
  }

  std::size_t samples_;
};

class RowBuilder {
 public:
  explicit RowBuilder(const RunRecord& record) : record_(record) {}

  SweepRow build() {
    row_.status = record_.header.status;
    row_.model_hash = record_.header.model_hash;
    add_named_values("metrics", record_.metrics);
    add_named_values("plan", record_.plan.numbers);
    add_cost_shares();
    for (const ArrayField& field : get_array_fields()) add_field(field);
    add_muscle_groups();
    return std::move(row_);
  }

 private:
  void add_axis(SweepAxis axis) {
    if (row_.layout.find_axis(axis.name) == nullptr) row_.layout.axes.push_back(std::move(axis));
  }

  std::string add_axis(Axis axis) {
    AxisScale scale = calc_axis_scale(axis, record_);
    add_axis({scale.name, scale.unit, scale.long_name, scale.labels, scale.numbers});
    return scale.name;
  }

  void add_variable(SweepVariable variable, const std::vector<double>& values) {
    row_.layout.variables.push_back(std::move(variable));
    row_.values.insert(row_.values.end(), values.begin(), values.end());
  }

  void add_named_values(const std::string& group, const std::vector<NamedValue>& values) {
    for (const NamedValue& value : values) {
      SweepVariable variable{group, value.name, value.unit, value.long_name, {}, false};
      for (Axis axis : get_axes(value.axis)) variable.axes.push_back(add_axis(axis));
      add_variable(std::move(variable), value.values);
    }
  }

  void add_cost_shares() {
    std::vector<double> shares;
    for (const CostTermRecord& term : record_.plan.cost_terms) shares.push_back(term.share);
    if (shares.empty()) return;
    add_variable({"plan", "cost_share", "1", "share of the total cost", {add_axis(Axis::kCostTerm)}, false},
                 shares);
  }

  void add_phase_axis() {
    SweepAxis axis{"phase", "percent", "share of the stride, from right foot contact", {}, {}};
    for (int i = 0; i < kPhaseCount; ++i) axis.numbers.push_back(i);
    add_axis(std::move(axis));
  }

  void add_field(const ArrayField& field) {
    const std::vector<double>& values = field.get_from(record_);
    if (values.empty()) return;
    if (field.get_path() == "/reserves/peak_share") {
      add_variable({field.group, field.name, field.unit, field.long_name, {add_axis(field.axes[0])}, false},
                   values);
    } else if (is_kept(field)) {
      std::vector<std::string> axes = {"phase"};
      for (std::size_t i = 1; i < field.axes.size(); ++i) axes.push_back(add_axis(field.axes[i]));
      const bool is_motion = field.get_path() == "/motion/q";
      add_curve({field.group, field.name, field.unit, field.long_name, axes, true}, values,
                [&](std::size_t i) { return is_motion && record_.names.coordinate_units[i] == "m"; });
    }
  }

  template <typename IsSliding>
  void add_curve(SweepVariable variable, const std::vector<double>& series, IsSliding is_sliding) {
    add_phase_axis();
    std::vector<double> curve;
    PhaseGrid(record_.time.size())
        .append_curve(series, series.size() / record_.time.size(), is_sliding, curve);
    add_variable(std::move(variable), curve);
  }

  // Hundreds of fascicles are too many for every scenario; their sums per group and side are not.
  void add_muscle_groups() {
    const RunNames& names = record_.names;
    if (record_.muscles.force.empty() || names.muscle_groups.empty()) return;
    std::vector<std::string> labels;
    std::vector<std::size_t> place;
    for (std::size_t i = 0; i < names.muscles.size(); ++i) {
      const std::string label = names.muscle_groups[i] + "_" + names.muscle_sides[i];
      const auto found = std::find(labels.begin(), labels.end(), label);
      place.push_back(static_cast<std::size_t>(found - labels.begin()));
      if (found == labels.end()) labels.push_back(label);
    }
    std::vector<double> sums(record_.time.size() * labels.size(), 0.0);
    for (std::size_t i = 0; i < record_.muscles.force.size(); ++i) {
      sums[i / place.size() * labels.size() + place[i % place.size()]] += record_.muscles.force[i];
    }
    add_axis({"muscle_group", "1", "muscle group and side", labels, {}});
    add_curve({"muscles",
               "group_force",
               "N",
               "sum of the tendon forces of a group",
               {"phase", "muscle_group"},
               true},
              sums, [](std::size_t) { return false; });
  }

  const RunRecord& record_;
  SweepRow row_;
};

}  // namespace

const SweepAxis* SweepLayout::find_axis(const std::string& name) const {
  const auto found =
      std::find_if(axes.begin(), axes.end(), [&](const auto& axis) { return axis.name == name; });
  return found == axes.end() ? nullptr : &*found;
}

std::vector<std::size_t> SweepLayout::calc_shape(const SweepVariable& variable) const {
  std::vector<std::size_t> shape;
  for (const std::string& name : variable.axes) {
    const SweepAxis* axis = find_axis(name);
    LUMBARUN_THROW_UNLESS(axis != nullptr, "sweep row: {} has the axis '{}', which is not described",
                          variable.get_path(), name);
    shape.push_back(axis->size());
  }
  return shape;
}

std::size_t SweepLayout::calc_size(const SweepVariable& variable) const {
  std::size_t size = 1;
  for (const std::size_t count : calc_shape(variable)) size *= count;
  return size;
}

std::size_t SweepLayout::calc_size() const {
  std::size_t size = 0;
  for (const SweepVariable& variable : variables) size += calc_size(variable);
  return size;
}

SweepStatus calc_sweep_status(const std::string& status) {
  if (status == "ok") return SweepStatus::kOk;
  if (status.starts_with("ok:")) return SweepStatus::kWarning;
  return status.starts_with("fell") ? SweepStatus::kFell : SweepStatus::kFailed;
}

SweepRow build_sweep_row(const RunRecord& record) { return RowBuilder(record).build(); }

}  // namespace lumbarun
