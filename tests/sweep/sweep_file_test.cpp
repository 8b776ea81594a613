// Sweep files: what they come to, and every way to be wrong in one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/scenario_io.h"
#include "scenarios/sweep/manifest.h"
#include "scenarios/sweep/sweep_design.h"
#include "scenarios/sweep/sweep_reader.h"
#include "scenarios/sweep/virtual_runner.h"
#include "sim/core/errors.h"
#include "sim/statistics/bootstrap.h"
#include "sim/statistics/correlation.h"
#include "sim/statistics/random_source.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kSpeed = "[[axis]]\nkey = \"stride.speed_m_s\"\nvalues = [3.0, 3.5]\n";

class SweepFile : public test::TemporaryFolder {
 protected:
  SweepSpec parse(const std::string& text) const { return parse_sweep(text, get_path("my.toml")); }

  // The message of the BadInput, from the file's name on, or what came instead of it.
  std::string calc_message(const std::string& text) const {
    try {
      const SweepSpec spec = parse(text);
      const SweepDesign design(spec);
    } catch (const BadInput& error) {
      const std::string words = error.what();
      const std::size_t folder = words.find(folder_.string() + "/");
      return folder == 0 ? words.substr(folder_.string().size() + 1) : words;
    }
    return "accepted";
  }

  // Values of one key over all scenarios.
  static std::vector<double> calc_values(const SweepSpec& spec, const std::string& key) {
    const SweepDesign design(spec);
    std::vector<double> values;
    for (std::size_t i = 0; i < design.get_scenario_count(); ++i) {
      for (const ScenarioEntry& entry : design.calc_entries(i)) {
        if (entry.name != key) continue;
        const auto* integer = std::get_if<std::int64_t>(&entry.value);
        values.push_back(integer != nullptr ? static_cast<double>(*integer) : std::get<double>(entry.value));
      }
    }
    return values;
  }
};

TEST_F(SweepFile, GridVisitsAllCombinationsLastAxisFastest) {
  const SweepSpec spec =
      parse(kSpeed + "[[axis]]\nkey = \"stride.cadence_spm\"\nrange = [160, 180]\nsteps = 3\n");
  EXPECT_THAT(calc_values(spec, "stride.speed_m_s"), ElementsAre(3.0, 3.0, 3.0, 3.5, 3.5, 3.5));
  EXPECT_THAT(calc_values(spec, "stride.cadence_spm"), ElementsAre(160, 170, 180, 160, 170, 180));
}

TEST_F(SweepFile, LinkedKeysMoveTogether) {
  write_bytes(get_path("people.csv"), "runner.mass_kg, runner.sex\n# light\n55, female\n82.5,male\n");
  const SweepSpec spec = parse(
      "[[axis]]\ntable = \"people.csv\"\n"
      "[[axis]]\nkeys = [\"shoe.preset\", \"shoe.drop_mm\"]\nrows = [[\"everyday\", 4], [\"racing_flat\", "
      "8.5]]\n");
  const SweepDesign design(spec);
  ASSERT_EQ(design.get_scenario_count(), 4u);
  const auto last = design.calc_entries(3);
  EXPECT_EQ(std::get<double>(last[0].value), 82.5);
  EXPECT_EQ(std::get<std::string>(last[1].value), "male");
  EXPECT_EQ(std::get<std::string>(last[2].value), "racing_flat");
  EXPECT_EQ(std::get<double>(last[3].value), 8.5);
}

