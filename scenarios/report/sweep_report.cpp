#include "scenarios/report/sweep_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <system_error>

#include "scenarios/report/svg_chart.h"
#include "scenarios/report/sweep_analysis.h"
#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"
#include "sim/statistics/bootstrap.h"

namespace lumbarun {
namespace {

constexpr int kSurfaceCells = 5;

std::string calc_cell(double number) { return std::isfinite(number) ? fmt::format("{:.9g}", number) : ""; }

std::string calc_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// A table as text cells, the first row its header.
using Cells = std::vector<std::vector<std::string>>;

std::string calc_csv(const Cells& cells) {
  std::string text;
  for (const auto& row : cells) {
    std::vector<std::string> words;
    for (const std::string& cell : row) words.push_back(calc_cell(cell));
    text += fmt::format("{}\n", fmt::join(words, ","));
  }
  return text;
}

// For the eye: a number that is no count with four digits, other text as it is.
std::string calc_shown(const std::string& cell) {
  double number = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error != std::errc() || end != cell.data() + cell.size()) return cell;
  if (cell.find_first_of(".e") == std::string::npos) return cell;
  return std::abs(number) >= 1000.0 && std::abs(number) < 1e6 ? fmt::format("{:.0f}", number)
                                                              : fmt::format("{:.4g}", number);
}

std::string calc_html_table(const Cells& cells) {
  std::string html = "<table>\n";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const char* tag = i == 0 ? "th" : "td";
    html += "<tr>";
    for (const std::string& cell : cells[i])
      html += fmt::format("<{0}>{1}</{0}>", tag, calc_html(calc_shown(cell)));
    html += "</tr>\n";
  }
  return html + "</table>\n";
}

class ReportWriter {
 public:
  ReportWriter(const SweepData& data, std::string folder) : data_(data), folder_(std::move(folder)) {}

  std::vector<std::string> write() {
    add_head();
    add_failures();
    add_summaries();
    add_sensitivities();
    add_responses();
    add_surfaces();
    add_curves();
    add_effects();
    write_scenarios();
    write_file("report.html", calc_page());
    return files_;
  }

 private:
  void write_file(const std::string& name, const std::string& text) {
    write_whole_file(folder_ + "/" + name, text);
    files_.push_back(name);
  }

  void add(const std::string& html) { body_ += html + "\n"; }

  void add_table(const std::string& name, const Cells& cells, bool is_shown = true) {
    write_file(name + ".csv", calc_csv(cells));
    if (is_shown) add(calc_html_table(cells));
  }

  void add_picture(const std::string& name, const std::string& svg) {
    std::string file = name;
    std::replace_if(
        file.begin(), file.end(), [](char c) { return c == '[' || c == ']' || c == '.' || c == ' '; }, '_');
    write_file(file + ".svg", svg);
    add("<figure>" + svg + "</figure>");
  }

  void add_head() {
    std::array<std::size_t, 5> counts = {};
    for (const SweepStatus code : data_.codes) ++counts[static_cast<std::size_t>(code)];
    const SweepFileHeader& header = data_.header;
    add(fmt::format("<h1>{}</h1>", calc_html(header.title)));
    add(fmt::format(
        "<p>{} scenarios, design <b>{}</b>{}: {} ok, {} ok with a warning, {} fell, {} failed, {} missing. "
        "lumbarun {} ({}), manifest {}.</p>",
        data_.codes.size(), header.design,
        header.design_samples > 0
            ? fmt::format(" with {} samples, seed {}", header.design_samples, header.design_seed)
            : "",
        counts[0], counts[1], counts[2], counts[3], counts[4], calc_html(header.program_version),
        calc_html(header.git_hash), header.manifest_hash));
    add("<p>Everything here is a difference of a model, with its reference for how people run; no number is "
        "a probability of "
        "injury. Before a sign is believed, repeat the sweep with <code>plan.tracking_weight</code> at 0.25 "
        "and 4.</p>");
  }

