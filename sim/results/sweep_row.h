// One scenario of a sweep as one row: every metric, and stride-normalised curves. A row knows its own layout, so that a
// sweep whose scenarios differ in muscles or metrics still becomes one file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/results/run_record.h"

namespace lumbarun {

// Samples of a curve: 0, 1 … 100 % of the stride.
inline constexpr int kPhaseCount = 101;

struct SweepAxis {
  std::string name;
  std::string unit;
  std::string long_name;
  std::vector<std::string> labels;
  std::vector<double> numbers;  // instead of labels

  std::size_t size() const { return labels.empty() ? numbers.size() : labels.size(); }
  bool operator==(const SweepAxis&) const = default;
};

struct SweepVariable {
  std::string group;
  std::string name;
  std::string unit;
  std::string long_name;
  std::vector<std::string> axes;  // after the leading `scenario`
  bool is_curve = false;          // stored in single precision

  std::string get_path() const { return "/" + group + "/" + name; }
  bool operator==(const SweepVariable&) const = default;
};

struct SweepLayout {
  std::vector<SweepAxis> axes;
  std::vector<SweepVariable> variables;

  const SweepAxis* find_axis(const std::string& name) const;
  std::vector<std::size_t> calc_shape(const SweepVariable& variable) const;
  std::size_t calc_size(const SweepVariable& variable) const;  // numbers per scenario
  std::size_t calc_size() const;
  bool operator==(const SweepLayout&) const = default;
};

// How a scenario ended; the number is what sweep.h5 holds.
enum class SweepStatus { kOk = 0, kWarning = 1, kFell = 2, kFailed = 3, kMissing = 4 };

// "ok", "ok: warning …", "fell at …", everything else.
SweepStatus calc_sweep_status(const std::string& status);
inline bool is_failure(SweepStatus status) { return status >= SweepStatus::kFell; }

struct SweepRow {
  std::string status;
  std::string model_hash;
  SweepLayout layout;
  std::vector<double> values;  // variable after variable, as in the layout
};

// Curves are interpolated linearly between samples; 100 % is the value at 0 %, but for sliding coordinates (the pelvis
// moves on), which are extrapolated.
SweepRow build_sweep_row(const RunRecord& record);

// The layout that holds all of `layouts`: axes joined by label, in order of first appearance.
// @throws BadInput if two layouts give one name to different things.
SweepLayout join_layouts(const std::vector<SweepLayout>& layouts);

// For each number of a row of layout `part`, its place in a row of the joined layout `whole`.
std::vector<std::size_t> calc_places(const SweepLayout& part, const SweepLayout& whole);

}  // namespace lumbarun