TEST_F(SweepFile, DistributionsAreWhatTheySay) {
  const SweepSpec spec = parse(
      "[design]\nkind = \"latin_hypercube\"\nsamples = 4000\n"
      "[[axis]]\nkey = \"runner.mass_kg\"\ndistribution = \"normal\"\nmean = 70\nsd = 6\nmin = 52\nmax = "
      "100\n"
      "[[axis]]\nkey = \"runner.strength\"\ndistribution = \"lognormal\"\nmedian = 1.0\ngeometric_sd = 1.2\n"
      "[[axis]]\nkey = \"plan.knots\"\nrange = [50, 60]\n"
      "[[axis]]\nkey = \"surface.preset\"\nvalues = [\"asphalt\", \"track\"]\nweights = [3, 1]\n"
      "[[correlation]]\nkeys = [\"runner.mass_kg\", \"runner.strength\"]\ncoefficient = 0.5\n");
  std::vector<double> mass = calc_values(spec, "runner.mass_kg");
  EXPECT_NEAR(calc_mean(mass), 70, 0.1);
  EXPECT_NEAR(std::sqrt(calc_variance(mass)), 6, 0.1);
  EXPECT_GE(*std::min_element(mass.begin(), mass.end()), 52);
  std::vector<double> strength = calc_values(spec, "runner.strength");
  EXPECT_NEAR(calc_quantile(strength, 0.5), 1, 0.002);
  EXPECT_NEAR(calc_quantile(strength, 0.8413), 1.2, 0.01);
  EXPECT_NEAR(calc_rank_correlation(mass, strength), 0.5, 0.03);
  const std::vector<double> knots = calc_values(spec, "plan.knots");
  EXPECT_EQ(std::set<double>(knots.begin(), knots.end()).size(), 11u) << "integers";
  const SweepDesign design(spec);
  int tracks = 0;
  for (int i = 0; i < 4000; ++i) tracks += std::get<std::string>(design.calc_entries(i)[3].value) == "track";
  EXPECT_NEAR(tracks, 1000, 1);
}

TEST_F(SweepFile, TruncatedNormalHasItsOwnMean) {
  Distribution half{DistributionKind::kNormal, 0, 1, 0, 50};  // mean √(2/π), median 0.6745
  double sum = 0.0;
  for (int i = 0; i < 10000; ++i) sum += half.calc_quantile((i + 0.5) / 10000) / 10000;
  EXPECT_NEAR(sum, 0.7978845608, 1e-4);
  EXPECT_NEAR(half.calc_quantile(0.5), 0.6744897502, 1e-9);
  EXPECT_EQ(half.calc_quantile(0), 0);
}

TEST_F(SweepFile, CrossedAxisRepeatsEverySample) {
  const SweepSpec spec = parse(
      "[design]\nkind = \"monte_carlo\"\nsamples = 5\n[[axis]]\nkey = \"runner.mass_kg\"\nrange = [60, "
      "80]\n" +
      kSpeed + "crossed = true\n");
  EXPECT_THAT(calc_values(spec, "stride.speed_m_s"), ElementsAre(3, 3.5, 3, 3.5, 3, 3.5, 3, 3.5, 3, 3.5));
  const auto mass = calc_values(spec, "runner.mass_kg");
  for (int i = 0; i < 10; i += 2) EXPECT_EQ(mass[i], mass[i + 1]);
  EXPECT_NE(mass[0], mass[2]);
}

TEST_F(SweepFile, SizesOfSobolAndMorrisDesigns) {
  const std::string axes = "[[axis]]\nkey = \"runner.mass_kg\"\nrange = [60, 80]\n" + kSpeed;
  EXPECT_EQ(SweepDesign(parse("[design]\nkind = \"sobol\"\nsamples = 8\n" + axes)).get_scenario_count(),
            8u * 4);
  EXPECT_EQ(SweepDesign(parse("[design]\nkind = \"morris\"\nsamples = 8\n" + axes)).get_scenario_count(),
            8u * 3);
}

