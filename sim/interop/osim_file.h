// An OpenSim XML document with its lines: property look-up including <defaults>, typed values, and messages that
// name file, line and element. Errors are collected, so that one reading reports all of them.
#pragma once

#include <filesystem>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sim/spatial/vector3.h"

namespace lumbarun {

class OsimFile {
 public:
  // Throws BadInput when the file cannot be read, is no XML, or holds no model.
  explicit OsimFile(const std::filesystem::path& path);

  const std::string& name() const { return name_; }
  int version() const { return version_; }
  pugi::xml_node model() const { return model_; }
  int line_of(pugi::xml_node node) const;

  void add_error(pugi::xml_node node, const std::string& what);
  void add_error(int line, const std::string& what);
  void add_warning(pugi::xml_node node, const std::string& what);
  void add_warning(const std::string& what);
  // "; the nearest known one is '…'", empty without a candidate.
  static std::string suggestion(const std::string& name, const std::vector<std::string>& known);
  // Throws BadInput with every error, one a line.
  void throw_if_errors() const;
  std::vector<std::string> take_warnings() { return std::move(warnings_); }

  // The property of an object: its child element, or that of the <defaults> object of its class; may be empty.
  pugi::xml_node find(pugi::xml_node object, const char* property) const;
  // Values of properties, `fallback` when absent; a value that does not parse is an error.
  double number(pugi::xml_node object, const char* property, double fallback);
  bool flag(pugi::xml_node object, const char* property, bool fallback);
  std::string text(pugi::xml_node object, const char* property) const;  // trimmed, empty when absent
  std::vector<double> numbers(pugi::xml_node object, const char* property);
  Vector3<double> vector3(pugi::xml_node object, const char* property, const Vector3<double>& fallback);
  // A number that must not be below zero (or must be above it).
  double non_negative(pugi::xml_node object, const char* property, double fallback);
  double positive(pugi::xml_node object, const char* property, double fallback);

 private:
  void parse(const std::filesystem::path& path);
  int line_at(std::ptrdiff_t offset) const;

  std::string name_;
  std::string content_;
  pugi::xml_document document_;
  pugi::xml_node model_;
  int version_ = 0;
  std::vector<std::ptrdiff_t> line_starts_;
  std::map<std::string, pugi::xml_node> defaults_;  // class -> its <defaults> object
  std::vector<std::string> errors_, warnings_;
};

// The members of a set element: children of its <objects>, or its own children when there is no <objects>.
std::vector<pugi::xml_node> get_osim_objects(pugi::xml_node set);
std::string get_osim_name(pugi::xml_node object);
std::string trimmed(std::string_view text);
std::vector<std::string> split_words(std::string_view text);
// "/jointset/knee_r/knee_angle_r" -> "knee_angle_r".
std::string last_segment(const std::string& path);

}  // namespace lumbarun
