// CSV tables of sweeps and of the model: any bytes are either read or refused with BadInput.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>

#include "models/table.h"
#include "scenarios/sweep/axis_table.h"
#include "sim/core/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    lumbarun::parse_axis_table(text, "fuzz.csv");
  } catch (const lumbarun::BadInput&) {
  }
  static const std::string path = "/dev/shm/lumbarun_fuzz_table_" + std::to_string(getpid()) + ".csv";
  std::ofstream(path, std::ios::binary) << text;
  try {
    lumbarun::TableErrors errors;
    const lumbarun::Table table = lumbarun::Table::read(path, {"name", "mass_kg"}, errors);
    for (int row = 0; row < table.row_count(); ++row) {
      table.get_text(row, "name");
      table.read_positive(row, "mass_kg", errors);
    }
    errors.throw_if_any();
  } catch (const lumbarun::BadInput&) {
  }
  return 0;
}