TEST_F(SweepFile, MistakesNamePlaceKeyValueAndWhatIsNear) {
  EXPECT_EQ(calc_message("titel = \"x\"\n" + kSpeed).substr(0, 72),
            "my.toml:1:9: titel = \"x\": unknown key; nearest known key: title (file: s");
  EXPECT_THAT(calc_message("[[axis]]\nkey = \"stride.sped_m_s\"\nvalues = [3.0]\n"),
              AllOf(HasSubstr("my.toml:2:7"), HasSubstr("unknown key stride.sped_m_s"),
                    HasSubstr("nearest known key: stride.speed_m_s")));
  EXPECT_EQ(calc_message("[[axis]]\nkey = \"stride.speed_m_s\"\nvalues = [3.0, 6.5]\n"),
            "my.toml:3:16: stride.speed_m_s = 6.5: out of range, allowed: 2 … 6 m/s; nearest: 6");
  EXPECT_THAT(calc_message("[[axis]]\nkey = \"shoe.preset\"\nvalues = [\"everyday\", \"everydy\"]\n"),
              AllOf(HasSubstr("my.toml:3:23: shoe.preset"), HasSubstr("nearest: everyday")));
  EXPECT_THAT(calc_message("[[axis]]\nkey = \"stride.speed_m_s\"\nrange = [1.0, 3.0]\nsteps = 2\n"),
              AllOf(HasSubstr("my.toml:3:9"), HasSubstr("out of range, allowed: 2 … 6 m/s")));
  EXPECT_THAT(calc_message("[[axis]]\nkey = \"stride.speed_m_s\"\nrange = [2.0, 3.0]\n"),
              HasSubstr("steps: is missing: a grid needs the number of levels"));
  EXPECT_THAT(calc_message("[[axis]]\nkey = \"stride.speed_m_s\"\nvalues = [3.0]\nsd = 2\n"),
              HasSubstr("my.toml:4:6: [[axis]] sd = 2: has no place in an axis with values"));
  EXPECT_THAT(calc_message("[design]\nkind = \"latin_hypercub\"\nsamples = 4\n" + kSpeed),
              AllOf(HasSubstr("my.toml:2:8: [design] kind"), HasSubstr("nearest: latin_hypercube")));
  EXPECT_THAT(calc_message("[design]\nkind = \"sobol\"\n" + kSpeed), HasSubstr("samples: is missing"));
  EXPECT_THAT(calc_message("base = \"none.toml\"\n" + kSpeed), HasSubstr("there is no file"));
  EXPECT_THAT(calc_message("[fixed]\nrunner.mas_kg = 70\n" + kSpeed),
              HasSubstr("nearest known key: runner.mass_kg"));
  EXPECT_THAT(calc_message(kSpeed + kSpeed), HasSubstr("stride.speed_m_s is varied twice"));
  EXPECT_THAT(calc_message("title = \"nothing\"\n"), HasSubstr("nothing is varied"));
  EXPECT_THAT(calc_message("[population]\n"), HasSubstr("cannot be laid out in a grid"));
  EXPECT_THAT(calc_message("[fixed]\noutput.keep_all = true\n" + kSpeed),
              HasSubstr("keep_all has no place in a sweep"));
  EXPECT_THAT(calc_message("[[axis]]\nkeys = [\"runner.mass_kg\", \"runner.sex\"]\nrows = [[60]]\n"),
              HasSubstr("is not a list of 2 values"));
  EXPECT_THAT(
      calc_message(
          "[design]\nkind = \"sobol\"\nsamples = 2\n[[axis]]\nkey = \"runner.mass_kg\"\nrange = [60, 80]\n"
          "[[axis]]\nkey = \"runner.strength\"\nrange = [0.8, 1.2]\n"
          "[[correlation]]\nkeys = [\"runner.mass_kg\", \"runner.strength\"]\ncoefficient = 0.5\n"),
      HasSubstr("takes its factors for independent"));
  EXPECT_THAT(calc_message("axis = 3\n"), HasSubstr("my.toml:1:8: axis = 3: wrong type"));
  EXPECT_THAT(calc_message("axis = [3]\n"), HasSubstr("wrong type, expected [[axis]]"));
  EXPECT_THAT(calc_message("[[axis]\n"), HasSubstr("my.toml:1:8: not valid TOML"));
}

