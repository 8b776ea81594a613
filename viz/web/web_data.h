// Numbers for the web page: JSON that tells what lies where in one block of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lumbarun::viz {

class WebData {
 public:
  // Each returns {"o":offset,"n":count} in elements of the type, for the script.
  std::string add_floats(const std::vector<double>& values);
  std::string add_shorts(const std::vector<std::int16_t>& values);
  std::string add_unsigned(const std::vector<std::uint16_t>& values);
  std::string add_bytes(const std::vector<std::int8_t>& values);
  std::string add_unsigned_bytes(const std::vector<std::uint8_t>& values);

  std::string get_base64() const;

 private:
  std::string add(const void* data, std::size_t count, std::size_t size);
  std::string bytes_;
};

// Appends an item to a list with commas.
void append_item(std::string& list, const std::string& item);
std::string to_json(const std::string& text);
std::string to_json(const std::vector<std::string>& texts);

}  // namespace lumbarun::viz
