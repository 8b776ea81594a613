// Rows and files of sweeps: what goes in comes out, layouts that differ are joined, and Python reads it as the docs say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numbers>

#include "sim/core/errors.h"
#include "sim/results/run_writer.h"
#include "sim/results/sweep_file_reader.h"
#include "tests/results/sample_record.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

using ::testing::HasSubstr;

class SweepResultFile : public test::TemporaryFolder {
 protected:
  static SweepFileHeader build_header() {
    SweepFileHeader header;
    header.title = "sample";
    header.design = "latin_hypercube";
    header.design_samples = 3;
    header.design_seed = 7;
    header.factors = {"stride.speed_m_s", "shoe.preset"};
    header.inputs = {{"stride.speed_m_s", "m/s", "speed", false, true},
                     {"shoe.preset", "", "shoe", true, true}};
    return header;
  }

  // Three scenarios of the sample record, each a little larger than the one before; the third has failed.
  static std::vector<SweepFileRow> build_rows(SweepLayout& layout) {
    std::vector<SweepFileRow> rows;
    for (int i = 0; i < 3; ++i) {
      RunRecord record = test::build_sample_record();
      for (double& value : record.discs.compression) value += i;
      std::erase_if(record.metrics,
                    [](const NamedValue& metric) { return metric.name == "peak_compression"; });
      record.metrics.push_back(
          {"peak_compression", "N", "largest", ValueAxis::kLevel, std::vector<double>(6, 100.0 + i)});
      SweepRow row = build_sweep_row(record);
      layout = row.layout;
      rows.push_back({"hash",
                      i == 2 ? "failed: no" : "ok",
                      row.model_hash,
                      i == 2 ? SweepStatus::kFailed : SweepStatus::kOk,
                      {0.1 * i, 0.5},
                      {3.0 + i % 2},
                      {i == 0 ? "everyday" : "racing_flat"},
                      row.values});
    }
    return rows;
  }

  void write(const std::string& name, std::size_t block) const {
    SweepLayout layout;
    const auto rows = build_rows(layout);
    SweepWriter writer(get_path(name), build_header(), layout, rows.size());
    for (std::size_t i = 0; i < rows.size(); i += block) {
      writer.append({rows.begin() + static_cast<std::ptrdiff_t>(i),
                     rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), i + block))});
    }
    writer.finish();
  }
};

TEST_F(SweepResultFile, GivesBackWhatWasWritten) {
  write("a.h5", 2);
  SweepLayout layout;
  const auto rows = build_rows(layout);
  const SweepFileReader file(get_path("a.h5"));
  EXPECT_EQ(file.get_scenario_count(), 3u);
  EXPECT_EQ(file.get_header().title, "sample");
  EXPECT_EQ(file.get_header().factors, build_header().factors);
  EXPECT_EQ(file.get_header().design_seed, 7u);
  EXPECT_EQ(file.read_codes()[2], SweepStatus::kFailed);
  EXPECT_EQ(file.read_statuses()[2], "failed: no");
  EXPECT_EQ(file.read_unit(), (std::vector<double>{0, 0.5, 0.1, 0.5, 0.2, 0.5}));
  EXPECT_EQ(file.read_input_numbers(file.get_header().inputs[0]), (std::vector<double>{3, 4, 3}));
  EXPECT_EQ(file.read_input_words(file.get_header().inputs[1])[2], "racing_flat");
  ASSERT_EQ(file.get_layout().variables.size(), layout.variables.size());
  std::size_t begin = 0;
  for (const SweepVariable& variable : layout.variables) {
    const std::size_t width = layout.calc_size(variable);
    const auto found = file.read_variable(variable);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const double wanted = rows[i / width].values[begin + i % width];
      if (std::isnan(wanted)) {
        EXPECT_TRUE(std::isnan(found[i]));
      } else {
        EXPECT_NEAR(found[i], wanted, variable.is_curve ? 1e-6 * std::abs(wanted) : 0.0)
            << variable.get_path();
      }
    }
    begin += width;
  }
}

