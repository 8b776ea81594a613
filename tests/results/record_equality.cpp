#include "tests/results/record_equality.h"

#include <cstring>

#include "sim/results/schema.h"

namespace lumbarun::test {
namespace {

bool is_same(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  return a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

bool is_same(const NamedValue& a, const NamedValue& b) {
  return a.name == b.name && a.unit == b.unit && a.long_name == b.long_name && a.axis == b.axis &&
         is_same(a.values, b.values);
}

bool is_same(const NamedText& a, const NamedText& b) { return a.name == b.name && a.text == b.text; }

bool is_same(const CostTermRecord& a, const CostTermRecord& b) {
  return a.name == b.name && a.weight == b.weight && a.value == b.value && a.share == b.share;
}

bool is_same(const EnergyTerm& a, const EnergyTerm& b) {
  return a.name == b.name && a.energy_J == b.energy_J;
}

template <typename Item>
bool is_same(const std::vector<Item>& a, const std::vector<Item>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!is_same(a[i], b[i])) return false;
  }
  return true;
}

bool is_same(const RunHeader& a, const RunHeader& b) {
  return a.title == b.title && a.status == b.status && a.program_version == b.program_version &&
         a.git_hash == b.git_hash && a.model_hash == b.model_hash && a.scenario == b.scenario &&
         a.seed == b.seed && a.body_mass_kg == b.body_mass_kg && a.gravity_m_s2 == b.gravity_m_s2 &&
         a.speed_m_s == b.speed_m_s && a.grade_deg == b.grade_deg && a.camber_deg == b.camber_deg &&
         is_same(a.texts, b.texts);
}

}  // namespace

std::string find_difference(const RunRecord& a, const RunRecord& b) {
  using results::Axis;
  if (!is_same(a.header, b.header)) return "header";
  for (int i = 0; i < results::kAxisCount; ++i) {
    const auto scale_a = results::calc_axis_scale(static_cast<Axis>(i), a);
    const auto scale_b = results::calc_axis_scale(static_cast<Axis>(i), b);
    if (scale_a.labels != scale_b.labels || !is_same(scale_a.numbers, scale_b.numbers)) return scale_a.name;
  }
  if (a.muscles.path_row_size != b.muscles.path_row_size) return "row_size";
  for (const auto& field : results::get_text_fields()) {
    if (field.get_from(a) != field.get_from(b)) return field.name;
  }
  for (const auto& field : results::get_array_fields()) {
    if (!is_same(field.get_from(a), field.get_from(b))) return field.get_path();
  }
  if (!is_same(a.metrics, b.metrics)) return "metrics";
  if (!is_same(a.plan.numbers, b.plan.numbers)) return "plan numbers";
  if (!is_same(a.plan.texts, b.plan.texts)) return "plan texts";
  if (!is_same(a.plan.cost_terms, b.plan.cost_terms)) return "cost terms";
  if (!is_same(a.energy, b.energy)) return "energy";
  if (a.unadapted.size() != b.unadapted.size()) return "unadapted";
  for (size_t i = 0; i < a.unadapted.size(); ++i) {
    const std::string difference = find_difference(a.unadapted[i], b.unadapted[i]);
    if (!difference.empty()) return "unadapted " + difference;
  }
  return "";
}

}  // namespace lumbarun::test
