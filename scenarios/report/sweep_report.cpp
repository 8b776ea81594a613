#include "scenarios/report/sweep_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <system_error>

#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"
#include "sim/sweeps/response_surface.h"
#include "sim/sweeps/sweep_analysis.h"
#include "sim/sweeps/sweep_charts.h"

namespace lumbarun {
namespace {

// Text as it may stand in HTML.
std::string calc_html(const std::string& text) {
  std::string html;
  for (const char c : text) {
    html += c == '&'   ? "&amp;"
            : c == '<' ? "&lt;"
            : c == '>' ? "&gt;"
            : c == '"' ? "&quot;"
                       : std::string(1, c);
  }
  return html;
}

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
  ReportWriter(const SweepData& data, std::string folder)
      : data_(data),
        folder_(std::move(folder)),
        table_(calc_sensitivities(data)),
        charts_(build_sweep_charts(data, table_)) {}

  std::vector<std::string> write() {
    add_head();
    add_failures();
    add_summaries();
    add_sensitivities();
    add_responses();
    write_surfaces();
    add("<h2>Over the stride</h2>");
    add_pictures("curve_");
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

  // Those whose name begins so.
  void add_pictures(const std::string& begin) {
    for (const NamedDrawing& chart : charts_) {
      if (!chart.name.starts_with(begin)) continue;
      const std::string svg = write_svg(chart.drawing);
      write_file(chart.name + ".svg", svg);
      add("<figure>" + svg + "</figure>");
    }
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
    add_pictures("sensitivity_");
    add("<h2>From the low end of each input to its high end</h2><p>Means of the quarters of the scenarios in "
        "which "
        "the input is lowest and highest (of a word: the two with the lowest and the highest mean), all "
        "other inputs "
        "varying behind them.</p>");
    add_pictures("tornado_");
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
      }
    }
    add_pictures("response_");
    add_table("response", cells, false);
  }

  // Over the two numeric inputs that matter most for each headline.
  void write_surfaces() {
    Cells cells = {
        {"output", "unit", "x_input", "x_low", "x_high", "y_input", "y_low", "y_high", "scenarios", "mean"}};
    for (std::size_t i = 0; i < data_.outputs.size(); ++i) {
      if (!data_.outputs[i].is_headline) continue;
      if (const auto surface = calc_response_surface(data_, table_, i))
        add_cells(data_.outputs[i], *surface, cells);
    }
    add_pictures("surface_");
    add_table("surface", cells, false);
    add_pictures("parallel_");
  }

  static void add_cells(const OutputColumn& output, const ResponseSurface& surface, Cells& cells) {
    const std::size_t columns = surface.across.names.size();
    for (std::size_t cell = 0; cell < surface.means.size(); ++cell) {
      const std::size_t i = cell % columns;
      const std::size_t j = cell / columns;
      cells.push_back({output.name, output.unit, surface.x->name, calc_cell(surface.across.edges[i]),
                       calc_cell(surface.across.edges[i + 1]), surface.y->name,
                       calc_cell(surface.up.edges[j]), calc_cell(surface.up.edges[j + 1]),
                       std::to_string(surface.counts[cell]), calc_cell(surface.means[cell])});
    }
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
  std::vector<NamedDrawing> charts_;
};

}  // namespace

std::vector<std::string> write_sweep_report(const SweepData& data, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  LUMBARUN_THROW_UNLESS(!error, "cannot make the folder {}: {}", folder, error.message());
  return ReportWriter(data, folder).write();
}

}  // namespace lumbarun
