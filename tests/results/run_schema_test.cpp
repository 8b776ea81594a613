// The file as others read it (h5py, xarray with h5netcdf, ncdump) against the table of names, dimensions and
// units that is the contract of a result file.
#include <array>
#include <cstdio>
#include <map>
#include <numeric>
#include <sstream>

#include "sim/results/run_writer.h"
#include "sim/results/schema.h"
#include "tests/results/sample_record.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun::test {
namespace {

struct Described {
  std::string dimensions;
  std::string shape;
  std::string unit;
  bool has_long_name = false;
  bool has_fill_value = false;
  std::string total;
};

struct Command {
  int status;
  std::string output;
};

Command run_command(const std::string& command) {
  Command result{-1, ""};
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer;
  while (std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    result.output.append(buffer.data(), count);
  }
  result.status = ::pclose(pipe);
  return result;
}

// The first Python that has the modules; empty if none has.
std::string find_python(const std::string& modules) {
  for (const std::string python : {"/usr/bin/python3", "python3"}) {
    if (run_command(python + " -c 'import " + modules + "'").status == 0) return python;
  }
  return "";
}

std::map<std::string, Described> parse_description(const std::string& text) {
  std::map<std::string, Described> datasets;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::array<std::string, 7> cell;
    for (std::string& one : cell) std::getline(cells, one, '|');
    datasets[cell[0]] = {cell[1], cell[2], cell[3], cell[4] == "1", cell[5] == "1", cell[6]};
  }
  return datasets;
}

struct Contract {
  const char* path;
  const char* dimensions;
  const char* unit;
  bool may_be_undefined;
};

constexpr std::array kContract = {
    Contract{"/time", "time", "s", false},
    Contract{"/level", "level", "1", false},
    Contract{"/muscle", "muscle", "1", false},
    Contract{"/coordinate", "coordinate", "1", false},
    Contract{"/body", "body", "1", false},
    Contract{"/foot", "foot", "1", false},
    Contract{"/component", "component", "1", false},
    Contract{"/quaternion", "quaternion", "1", false},
    Contract{"/motion/q", "time,coordinate", "see coordinate_unit", false},
    Contract{"/motion/u", "time,coordinate", "see speed_unit", false},
    Contract{"/motion/generalized_force", "time,coordinate", "see force_unit", false},
    Contract{"/motion/coordinate_unit", "coordinate", "1", false},
    Contract{"/motion/body_position", "time,body,component", "m", false},
    Contract{"/motion/body_quaternion", "time,body,quaternion", "1", false},
    Contract{"/ground/force", "time,foot,component", "N", false},
    Contract{"/ground/center_of_pressure", "time,foot,component", "m", true},
    Contract{"/ground/free_moment", "time,foot", "N m", true},
    Contract{"/muscles/activation", "time,muscle", "1", false},
    Contract{"/muscles/force", "time,muscle", "N", false},
    Contract{"/muscles/fiber_length", "time,muscle", "m", false},
    Contract{"/muscles/path_length", "time,muscle", "m", false},
    Contract{"/muscles/path_point", "time,station,component", "m", false},
    Contract{"/muscles/row_size", "muscle", "1", false},
    Contract{"/discs/compression", "time,level", "N", false},
    Contract{"/discs/anterior_shear", "time,level", "N", false},
    Contract{"/discs/lateral_shear", "time,level", "N", false},
    Contract{"/discs/flexion_moment", "time,level", "N m", false},
    Contract{"/discs/lateral_bending_moment", "time,level", "N m", false},
    Contract{"/discs/axial_torque", "time,level", "N m", false},
    Contract{"/discs/intradiscal_pressure", "time,level", "Pa", false},
    Contract{"/ligaments/strain", "time,ligament", "1", false},
    Contract{"/metrics/contact_time", "foot", "s", true},
    Contract{"/metrics/peak_compression", "level", "N", false},
    Contract{"/metrics/cadence", "", "min-1", false},
    Contract{"/plan/knot", "knot", "s", false},
    Contract{"/plan/cost_share", "cost_term", "1", false},
    Contract{"/plan/root_residual_force", "residual_time,component", "N", false},
};

