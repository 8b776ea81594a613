#include "sim/interop/osim_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {

namespace {

constexpr int kOldestVersion = 10900, kFirstUnknownVersion = 50000;

bool parse_number(std::string_view word, double& value) {
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size();
}

std::string describe(pugi::xml_node node) {
  const std::string name = get_osim_name(node);
  return name.empty() ? fmt::format("<{}>", node.name()) : fmt::format("<{} name=\"{}\">", node.name(), name);
}

}  // namespace

std::string trimmed(std::string_view text) {
  const char* blanks = " \t\r\n";
  const size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

std::vector<std::string> split_words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string last_segment(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string get_osim_name(pugi::xml_node object) { return trimmed(object.attribute("name").value()); }

std::vector<pugi::xml_node> get_osim_objects(pugi::xml_node set) {
  const pugi::xml_node objects = set.child("objects");
  std::vector<pugi::xml_node> members;
  for (pugi::xml_node member : (objects ? objects : set).children()) {
    if (member.type() == pugi::node_element && std::strcmp(member.name(), "groups") != 0)
      members.push_back(member);
  }
  return members;
}

OsimFile::OsimFile(const std::filesystem::path& path) : name_(path.string()) {
  parse(path);
  const pugi::xml_node root = document_.document_element();
  LUMBARUN_THROW_UNLESS(std::strcmp(root.name(), "OpenSimDocument") == 0,
                        "{}:{}: not an OpenSim model: the root element is <{}>, expected <OpenSimDocument>",
                        name_, line_of(root), root.name());
  model_ = root.child("Model");
  const pugi::xml_node first =
      root.find_child([](pugi::xml_node node) { return node.type() == pugi::node_element; });
  LUMBARUN_THROW_UNLESS(model_, "{}:{}: <OpenSimDocument> holds <{}>, expected <Model>", name_, line_of(root),
                        first.name());
  version_ = root.attribute("Version").as_int();
  LUMBARUN_THROW_UNLESS(version_ >= kOldestVersion && version_ < kFirstUnknownVersion,
                        "{}:{}: OpenSimDocument Version=\"{}\", readable are {} to {} (1.9 to 4.x)", name_,
                        line_of(root), root.attribute("Version").value(), kOldestVersion,
                        kFirstUnknownVersion - 1);
  for (pugi::xml_node object : model_.child("defaults").children()) defaults_[object.name()] = object;
}

void OsimFile::parse(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  LUMBARUN_THROW_UNLESS(stream && std::filesystem::is_regular_file(path), "{}: cannot read the file", name_);
  std::ostringstream text;
  text << stream.rdbuf();
  content_ = text.str();
  line_starts_.push_back(0);
  for (size_t i = 0; i < content_.size(); ++i) {
    if (content_[i] == '\n') line_starts_.push_back(static_cast<std::ptrdiff_t>(i + 1));
  }
  const pugi::xml_parse_result result = document_.load_buffer(content_.data(), content_.size());
  LUMBARUN_THROW_UNLESS(result, "{}:{}: not valid XML: {} (is the file complete, and an .osim model?)", name_,
                        line_at(result.offset), result.description());
}

int OsimFile::line_at(std::ptrdiff_t offset) const {
  const auto above = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<int>(above - line_starts_.begin());
}

int OsimFile::line_of(pugi::xml_node node) const { return line_at(node.offset_debug()); }

void OsimFile::add_error(int line, const std::string& what) {
  errors_.push_back(fmt::format("{}:{}: {}", name_, line, what));
}

void OsimFile::add_error(pugi::xml_node node, const std::string& what) {
  add_error(line_of(node), fmt::format("{}: {}", describe(node), what));
}

void OsimFile::add_warning(pugi::xml_node node, const std::string& what) {
  warnings_.push_back(fmt::format("{}:{}: {}: {}", name_, line_of(node), describe(node), what));
}

void OsimFile::add_warning(const std::string& what) {
  warnings_.push_back(fmt::format("{}: {}", name_, what));
}

std::string OsimFile::suggestion(const std::string& name, const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(name, known);
  return nearest.empty() ? "" : fmt::format("; the nearest known one is '{}'", nearest);
}

void OsimFile::throw_if_errors() const {
  LUMBARUN_THROW_UNLESS(errors_.empty(), "{}", fmt::join(errors_, "\n"));
}

pugi::xml_node OsimFile::find(pugi::xml_node object, const char* property) const {
  if (const pugi::xml_node child = object.child(property)) return child;
  const auto defaults = defaults_.find(object.name());
  return defaults == defaults_.end() ? pugi::xml_node() : defaults->second.child(property);
}

std::string OsimFile::text(pugi::xml_node object, const char* property) const {
  return trimmed(find(object, property).child_value());
}

std::vector<double> OsimFile::numbers(pugi::xml_node object, const char* property) {
  const pugi::xml_node node = find(object, property);
  std::vector<double> values;
  for (const std::string& word : split_words(node.child_value())) {
    double value = 0.0;
    if (!parse_number(word, value) || std::isnan(value)) {
      add_error(node, fmt::format("'{}' is not a number", word));
      return {};
    }
    values.push_back(value);
  }
  return values;
}

double OsimFile::number(pugi::xml_node object, const char* property, double fallback) {
  const pugi::xml_node node = find(object, property);
  if (!node) return fallback;
  const std::string word = trimmed(node.child_value());
  double value = fallback;
  if (!parse_number(word, value) || !std::isfinite(value)) {
    add_error(node, fmt::format("'{}' is not a finite number", word));
    return fallback;
  }
  return value;
}

double OsimFile::non_negative(pugi::xml_node object, const char* property, double fallback) {
  const double value = number(object, property, fallback);
  if (value >= 0.0) return value;
  add_error(find(object, property), fmt::format("{} of {} must not be negative", value, describe(object)));
  return fallback;
}

double OsimFile::positive(pugi::xml_node object, const char* property, double fallback) {
  const pugi::xml_node node = find(object, property);
  const double value = number(object, property, fallback);
  if (value > 0.0) return value;
  if (node) {
    add_error(node, fmt::format("{} of {} must be above 0", value, describe(object)));
  } else {
    add_error(object, fmt::format("needs <{}>", property));
  }
  return 1.0;
}

bool OsimFile::flag(pugi::xml_node object, const char* property, bool fallback) {
  const std::string word = text(object, property);
  if (word.empty()) return fallback;
  if (word == "true" || word == "1") return true;
  if (word != "false" && word != "0")
    add_error(find(object, property), fmt::format("'{}' is neither true nor false", word));
  return false;
}

Vector3<double> OsimFile::vector3(pugi::xml_node object, const char* property,
                                  const Vector3<double>& fallback) {
  const pugi::xml_node node = find(object, property);
  if (!node) return fallback;
  const std::vector<double> values = numbers(object, property);
  const bool is_finite = std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  if (values.size() != 3 || !is_finite) {
    add_error(node, fmt::format("'{}' is not three finite numbers", trimmed(node.child_value())));
    return fallback;
  }
  return {values[0], values[1], values[2]};
}

}  // namespace lumbarun
