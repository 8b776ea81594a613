// The register of published numbers, its verdicts, and the page that is made from it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <sstream>

#include "scenarios/validation/validation_report.h"
#include "sim/core/errors.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

using ::testing::HasSubstr;

const char* const kPage = LUMBARUN_SOURCE_DIR "/docs/validation.md";

std::vector<std::string> read_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::stringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(ValidationRegister, IsWholeAndItsScenariosExist) {
  const auto cases = read_validation_cases(get_validation_directory());
  EXPECT_GE(cases.size(), 50u);
  for (const ValidationCase& asked : cases) {
    if (asked.scenario == "-") continue;
    EXPECT_TRUE(std::filesystem::exists(get_validation_directory() + "/" + asked.scenario + ".toml"))
        << asked.id;
    EXPECT_FALSE(asked.source.empty()) << asked.id;
  }
  for (const char* id : {"posture_standing", "posture_flexed", "posture_lift_20kg"}) {
    EXPECT_TRUE(std::any_of(cases.begin(), cases.end(), [&](const auto& c) { return c.id == id; })) << id;
  }
}

TEST(ValidationRegister, Verdicts) {
  ValidationCase asked;
  EXPECT_EQ(calc_verdict(asked, 3.0), Verdict::kNoBar);
  asked.low = 1.0;
  asked.high = 2.0;
  EXPECT_EQ(calc_verdict(asked, 1.0), Verdict::kInside);
  EXPECT_EQ(calc_verdict(asked, 2.001), Verdict::kOutside);
  EXPECT_EQ(calc_verdict(asked, 0.999), Verdict::kOutside);
  EXPECT_EQ(calc_verdict(asked, std::numeric_limits<double>::quiet_NaN()), Verdict::kFailed);
}

// Every case stands on the page as the register has it, and the page's verdict is that of the page's own number.
TEST(ValidationPage, AgreesWithTheRegister) {
  const auto lines = read_lines(read_validation_page(kPage));
  const auto cases = read_validation_cases(get_validation_directory());
  size_t rows = 0;
  for (const std::string& line : lines) rows += line.starts_with("| `") ? 1 : 0;
  EXPECT_EQ(rows, cases.size()) << "run: lumbarun validate --update docs/validation.md";
  for (const ValidationCase& asked : cases) {
    const std::string head = calc_validation_head(asked), tail = calc_validation_tail(asked);
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const auto& l) { return l.starts_with(head) && l.ends_with(tail); });
    ASSERT_NE(line, lines.end()) << asked.id << ": run: lumbarun validate --update docs/validation.md";
    const double value = std::stod(line->substr(head.size()));
    const std::string verdict = line->substr(0, line->size() - tail.size());
    if (!asked.low) {
      EXPECT_TRUE(verdict.ends_with("–")) << *line;
    } else if (std::min(std::abs(value - *asked.low), std::abs(value - *asked.high)) >
               0.006 * std::abs(value)) {
      EXPECT_EQ(verdict.ends_with("**outside**"), value < *asked.low || value > *asked.high) << *line;
    }
  }
}

using ValidationFiles = test::TemporaryFolder;

TEST_F(ValidationFiles, ARegisterWithMistakesIsRefused) {
  write_bytes(
      get_path("cases.csv"),
      "id,quantity,scenario,measure,index,relative_to,unit,factor_1,published,low,high,source,confidence\n"
      "a,q,-,flexion,L4_L5,-,deg,1,8.9,3,-,s,seen\n"
      "a,q,-,flexion,L4_L5,-,deg,1,8.9,3,14,s,guessed\n");
  try {
    read_validation_cases(get_path(""));
    FAIL() << "accepted";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr(":2: column 'low': a bar needs a lower and a higher end"));
    EXPECT_THAT(error.what(), HasSubstr(":3: column 'id': stands twice"));
    EXPECT_THAT(error.what(), HasSubstr("guessed"));
  }
}

TEST_F(ValidationFiles, LevelsAreEvaluatedWithoutARun) {
  write_bytes(
      get_path("cases.csv"),
      "id,quantity,scenario,measure,index,relative_to,unit,factor_1,published,low,high,source,confidence\n"
      "one,flexion of L4/5,-,flexion,L4_L5,-,deg,1,8.9,3.4,14.4,s,seen\n"
      "all,flexion,-,flexion,sum,-,rad,0.0174532925,0.675,-,-,s,remembered\n");
  Progress silent;
  const auto results = run_validation(get_path(""), silent);
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0].verdict, Verdict::kInside);
  EXPECT_EQ(results[1].verdict, Verdict::kNoBar);
  EXPECT_GT(results[1].value * 57.3, 3.0 * results[0].value);
  const std::string json = calc_validation_json(results);
  EXPECT_THAT(json,
              HasSubstr("{\"cases\": [{\"id\": \"one\", \"quantity\": \"flexion of L4/5\", \"value\": "));
  EXPECT_THAT(json,
              HasSubstr("\"unit\": \"rad\", \"published\": 0.675, \"low\": null, \"high\": null, \"source\": "
                        "\"s\", \"confidence\": \"remembered\", \"verdict\": \"shown without bar\"}]}"));
}

TEST_F(ValidationFiles, APageWithoutMarksIsRefused) {
  write_bytes(get_path("page.md"), "nothing\n");
  EXPECT_THROW(read_validation_page(get_path("page.md")), BadInput);
}

TEST_F(ValidationFiles, TablesGoBetweenTheMarks) {
  write_bytes(get_path("page.md"), "before\n<!-- validate: begin -->\nold\n<!-- validate: end -->\nafter\n");
  update_validation_page(get_path("page.md"), {});
  const std::string page = read_bytes(get_path("page.md"));
  EXPECT_THAT(page, HasSubstr("before\n<!-- validate: begin -->\n0 cases"));
  EXPECT_THAT(page, HasSubstr("<!-- validate: end -->\nafter\n"));
  EXPECT_EQ(page.find("old"), std::string::npos);
}

}  // namespace
}  // namespace lumbarun
