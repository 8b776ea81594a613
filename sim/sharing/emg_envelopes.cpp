#include "sim/sharing/emg_envelopes.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {

namespace {

constexpr double kGapFactor = 3.0;  // steps longer than so many median ones are gaps
constexpr double kPercent = 100.0;

struct Line {
  int number = 0;
  std::vector<std::string> cells;
};

std::vector<std::string> split(std::string text) {
  std::erase(text, '\r');
  const char separator = text.find(',') != std::string::npos    ? ','
                         : text.find('\t') != std::string::npos ? '\t'
                                                                : ' ';
  std::vector<std::string> cells;
  std::istringstream stream(text);
  for (std::string cell; std::getline(stream, cell, separator);) {
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    if (!cell.empty() || separator != ' ') cells.push_back(cell);
  }
  if (!text.empty() && text.back() == separator && separator == ',') cells.emplace_back();
  return cells;
}

std::vector<Line> read_lines(const std::string& path) {
  std::ifstream stream(path);
  LUMBARUN_THROW_UNLESS(stream.good(), "{}: cannot be read", path);
  std::vector<Line> lines;
  int number = 0;
  for (std::string text; std::getline(stream, text);) {
    ++number;
    if (text.starts_with("endheader")) {
      lines.clear();
    } else if (text.find_first_not_of(" \t\r") != std::string::npos) {
      lines.push_back({number, split(text)});
    }
  }
  LUMBARUN_THROW_UNLESS(lines.size() >= 3 && lines[0].cells.size() >= 2,
                        "{}: needs a head line with a time and a channel, and at least two rows", path);
  return lines;
}

double read_number(const std::string& path, const Line& line, const std::string& column,
                   const std::string& cell) {
  char* end = nullptr;
  const double value = std::strtod(cell.c_str(), &end);
  LUMBARUN_THROW_UNLESS(!cell.empty() && *end == '\0' && std::isfinite(value),
                        "{}:{}: column {}: '{}' is no number; gaps must be filled before sharing", path,
                        line.number, column, cell);
  return value;
}

void check_steps(const EmgEnvelopes& emg) {
  const char* unit = emg.is_phase ? "stride" : "s";
  std::vector<double> steps;
  for (size_t i = 1; i < emg.at.size(); ++i) {
    LUMBARUN_THROW_UNLESS(emg.at[i] > emg.at[i - 1], "{}: time does not increase after {} {}", emg.file,
                          emg.at[i - 1], unit);
    steps.push_back(emg.at[i] - emg.at[i - 1]);
  }
  std::vector<double> sorted = steps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(sorted.size() / 2), sorted.end());
  for (size_t i = 0; i < steps.size(); ++i) {
    LUMBARUN_THROW_UNLESS(steps[i] <= kGapFactor * sorted[sorted.size() / 2],
                          "{}: gap from {} to {} {}; gaps must be filled before sharing", emg.file, emg.at[i],
                          emg.at[i + 1], unit);
  }
}

bool belongs(const Muscle& muscle, const std::string& channel) {
  if (muscle.name == channel || muscle.group == channel) return true;
  const char* side = muscle.side == BodySide::kLeft ? "_l" : "_r";
  return muscle.side != BodySide::kMiddle && muscle.group + side == channel;
}

}  // namespace

EmgEnvelopes read_emg_envelopes(const std::string& path) {
  const std::vector<Line> lines = read_lines(path);
  const std::vector<std::string>& head = lines[0].cells;
  EmgEnvelopes emg;
  emg.file = path;
  emg.is_phase = head[0] == "stride_percent";
  LUMBARUN_THROW_UNLESS(emg.is_phase || head[0] == "time" || head[0] == "time_s",
                        "{}:{}: first column is '{}', not time, time_s or stride_percent", path,
                        lines[0].number, head[0]);
  emg.channels.assign(head.begin() + 1, head.end());
  emg.value.resize(static_cast<Eigen::Index>(lines.size()) - 1,
                   static_cast<Eigen::Index>(emg.channels.size()));
  for (size_t i = 1; i < lines.size(); ++i) {
    const Line& line = lines[i];
    LUMBARUN_THROW_UNLESS(line.cells.size() == head.size(), "{}:{}: {} cells where the head line has {}",
                          path, line.number, line.cells.size(), head.size());
    emg.at.push_back(read_number(path, line, head[0], line.cells[0]) / (emg.is_phase ? kPercent : 1.0));
    for (size_t c = 1; c < head.size(); ++c) {
      const double value = read_number(path, line, head[c], line.cells[c]);
      LUMBARUN_THROW_UNLESS(value >= 0.0 && value <= 1.0,
                            "{}:{}: column {}: {} is not in 0 … 1 (share of maximal voluntary activity)",
                            path, line.number, head[c], value);
      emg.value(static_cast<Eigen::Index>(i) - 1, static_cast<Eigen::Index>(c) - 1) = value;
    }
  }
  check_steps(emg);
  return emg;
}

std::vector<ActivationTarget> build_emg_targets(const EmgEnvelopes& emg, std::span<const Muscle> muscles,
                                                double weight) {
  std::vector<ActivationTarget> targets;
  std::vector<std::string> known;
  for (const Muscle& muscle : muscles) {
    if (std::find(known.begin(), known.end(), muscle.group) == known.end()) known.push_back(muscle.group);
  }
  for (const std::string& channel : emg.channels) {
    ActivationTarget target;
    target.weight = weight;
    double volume = 0.0;
    for (size_t i = 0; i < muscles.size(); ++i) {
      if (!belongs(muscles[i], channel)) continue;
      target.muscles.push_back(static_cast<int>(i));
      target.share.push_back(muscles[i].max_isometric_force * muscles[i].optimal_fiber_length);
      volume += target.share.back();
    }
    LUMBARUN_THROW_UNLESS(!target.muscles.empty(), "{}: column {} names no muscle or group; nearest: {}",
                          emg.file, channel, nearest_name(channel, known));
    for (double& share : target.share) share /= volume;
    targets.push_back(std::move(target));
  }
  return targets;
}

Eigen::VectorXd calc_emg_values(const EmgEnvelopes& emg, double time, double stride_duration) {
  const double at = emg.is_phase ? time / stride_duration : time;
  const double slack = emg.at[1] - emg.at[0];  // of one row at either end
  LUMBARUN_THROW_UNLESS(at >= emg.at.front() - slack && at <= emg.at.back() + slack,
                        "{}: covers {} to {} {}, the stride needs 0 to {}", emg.file, emg.at.front(),
                        emg.at.back(), emg.is_phase ? "of the stride" : "s",
                        emg.is_phase ? 1.0 : stride_duration);
  const auto after =
      std::clamp(std::upper_bound(emg.at.begin(), emg.at.end(), at), emg.at.begin() + 1, emg.at.end() - 1);
  const Eigen::Index i = after - emg.at.begin();
  const double share = std::clamp((at - *(after - 1)) / (*after - *(after - 1)), 0.0, 1.0);
  return (1.0 - share) * emg.value.row(i - 1) + share * emg.value.row(i);
}

double calc_mean_activation(const ActivationTarget& target, const Eigen::VectorXd& activation) {
  double mean = 0.0;
  for (size_t m = 0; m < target.muscles.size(); ++m) mean += target.share[m] * activation[target.muscles[m]];
  return mean;
}

}  // namespace lumbarun
