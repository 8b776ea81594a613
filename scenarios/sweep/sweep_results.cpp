#include "scenarios/sweep/sweep_results.h"

#include <algorithm>
#include <filesystem>

#include "sim/core/contracts.h"

namespace lumbarun {

SweepResults::SweepResults(const Manifest& manifest) : places_(manifest.get_scenario_count()) {
  for (const std::string& path : find_journals(manifest.get_folder())) add_journal(manifest, path);
}

void SweepResults::add_journal(const Manifest& manifest, const std::string& path) {
  const JournalScan scan = scan_journal(path, manifest.get_hash());
  const auto journal = static_cast<std::uint32_t>(readers_.size());
  readers_.emplace_back(path);
  journal_layouts_.push_back(scan.layouts);
  journal_bytes_ += std::filesystem::file_size(path);
  damaged_bytes_ += scan.damaged_bytes;
  std::vector<std::uint32_t> layouts;
  for (const SweepLayout& layout : scan.layouts) layouts.push_back(add_layout(layout));
  for (const JournalEntry& entry : scan.entries) {
    if (entry.index >= places_.size() || manifest.read_line(entry.index).hash != entry.hash) continue;
    seconds_ += entry.seconds;
    ++entries_;
    Place& place = places_[entry.index];
    if (place.journal != kNowhere) ++repeated_;
    if (place.journal != kNowhere && entry.attempt <= place.attempt) continue;
    place = {entry.offset, journal, entry.attempt, layouts[entry.layout], entry.code};
  }
}

std::uint32_t SweepResults::add_layout(const SweepLayout& layout) {
  const auto found = std::find(layouts_.begin(), layouts_.end(), layout);
  const auto number = static_cast<std::uint32_t>(found - layouts_.begin());
  if (found == layouts_.end()) layouts_.push_back(layout);
  return number;
}

std::optional<JournalResult> SweepResults::read(std::size_t index) const {
  const Place& place = places_[index];
  if (place.journal == kNowhere) return {};
  std::uint32_t layout = 0;
  return readers_[place.journal].read(place.offset, journal_layouts_[place.journal], layout);
}

std::array<std::size_t, 5> SweepResults::calc_counts() const {
  std::array<std::size_t, 5> counts = {};
  for (const Place& place : places_) ++counts[static_cast<std::size_t>(place.code)];
  return counts;
}

}  // namespace lumbarun
