// Result files: any bytes are either read or refused with BadInput. Bytes are changed inside one small valid file; the library
// itself is not instrumented.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>

#include "sim/core/errors.h"
#include "sim/results/run_reader.h"
#include "sim/results/sweep_file_reader.h"
#include "sim/results/trial_read.h"

// Here a breakdown is to be seen, not to be caught.
void lumbarun::results::demand_survives_reading(const std::string&, const std::function<void()>&) {}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path = "/dev/shm/lumbarun_fuzz_run_" + std::to_string(getpid()) + ".h5";
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  try {
    lumbarun::read_run_file(path);
  } catch (const lumbarun::BadInput&) {
  }
  try {
    const lumbarun::SweepFileReader sweep(path);
    sweep.read_codes();
    sweep.read_statuses();
    for (const auto& variable : sweep.get_layout().variables) sweep.read_variable(variable);
  } catch (const lumbarun::BadInput&) {
  }
  return 0;
}
