#include "scenarios/scenario_model.h"

#include <fmt/format.h>

#include <bit>
#include <filesystem>

#include "models/attachment_noise.h"
#include "scenarios/presets.h"
#include "scenarios/shoe_request.h"
#include "scenarios/stride_words.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

// How the disc-related conditions edit the passive spine.
TissueParameters build_tissue(const ConditionKeys& c) {
  const double degeneration[] = {c.degeneration_t12_l1, c.degeneration_l1_l2, c.degeneration_l2_l3,
                                 c.degeneration_l3_l4,  c.degeneration_l4_l5, c.degeneration_l5_s1};
  const double herniation[] = {c.herniation_t12_l1, c.herniation_l1_l2, c.herniation_l2_l3,
                               c.herniation_l3_l4,  c.herniation_l4_l5, c.herniation_l5_s1};
  TissueParameters tissue;
  for (int level = 0; level < kLevelCount; ++level)
    tissue.levels[level] = {c.disc_preload_n, degeneration[level], herniation[level]};
  tissue.height_loss = c.disc_height_loss;
  tissue.disc_stiffness = c.hydration_stiffness;
  tissue.segment_stiffness = c.spinal_stiffness * c.warm_up_stiffness;
  tissue.facet_arthrosis = c.facet_arthrosis;
  tissue.abdominal_pressure_pa = c.intra_abdominal_pressure_kpa * 1e3;
  return tissue;
}

RunnerParameters build_parameters(const Scenario& scenario) {
  RunnerParameters p;
  p.person = {scenario.runner.mass_kg,
              scenario.runner.height_m,
              scenario.runner.sex == "female" ? Sex::kFemale : Sex::kMale,
              scenario.runner.lordosis_deg,
              scenario.runner.sacral_slope_deg,
              scenario.runner.age_years,
              scenario.runner.leg_length_difference_mm};
  p.shoe = build_shoe(scenario.shoe);
  p.surface = {scenario.surface.stiffness_kn_m * 1e3,
               scenario.surface.energy_return,
               scenario.surface.friction,
               calc_slope(scenario.stride),
               deg_to_rad(scenario.surface.camber_deg),
               scenario.surface.area_elastic};
  p.foot = {scenario.foot.pad_stiffness_kn_m * 1e3, scenario.foot.pad_energy_return,
            scenario.foot.arch_stiffness_kn_m * 1e3, scenario.foot.arch_energy_return};
  p.tissue = build_tissue(scenario.condition);
  p.tissue.at_running_rate = !is_posture(scenario);
  return p;
}

Condition build_condition(const Scenario& scenario) {
  const ConditionKeys& keys = scenario.condition;
  Condition c;
  c.hip_flexor_tightness_deg = keys.hip_flexor_tightness_deg;
  c.hip_flexor_tightness_difference_deg = keys.hip_flexor_tightness_difference_deg;
  c.abdominal_strength = keys.abdominal_strength;
  c.gluteal_strength = keys.gluteal_strength;
  c.hamstring_strength = keys.hamstring_strength;
  c.paraspinal_strength = keys.paraspinal_strength;
  c.strength_difference = keys.strength_difference;
  c.paraspinal_guarding = keys.paraspinal_guarding;
  c.fatigue_per_km = keys.fatigue_per_km;
  c.distance_km = keys.distance_km;
  c.leg_passive_stiffness = keys.leg_passive_stiffness;
  c.carried_mass_kg = keys.carried_mass_kg;
  c.p_carried = Vector3<double>{keys.carried_forward_mm, keys.carried_up_mm, keys.carried_right_mm} * 1e-3;
  c.gestational_mass_kg = keys.gestational_mass_kg;
  return c;
}

