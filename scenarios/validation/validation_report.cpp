#include "scenarios/validation/validation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include "scenarios/json_text.h"
#include "scenarios/toml_node.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

constexpr const char* kBegin = "<!-- validate: begin -->\n";
constexpr const char* kEnd = "<!-- validate: end -->";

// Three significant digits, whole numbers from 1000 up.
std::string number(double value) {
  return std::abs(value) < 1e3 ? fmt::format("{:.3g}", value) : fmt::format("{:.0f}", value);
}

std::string with_unit(const ValidationCase& asked) {
  return asked.unit == "1" ? asked.quantity : asked.quantity + ", " + asked.unit;
}

std::string calc_bar(const ValidationCase& asked) {
  return asked.low ? fmt::format("{} … {}", number(*asked.low), number(*asked.high)) : std::string("–");
}

double or_nan(const std::optional<double>& value) {
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

std::string calc_count(const std::vector<ValidationResult>& results) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(results.begin(), results.end(), [&](const auto& r) { return r.verdict == verdict; });
  };
  return fmt::format("{} cases: {} inside their bar, {} outside, {} shown without bar, {} failed",
                     results.size(), count(Verdict::kInside), count(Verdict::kOutside),
                     count(Verdict::kNoBar), count(Verdict::kFailed));
}

struct Marks {
  std::string page;
  size_t begin, end;  // of what stands between
};

Marks find_marks(const std::string& path) {
  Marks marks{read_text(path), 0, 0};
  const size_t begin = marks.page.find(kBegin);
  marks.end = begin == std::string::npos ? begin : marks.page.find(kEnd, begin);
  LUMBARUN_THROW_UNLESS(marks.end != std::string::npos, "{}: no marks '<!-- validate: begin -->' and '{}'",
                        path, kEnd);
  marks.begin = begin + std::string(kBegin).size();
  return marks;
}

}  // namespace

std::string calc_validation_text(const std::vector<ValidationResult>& results) {
  std::string text;
  for (const ValidationResult& r : results) {
    text += fmt::format("{:<34} {:>8} {:<5} published {:>8}, {:<14} {:<17} {}\n", r.asked.id, number(r.value),
                        r.asked.unit, number(r.asked.published), calc_bar(r.asked), describe(r.verdict),
                        r.asked.confidence);
  }
  return text + calc_count(results) + "\n";
}

std::string calc_validation_json(const std::vector<ValidationResult>& results) {
  std::vector<std::string> cases;
  for (const ValidationResult& r : results) {
    cases.push_back(calc_json_object({{"id", calc_json(r.asked.id)},
                                      {"quantity", calc_json(r.asked.quantity)},
                                      {"value", calc_json(r.value)},
                                      {"unit", calc_json(r.asked.unit)},
                                      {"published", calc_json(r.asked.published)},
                                      {"low", calc_json(or_nan(r.asked.low))},
                                      {"high", calc_json(or_nan(r.asked.high))},
                                      {"source", calc_json(r.asked.source)},
                                      {"confidence", calc_json(r.asked.confidence)},
                                      {"verdict", calc_json(describe(r.verdict))}}));
  }
  return calc_json_object({{"cases", calc_json_list(cases)}});
}

std::string calc_validation_head(const ValidationCase& asked) {
  return fmt::format("| `{}` | {} | ", asked.id, with_unit(asked));
}

std::string calc_validation_tail(const ValidationCase& asked) {
  return fmt::format(" | {} | {} | {}, {} |", number(asked.published), calc_bar(asked), asked.source,
                     asked.confidence);
}

std::string calc_validation_markdown(const std::vector<ValidationResult>& results) {
  struct Part {
    const char* prefix;
    const char* title;
  };
  std::string text = calc_count(results) + ".\n";
  for (const Part& part : {Part{"posture_", "Static postures"}, Part{"run_", "Running"},
                           Part{"range_", "Motion of lumbar levels under pure moments"}}) {
    text += fmt::format(
        "\n**{}**\n\n| case | quantity | lumbarun | verdict | published | bar | source |\n"
        "|---|---|---|---|---|---|---|\n",
        part.title);
    for (const ValidationResult& r : results) {
      if (!r.asked.id.starts_with(part.prefix)) continue;
      const bool is_bad = r.verdict == Verdict::kOutside || r.verdict == Verdict::kFailed;
      const std::string verdict = r.verdict == Verdict::kNoBar
                                      ? "–"
                                      : (is_bad ? "**" : "") + describe(r.verdict) + (is_bad ? "**" : "");
      text += calc_validation_head(r.asked) + number(r.value) + " | " + verdict +
              calc_validation_tail(r.asked) + "\n";
    }
  }
  return text;
}

std::string read_validation_page(const std::string& path) {
  const Marks marks = find_marks(path);
  return marks.page.substr(marks.begin, marks.end - marks.begin);
}

void update_validation_page(const std::string& path, const std::vector<ValidationResult>& results) {
  Marks marks = find_marks(path);
  marks.page.replace(marks.begin, marks.end - marks.begin, calc_validation_markdown(results));
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << marks.page;
  LUMBARUN_THROW_UNLESS(stream.flush(), "{}: cannot be written", path);
}

}  // namespace lumbarun
