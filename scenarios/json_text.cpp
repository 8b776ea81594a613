#include "scenarios/json_text.h"

#include <fmt/format.h>

#include <cmath>

namespace lumbarun {

std::string calc_json(const std::string& text) {
  std::string json = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      json += fmt::format("\\{}", letter);
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<int>(letter));
    } else {
      json += letter;
    }
  }
  return json + "\"";
}

std::string calc_json(double number) { return std::isfinite(number) ? fmt::format("{}", number) : "null"; }

std::string calc_json_object(const JsonMembers& members) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : members) parts.push_back(fmt::format("{}: {}", calc_json(name), value));
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

std::string calc_json_list(const std::vector<std::string>& values) {
  return fmt::format("[{}]", fmt::join(values, ", "));
}

}  // namespace lumbarun