// FNV-1a over the bits of each number (Fowler, Noll, Vo).
class NumberHash {
 public:
  void add(double x) {
    for (auto bits = std::bit_cast<std::uint64_t>(x); bits != 0; bits >>= 8) {
      value_ = (value_ ^ (bits & 0xff)) * 0x100000001b3ULL;
    }
    value_ = (value_ ^ 0x100) * 0x100000001b3ULL;  // ends the number
  }
  void add(const Vector3<double>& v) {
    add(v.x);
    add(v.y);
    add(v.z);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace

ScenarioModel build_scenario_model(const Scenario& scenario, std::optional<double> disc_preload_n) {
  const std::filesystem::path models = get_models_directory();
  RunnerTables tables = read_runner_tables(models / "runner");
  tables.muscles = add_attachment_noise(std::move(tables.muscles), scenario.muscle.attachment_noise_mm * 1e-3,
                                        static_cast<std::uint64_t>(scenario.muscle.attachment_seed));
  RunnerParameters parameters = build_parameters(scenario);
  if (disc_preload_n) {
    for (LevelCondition& level : parameters.tissue.levels) level.preload_n = *disc_preload_n;
  }
  MuscleParameters muscle_parameters;
  muscle_parameters.specific_tension_n_cm2 = scenario.muscle.specific_tension_n_cm2;
  muscle_parameters.strength = scenario.runner.strength;
  muscle_parameters.psoas_shift_m = scenario.muscle.psoas_shift_mm * 1e-3;
  std::vector<ParameterEdit> edits =
      apply_condition(build_condition(scenario), parameters, muscle_parameters);
  const auto build_all = [&](const RunnerParameters& p) {
    ScenarioModel::Simulated all{build_runner(tables.skeleton, p), {}};
    all.muscles =
        build_muscles(all.runner.model, tables.skeleton, tables.muscles, p.person, muscle_parameters);
    return all;
  };
  ScenarioModel::Simulated planned = build_all(parameters);
  const auto levels = calc_lumbar_levels(planned.runner.model, tables.skeleton);
  ScenarioModel built{std::move(planned.runner),
                      std::move(planned.muscles),
                      get_gait_norm(),
                      parameters.person,
                      levels,
                      muscle_parameters.specific_tension_n_cm2,
                      std::move(edits),
                      {}};
  if (scenario.simulate.axial_levels > 0 || scenario.simulate.soft_tissue) {
    RunnerParameters sliding = parameters;
    sliding.tissue.axial_levels = scenario.simulate.axial_levels;
    sliding.soft_tissue = scenario.simulate.soft_tissue;
    built.simulated = build_all(sliding);
  }
  return built;
}

std::string calc_model_hash(const ScenarioModel& built) {
  NumberHash hash;
  for (const Link& link : built.runner.model.links()) {
    hash.add(link.X_PF.translation);
    for (const auto& column : link.X_PF.rotation.column) hash.add(column);
    hash.add(link.inertia.mass);
    hash.add(link.inertia.center_of_mass);
    for (const auto& column : link.inertia.inertia.column) hash.add(column);
  }
  for (const ContactElement& element : built.runner.contact.elements) hash.add(element.p_LC);
  hash.add(built.runner.contact.plane.normal);
  for (const ContactLaw& law : built.runner.contact.laws) {
    hash.add(law.parameters().share);
    for (const ContactLayer& layer : law.parameters().layers) {
      for (double x : {layer.secant_stiffness, layer.exponent, layer.damping, layer.limit}) hash.add(x);
    }
  }
  hash.add(built.runner.contact.friction);
  hash.add(built.runner.contact.board.stiffness);
  hash.add(built.runner.contact.board.damping);
  for (const Disc& disc : built.runner.discs) {
    for (const DiscAxis& axis : disc.axes) {
      for (double x : {axis.stiffness_positive, axis.stiffness_negative, axis.hardening, axis.damping})
        hash.add(x);
    }
    for (double x : {disc.area, disc.nucleus_pressure_ratio, disc.facet_compression_share}) hash.add(x);
    for (const Ligament& ligament : disc.ligaments) {
      for (double x : {ligament.stiffness, ligament.slack_length, ligament.toe_width}) hash.add(x);
      hash.add(ligament.p_I);
      hash.add(ligament.p_S);
    }
    for (const FacetContact& facet : disc.facets) {
      for (double x : {facet.stiffness, facet.gap}) hash.add(x);
      hash.add(facet.p_S);
      hash.add(facet.normal);
    }
  }
  hash.add(built.runner.abdomen.force);
  for (const Muscle& muscle : built.muscles.muscles) {
    for (double x : {muscle.max_isometric_force, muscle.optimal_fiber_length, muscle.tendon_slack_length})
      hash.add(x);
  }
  for (const PathPoint& point : built.muscles.paths.points) hash.add(point.p_L);
  return fmt::format("{:016x}", hash.value());
}

}  // namespace lumbarun
