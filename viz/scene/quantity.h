// What discs and muscles can be coloured by.
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_record.h"

namespace lumbarun::viz {

enum class DiscQuantity { kCompression, kShear, kPressure };
enum class MuscleQuantity { kActivation, kForce, kStress };

// @throws BadInput listing the names.
DiscQuantity parse_disc_quantity(const std::string& name);
MuscleQuantity parse_muscle_quantity(const std::string& name);

// Values over the run as they are shown: row-major time × level or muscle, in `unit`.
struct Quantity {
  std::string title;  // "Disc compression"
  std::string unit;   // "N"
  std::size_t columns = 0;
  std::vector<double> values;

  double get(std::size_t sample, std::size_t column) const { return values[sample * columns + column]; }
  std::string get_label() const { return title + " [" + unit + "]"; }
};

// Shear is the resultant of anterior and lateral shear. @throws BadInput if the file does not hold it.
Quantity calc_disc_quantity(const RunRecord& record, DiscQuantity quantity);
// Stress is force over F_max / 60 N/cm². @throws BadInput if the file does not hold it.
Quantity calc_muscle_quantity(const RunRecord& record, MuscleQuantity quantity);

struct ValueRange {
  double low = 0;
  double high = 1;
};
// From 0 to the largest value, rounded up to 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten.
ValueRange calc_range(const std::vector<const Quantity*>& quantities);
// Even on both sides of 0.
ValueRange calc_even_range(const Quantity& quantity);

// "L4_L5" → "L4/L5".
std::string get_level_text(std::string level);
// Index of a level. @throws BadInput naming it if the run does not have it.
std::size_t find_level(const RunRecord& record, const std::string& level);

}  // namespace lumbarun::viz