TEST_F(SweepResultFile, WithoutFinishNothingIsLeft) {
  SweepLayout layout;
  const auto rows = build_rows(layout);
  { SweepWriter writer(get_path("x.h5"), build_header(), layout, rows.size()); }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

// A curve of whole numbers of samples per percent is met exactly; sliding coordinates go on, all others come round.
TEST_F(SweepResultFile, CurvesAreOverOneStride) {
  RunRecord record = test::build_sample_record();
  const std::size_t samples = 200;
  const std::size_t coordinates = record.names.coordinates.size();
  record.names.coordinate_units.assign(coordinates, "rad");
  record.names.coordinate_units[0] = "m";
  record.time.clear();
  record.motion.q.clear();
  for (std::size_t i = 0; i < samples; ++i) {
    record.time.push_back(0.0035 * static_cast<double>(i));
    for (std::size_t k = 0; k < coordinates; ++k) {
      const double phase = static_cast<double>(i) / samples;
      record.motion.q.push_back(k == 0 ? 2.5 * phase : std::sin(2 * std::numbers::pi * phase));
    }
  }
  record.ground = {};
  record.discs = {};
  record.muscles = {};
  const SweepRow row = build_sweep_row(record);
  std::size_t begin = 0;
  for (const SweepVariable& variable : row.layout.variables) {
    if (variable.get_path() == "/motion/q") break;
    begin += row.layout.calc_size(variable);
  }
  for (std::size_t phase = 0; phase <= 100; ++phase) {
    EXPECT_NEAR(row.values[begin + phase * coordinates], 0.025 * phase, 1e-12);
    EXPECT_NEAR(row.values[begin + phase * coordinates + 1], std::sin(2 * std::numbers::pi * phase / 100),
                1e-12);
  }
}

TEST_F(SweepResultFile, LayoutsAreJoinedByLabel) {
  SweepLayout a;
  a.axes = {{"muscle", "1", "muscle", {"psoas", "iliacus"}, {}}};
  a.variables = {{"metrics", "x", "N", "x", {}, false},
                 {"metrics", "force", "N", "force", {"muscle"}, false}};
  SweepLayout b;
  b.axes = {{"muscle", "1", "muscle", {"psoas", "gluteus"}, {}}};
  b.variables = {{"metrics", "force", "N", "force", {"muscle"}, false},
                 {"metrics", "y", "m", "y", {}, false}};
  const SweepLayout whole = join_layouts({a, b});
  EXPECT_EQ(whole.axes[0].labels, (std::vector<std::string>{"psoas", "iliacus", "gluteus"}));
  EXPECT_EQ(calc_places(a, whole), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(calc_places(b, whole), (std::vector<std::size_t>{1, 3, 4}));
  b.variables[0].unit = "kN";
  EXPECT_THROW(join_layouts({a, b}), BadInput);
}

// The blocks of docs/python.md, as they stand there.
TEST_F(SweepResultFile, PythonOfTheDocsRuns) {
  if (std::system("/usr/bin/python3 -c 'import xarray, h5netcdf' > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "needs python3-xarray and python3-h5netcdf";
  }
  write_run_file(test::build_sample_record(), get_path("run.h5"));
  write("sweep.h5", 3);
  const std::string docs = read_bytes(LUMBARUN_SOURCE_DIR "/docs/python.md");
  std::vector<std::string> outputs;
  for (std::size_t begin = docs.find("```python\n"); begin != std::string::npos;
       begin = docs.find("```python\n", begin)) {
    begin += 10;
    write_bytes(get_path("block.py"), docs.substr(begin, docs.find("```", begin) - begin));
    const int status = std::system(
        ("cd '" + folder_.string() + "' && /usr/bin/python3 block.py run.h5 sweep.h5 > out.txt 2>&1")
            .c_str());
    outputs.push_back(read_bytes(get_path("out.txt")));
    EXPECT_EQ(status, 0) << outputs.back();
  }
  ASSERT_EQ(outputs.size(), 2u);
  EXPECT_THAT(outputs[0], HasSubstr("L4/L5: peak"));
  EXPECT_THAT(outputs[1], HasSubstr("100.0"));
  EXPECT_THAT(outputs[1], HasSubstr("101.0"));
  EXPECT_EQ(outputs[1].find("102.0"), std::string::npos) << "the failed scenario is left out";
}

}  // namespace
}  // namespace lumbarun
