// What the user asks for, as plain memory. Each member is one scenario key of the same name; its unit, range,
// effect and source stand in scenarios/key_table.cpp, its default stands here. Units are those of the key
// names, not SI: the pipeline converts.
#pragma once

#include <limits>
#include <optional>
#include <string>

#include "sim/tissue/tonic_floor.h"

namespace lumbarun {

// Set by a preset from models/*.toml, never by a default of its own.
inline constexpr double kFromPreset = std::numeric_limits<double>::quiet_NaN();

struct RunnerKeys {
  double mass_kg = 70.0;
  double height_m = 1.75;
  std::string sex = "male";
  double lordosis_deg = 50.5;
  double sacral_slope_deg = 39.0;
  double age_years = 30.0;
  double leg_length_difference_mm = 0.0;
  double strength = 1.0;
};

struct MuscleKeys {
  double specific_tension_n_cm2 = 60.0;
  double attachment_noise_mm = 0.0;
  int attachment_seed = 1;
  double psoas_shift_mm = 0.0;
};

struct ConditionKeys {
  double hip_flexor_tightness_deg = 0.0;
  double hip_flexor_tightness_difference_deg = 0.0;
  double abdominal_strength = 1.0;
  double gluteal_strength = 1.0;
  double hamstring_strength = 1.0;
  double paraspinal_strength = 1.0;
  double strength_difference = 0.0;
  double paraspinal_guarding = 0.0;
  double fatigue_per_km = 0.0;
  double distance_km = 0.0;
  double leg_passive_stiffness = 1.0;
  double carried_mass_kg = 0.0;
  double carried_forward_mm = -150.0;
  double carried_up_mm = 150.0;
  double carried_right_mm = 0.0;
  double gestational_mass_kg = 0.0;
  double degeneration_t12_l1 = 0.0;
  double degeneration_l1_l2 = 0.0;
  double degeneration_l2_l3 = 0.0;
  double degeneration_l3_l4 = 0.0;
  double degeneration_l4_l5 = 0.0;
  double degeneration_l5_s1 = 0.0;
  double herniation_t12_l1 = 0.0;
  double herniation_l1_l2 = 0.0;
  double herniation_l2_l3 = 0.0;
  double herniation_l3_l4 = 0.0;
  double herniation_l4_l5 = 0.0;
  double herniation_l5_s1 = 0.0;
  double facet_arthrosis = 0.0;
  double spinal_stiffness = 1.0;
  double disc_height_loss = 0.0;
  double hydration_stiffness = 1.0;
  double warm_up_stiffness = 1.0;
  double disc_preload_n = 500.0;
  double intra_abdominal_pressure_kpa = 0.0;
};

struct StrideKeys {
  double speed_m_s = 3.3;
  std::optional<double> cadence_spm;  // absent, as all that follow: the measured norm at that speed
  std::optional<double> step_length_m;
  std::optional<double> contact_time_ms;
  std::optional<double> step_width_m;
  double grade_percent = 0.0;
  std::optional<double> trunk_lean_deg;
  std::optional<double> pelvic_tilt_deg;
  std::string strike = "norm";
  std::optional<double> foot_strike_angle_deg;
};

// A static posture instead of a run when the preset is not `none`; values from models/postures.toml.
struct PostureKeys {
  std::string preset = "none";
  bool seat = false;
  double pelvis_tilt_deg = kFromPreset;
  double lumbar_flexion_deg = kFromPreset;
  double lumbar_bending_deg = kFromPreset;
  double lumbar_rotation_deg = kFromPreset;
  double knee_flexion_deg = kFromPreset;
  double thigh_elevation_deg = kFromPreset;
  double foot_share = kFromPreset;
  double center_of_pressure_mm = kFromPreset;
  double arm_elevation_deg = kFromPreset;
  double elbow_flexion_deg = kFromPreset;
  double load_kg = kFromPreset;
  double load_forward_mm = kFromPreset;
  double load_up_mm = kFromPreset;
};

struct FootKeys {
  double pad_stiffness_kn_m = 900.0;
  double pad_energy_return = 0.6;
  double arch_stiffness_kn_m = 500.0;
  double arch_energy_return = 0.78;
};

struct ShoeKeys {
  std::string preset = "everyday";
  double mass_kg = kFromPreset;
  double midsole_stiffness_kn_m = kFromPreset;
  double energy_return = kFromPreset;
  double heel_stack_mm = kFromPreset;
  double drop_mm = kFromPreset;
  double friction = kFromPreset;
  double mileage_km = kFromPreset;
  double cushioning_loss = 0.25;
  double torsional_stiffness_nm_rad = kFromPreset;
  double bending_stiffness_nm_rad = kFromPreset;
};

struct SurfaceKeys {
  std::string preset = "asphalt";
  double stiffness_kn_m = kFromPreset;
  double energy_return = kFromPreset;
  double friction = kFromPreset;
  double camber_deg = 0.0;
  bool area_elastic = false;
};

// What the stride of the unadapted run was made for: preset names, or "same" as the scenario's.
struct HabitualKeys {
  std::string shoe = "same";
  std::string surface = "same";
};

struct PlanKeys {
  int knots = 100;
  std::string full_stride = "auto";
  double tracking_weight = 1.0;
  double acceleration_weight = 1.0;
  double effort_weight = 1.0;
  double landing_weight = 1.0;
};

struct SimulateKeys {
  int strides = 5;
  double tolerance = 1e-6;
  int axial_levels = 0;
  bool soft_tissue = false;
};

struct SharingKeys {
  int exponent = 3;
  double epsilon = 0.01;
  std::string weights = "volume";
  std::string cost = "activation";
  double activation_floor = kTonicFloor;
  bool activation_dynamics = false;
  double reserve_unit_deg = 0.2;
  std::string mode = "optimal";
  double stiffness_gain = 10.0;
  std::string emg_file;
  double emg_weight = 10.0;
};

struct OutputKeys {
  double sample_rate_hz = 1000.0;
  bool keep_all = false;
  bool induced_split = false;
};

struct Scenario {
  int schema_version = 1;
  std::string title = "a run";
  RunnerKeys runner;
  MuscleKeys muscle;
  ConditionKeys condition;
  StrideKeys stride;
  PostureKeys posture;
  FootKeys foot;
  ShoeKeys shoe;
  SurfaceKeys surface;
  HabitualKeys habitual;
  PlanKeys plan;
  SimulateKeys simulate;
  SharingKeys sharing;
  OutputKeys output;
};

inline bool is_posture(const Scenario& scenario) { return scenario.posture.preset != "none"; }

}  // namespace lumbarun
