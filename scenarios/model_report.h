// The built runner at one pose, as `lumbarun model` prints it. Units in the names.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "scenarios/scenario_model.h"

namespace lumbarun {

struct BodyReport {
  std::string name, parent;  // parent "ground": the world
  double mass_kg = 0.0;
  Vector3<double> center_of_mass_m;         // in the body
  Vector3<double> moment_of_inertia_kg_m2;  // about the centre of mass, body axes
  Vector3<double> position_m;               // of the body frame in the world, at the pose
};

struct CoordinateReport {
  std::string name, unit;
  double value = 0.0;           // at the pose, rad or m
  double passive_torque = 0.0;  // of discs, range laws and legs at the pose, fibres of the leg included [N m]
};

struct DiscReport {
  std::string level;
  double preload_n = 0.0;
  double segment_angle_deg = 0.0;  // between the endplates at q = 0
  double area_cm2 = 0.0;
  double strength_n =
      0.0;  // mean compressive strength at the person's age (sim/loads/vertebral_strength.h, estimate)
  std::array<double, 3> moment_nm{};  // extension, bending, rotation; on the superior vertebra, at the pose
  std::array<double, 3> stiffness_nm_per_deg{};  // at the pose
};

struct MomentArm {
  std::string coordinate;
  double value_m = 0.0;
};

struct MuscleReport {
  std::string name, group, side, tendon;
  double pcsa_cm2 = 0.0, max_isometric_force_n = 0.0, optimal_fiber_length_m = 0.0,
         tendon_slack_length_m = 0.0, pennation_rad = 0.0, min_activation = 0.0;
  double path_length_m = 0.0, normalized_fiber_length = 0.0, passive_force_n = 0.0;  // at rest at the pose
  std::vector<MomentArm> moment_arms;
};

// Passive hip, knee and ankle moment of a leg: all of it, and the part that muscle fibres make.
struct PassiveJointReport {
  std::string coordinate;
  double total_nm = 0.0, fibers_nm = 0.0;
};

struct ModelReport {
  double mass_kg = 0.0, specific_tension_n_cm2 = 0.0;
  std::vector<BodyReport> bodies;
  std::vector<CoordinateReport> coordinates;
  std::vector<DiscReport> discs;
  std::vector<MuscleReport> muscles;
  std::vector<PassiveJointReport> passive_joints;
  std::vector<ParameterEdit> condition_edits;
};

// "coordinate=value": degrees for hinges, m for slides.
struct PoseValue {
  std::string coordinate;
  double value = 0.0;
};
// Throws BadInput for text without '=' or without a number.
PoseValue parse_pose_value(const std::string& text);

// Throws BadInput for an unknown coordinate, naming the nearest one.
ModelReport calc_model_report(const ScenarioModel& built, const std::vector<PoseValue>& pose);

}  // namespace lumbarun
