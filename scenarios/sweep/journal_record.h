// How results and layouts are laid out inside the records of a journal.
#pragma once

#include <cstdint>
#include <string>

#include "scenarios/sweep/journal.h"

namespace lumbarun::journal {

inline constexpr char kMagic[8] = {'L', 'B', 'R', 'J', 'R', 'N', 'L', '1'};
inline constexpr char kRecordMagic[4] = {'L', 'R', 'e', 'c'};
inline constexpr std::uint32_t kLayoutType = 1;
inline constexpr std::uint32_t kResultType = 2;
inline constexpr std::size_t kRecordHead = 4 + 4 + 8 + 4;
inline constexpr std::uint64_t kMaxLength = std::uint64_t{1}
                                            << 32;  // of a payload; anything longer is damage

std::uint32_t calc_checksum(std::uint32_t type, std::uint64_t length, const char* payload);

std::string calc_layout_payload(std::uint32_t number, const SweepLayout& layout);
SweepLayout read_layout_payload(const std::string& payload, std::uint32_t& number);

// Curves in single precision.
std::string calc_result_payload(const JournalResult& result, std::uint32_t layout_number);
// What stands before the numbers of a result.
struct ResultHead {
  JournalResult result;  // without values
  std::uint32_t layout_number = 0;
  std::size_t numbers_left = 0;  // bytes
};
ResultHead read_result_head(const std::string& payload);
// The numbers, as doubles.
std::vector<double> read_result_values(const std::string& payload, const SweepLayout& layout);

}  // namespace lumbarun::journal