  void add_failures() {
    Cells cells = {{"input", "level", "scenarios", "fell_or_failed"}};
    for (const FailureShare& share : calc_failure_shares(data_)) {
      cells.push_back({share.input, share.level, std::to_string(share.count), std::to_string(share.failed)});
    }
    const bool has_failed =
        std::any_of(cells.begin() + 1, cells.end(), [](const auto& row) { return row.back() != "0"; });
    add("<h2>Which scenarios have no result</h2>");
    add(has_failed
            ? "<p>Where these shares differ between levels, everything below is about the scenarios that "
              "could be run, not about all.</p>"
            : "<p>None fell and none failed.</p>");
    add_table("failures", cells, has_failed);
  }

  void add_summaries() {
    Cells cells = {
        {"output", "unit", "scenarios", "mean", "standard_deviation", "q2.5", "median", "q97.5", "meaning"}};
    Cells headlines = cells;
    const auto summaries = calc_summaries(data_);
    for (std::size_t i = 0; i < summaries.size(); ++i) {
      const OutputSummary& s = summaries[i];
      cells.push_back({s.output, data_.outputs[i].unit, std::to_string(s.count), calc_cell(s.mean),
                       calc_cell(s.deviation), calc_cell(s.low), calc_cell(s.median), calc_cell(s.high),
                       data_.outputs[i].long_name});
      if (data_.outputs[i].is_headline) headlines.push_back(cells.back());
    }
    add("<h2>Results</h2>");
    add(calc_html_table(headlines));
    add("<details><summary>Every result</summary>");
    add_table("summary", cells);
    add("</details>");
  }

  void add_sensitivities() {
    table_ = calc_sensitivities(data_);
    Cells cells = {{"output", "factor", table_.first_name, "low", "high"}};
    const bool has_second = !table_.second_name.empty();
    if (has_second) cells[0].insert(cells[0].end(), {table_.second_name, "low", "high"});
    for (const Sensitivity& row : table_.rows) {
      cells.push_back({row.output, row.factor, calc_cell(row.first.value), calc_cell(row.first.low),
                       calc_cell(row.first.high)});
      if (has_second) {
        cells.back().insert(cells.back().end(), {calc_cell(row.second.value), calc_cell(row.second.low),
                                                 calc_cell(row.second.high)});
      }
    }
    add(fmt::format("<h2>What matters: {}</h2><p>Lines: 95 % intervals. {}</p>", table_.method,
                    calc_method_note()));
    add_table("sensitivity", cells, false);
    for (std::size_t i = 0; i < data_.outputs.size(); ++i) {
      if (data_.outputs[i].is_headline) add_sensitivity_picture(i);
    }
  }

  std::string calc_method_note() const {
    if (table_.method == "Sobol indices") {
      return "First index: share of the variance that goes with the factor alone; total index: with it and "
             "all its "
             "interactions. The difference is interaction. Factors are taken as independent and spread as in "
             "the sweep file.";
    }
    if (table_.method == "elementary effects") {
      return "μ*: mean size of the change over the whole range of the factor; σ: how much that depends on "
             "the other factors.";
    }
    return "Rank correlation with the output after all other inputs are accounted for; for monotone "
           "responses only: a "
           "response that rises and falls can matter and show zero.";
  }

  std::vector<Sensitivity> get_rows(std::size_t output) const {
    const auto first = table_.rows.begin() + static_cast<std::ptrdiff_t>(output * table_.factors.size());
    return {first, first + static_cast<std::ptrdiff_t>(table_.factors.size())};
  }

  void add_sensitivity_picture(std::size_t output) {
    std::vector<BarSeries> series = {{table_.first_name, {}}};
    if (!table_.second_name.empty()) series.push_back({table_.second_name, {}});
    for (const Sensitivity& row : get_rows(output)) {
      series[0].bars.push_back(row.first);
      if (series.size() > 1) series[1].bars.push_back(row.second);
    }
    const OutputColumn& column = data_.outputs[output];
    add_picture("sensitivity_" + column.name,
                calc_bar_chart({column.name, table_.method, ""}, table_.factors, series));
  }