class RunSchema : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    write_run_file(build_sample_record(), get_path("run.h5"));
  }

  std::map<std::string, Described> describe(const std::string& python, const std::string& reader) {
    const Command command =
        run_command(python + " " LUMBARUN_SOURCE_DIR "/tests/results/describe_run_file.py " + reader + " " +
                    get_path("run.h5"));
    EXPECT_EQ(command.status, 0) << command.output;
    return parse_description(command.output);
  }

  static void check_contract(const std::map<std::string, Described>& datasets) {
    for (const Contract& wanted : kContract) {
      const auto found = datasets.find(wanted.path);
      ASSERT_NE(found, datasets.end()) << wanted.path;
      EXPECT_EQ(found->second.dimensions, wanted.dimensions) << wanted.path;
      EXPECT_EQ(found->second.unit, wanted.unit) << wanted.path;
      EXPECT_EQ(found->second.has_fill_value, wanted.may_be_undefined) << wanted.path;
    }
    for (const auto& [path, dataset] : datasets) EXPECT_TRUE(dataset.has_long_name) << path;
  }

  // The numbers came through too: the sum of each array of the schema.
  static void check_sums(const std::map<std::string, Described>& datasets) {
    const RunRecord record = build_sample_record();
    for (const auto& field : results::get_array_fields()) {
      double sum = 0;
      for (double value : field.get_from(record)) sum += value == value ? value : 0;
      ASSERT_EQ(datasets.count(field.get_path()), 1u) << field.get_path();
      EXPECT_NEAR(std::stod(datasets.at(field.get_path()).total), sum, 1e-9 * (1 + std::abs(sum)))
          << field.get_path();
    }
    EXPECT_EQ(datasets.at("/discs/level").total, "T12_L1L1_L2L2_L3L3_L4L4_L5L5_S1");
    EXPECT_EQ(datasets.at("/motion/force_unit").total, "NN mN m");
  }
};

TEST_F(RunSchema, H5pySeesTheContract) {
  const std::string python = find_python("h5py");
  if (python.empty()) GTEST_SKIP() << "needs python3-h5py";
  const auto datasets = describe(python, "h5py");
  check_contract(datasets);
  check_sums(datasets);
}

TEST_F(RunSchema, XarraySeesTheContract) {
  const std::string python = find_python("xarray, h5netcdf");
  if (python.empty()) GTEST_SKIP() << "needs python3-xarray and python3-h5netcdf";
  const auto datasets = describe(python, "xarray");
  check_contract(datasets);
  check_sums(datasets);
}

TEST_F(RunSchema, XarraySelectsByLabel) {
  const std::string python = find_python("xarray, h5netcdf");
  if (python.empty()) GTEST_SKIP() << "needs python3-xarray and python3-h5netcdf";
  const RunRecord record = build_sample_record();
  const Command command = run_command(
      python + " -c \"import xarray; d = xarray.open_dataset('" + get_path("run.h5") +
      "', engine='h5netcdf', group='discs'); print(repr(float(d.compression.sel(level='L5_S1')[3])))\"");
  EXPECT_EQ(std::stod(command.output), record.discs.compression[3 * 6 + 5]) << command.output;
}

TEST_F(RunSchema, NetcdfReadsEveryGroup) {
  if (run_command("command -v ncdump").status != 0) GTEST_SKIP() << "needs netcdf-bin";
  const Command header = run_command("ncdump -h " + get_path("run.h5"));
  EXPECT_EQ(header.status, 0) << header.output;
  for (const char* line :
       {"time = 5 ;", "station = 5 ;", "double compression(time, level) ;", "string level(level) ;",
        "float path_point(time, station, component) ;", "sample_dimension = \"station\" ;",
        "double strain(time, ligament) ;", "compression:units = \"N\" ;", "status = \"ok\" ;",
        "center_of_pressure:_FillValue = NaN ;"}) {
    EXPECT_NE(header.output.find(line), std::string::npos) << line << "\n" << header.output;
  }
  const Command values = run_command("ncdump " + get_path("run.h5"));
  EXPECT_EQ(values.status, 0);
  EXPECT_NE(values.output.find("\"psoas_L1_r\", \"rect_abd_l\""), std::string::npos);
}

TEST(Schema, EveryFieldHasAUnitAndALongName) {
  for (const auto& field : results::get_array_fields()) {
    EXPECT_FALSE(field.unit.empty()) << field.get_path();
    EXPECT_FALSE(field.long_name.empty()) << field.get_path();
    EXPECT_FALSE(field.axes.empty()) << field.get_path();
  }
}

}  // namespace
}  // namespace lumbarun::test
