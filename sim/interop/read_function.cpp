#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

// natCubicSpline and NaturalCubicSpline are earlier names of SimmSpline.
const std::map<std::string, OsimFunctionKind>& function_kinds() {
  static const std::map<std::string, OsimFunctionKind> table = {
      {"Constant", OsimFunctionKind::kConstant},
      {"LinearFunction", OsimFunctionKind::kLinear},
      {"PolynomialFunction", OsimFunctionKind::kPolynomial},
      {"SimmSpline", OsimFunctionKind::kSimmSpline},
      {"NaturalCubicSpline", OsimFunctionKind::kSimmSpline},
      {"natCubicSpline", OsimFunctionKind::kSimmSpline},
      {"PiecewiseLinearFunction", OsimFunctionKind::kPiecewiseLinear},
  };
  return table;
}

bool is_function_class(const std::string& name) {
  return function_kinds().contains(name) || name == "MultiplierFunction" || name.ends_with("Function") ||
         name.ends_with("Spline");
}

void read_knots(OsimFile& file, pugi::xml_node node, OsimFunction& function) {
  function.x = file.numbers(node, "x");
  function.y = file.numbers(node, "y");
  if (function.x.size() != function.y.size() || function.x.size() < 2) {
    file.add_error(node, fmt::format("{} values of x and {} of y; needs the same number, at least 2",
                                     function.x.size(), function.y.size()));
  } else if (std::adjacent_find(function.x.begin(), function.x.end(), std::greater_equal<>()) !=
             function.x.end()) {
    file.add_error(node, "the values of <x> do not increase");
  } else {
    return;
  }
  function.x = {0.0, 1.0};
  function.y = {0.0, 0.0};
}

void read_coefficients(OsimFile& file, pugi::xml_node node, OsimFunction& function) {
  function.coefficients = file.numbers(node, "coefficients");
  const size_t needed = function.kind == OsimFunctionKind::kLinear ? 2 : 1;
  if (function.coefficients.size() >= needed) return;
  file.add_error(node, fmt::format("<coefficients> holds {} values, needs at least {}",
                                   function.coefficients.size(), needed));
  function.coefficients.assign(needed, 0.0);
}

OsimFunction read_function_element(OsimFile& file, pugi::xml_node node) {
  OsimFunction function;
  function.line = file.line_of(node);
  if (std::strcmp(node.name(), "MultiplierFunction") == 0) {
    const double scale = file.number(node, "scale", 1.0);
    if (const auto inner = read_osim_function(file, node, "function")) {
      function = *inner;
    } else {
      file.add_error(node, "holds no function");
    }
    function.scale *= scale;
    return function;
  }
  const auto kind = function_kinds().find(node.name());
  if (kind == function_kinds().end()) {
    file.add_error(
        node,
        "this class of function cannot be read; known are Constant, LinearFunction, PolynomialFunction, "
        "SimmSpline, NaturalCubicSpline, PiecewiseLinearFunction, MultiplierFunction");
    return function;
  }
  function.kind = kind->second;
  switch (function.kind) {
    case OsimFunctionKind::kConstant:
      function.coefficients = {file.number(node, "value", 0.0)};
      break;
    case OsimFunctionKind::kLinear:
    case OsimFunctionKind::kPolynomial:
      read_coefficients(file, node, function);
      break;
    case OsimFunctionKind::kSimmSpline:
    case OsimFunctionKind::kPiecewiseLinear:
      read_knots(file, node, function);
      break;
  }
  return function;
}

}  // namespace

std::optional<OsimFunction> read_osim_function(OsimFile& file, pugi::xml_node owner, const char* property) {
  for (pugi::xml_node child : owner.children()) {
    const bool is_direct = is_function_class(child.name()) && get_osim_name(child) == property;
    if (is_direct) return read_function_element(file, child);
  }
  for (pugi::xml_node child : owner.child(property).children()) {
    if (child.type() == pugi::node_element) return read_function_element(file, child);
  }
  return std::nullopt;
}

int get_argument_count(const OsimFunction& function) {
  if (function.kind == OsimFunctionKind::kConstant) return 0;
  return function.kind == OsimFunctionKind::kLinear ? static_cast<int>(function.coefficients.size()) - 1 : 1;
}

}  // namespace lumbarun
