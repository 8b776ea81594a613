// What does the machinery of a sweep cost per scenario, beside the run itself? Curves in the size of a real run.
//   Closed    the synthetic run that stands for a real one: to be taken off what a synthetic sweep takes
//   Resolve   a line of the manifest to a scenario
//   Row       a record to the numbers of its row (101 points of each curve)
//   Append    the row to the journal, flushed to the disk: this is the disk's time, not ours
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>

#include "scenarios/scenario_io.h"
#include "scenarios/sweep/journal.h"
#include "scenarios/sweep/synthetic_run.h"

namespace lumbarun {
namespace {

RunRecord build_record() {
  return run_synthetic({"ishigami", 0.0, 0, 0, 700}, parse_scenario("", "empty.toml"), 0, {0.2, 0.7, 0.4});
}

void closed(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(build_record());
}
BENCHMARK(closed)->Unit(benchmark::kMicrosecond);

void resolve(benchmark::State& state) {
  const std::vector<ScenarioEntry> entries = {parse_override("stride.speed_m_s=3.1"),
                                              parse_override("shoe.preset=racing_flat")};
  for (auto _ : state) benchmark::DoNotOptimize(resolve_scenario(entries));
}
BENCHMARK(resolve)->Unit(benchmark::kMicrosecond);

void row(benchmark::State& state) {
  const RunRecord record = build_record();
  for (auto _ : state) benchmark::DoNotOptimize(build_sweep_row(record));
}
BENCHMARK(row)->Unit(benchmark::kMicrosecond);

void append(benchmark::State& state) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("lumbarun_benchmark_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  JournalResult result;
  result.hash = "0d9c6c2e-5a4b-5a3f-9d3a-1d2e3f405162";
  result.row = build_sweep_row(build_record());
  {
    JournalWriter journal(folder.string(), "benchmark", result.hash);
    for (auto _ : state) {
      journal.append(result);
      ++result.index;
    }
    state.counters["bytes_per_scenario"] =
        static_cast<double>(std::filesystem::file_size(journal.get_path())) /
        static_cast<double>(result.index);
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK(append)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace lumbarun
