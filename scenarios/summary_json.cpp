#include "scenarios/json_text.h"
#include "scenarios/summary.h"

namespace lumbarun {
namespace {

std::string calc_named_values(const std::vector<NamedValue>& values, const Summary& summary) {
  JsonMembers members;
  for (const NamedValue& value : values) {
    const std::vector<std::string>& names =
        value.axis == ValueAxis::kFoot ? summary.feet : summary.level_names;
    std::string json = value.values.empty() ? "null" : calc_json(value.values[0]);
    if (value.axis != ValueAxis::kScalar) {
      JsonMembers parts;
      for (size_t i = 0; i < value.values.size(); ++i)
        parts.emplace_back(names[i], calc_json(value.values[i]));
      json = calc_json_object(parts);
    }
    members.emplace_back(value.name, calc_json_object({{"unit", calc_json(value.unit)}, {"value", json}}));
  }
  return calc_json_object(members);
}

std::string calc_levels(const std::vector<LevelSummary>& levels) {
  JsonMembers members;
  for (const LevelSummary& level : levels) {
    members.emplace_back(
        level.level,
        calc_json_object({{"compression_peak_n", calc_json(level.compression_peak_n)},
                          {"compression_peak_bw", calc_json(level.compression_peak_bw)},
                          {"compression_mean_n", calc_json(level.compression_mean_n)},
                          {"anterior_shear_peak_n", calc_json(level.anterior_shear_peak_n)},
                          {"lateral_shear_peak_n", calc_json(level.lateral_shear_peak_n)},
                          {"flexion_moment_peak_n_m", calc_json(level.flexion_moment_peak_nm)}}));
  }
  return calc_json_object(members);
}

std::string calc_plan(const Summary& summary) {
  JsonMembers texts;
  for (const NamedText& text : summary.plan.texts) texts.emplace_back(text.name, calc_json(text.text));
  JsonMembers terms;
  for (const CostTermRecord& term : summary.plan.cost_terms) {
    terms.emplace_back(term.name, calc_json_object({{"weight", calc_json(term.weight)},
                                                    {"value", calc_json(term.value)},
                                                    {"share", calc_json(term.share)}}));
  }
  return calc_json_object({{"numbers", calc_named_values(summary.plan.numbers, summary)},
                           {"texts", calc_json_object(texts)},
                           {"cost_terms", calc_json_object(terms)}});
}

}  // namespace

std::string calc_summary_json(const Summary& summary) {
  JsonMembers reserves;
  for (const ReserveSummary& reserve : summary.reserves) {
    reserves.emplace_back(reserve.coordinate, calc_json(reserve.peak_share));
  }
  JsonMembers members = {{"title", calc_json(summary.header.title)},
                         {"status", calc_json(summary.header.status)},
                         {"program_version", calc_json(summary.header.program_version)},
                         {"git_hash", calc_json(summary.header.git_hash)},
                         {"body_mass_kg", calc_json(summary.header.body_mass_kg)},
                         {"speed_m_s", calc_json(summary.header.speed_m_s)},
                         {"metrics", calc_named_values(summary.metrics, summary)},
                         {"levels", calc_levels(summary.levels)},
                         {"reserve_peak_share", calc_json_object(reserves)},
                         {"plan", calc_plan(summary)}};
  for (const Summary& unadapted : summary.unadapted)
    members.emplace_back("unadapted", calc_summary_json(unadapted));
  return calc_json_object(members);
}

}  // namespace lumbarun
