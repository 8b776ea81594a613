// `lumbarun report`: numbers of a design whose answer is known, and a page that a browser opens without complaint.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "sim/sweeps/sweep_analysis.h"
#include "tests/oracles/sensitivity_functions.h"
#include "tests/sweep/sweep_line.h"

namespace lumbarun {
namespace {

using ::testing::HasSubstr;

class Report : public test::SweepLine {
 protected:
  void make_report(const std::string& design, const std::string& more = "") const {
    write_bytes(get_path("s.toml"), "title = \"<a> & b\"\n[design]\n" + design +
                                        "\n[[axis]]\nkey = \"stride.speed_m_s\"\nrange = [2.5, 4.0]\n"
                                        "[[axis]]\nkey = \"runner.mass_kg\"\nrange = [60, 80]\n"
                                        "[[axis]]\nkey = \"runner.strength\"\nrange = [0.8, 1.2]\n" +
                                        more + "[machinery_test]\nmodel = \"ishigami\"\nsamples = 20\n");
    ASSERT_EQ(run("sweep s.toml -j 2 -o dir").exit_code, 0);
    merge("dir");
    const test::CommandOutcome outcome = run("report merged.h5 -o report");
    ASSERT_EQ(outcome.exit_code, 0) << outcome.messages;
  }