  void add_responses() {
    add("<h2>How results respond</h2><p>Dots: scenarios. Line: means over bins of the input, with 95 % "
        "intervals of the mean; "
        "all other inputs vary behind it.</p>");
    Cells cells = {{"input", "unit", "output", "unit", "input_mean", "scenarios", "mean", "low", "high"}};
    for (const OutputColumn& output : data_.outputs) {
      for (const InputColumn& input : data_.inputs) {
        if (!input.levels.empty()) continue;
        const Response response = calc_response(input, output);
        for (std::size_t i = 0; i < response.x.size(); ++i) {
          cells.push_back({input.name, input.unit, output.name, output.unit, calc_cell(response.x[i]),
                           std::to_string(response.count[i]), calc_cell(response.y[i].value),
                           calc_cell(response.y[i].low), calc_cell(response.y[i].high)});
        }
        if (!output.is_headline) continue;
        add_picture(
            "response_" + output.name + "_" + input.name,
            calc_response_chart({output.name + " over " + input.name, calc_label(input.name, input.unit),
                                 calc_label(output.name, output.unit)},
                                {input.numbers, output.numbers, response.x, response.y}));
      }
    }
    add_table("response", cells, false);
  }

  static std::string calc_label(const std::string& name, const std::string& unit) {
    return unit.empty() || unit == "1" ? name : name + " [" + unit + "]";
  }

  // Over the two numeric inputs that matter most for each headline.
  void add_surfaces() {
    Cells cells = {
        {"output", "unit", "x_input", "x_low", "x_high", "y_input", "y_low", "y_high", "scenarios", "mean"}};
    for (std::size_t i = 0; i < data_.outputs.size(); ++i) {
      const auto inputs = find_strongest_inputs(i);
      if (!data_.outputs[i].is_headline || inputs.size() < 2) continue;
      add_surface(data_.outputs[i], *inputs[0], *inputs[1], cells);
    }
    add_table("surface", cells, false);
  }

