// Scenario and sweep files: any text is either accepted or refused with BadInput.
#include <cstddef>
#include <cstdint>
#include <string>

#include "scenarios/scenario_io.h"
#include "scenarios/sweep/sweep_reader.h"
#include "sim/core/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const lumbarun::Scenario scenario = lumbarun::parse_scenario(text, "fuzz.toml");
    const std::string resolved = lumbarun::calc_scenario_text(scenario);
    const lumbarun::Scenario again = lumbarun::parse_scenario(resolved, "resolved.toml");
    if (lumbarun::calc_scenario_text(again) != resolved)
      __builtin_trap();  // what is accepted survives a round trip
  } catch (const lumbarun::BadInput&) {
  }
  try {
    lumbarun::parse_sweep(text, "/nowhere/fuzz.toml");
  } catch (const lumbarun::BadInput&) {
  }
  return 0;
}
