#include "scenarios/key_table.h"

#include <iterator>
#include <utility>

#include "scenarios/presets.h"

namespace lumbarun {
namespace {

template <auto Part, auto Member>
KeyField field(Scenario& scenario) {
  return &((scenario.*Part).*Member);
}

template <auto Member>
KeyField field(Scenario& scenario) {
  return &(scenario.*Member);
}

ScenarioKey number(std::string name, std::string unit, KeyFieldGetter get_field, double min, double max,
                   std::string effect, std::string source) {
  return {std::move(name), std::move(unit), get_field, min, max, {}, std::move(effect), std::move(source)};
}

ScenarioKey choice(std::string name, KeyFieldGetter get_field, std::vector<std::string> choices,
                   std::string effect, std::string source) {
  return {std::move(name), "", get_field, 0, 0, std::move(choices), std::move(effect), std::move(source)};
}

// Any text, or true or false.
ScenarioKey free(std::string name, KeyFieldGetter get_field, std::string effect, std::string source) {
  return choice(std::move(name), get_field, {}, std::move(effect), std::move(source));
}

std::vector<ScenarioKey> build_runner_keys() {
  using R = RunnerKeys;
  using M = MuscleKeys;
  constexpr auto part = &Scenario::runner;
  constexpr auto muscle = &Scenario::muscle;
  return {
      number("runner.mass_kg", "kg", field<part, &R::mass_kg>, 40, 130,
             "Body mass without shoes; scales every segment's mass and inertia.",
             "segment shares of de Leva 1996; range: adults"),
      number("runner.height_m", "m", field<part, &R::height_m>, 1.45, 2.10,
             "Body height; scales every segment's length and the muscle paths.",
             "segment lengths of de Leva 1996; range: adults"),
      choice("runner.sex", field<part, &R::sex>, {"male", "female"}, "Chooses the table of segment shares.",
             "de Leva 1996"),
      number("runner.lordosis_deg", "deg", field<part, &R::lordosis_deg>, 20, 80,
             "Angle between the upper endplates of L1 and of the sacrum in relaxed standing; scales the "
             "fixed angles "
             "between the vertebrae.",
             "default: sum of the model's segmental angles; range: adults in standing, estimate"),
      number(
          "runner.sacral_slope_deg", "deg", field<part, &R::sacral_slope_deg>, 15, 65,
          "Forward slope of the upper endplate of the sacrum in relaxed standing; pitches sacrum and lumbar "
          "spine against the pelvis.",
          "default: the model's; range: adults 24 to 55 (Mac-Thiong et al. 2011) and some more, estimate"),
      number("runner.age_years", "years", field<part, &R::age_years>, 18, 90,
             "Age; beyond 40 years muscle volume falls 0.8 % per year.",
             "trunk muscle areas of 507 persons, Framingham study; for the legs an estimate"),
      number("runner.leg_length_difference_mm", "mm", field<part, &R::leg_length_difference_mm>, -60, 60,
             "Right leg less left leg, half on each side, on thigh and shank alike.",
             "20 mm and more change running forces, Korontzi et al. 2023"),
      number("runner.strength", "1", field<part, &R::strength>, 0.3, 2.0,
             "Factor on the maximum isometric force of every muscle.", "1 is the muscle tables; estimate"),
      number("muscle.specific_tension_n_cm2", "N/cm²", field<muscle, &M::specific_tension_n_cm2>, 20, 150,
             "Isometric force per physiological cross-sectional area, the same for every muscle.",
             "Rajagopal et al. 2016; trunk models use 46 to 100"),
      number(
          "muscle.attachment_noise_mm", "mm", field<muscle, &M::attachment_noise_mm>, 0, 15,
          "Standard deviation, per axis, of random displacements of the points by which each fascicle holds "
          "on to a body; alike on both sides.",
          "to carry the uncertainty of attachments through a sweep; 10 is a usual perturbation, estimate"),
      number("muscle.attachment_seed", "", field<muscle, &M::attachment_seed>, 1, 1000000,
             "Chooses the displacements of attachment_noise_mm: one seed, one set.", "1 is arbitrary"),
      number(
          "muscle.psoas_shift_mm", "mm", field<muscle, &M::psoas_shift_mm>, -15, 15,
          "Moves the psoas attachments on the vertebrae forward; for trying out how much its path matters.",
          "range: estimate of what atlases of its path differ by"),
  };
}

std::vector<ScenarioKey> build_condition_keys() {
  using C = ConditionKeys;
  constexpr auto part = &Scenario::condition;
  const std::string weak = "factor of the user's choice; no number for runners found, 1 has no effect";
  const std::string load = "position: a small backpack, estimate";
  return {
      number("condition.hip_flexor_tightness_deg", "deg", field<part, &C::hip_flexor_tightness_deg>, 0, 20,
             "Hip extension lost on both sides: shortens psoas and iliacus until the passive hip moment that "
             "resists "
             "extension has moved by this angle; their tension loads the discs.",
             "6 after long sitting (Boukabache et al. 2021), 11 in low-back pain (Roach et al. 2015)"),
      number("condition.hip_flexor_tightness_difference_deg", "deg",
             field<part, &C::hip_flexor_tightness_difference_deg>, -20, 20,
             "Tightness of the right side less that of the left; half is added and half taken off.",
             "no number found: no effect until set"),
      number("condition.abdominal_strength", "1", field<part, &C::abdominal_strength>, 0.1, 1.5,
             "Factor on the isometric force of rectus abdominis and the obliques.", weak),
      number("condition.gluteal_strength", "1", field<part, &C::gluteal_strength>, 0.1, 1.5,
             "Factor on the isometric force of gluteus maximus, medius and minimus.", weak),
      number("condition.hamstring_strength", "1", field<part, &C::hamstring_strength>, 0.1, 1.5,
             "Factor on the isometric force of the hamstrings.", weak),
      number("condition.paraspinal_strength", "1", field<part, &C::paraspinal_strength>, 0.1, 1.5,
             "Factor on the isometric force of multifidus, longissimus and iliocostalis.", weak),
      number("condition.strength_difference", "1", field<part, &C::strength_difference>, -0.6, 0.6,
             "Strength of the right muscles less that of the left, over their mean.",
             "no number found: no effect until set"),
      number("condition.paraspinal_guarding", "1", field<part, &C::paraspinal_guarding>, 0.0, 0.3,
             "Least activation of multifidus, longissimus and iliocostalis: spasm or guarding.",
             "0.05 to 0.15 in spasm, estimate; persons with low-back pain carry 26 % more compression, "
             "Marras et al. "
             "2001"),
      number("condition.fatigue_per_km", "1/km", field<part, &C::fatigue_per_km>, 0.0, 0.05,
             "Share of every muscle's strength lost per km run, down to 0.3 of it.",
             "estimate: no effect until set"),
      number("condition.distance_km", "km", field<part, &C::distance_km>, 0.0, 200.0,
             "Distance run before the reported stride; with condition.fatigue_per_km it sets the strength.",
             "this program"),
      number("condition.leg_passive_stiffness", "1", field<part, &C::leg_passive_stiffness>, 0.5, 2.0,
             "Factor on the passive moments of hip, knee and ankle, e.g. for a warm-up.",
             "a published test found no effect of warming up (Solley et al. 2006): 1"),
      number("condition.carried_mass_kg", "kg", field<part, &C::carried_mass_kg>, 0.0, 40.0,
             "Mass fixed to the thorax: a backpack or a vest.", load),
      number("condition.carried_forward_mm", "mm", field<part, &C::carried_forward_mm>, -400, 400,
             "Centre of the carried mass ahead of the T12/L1 disc in standing.", load),
      number("condition.carried_up_mm", "mm", field<part, &C::carried_up_mm>, -300, 600,
             "Centre of the carried mass above the T12/L1 disc in standing.", load),
      number("condition.carried_right_mm", "mm", field<part, &C::carried_right_mm>, -300, 300,
             "Centre of the carried mass to the right of the T12/L1 disc.", load),
      number("condition.gestational_mass_kg", "kg", field<part, &C::gestational_mass_kg>, 0.0, 20.0,
             "Mass fixed to L3, 0.14 m ahead of its lower disc.", "place: estimate"),
  };
}

std::vector<ScenarioKey> build_level_condition_keys() {
  using C = ConditionKeys;
  constexpr auto part = &Scenario::condition;
  const auto degeneration = [](const char* name, KeyFieldGetter get_field) {
    return number(
        name, "1", get_field, 0, 3,
        "Degeneration of this disc: 1 mild, 2 moderate, 3 severe. Height to 0.8, 0.6, 0.4 of a healthy "
        "disc's "
        "(bending and axial stiffness rise with 1/height), nucleus pressure down to -30 %, facets take 16, "
        "43, 70 % of the compression.",
        "height: finite-element grading of 2022; pressure: Adams et al. 1996; facets: Adams & Hutton 1980, "
        "1985; stiffness and steps between: estimate");
  };
  const auto herniation = [](const char* name, KeyFieldGetter get_field) {
    return number(
        name, "1", get_field, 0, 1,
        "Rupture of this disc, 1 in full: disc stiffness times 0.61 in flexion and bending, 0.31 in "
        "extension, 0.29 in axial rotation; ligaments and facets stay.",
        "ruptured over intact segments, Schmidt et al. 1998; that the disc alone changes: estimate");
  };
  return {
      degeneration("condition.degeneration_t12_l1", field<part, &C::degeneration_t12_l1>),
      degeneration("condition.degeneration_l1_l2", field<part, &C::degeneration_l1_l2>),
      degeneration("condition.degeneration_l2_l3", field<part, &C::degeneration_l2_l3>),
      degeneration("condition.degeneration_l3_l4", field<part, &C::degeneration_l3_l4>),
      degeneration("condition.degeneration_l4_l5", field<part, &C::degeneration_l4_l5>),
      degeneration("condition.degeneration_l5_s1", field<part, &C::degeneration_l5_s1>),
      herniation("condition.herniation_t12_l1", field<part, &C::herniation_t12_l1>),
      herniation("condition.herniation_l1_l2", field<part, &C::herniation_l1_l2>),
      herniation("condition.herniation_l2_l3", field<part, &C::herniation_l2_l3>),
      herniation("condition.herniation_l3_l4", field<part, &C::herniation_l3_l4>),
      herniation("condition.herniation_l4_l5", field<part, &C::herniation_l4_l5>),
      herniation("condition.herniation_l5_s1", field<part, &C::herniation_l5_s1>),
  };
}

std::vector<ScenarioKey> build_spine_condition_keys() {
  using C = ConditionKeys;
  constexpr auto part = &Scenario::condition;
  return {
      number("condition.facet_arthrosis", "1", field<part, &C::facet_arthrosis>, 0, 1,
             "Arthrosis of all lumbar facet joints: closes their gaps in proportion and stiffens the contact "
             "up to "
             "twofold.",
             "estimate"),
      number("condition.spinal_stiffness", "1", field<part, &C::spinal_stiffness>, 0.3, 3,
             "Factor on the stiffness of discs, ligaments and facets of all levels.",
             "people differ: hamstring stiffness by 78 % (McHugh 1999); for the spine an estimate"),
      number("condition.disc_height_loss", "1", field<part, &C::disc_height_loss>, 0, 0.3,
             "Share of every disc's height lost over the day or a run; acts like the height of a degenerated "
             "disc.",
             "0.063 after 30 min of running (Kingsley et al. 2012), 14 mm of stature over a day (Leatt et "
             "al. 1986)"),
      number("condition.hydration_stiffness", "1", field<part, &C::hydration_stiffness>, 0.5, 2,
             "Factor on disc stiffness for what drinking is thought to do.",
             "without evidence: no number found, no effect until set"),
      number("condition.warm_up_stiffness", "1", field<part, &C::warm_up_stiffness>, 0.9, 1,
             "Factor on the passive stiffness of discs, ligaments and facets after a warm-up.",
             "a published test found no effect (Solley et al. 2006): 1; lower end: estimate"),
      number("condition.disc_preload_n", "N", field<part, &C::disc_preload_n>, 0, 5000,
             "Frozen compression that stiffens the discs about neutral: 1, 1.71, 2.11 times at 0, 250, 500 N "
             "and above.",
             "Gardner-Morse & Stokes 2004; running exceeds 500 N at every level"),
      number(
          "condition.intra_abdominal_pressure_kpa", "kPa", field<part, &C::intra_abdominal_pressure_kpa>, 0,
          30, "Constant pressure in the abdomen: pushes thorax and pelvis apart in front of the spine.",
          "area and lever of McGill & Norman 1987 (remembered); running: no number found, 0 has no effect"),
  };
}

std::vector<ScenarioKey> build_stride_keys() {
  using S = StrideKeys;
  constexpr auto part = &Scenario::stride;
  return {
      number("stride.speed_m_s", "m/s", field<part, &S::speed_m_s>, 2.0, 6.0,
             "Mean forward speed along the ground.",
             "measured gaits, models/gaits; extrapolated above 5 m/s"),
      number("stride.cadence_spm", "steps/min", field<part, &S::cadence_spm>, 130, 220,
             "Steps per minute, both feet counted.", "measured cadence over speed, models/gaits"),
      number(
          "stride.step_length_m", "m", field<part, &S::step_length_m>, 0.5, 2.8,
          "Way from a foot's contact to the other's; cadence times it is the speed, so give one of the two.",
          "speed over the measured cadence; range: what the cadences allow"),
      number("stride.contact_time_ms", "ms", field<part, &S::contact_time_ms>, 120, 400,
             "Time each foot is on the ground that the reference asks for, as a watch or a force plate gives "
             "it; "
             "at one cadence a shorter contact means longer flight and stiffer legs.",
             "the measured gaits, with step time to the power 0.65 (Farley & Gonzalez 1996)"),
      number("stride.step_width_m", "m", field<part, &S::step_width_m>, 0.0, 0.3,
             "Distance across the path between the feet at mid-stance that the reference asks for.",
             "the measured gaits on this runner's legs"),
      number("stride.grade_percent", "%", field<part, &S::grade_percent>, -15, 15,
             "Rise of the ground over the way along it, uphill positive; tilts the ground, not gravity.",
             "range: estimate"),
      number("stride.trunk_lean_deg", "deg", field<part, &S::trunk_lean_deg>, -5, 25,
             "Mean forward lean of the thorax that the reference asks for.",
             "5, endurance running 2 to 10 (remembered); range: estimate"),
      number("stride.pelvic_tilt_deg", "deg", field<part, &S::pelvic_tilt_deg>, -5, 25,
             "Mean anterior tilt of the pelvis that the reference asks for; thigh and trunk keep their "
             "directions.",
             "7, models/gaits/SOURCES.md; range: estimate"),
      choice("stride.strike", field<part, &S::strike>, {"norm", "rearfoot", "midfoot", "forefoot"},
             "Angle of the sole at touchdown that the reference asks for: the measured one where it lies in "
             "the word's band (from 8, -1.6 to 8, below -1.6 degrees), else 15, 3 or -8 degrees; the angle "
             "that results is a metric.",
             "bands of Altman & Davis 2012 (remembered)"),
      number(
          "stride.foot_strike_angle_deg", "deg", field<part, &S::foot_strike_angle_deg>, -20, 30,
          "The same as a number, toe-up positive; must lie in the band of stride.strike unless that is norm.",
          "the measured gaits on this runner's foot and shoe; range: estimate"),
  };
}

std::vector<std::string> build_posture_choices() {
  std::vector<std::string> choices = read_preset_names("posture");
  choices.insert(choices.begin(), "none");
  return choices;
}

std::vector<ScenarioKey> build_posture_keys() {
  using P = PostureKeys;
  constexpr auto part = &Scenario::posture;
  const std::string table = "models/postures.toml; range: estimate";
  return {
      choice("posture.preset", field<part, &P::preset>, build_posture_choices(),
             "Row of models/postures.toml: a static posture instead of a run; none: a run.",
             "models/postures.toml"),
      free("posture.seat", field<part, &P::seat>,
           "Sit: a seat under the ischial tuberosities and the thighs, of the height that the legs ask for.",
           "models/postures.toml"),
      number("posture.pelvis_tilt_deg", "deg", field<part, &P::pelvis_tilt_deg>, -40, 60,
             "Forward tilt of the pelvis from standing.", table),
      number(
          "posture.lumbar_flexion_deg", "deg", field<part, &P::lumbar_flexion_deg>, -25, 55,
          "Forward bend of the six lumbar levels together from standing.",
          "models/postures.toml; range: 14 deg at the level with the largest share (full flexion 13, Pearcy "
          "et al. 1984, remembered)"),
      number("posture.lumbar_bending_deg", "deg", field<part, &P::lumbar_bending_deg>, -35, 35,
             "Bend of the lumbar levels together to the right.", table),
      number("posture.lumbar_rotation_deg", "deg", field<part, &P::lumbar_rotation_deg>, -15, 15,
             "Turn of the lumbar levels together to the left.", table),
      number("posture.knee_flexion_deg", "deg", field<part, &P::knee_flexion_deg>, 0, 120,
             "Flexion of both knees.", table),
      number("posture.thigh_elevation_deg", "deg", field<part, &P::thigh_elevation_deg>, 45, 110,
             "Thighs forward from hanging, 90 is horizontal; with a seat only, else balance sets the hips.",
             table),
      number("posture.foot_share", "1", field<part, &P::foot_share>, 0.05, 0.5,
             "Part of the weight that rests on the feet; with a seat only.", table),
      number("posture.center_of_pressure_mm", "mm", field<part, &P::center_of_pressure_mm>, -20, 120,
             "Centre of pressure of the feet ahead of the ankle joints.",
             "40 to 60 in quiet standing (remembered); range: within the foot"),
      number("posture.arm_elevation_deg", "deg", field<part, &P::arm_elevation_deg>, -45, 120,
             "Upper arms forward from hanging down; a held load sets them instead.", table),
      number("posture.elbow_flexion_deg", "deg", field<part, &P::elbow_flexion_deg>, 0, 140,
             "Flexion of both elbows; a held load sets them instead.", table),
      number("posture.load_kg", "kg", field<part, &P::load_kg>, 0, 60, "Mass held in both hands.", table),
      number("posture.load_forward_mm", "mm", field<part, &P::load_forward_mm>, 50, 900,
             "Centre of the held mass ahead of mid-disc L5/S1.", table),
      number("posture.load_up_mm", "mm", field<part, &P::load_up_mm>, -700, 900,
             "Centre of the held mass above mid-disc L5/S1.", table),
  };
}

std::vector<ScenarioKey> build_shoe_keys() {
  using S = ShoeKeys;
  using F = FootKeys;
  constexpr auto shoe = &Scenario::shoe;
  constexpr auto foot = &Scenario::foot;
  const std::string table = "models/shoes.toml";
  return {
      number("foot.pad_stiffness_kn_m", "kN/m", field<foot, &F::pad_stiffness_kn_m>, 100, 2000,
             "Stiffness of the whole heel pad, in series with midsole and surface.",
             "isolated pads 900 to 1160 kN/m, Aerts et al. 1995 (remembered, not verified)"),
      number("foot.pad_energy_return", "1", field<foot, &F::pad_energy_return>, 0.05, 1.0,
             "Share of its compression energy that the heel pad gives back; sets its damping.",
             "isolated pads lose 30 to 48 %, Ker 1996"),
      number("foot.arch_stiffness_kn_m", "kN/m", field<foot, &F::arch_stiffness_kn_m>, 50, 2000,
             "Stiffness of the foot's arch seen from the ball, as far as the reference's ankle angle does "
             "not contain it.",
             "estimate; an arch alone some 170 kN/m after Ker et al. 1987 (remembered)"),
      number("foot.arch_energy_return", "1", field<foot, &F::arch_energy_return>, 0.05, 1.0,
             "Share of its compression energy that the arch gives back; sets its damping.",
             "0.78, Ker et al. 1987 (remembered)"),
      choice("shoe.preset", field<shoe, &S::preset>, read_preset_names("shoe"),
             "Row of models/shoes.toml that the other shoe keys start from.", table),
      number("shoe.mass_kg", "kg", field<shoe, &S::mass_kg>, 0.0, 1.0,
             "Mass of one shoe, added to each foot.", table),
      number("shoe.midsole_stiffness_kn_m", "kN/m", field<shoe, &S::midsole_stiffness_kn_m>, 30, 2000,
             "Secant stiffness of the midsole under the whole heel at 1.5 kN.", table),
      number("shoe.energy_return", "1", field<shoe, &S::energy_return>, 0.05, 1.0,
             "Share of its compression energy that the midsole gives back in a drop test; sets its damping.",
             table),
      number("shoe.heel_stack_mm", "mm", field<shoe, &S::heel_stack_mm>, 0, 60,
             "Height of the sole under the heel; puts the foot that much higher. 0: no midsole.", table),
      number("shoe.drop_mm", "mm", field<shoe, &S::drop_mm>, 0, 20,
             "Heel height less forefoot height of the sole; tilts the foot in the shoe.", table),
      number("shoe.friction", "1", field<shoe, &S::friction>, 0.1, 2.0,
             "Friction coefficient of the outsole; the lower of this and the surface's counts.", table),
      number("shoe.mileage_km", "km", field<shoe, &S::mileage_km>, 0, 3000,
             "Distance the shoe has run: the midsole stiffens towards its worn state (theory.md).", table),
      number("shoe.cushioning_loss", "1", field<shoe, &S::cushioning_loss>, 0.0, 0.6,
             "Share of its deflection that the midsole has lost when worn out; acts with mileage_km.",
             "0.25: 200 km test of Deakin University; band 0.08 (Wang et al. 2010) to 0.5 (Verdejo & Mills "
             "2004), the sources disagree"),
      number("shoe.torsional_stiffness_nm_rad", "N m/rad", field<shoe, &S::torsional_stiffness_nm_rad>, 0,
             200, "Stiffness that the shoe adds to the subtalar joint: its torsional support.", table),
      number("shoe.bending_stiffness_nm_rad", "N m/rad", field<shoe, &S::bending_stiffness_nm_rad>, 0, 200,
             "Stiffness that the shoe adds to the toe joint: its bending, a plate.", table),
  };
}

std::vector<ScenarioKey> build_surface_keys() {
  using S = SurfaceKeys;
  constexpr auto part = &Scenario::surface;
  const std::string table = "models/surfaces.toml";
  return {
      choice("surface.preset", field<part, &S::preset>, read_preset_names("surface"),
             "Row of models/surfaces.toml that the other surface keys start from.", table),
      number("surface.stiffness_kn_m", "kN/m", field<part, &S::stiffness_kn_m>, 10, 1e5,
             "Stiffness of the ground under one heel; with surface.area_elastic under one whole foot.",
             table),
      free("surface.area_elastic", field<part, &S::area_elastic>,
           "A sprung floor or board that sinks under the foot as a whole, instead of ground that gives point "
           "by point.",
           table),
      number("surface.energy_return", "1", field<part, &S::energy_return>, 0.05, 1.0,
             "Share of its compression energy that the ground gives back in a drop test; sets its damping.",
             table),
      number("surface.friction", "1", field<part, &S::friction>, 0.1, 1.5,
             "Friction coefficient of the ground; the lower of this and the outsole's counts.", table),
      number("surface.camber_deg", "deg", field<part, &S::camber_deg>, -8, 8,
             "Tilt of the ground across the path, right side lower positive.", "range: estimate"),
  };
}

std::vector<ScenarioKey> build_habitual_keys() {
  using H = HabitualKeys;
  constexpr auto part = &Scenario::habitual;
  const auto with_same = [](const std::string& group) {
    std::vector<std::string> names = read_preset_names(group);
    names.insert(names.begin(), "same");
    return names;
  };
  return {
      choice("habitual.shoe", field<part, &H::shoe>, with_same("shoe"),
             "Row of models/shoes.toml that the runner is used to: its plan is also simulated, unchanged, on "
             "this scenario's shoe and surface; group /unadapted of the result. same: the scenario's.",
             "models/shoes.toml"),
      choice("habitual.surface", field<part, &H::surface>, with_same("surface"),
             "The same for a row of models/surfaces.toml.", "models/surfaces.toml"),
  };
}

std::vector<ScenarioKey> build_solver_keys() {
  constexpr auto plan = &Scenario::plan;
  constexpr auto simulate = &Scenario::simulate;
  constexpr auto sharing = &Scenario::sharing;
  constexpr auto output = &Scenario::output;
  const std::string documented = "1 is the set of weights in sim/planning/TUNING.md";
  return {
      number("plan.knots", "", field<plan, &PlanKeys::knots>, 50, 200,
             "Collocation knots per step of the planned gait.",
             "residual between knots near 100 N RMS at 50, 5 at 100: coarse plans are for trying out"),
      choice("plan.full_stride", field<plan, &PlanKeys::full_stride>, {"auto", "true", "false"},
             "Plan two steps that repeat, not one that repeats mirrored; auto: when runner or ground have "
             "unlike sides.",
             "this program"),
      number("plan.tracking_weight", "1", field<plan, &PlanKeys::tracking_weight>, 0.0, 16.0,
             "Factor on the cost of deviating from measured angles and pelvis path.", documented),
      number("plan.acceleration_weight", "1", field<plan, &PlanKeys::acceleration_weight>, 0.0, 16.0,
             "Factor on the cost of accelerations.", documented),
      number("plan.effort_weight", "1", field<plan, &PlanKeys::effort_weight>, 0.0, 16.0,
             "Factor on the cost of actuator torque.", documented),
      number("plan.landing_weight", "1", field<plan, &PlanKeys::landing_weight>, 0.0, 16.0,
             "Factor on the cost of sole speed near the ground.", documented),
      number("simulate.strides", "", field<simulate, &SimulateKeys::strides>, 1, 50,
             "Strides of the forward simulation; the last one is reported.", "this program"),
      number("simulate.tolerance", "1", field<simulate, &SimulateKeys::tolerance>, 1e-10, 1e-3,
             "Local error per step: rad or m; rates times 20, energies times 50.", "this program"),
      number("simulate.axial_levels", "", field<simulate, &SimulateKeys::axial_levels>, 0, 6,
             "How many lumbar levels, from L5/S1 up, may also move along their axis in the forward "
             "simulation and all "
             "that follows; the plan keeps their height locked.",
             "this program; axial stiffness of Kitazaki & Griffin 1997"),
      free("simulate.soft_tissue", field<simulate, &SimulateKeys::soft_tissue>,
           "Let part of the mass of thighs, shanks and trunk wobble on springs in the forward simulation and "
           "all that "
           "follows; the plan keeps it rigid.",
           "estimate: 50, 40 and 30 % at 12 Hz, models/soft_tissue.h"),
      number("sharing.exponent", "", field<sharing, &SharingKeys::exponent>, 2, 4,
             "Power p of the muscle activations whose sum is least.",
             "2: Pedotti et al. 1978; 3: Crowninshield & Brand 1981"),
      number("sharing.epsilon", "1", field<sharing, &SharingKeys::epsilon>, 1e-4, 1.0,
             "Weight of the squared activation beside the power p; keeps the answer unique near rest.",
             "0.01: felt below an activation of 0.007 only; this program"),
      choice("sharing.weights", field<sharing, &SharingKeys::weights>, {"volume", "none"},
             "Weigh every fascicle by its volume over the mean, or all alike.", "this program"),
      choice("sharing.cost", field<sharing, &SharingKeys::cost>, {"activation", "stress"},
             "What is raised to the power p: activation, or active stress over specific tension.",
             "stress: Crowninshield & Brand 1981"),
      number("sharing.activation_floor", "1", field<sharing, &SharingKeys::activation_floor>, 0.0, 0.2,
             "Least activation of every trunk muscle, its normal tone.",
             "fitted to the disc pressure of relaxed standing alone (sim/tissue/tonic_floor.h): 0, because "
             "resting fibres already are tense"),
      free("sharing.activation_dynamics", field<sharing, &SharingKeys::activation_dynamics>,
           "Let activations rise and fall from sample to sample only as fast as activation dynamics allow "
           "(15 and 60 ms); samples follow one another, nothing rises ahead of its need.",
           "De Groote et al. 2016"),
      number("sharing.reserve_unit_deg", "deg", field<sharing, &SharingKeys::reserve_unit_deg>, 0.01, 2.0,
             "Rotation of a disc, standing in for missing muscle, that costs as much as one fully active "
             "muscle.",
             "estimate: below 0.2 nothing changes but the last percent (docs/theory.md)"),
      choice("sharing.mode", field<sharing, &SharingKeys::mode>, {"optimal", "stable", "emg"},
             "Least cost; or least cost with a stable lumbar column; or near measured activations. The last "
             "two use a general solver and take minutes.",
             "stable: Bergmark 1989, Cholewicki & McGill 1996"),
      number("sharing.stiffness_gain", "1", field<sharing, &SharingKeys::stiffness_gain>, 0.5, 100,
             "Gain q of active muscle stiffness k = q F / L in mode stable.",
             "published values from 0.5 to 42 (Crisco & Panjabi 1991, remembered); 10: estimate"),
      free("sharing.emg_file", field<sharing, &SharingKeys::emg_file>,
           "Measured envelopes (CSV or .sto) to compare with in every mode, and to follow in mode emg; path "
           "from the working directory.",
           "format: docs/user-guide.md"),
      number("sharing.emg_weight", "1", field<sharing, &SharingKeys::emg_weight>, 0.0, 1e4,
             "Cost of a channel's deviation of 1 in mode emg, in fully active muscles.", "estimate"),
      number("output.sample_rate_hz", "Hz", field<output, &OutputKeys::sample_rate_hz>, 200, 5000,
             "Samples per second in the result file.", "this program"),
      free("output.keep_all", field<output, &OutputKeys::keep_all>,
           "Store every simulated stride, not only the reported one.", "this program"),
      free("output.induced_split", field<output, &OutputKeys::induced_split>,
           "Store in /induced what causes the inertia part of each disc load; a third more file.",
           "this program"),
  };
}

std::vector<ScenarioKey> build_general_keys() {
  return {
      number("schema_version", "", field<&Scenario::schema_version>, 1, 1,
             "Version of the scenario format this file was written for.", "this program"),
      free("title", field<&Scenario::title>, "One line for people, stored in the result.", "this program"),
  };
}

}  // namespace

std::vector<ScenarioKey> build_scenario_keys() {
  std::vector<ScenarioKey> keys;
  for (const auto& build :
       {build_general_keys, build_runner_keys, build_condition_keys, build_level_condition_keys,
        build_spine_condition_keys, build_stride_keys, build_posture_keys, build_shoe_keys,
        build_surface_keys, build_habitual_keys, build_solver_keys}) {
    std::vector<ScenarioKey> group = build();
    keys.insert(keys.end(), std::make_move_iterator(group.begin()), std::make_move_iterator(group.end()));
  }
  return keys;
}

}  // namespace lumbarun