// One factor at a time: each level of a table names some of its keys, in the manifest as well.
TEST_F(SweepFile, EmptyCellsLeaveTheBase) {
  write_bytes(get_path("t.csv"),
              "runner.mass_kg,shoe.preset,stride.cadence_spm\n60,,\n,barefoot,\n,,175\n,,\n");
  const SweepSpec spec = parse("[fixed.runner]\nmass_kg = 80\n[[axis]]\ntable = \"t.csv\"\n");
  write_manifest(spec, get_path("sweep"));
  const Manifest manifest = Manifest::open(get_path("sweep"));
  ASSERT_EQ(manifest.get_scenario_count(), 4u);
  const std::vector<std::size_t> counts = {1, 1, 1, 0};
  std::vector<Scenario> scenarios;
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(manifest.read_line(i).entries.size(), counts[i]) << i;
    scenarios.push_back(manifest.resolve(manifest.read_line(i)));
  }
  EXPECT_EQ(scenarios[0].runner.mass_kg, 60);
  EXPECT_EQ(scenarios[1].runner.mass_kg, 80);
  EXPECT_EQ(scenarios[1].shoe.preset, "barefoot");
  EXPECT_EQ(scenarios[1].shoe.heel_stack_mm, 0);
  EXPECT_EQ(scenarios[2].shoe.preset, "everyday");
  EXPECT_EQ(scenarios[2].stride.cadence_spm, 175);
  EXPECT_FALSE(scenarios[3].stride.cadence_spm.has_value());
}

TEST_F(SweepFile, MistakesInTables) {
  const std::string axis = "[[axis]]\ntable = \"t.csv\"\n";
  EXPECT_THAT(calc_message(axis), HasSubstr("my.toml:2:9"));
  const auto message = [&](const std::string& table) {
    write_bytes(get_path("t.csv"), table);
    return calc_message(axis);
  };
  EXPECT_EQ(message("runner.mass_kg\n60\n70,80\n"), "t.csv:3: 2 cells, but the header has 1");
  EXPECT_EQ(message("runner.mass_kg,runner.sex\n60\n"), "t.csv:2: 1 cells, but the header has 2");
  EXPECT_EQ(message("runner.mass_kg\n"), "t.csv: the table has no rows");
  EXPECT_EQ(message("runner.mass_kg,runner.mass_kg\n1,2\n"),
            "t.csv:1: the column runner.mass_kg stands there twice");
  EXPECT_EQ(message("runner.mass_kg\n300\n"),
            "t.csv:2: runner.mass_kg = 300: out of range, allowed: 40 … 130 kg; nearest: 130");
  EXPECT_THAT(message("runner.mas_kg\n60\n"), HasSubstr("nearest known key: runner.mass_kg"));
  EXPECT_EQ(message("\xEF\xBB\xBFrunner.mass_kg\r\n60\r\n"), "accepted") << "as spreadsheets write it";
}

// Means, spreads and correlations of 20000 virtual runners are those of the header; all are possible scenarios.
TEST_F(SweepFile, VirtualPopulation) {
  RandomSource random(31);
  std::vector<double> height;
  std::vector<double> mass;
  std::vector<double> strength;
  std::vector<double> lordosis;
  int women = 0;
  for (int i = 0; i < 20000; ++i) {
    double u[5];
    for (double& value : u) value = random.draw_uniform();
    const VirtualRunner runner = calc_virtual_runner(u, 0.4);
    women += runner.is_female;
    lordosis.push_back(runner.lordosis_deg);
    strength.push_back(runner.strength);
    if (runner.is_female) continue;
    height.push_back(runner.height_m);
    mass.push_back(runner.mass_kg);
  }
  EXPECT_NEAR(women, 8000, 250);
  EXPECT_NEAR(calc_mean(height), 1.756, 0.003);
  EXPECT_NEAR(std::sqrt(calc_variance(height)), 0.067, 0.004) << "cut at 2.5 deviations";
  EXPECT_NEAR(calc_mean(mass), 23.2 * (1.756 * 1.756 + 0.067 * 0.067), 0.5);
  EXPECT_NEAR(calc_correlation(height, mass), 0.66, 0.03);
  EXPECT_NEAR(calc_quantile(strength, 0.5), 1.0, 0.01);
  EXPECT_NEAR(calc_mean(lordosis), 49.8, 0.3);
  const SweepSpec spec =
      parse("[design]\nkind = \"monte_carlo\"\nsamples = 500\n[population]\nfemale_share = 0.5\n");
  const SweepDesign design(spec);
  for (std::size_t i = 0; i < 500; ++i) EXPECT_NO_THROW(resolve_scenario(design.calc_entries(i)));
}

}  // namespace
}  // namespace lumbarun
