// Plain data to bytes and back (little endian, as every machine this runs on). The reader trusts no length it reads.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/core/errors.h"

namespace lumbarun {

class ByteWriter {
 public:
  template <typename Number>
  void add(Number number) {
    static_assert(std::is_arithmetic_v<Number>);
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void add(const std::string& text) {
    add(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  void add(const std::vector<std::string>& words) {
    add(static_cast<std::uint32_t>(words.size()));
    for (const std::string& word : words) add(word);
  }
  void add(const std::vector<double>& numbers) {
    add(static_cast<std::uint32_t>(numbers.size()));
    for (const double number : numbers) add(number);
  }
  const std::string& get_bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// @throws BadInput when the bytes end too early.
class ByteReader {
 public:
  explicit ByteReader(const std::string& bytes) : bytes_(bytes) {}

  template <typename Number>
  Number read() {
    Number number;
    require(sizeof number);
    std::memcpy(&number, bytes_.data() + place_, sizeof number);
    place_ += sizeof number;
    return number;
  }
  std::string read_text() {
    const auto size = read<std::uint32_t>();
    require(size);
    std::string text = bytes_.substr(place_, size);
    place_ += size;
    return text;
  }
  std::vector<std::string> read_words() {
    std::vector<std::string> words(read_count(sizeof(std::uint32_t)));
    for (std::string& word : words) word = read_text();
    return words;
  }
  std::vector<double> read_numbers() {
    std::vector<double> numbers(read_count(sizeof(double)));
    for (double& number : numbers) number = read<double>();
    return numbers;
  }
  // A count of things that take at least `least` bytes each.
  std::size_t read_count(std::size_t least) {
    const auto count = read<std::uint32_t>();
    require(count * least);
    return count;
  }
  std::size_t get_left() const { return bytes_.size() - place_; }

 private:
  void require(std::size_t size) const {
    if (size > get_left()) throw BadInput("a record of the journal is shorter than it says");
  }

  const std::string& bytes_;
  std::size_t place_ = 0;
};

}  // namespace lumbarun