  // Cells of the first line of a CSV file that begins with these words.
  std::vector<std::string> read_row(const std::string& file, const std::string& begin) const {
    std::istringstream stream(read_bytes(get_path("report/" + file)));
    std::vector<std::string> cells;
    for (std::string line; std::getline(stream, line);) {
      if (!line.starts_with(begin)) continue;
      std::istringstream row(line);
      for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
      return cells;
    }
    return {};
  }
};

TEST_F(Report, SobolIndicesOfAKnownFunction) {
  make_report("kind = \"sobol\"\nsamples = 256");
  const auto known = oracles::ishigami_indices();
  const char* const factors[] = {"stride.speed_m_s", "runner.mass_kg", "runner.strength"};
  for (int i = 0; i < 3; ++i) {
    const auto row = read_row("sensitivity.csv", std::string("synthetic_value,") + factors[i] + ",");
    ASSERT_EQ(row.size(), 8u);
    EXPECT_NEAR(std::stod(row[2]), known.first[i], 0.1);
    EXPECT_NEAR(std::stod(row[5]), known.total[i], 0.1);
  }
  const auto summary = read_row("summary.csv", "synthetic_value,");
  EXPECT_EQ(summary[2], "1280");
  EXPECT_NEAR(std::stod(summary[3]), 3.5, 0.2) << "the mean of the Ishigami function is a / 2";
}

// Two keys of one axis: each given the other would explain nothing, together they explain the output.
TEST(SweepSensitivity, InputsThatMoveTogetherAreOneFactor) {
  SweepData data;
  data.header.design = "latin_hypercube";
  data.inputs = {{"core", "", {}, {}}, {"back", "", {}, {}}, {"speed", "m s-1", {}, {}}};
  data.outputs = {{"load", "N", "", true, {}}};
  for (int i = 0; i < 60; ++i) {
    const double strength = 0.7 + 0.01 * ((i * 7) % 31), speed = 2.5 + 0.1 * ((i * 11) % 13);
    data.inputs[0].numbers.push_back(strength);
    data.inputs[1].numbers.push_back(2 * strength - 0.3);
    data.inputs[2].numbers.push_back(speed);
    data.outputs[0].numbers.push_back(900 * strength + 100 * speed);
  }
  const SensitivityTable table = calc_sensitivities(data);
  EXPECT_EQ(table.factors, (std::vector<std::string>{"core with back", "speed"}));
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_GT(table.rows[0].first.low, 0.9);
  EXPECT_GT(table.rows[1].first.low, 0.9);
  EXPECT_TRUE(is_about(table.rows[0], "core"));
  EXPECT_FALSE(is_about(table.rows[1], "core"));
}

TEST_F(Report, PageOpensInABrowserWithoutComplaint) {
  make_report("kind = \"latin_hypercube\"\nsamples = 80",
              "[[axis]]\nkey = \"shoe.preset\"\nvalues = [\"everyday\", \"racing_flat\"]\n");
  const std::string page = read_bytes(get_path("report/report.html"));
  EXPECT_THAT(page, HasSubstr("<h1>&lt;a&gt; &amp; b</h1>"));
  EXPECT_EQ(page.find("src="), std::string::npos) << "self-contained";
  for (const char* file : {"failures.csv", "summary.csv", "sensitivity.csv", "response.csv", "surface.csv",
                           "effects.csv", "scenarios.csv", "sensitivity_synthetic_value.svg"}) {
    EXPECT_TRUE(std::filesystem::exists(get_path(std::string("report/") + file))) << file;
  }
  if (std::system("command -v chromium > /dev/null 2>&1") != 0) GTEST_SKIP() << "needs chromium";
  // The page reports its own pictures and errors into its title, which the browser then prints.
  std::string probe = page;
  const std::string script =
      "<script>window.errors=0;window.onerror=()=>{++window.errors};window.onload=()=>{const s=[...document."
      "querySelectorAll('figure svg')];document.body.innerHTML='PROBE '+s.length+' "
      "'+s.filter(x=>x.getBoundingClientRect()"
      ".width>300&&x.querySelectorAll('polyline,polygon,text').length>5).length+' "
      "'+window.errors;}</script>";
  probe.insert(probe.find("<body>"), script);
  write_bytes(get_path("probe.html"), probe);
  const std::string command =
      "timeout 120 chromium --headless --no-sandbox --disable-gpu --enable-logging=stderr --user-data-dir='" +
      get_path("profile") + "' --dump-dom 'file://" + get_path("probe.html") + "' > '" + get_path("dom.txt") +
      "' 2> '" + get_path("console.txt") + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << read_bytes(get_path("console.txt"));
  const std::string dom = read_bytes(get_path("dom.txt"));
  int pictures = 0;
  int drawn = 0;
  int errors = -1;
  const std::size_t place = dom.rfind("PROBE ");
  ASSERT_NE(place, std::string::npos) << dom.substr(0, 500);
  ASSERT_EQ(std::sscanf(dom.c_str() + place, "PROBE %d %d %d", &pictures, &drawn, &errors), 3);
  EXPECT_GE(pictures, 5);
  EXPECT_EQ(drawn, pictures);
  EXPECT_EQ(errors, 0);
  EXPECT_EQ(read_bytes(get_path("console.txt")).find("CONSOLE"), std::string::npos);
}

TEST_F(Report, RenderDrawsTheSameChartsAsFiles) {
  if (!std::filesystem::exists(LUMBARUN_BIN_DIR "/lumbarun-viz"))
    GTEST_SKIP() << "built without lumbarun-viz";
  if (std::system("command -v Xvfb >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package xvfb";
  make_report("kind = \"latin_hypercube\"\nsamples = 80",
              "[[axis]]\nkey = \"shoe.preset\"\nvalues = [\"everyday\", \"racing_flat\"]\n");
  const test::CommandOutcome outcome = run("render merged.h5 --charts charts");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.messages;
  EXPECT_EQ(outcome.messages, "");
  for (const char* chart : {"sensitivity_synthetic_value", "tornado_synthetic_value",
                            "response_synthetic_value", "surface_synthetic_value", "parallel_coordinates"}) {
    const std::string svg = read_bytes(get_path(std::string("charts/") + chart + ".svg"));
    EXPECT_EQ(svg, read_bytes(get_path(std::string("report/") + chart + ".svg"))) << chart;
    EXPECT_EQ(read_bytes(get_path(std::string("charts/") + chart + ".png")).substr(1, 3), "PNG") << chart;
    EXPECT_EQ(read_bytes(get_path(std::string("charts/") + chart + ".pdf")).substr(0, 5), "%PDF-") << chart;
  }
  const test::CommandOutcome picture = run("render merged.h5 --png new.png");
  EXPECT_EQ(picture.exit_code, 2);
  EXPECT_THAT(picture.messages, HasSubstr("merged.h5 is a sweep: give --charts FOLDER"));
  EXPECT_FALSE(std::filesystem::exists(get_path("new.png")));
}

TEST_F(Report, FilesThatAreNoSweepAreRefused) {
  write_bytes(get_path("x.h5"), "nothing");
  EXPECT_EQ(run("report x.h5").exit_code, 2);
  EXPECT_EQ(run("report none.h5").exit_code, 2);
}

}  // namespace
}  // namespace lumbarun