  std::vector<const InputColumn*> find_strongest_inputs(std::size_t output) const {
    std::vector<std::pair<double, const InputColumn*>> found;
    for (const Sensitivity& row : get_rows(output)) {
      const double size = std::abs(table_.method == "Sobol indices" ? row.second.value : row.first.value);
      for (const InputColumn& input : data_.inputs) {
        if (is_about(row, input.name) && input.levels.empty() && std::isfinite(size))
          found.emplace_back(size, &input);
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const InputColumn*> inputs;
    for (const auto& [size, input] : found) inputs.push_back(input);
    return inputs;
  }

  void add_surface(const OutputColumn& output, const InputColumn& x, const InputColumn& y, Cells& cells) {
    const Grouping across = calc_grouping(x, kSurfaceCells);
    const Grouping up = calc_grouping(y, kSurfaceCells);
    if (across.names.size() < 2 || up.names.size() < 2) return;
    std::vector<double> means;
    for (std::size_t j = 0; j < up.names.size(); ++j) {
      for (std::size_t i = 0; i < across.names.size(); ++i) {
        std::vector<double> values;
        for (std::size_t k = 0; k < output.numbers.size(); ++k) {
          const bool is_inside = across.group[k] == static_cast<int>(i) && up.group[k] == static_cast<int>(j);
          if (is_inside && std::isfinite(output.numbers[k])) values.push_back(output.numbers[k]);
        }
        means.push_back(values.empty() ? std::nan("") : calc_mean(values));
        cells.push_back({output.name, output.unit, x.name, calc_cell(across.edges[i]),
                         calc_cell(across.edges[i + 1]), y.name, calc_cell(up.edges[j]),
                         calc_cell(up.edges[j + 1]), std::to_string(values.size()), calc_cell(means.back())});
      }
    }
    add_picture("surface_" + output.name,
                calc_surface_chart({output.name, calc_label(x.name, x.unit), calc_label(y.name, y.unit)},
                                   across.edges, up.edges, means, output.unit));
  }

  // Curves in two groups of the input that matters most for the peak.
  void add_curves() {
    for (const CurveColumn& curve : data_.curves) {
      const std::vector<BandSeries> all = {
          {"all", calc_band(curve, std::vector<int>(data_.codes.size(), 0), 0)}};
      if (all[0].line.empty()) continue;
      std::vector<double> phase;
      for (int i = 0; i < kPhaseCount; ++i) phase.push_back(i);
      add("<h2>Over the stride</h2><p>Mean and 5 to 95 % of the scenarios.</p>");
      add_picture("curve_" + curve.name, calc_band_chart({curve.name, "stride, from right foot contact [%]",
                                                          calc_label(curve.name, curve.unit)},
                                                         phase, all));
    }
  }

  static std::vector<Estimate> calc_band(const CurveColumn& curve, const std::vector<int>& group,
                                         int wanted) {
    std::vector<Estimate> band;
    for (std::size_t phase = 0; phase < static_cast<std::size_t>(kPhaseCount); ++phase) {
      std::vector<double> values;
      for (std::size_t i = 0; i < curve.scenarios.size(); ++i) {
        if (group[i] == wanted && !curve.scenarios[i].empty()) values.push_back(curve.scenarios[i][phase]);
      }
      if (values.empty()) return {};
      band.push_back({calc_mean(values), calc_quantile(values, 0.05), calc_quantile(values, 0.95)});
    }
    return band;
  }

  void add_effects() {
    Cells cells = {{"output", "input", "level", "against", "scenarios", "scenarios_against", "difference",
                    "low", "high", "hedges_g", "g_low", "g_high"}};
    Cells shown = {cells[0]};
    for (const LevelEffect& effect : calc_level_effects(data_)) {
      cells.push_back({effect.output, effect.input, effect.level, effect.first_level,
                       std::to_string(effect.count), std::to_string(effect.first_count),
                       calc_cell(effect.difference.value), calc_cell(effect.difference.low),
                       calc_cell(effect.difference.high), calc_cell(effect.hedges_g),
                       calc_cell(effect.hedges_low), calc_cell(effect.hedges_high)});
      for (const OutputColumn& output : data_.outputs) {
        if (output.name == effect.output && output.is_headline) shown.push_back(cells.back());
      }
    }
    if (cells.size() == 1) return;
    add("<h2>Groups against each other</h2><p>Difference of means with its 95 % bootstrap interval, in the "
        "unit of the output, "
        "and over the pooled standard deviation (Hedges' g). The spread behind g is that of this sweep's "
        "other inputs, not of "
        "people.</p>");
    add_table("effects", cells, false);
    add(calc_html_table(shown));
  }

  void write_scenarios() {
    Cells cells = {{"scenario", "code"}};
    for (const InputColumn& input : data_.inputs) cells[0].push_back(input.name);
    for (const OutputColumn& output : data_.outputs)
      cells[0].push_back(output.name + " [" + output.unit + "]");
    for (std::size_t i = 0; i < data_.codes.size(); ++i) {
      std::vector<std::string> row = {std::to_string(i), std::to_string(static_cast<int>(data_.codes[i]))};
      for (const InputColumn& input : data_.inputs) {
        row.push_back(input.levels.empty() ? calc_cell(input.numbers[i])
                                           : input.levels[static_cast<std::size_t>(input.numbers[i])]);
      }
      for (const OutputColumn& output : data_.outputs) row.push_back(calc_cell(output.numbers[i]));
      cells.push_back(std::move(row));
    }
    write_file("scenarios.csv", calc_csv(cells));
  }

  std::string calc_page() const {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>\n"
        "body{{font-family:sans-serif;max-width:1180px;margin:2em auto;padding:0 1em;color:#1a202c}}\n"
        "table{{border-collapse:collapse;font-size:13px}}td,th{{border:1px solid #cbd5e0;padding:2px "
        "8px;text-align:left}}\n"
        "figure{{display:inline-block;margin:4px}}pre{{background:#f7fafc;padding:1em;overflow:auto}}\n</"
        "style>\n</head>\n"
        "<body>\n{}<h2>The sweep file</h2>\n<pre>{}</pre>\n<h2>The scenario it began "
        "with</h2>\n<pre>{}</pre>\n</body>\n"
        "</html>\n",
        calc_html(data_.header.title), body_, calc_html(data_.header.sweep),
        calc_html(data_.header.base_scenario));
  }

  const SweepData& data_;
  std::string folder_;
  std::string body_;
  std::vector<std::string> files_;
  SensitivityTable table_;
};

}  // namespace

std::vector<std::string> write_sweep_report(const SweepData& data, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  LUMBARUN_THROW_UNLESS(!error, "cannot make the folder {}: {}", folder, error.message());
  return ReportWriter(data, folder).write();
}

}  // namespace lumbarun
