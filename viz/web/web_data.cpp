#include "viz/web/web_data.h"

#include <fmt/format.h>

namespace lumbarun::viz {

std::string WebData::add(const void* data, std::size_t count, std::size_t size) {
  while (bytes_.size() % 4 != 0) bytes_ += '\0';
  const std::size_t offset = bytes_.size();
  bytes_.append(static_cast<const char*>(data), count * size);
  return fmt::format("{{\"o\":{},\"n\":{}}}", offset, count);
}

std::string WebData::add_floats(const std::vector<double>& values) {
  const std::vector<float> narrow(values.begin(), values.end());
  return add(narrow.data(), narrow.size(), sizeof(float));
}

std::string WebData::add_shorts(const std::vector<std::int16_t>& values) {
  return add(values.data(), values.size(), 2);
}
std::string WebData::add_unsigned(const std::vector<std::uint16_t>& values) {
  return add(values.data(), values.size(), 2);
}
std::string WebData::add_bytes(const std::vector<std::int8_t>& values) {
  return add(values.data(), values.size(), 1);
}
std::string WebData::add_unsigned_bytes(const std::vector<std::uint8_t>& values) {
  return add(values.data(), values.size(), 1);
}

std::string WebData::get_base64() const {
  static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes_.size() * 4 / 3 + 4);
  for (std::size_t i = 0; i < bytes_.size(); i += 3) {
    std::uint32_t block = 0;
    for (std::size_t k = 0; k < 3; ++k)
      block = block << 8 | (i + k < bytes_.size() ? static_cast<unsigned char>(bytes_[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes_.size() ? '=' : kLetters[block >> (18 - 6 * k) & 63];
  }
  return out;
}

void append_item(std::string& list, const std::string& item) {
  if (!list.empty()) list += ',';
  list += item;
}

std::string to_json(const std::string& text) {
  std::string out = "\"";
  for (char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    if (letter == '<') {
      out += "\\u003c";  // no tag can begin inside the page's script
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<int>(letter));
    } else {
      out += letter;
    }
  }
  return out + "\"";
}

std::string to_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += to_json(text);
  }
  return out + "]";
}

}  // namespace lumbarun::viz
