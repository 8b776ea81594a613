// The layout of a result file: one table that the writer, the reader and their tests all follow.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/results/precision.h"
#include "sim/results/run_record.h"

namespace lumbarun::results {

inline constexpr int kSchemaVersion = 1;
inline constexpr const char* kProgramName = "lumbarun";
inline constexpr const char* kConventions = "CF-1.10";

// Each axis is a dimension scale, repeated in every group that uses it.
enum class Axis {
  kTime,
  kLevel,
  kMuscle,
  kCoordinate,
  kBody,
  kFoot,
  kComponent,
  kQuaternion,
  kLigament,
  kDiscShare,
  kReserveCoordinate,
  kStation,
  kKnot,
  kResidualTime,
  kCostTerm,
  kEnergyTerm,
  kContributionSource,
  kInducedSource,
  kEmgChannel,
};

inline constexpr int kAxisCount = static_cast<int>(Axis::kEmgChannel) + 1;

// What a dimension scale holds: labels, or numbers with a unit.
struct AxisScale {
  std::string name;
  std::string unit;
  std::string long_name;
  std::vector<std::string> labels;
  std::vector<double> numbers;

  std::size_t size() const { return labels.empty() ? numbers.size() : labels.size(); }
};

AxisScale calc_axis_scale(Axis axis, const RunRecord& record);

// Which runs must have the array.
enum class Need {
  kAlways,    // every run with status `ok` or `fell`
  kIfPresent  // may be left out
};

// One array of doubles in the file.
struct ArrayField {
  std::string group;
  std::string name;
  std::vector<Axis> axes;
  std::string unit;
  std::string long_name;
  Need need = Need::kIfPresent;
  bool may_be_undefined = false;
  std::vector<double>& (*get)(RunRecord&) = nullptr;
  Precision precision = Precision::kDouble;

  std::string get_path() const { return "/" + group + "/" + name; }
  const std::vector<double>& get_from(const RunRecord& record) const {
    return get(const_cast<RunRecord&>(record));
  }
};

// One array of words, per entry of one axis.
struct TextField {
  std::string group;
  std::string name;
  Axis axis = Axis::kMuscle;
  std::string long_name;
  std::vector<std::string>& (*get)(RunRecord&) = nullptr;

  const std::vector<std::string>& get_from(const RunRecord& record) const {
    return get(const_cast<RunRecord&>(record));
  }
};

const std::vector<ArrayField>& get_array_fields();
const std::vector<TextField>& get_text_fields();

// Axes of a named value: none, foot or level.
std::vector<Axis> get_axes(ValueAxis axis);

// @throws LogicFailure naming the array if a size is wrong, a needed array is missing, a number is undefined
// where none may be, or a name is unfit.
void check_record(const RunRecord& record);

}  // namespace lumbarun::results
