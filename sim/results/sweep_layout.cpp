// Joining the layouts of rows that do not hold quite the same things.
#include <algorithm>
#include <map>

#include "sim/core/contracts.h"
#include "sim/results/sweep_row.h"

namespace lumbarun {
namespace {

void join_axis(const SweepAxis& axis, SweepLayout& whole) {
  const auto found = std::find_if(whole.axes.begin(), whole.axes.end(),
                                  [&](const auto& other) { return other.name == axis.name; });
  if (found == whole.axes.end()) {
    whole.axes.push_back(axis);
    return;
  }
  LUMBARUN_THROW_UNLESS(
      found->unit == axis.unit && found->numbers == axis.numbers,
      "the scenarios of this sweep have different axes '{}': were they run by different builds?", axis.name);
  for (const std::string& label : axis.labels) {
    if (std::find(found->labels.begin(), found->labels.end(), label) == found->labels.end()) {
      found->labels.push_back(label);
    }
  }
}

void join_variable(const SweepVariable& variable, SweepLayout& whole) {
  for (const SweepVariable& other : whole.variables) {
    if (other.get_path() != variable.get_path()) continue;
    LUMBARUN_THROW_UNLESS(other == variable,
                          "the scenarios of this sweep mean different things by {}: were they run "
                          "by different builds?",
                          variable.get_path());
    return;
  }
  whole.variables.push_back(variable);
}

// Place of each entry of an axis in the joined axis.
std::vector<std::size_t> calc_axis_places(const SweepAxis& part, const SweepAxis& whole) {
  std::vector<std::size_t> places(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part.labels.empty()) {
      places[i] = i;
    } else {
      const auto found = std::find(whole.labels.begin(), whole.labels.end(), part.labels[i]);
      LUMBARUN_DEMAND(found != whole.labels.end());
      places[i] = static_cast<std::size_t>(found - whole.labels.begin());
    }
  }
  return places;
}

void append_places(const SweepVariable& variable, const SweepLayout& part, const SweepLayout& whole,
                   std::size_t whole_begin, std::vector<std::size_t>& places) {
  std::vector<std::size_t> flat = {whole_begin};
  for (std::size_t i = 0; i < variable.axes.size(); ++i) {
    const SweepAxis& axis = *whole.find_axis(variable.axes[i]);
    const auto axis_places = calc_axis_places(*part.find_axis(variable.axes[i]), axis);
    std::vector<std::size_t> next;
    for (const std::size_t place : flat) {
      for (const std::size_t entry : axis_places)
        next.push_back((place - whole_begin) * axis.size() + entry + whole_begin);
    }
    flat = std::move(next);
  }
  places.insert(places.end(), flat.begin(), flat.end());
}

}  // namespace

SweepLayout join_layouts(const std::vector<SweepLayout>& layouts) {
  SweepLayout whole;
  for (const SweepLayout& layout : layouts) {
    for (const SweepAxis& axis : layout.axes) join_axis(axis, whole);
    for (const SweepVariable& variable : layout.variables) join_variable(variable, whole);
  }
  return whole;
}

std::vector<std::size_t> calc_places(const SweepLayout& part, const SweepLayout& whole) {
  std::map<std::string, std::size_t> begin;
  std::size_t next = 0;
  for (const SweepVariable& variable : whole.variables) {
    begin[variable.get_path()] = next;
    next += whole.calc_size(variable);
  }
  std::vector<std::size_t> places;
  for (const SweepVariable& variable : part.variables) {
    append_places(variable, part, whole, begin.at(variable.get_path()), places);
  }
  return places;
}

}  // namespace lumbarun
