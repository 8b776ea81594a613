#include "scenarios/sweep/journal_record.h"

#include <zlib.h>

#include "scenarios/sweep/byte_stream.h"
#include "sim/core/contracts.h"

namespace lumbarun::journal {

std::uint32_t calc_checksum(std::uint32_t type, std::uint64_t length, const char* payload) {
  uLong crc = crc32(0, reinterpret_cast<const Bytef*>(&type), sizeof type);
  crc = crc32(crc, reinterpret_cast<const Bytef*>(&length), sizeof length);
  return static_cast<std::uint32_t>(crc32_z(crc, reinterpret_cast<const Bytef*>(payload), length));
}

std::string calc_layout_payload(std::uint32_t number, const SweepLayout& layout) {
  ByteWriter bytes;
  bytes.add(number);
  bytes.add(static_cast<std::uint32_t>(layout.axes.size()));
  for (const SweepAxis& axis : layout.axes) {
    for (const std::string* text : {&axis.name, &axis.unit, &axis.long_name}) bytes.add(*text);
    bytes.add(axis.labels);
    bytes.add(axis.numbers);
  }
  bytes.add(static_cast<std::uint32_t>(layout.variables.size()));
  for (const SweepVariable& variable : layout.variables) {
    for (const std::string* text : {&variable.group, &variable.name, &variable.unit, &variable.long_name}) {
      bytes.add(*text);
    }
    bytes.add(variable.axes);
    bytes.add(static_cast<std::uint8_t>(variable.is_curve));
  }
  return bytes.get_bytes();
}

SweepLayout read_layout_payload(const std::string& payload, std::uint32_t& number) {
  ByteReader bytes(payload);
  SweepLayout layout;
  number = bytes.read<std::uint32_t>();
  layout.axes.resize(bytes.read_count(20));
  for (SweepAxis& axis : layout.axes) {
    for (std::string* text : {&axis.name, &axis.unit, &axis.long_name}) *text = bytes.read_text();
    axis.labels = bytes.read_words();
    axis.numbers = bytes.read_numbers();
  }
  layout.variables.resize(bytes.read_count(21));
  for (SweepVariable& variable : layout.variables) {
    for (std::string* text : {&variable.group, &variable.name, &variable.unit, &variable.long_name}) {
      *text = bytes.read_text();
    }
    variable.axes = bytes.read_words();
    variable.is_curve = bytes.read<std::uint8_t>() != 0;
  }
  return layout;
}

std::string calc_result_payload(const JournalResult& result, std::uint32_t layout_number) {
  ByteWriter bytes;
  bytes.add(result.index);
  bytes.add(result.hash);
  bytes.add(result.attempt);
  bytes.add(result.seconds);
  bytes.add(result.row.status);
  bytes.add(result.row.model_hash);
  bytes.add(layout_number);
  std::size_t next = 0;
  for (const SweepVariable& variable : result.row.layout.variables) {
    const std::size_t end = next + result.row.layout.calc_size(variable);
    LUMBARUN_DEMAND(end <= result.row.values.size());
    for (; next < end; ++next) {
      const double value = result.row.values[next];
      if (variable.is_curve) {
        bytes.add(static_cast<float>(value));
      } else {
        bytes.add(value);
      }
    }
  }
  return bytes.get_bytes();
}

ResultHead read_result_head(const std::string& payload) {
  ByteReader bytes(payload);
  ResultHead head;
  head.result.index = bytes.read<std::uint64_t>();
  head.result.hash = bytes.read_text();
  head.result.attempt = bytes.read<std::uint32_t>();
  head.result.seconds = bytes.read<double>();
  head.result.row.status = bytes.read_text();
  head.result.row.model_hash = bytes.read_text();
  head.layout_number = bytes.read<std::uint32_t>();
  head.numbers_left = bytes.get_left();
  return head;
}

std::vector<double> read_result_values(const std::string& payload, const SweepLayout& layout) {
  const std::string numbers = payload.substr(payload.size() - read_result_head(payload).numbers_left);
  ByteReader bytes(numbers);
  std::vector<double> values;
  values.reserve(layout.calc_size());
  for (const SweepVariable& variable : layout.variables) {
    const std::size_t count = layout.calc_size(variable);
    for (std::size_t i = 0; i < count; ++i) {
      values.push_back(variable.is_curve ? static_cast<double>(bytes.read<float>()) : bytes.read<double>());
    }
  }
  return values;
}

}  // namespace lumbarun::journal
