// What the journals of a sweep hold, by scenario.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/sweep/journal.h"
#include "scenarios/sweep/manifest.h"

namespace lumbarun {

class SweepResults {
 public:
  // Reads all journals through. Of several results of one scenario the latest attempt counts; results of one attempt are
  // equal, because a run depends on nothing but its scenario.
  // @throws BadInput if a journal is none, or belongs to another sweep.
  explicit SweepResults(const Manifest& manifest);

  bool is_done(std::size_t index) const { return places_[index].journal != kNowhere; }
  SweepStatus get_code(std::size_t index) const { return places_[index].code; }
  std::uint32_t get_attempt(std::size_t index) const { return places_[index].attempt; }
  // The place of its layout in get_layouts().
  std::uint32_t get_layout(std::size_t index) const { return places_[index].layout; }
  // nothing if it is not done.
  std::optional<JournalResult> read(std::size_t index) const;

  const std::vector<SweepLayout>& get_layouts() const { return layouts_; }
  std::size_t get_journal_count() const { return readers_.size(); }
  std::uint64_t get_journal_bytes() const { return journal_bytes_; }
  std::uint64_t get_damaged_bytes() const { return damaged_bytes_; }
  std::size_t get_repeated_count() const { return repeated_; }  // results beyond the one that counts
  double get_mean_seconds() const { return entries_ == 0 ? 0.0 : seconds_ / static_cast<double>(entries_); }
  // Counts by SweepStatus.
  std::array<std::size_t, 5> calc_counts() const;

 private:
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t journal = kNowhere;
    std::uint32_t attempt = 0;
    std::uint32_t layout = 0;  // in layouts_
    SweepStatus code = SweepStatus::kMissing;
  };

  void add_journal(const Manifest& manifest, const std::string& path);
  std::uint32_t add_layout(const SweepLayout& layout);

  std::vector<Place> places_;
  std::vector<JournalReader> readers_;
  std::vector<std::vector<SweepLayout>> journal_layouts_;
  std::vector<SweepLayout> layouts_;  // each kind once
  std::uint64_t journal_bytes_ = 0;
  std::uint64_t damaged_bytes_ = 0;
  std::size_t repeated_ = 0;
  std::size_t entries_ = 0;
  double seconds_ = 0.0;
};

}  // namespace lumbarun
