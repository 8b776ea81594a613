#include "scenarios/report/svg_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lumbarun {
namespace {

constexpr double kTop = 34;
constexpr double kBottom = 48;
constexpr double kRight = 16;

}  // namespace

ChartRange calc_chart_range(const std::vector<double>& values) {
  bool is_empty = true;
  ChartRange range;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    range.low = is_empty ? value : std::min(range.low, value);
    range.high = is_empty ? value : std::max(range.high, value);
    is_empty = false;
  }
  if (range.high > range.low) return range;
  const double half = std::max(0.5 * std::abs(range.low), 1e-12);
  return {range.low - half, range.high + half};
}

std::vector<double> calc_ticks(const ChartRange& range, int count) {
  const double rough = (range.high - range.low) / count;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double share = rough / power;
  const double step = power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  std::vector<double> ticks;
  const double first = std::ceil(range.low / step - 1e-9);
  for (double i = first; i * step <= range.high + 1e-9 * step && ticks.size() < 50; ++i)
    ticks.push_back(i * step);
  return ticks;
}

std::string calc_html(const std::string& text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string calc_number_text(double number) {
  return std::isfinite(number) ? fmt::format("{:.4g}", number) : "–";
}

SvgPlot::SvgPlot(const ChartText& text, ChartRange x, ChartRange y, double left)
    : text_(text), x_(x), y_(y), left_(left) {}

double SvgPlot::calc_x(double value) const {
  return left_ + (kWidth - left_ - kRight) * (value - x_.low) / (x_.high - x_.low);
}

double SvgPlot::calc_y(double value) const {
  return kHeight - kBottom - (kHeight - kTop - kBottom) * (value - y_.low) / (y_.high - y_.low);
}

void SvgPlot::add_text(double x, double y, const std::string& anchor, const std::string& text) {
  add(fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>)", x, y, anchor,
                  calc_html(text)));
}

void SvgPlot::add_x_ticks() {
  for (const double tick : calc_ticks(x_, 6)) {
    const double x = calc_x(tick);
    add(fmt::format(R"(<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"/>)", x, kTop,
                    kHeight - kBottom));
    add_text(x, kHeight - kBottom + 16, "middle", fmt::format("{:.4g}", tick));
  }
}

void SvgPlot::add_y_ticks() {
  for (const double tick : calc_ticks(y_, 5)) {
    const double y = calc_y(tick);
    add(fmt::format(R"(<line class="grid" x1="{0:.1f}" x2="{1:.1f}" y1="{2:.1f}" y2="{2:.1f}"/>)", left_,
                    kWidth - kRight, y));
    add_text(left_ - 6, y + 4, "end", fmt::format("{:.4g}", tick));
  }
}

void SvgPlot::add_legend(const std::vector<std::string>& names) {
  double x = left_ + 8;
  for (std::size_t i = 0; i < names.size(); ++i) {
    add(fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="12" height="10" fill="{}"/>)", x, kTop + 4,
                    kChartColors[i % std::size(kChartColors)]));
    add_text(x + 16, kTop + 13, "start", names[i]);
    x += 34 + 6.5 * static_cast<double>(names[i].size());
  }
}

std::string SvgPlot::finish() const {
  return fmt::format(
      R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" font-family="sans-serif" font-size="11" fill="#1a202c">
<style>.grid{{stroke:#e2e8f0}}.axis{{stroke:#4a5568;fill:none}}</style>
<title>{2}</title>
<rect width="{0}" height="{1}" fill="#ffffff"/>
<text x="{3}" y="18" text-anchor="middle" font-size="13" font-weight="bold">{2}</text>
{4}<path class="axis" d="M{5} {6}V{7}H{8}"/>
<text x="{9:.1f}" y="{10}" text-anchor="middle">{11}</text>
<text x="14" y="{12:.1f}" text-anchor="middle" transform="rotate(-90 14 {12:.1f})">{13}</text>
</svg>)svg",
      kWidth, kHeight, calc_html(text_.title), kWidth / 2, body_, left_, kTop, kHeight - kBottom,
      kWidth - kRight, 0.5 * (left_ + kWidth - kRight), kHeight - 10, calc_html(text_.x_label),
      0.5 * (kTop + kHeight - kBottom), calc_html(text_.y_label));
}

}  // namespace lumbarun
