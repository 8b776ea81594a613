#pragma once

#include <cstdint>
#include <string>
#include <vector>

// Everything one run leaves behind, as plain memory. `write_run_file()` turns it into one HDF5 / netCDF-4
// file and `read_run_file()` brings it back; neither knows any physics.
//
// Arrays are flat and row-major: the last axis named in a comment runs fastest. W is the world frame (X
// forward, Y up, Z right). Times are in seconds from right foot contact; SI and radians throughout.
//
// NaN is allowed only where a comment says "may be undefined", or anywhere in the results of a failed run.
// An empty array means "this run has no such result": the dataset is left out (see `sim/results/schema.h` for
// the arrays that a run with status `ok` or `fell` must have).
namespace lumbarun {

// The names that label the axes of every array.
struct RunNames {
  std::vector<std::string> levels;  // cranial to caudal: T12_L1 … L5_S1
  std::vector<std::string> muscles;
  std::vector<std::string> muscle_groups;  // per muscle, e.g. "psoas", "multifidus"
  std::vector<std::string> muscle_sides;   // per muscle: "right" or "left"
  std::vector<std::string> coordinates;
  std::vector<std::string> coordinate_units;      // per coordinate: "rad" or "m"
  std::vector<std::string> bodies;                // every body with a pose, e.g. pelvis, L5, femur_r, toes_l
  std::vector<std::string> feet;                  // "right", "left"
  std::vector<std::string> ligaments;             // may be empty
  std::vector<std::string> disc_shares;           // parts of a disc load, e.g. "disc", "ligament", "reserve"
  std::vector<std::string> reserve_coordinates;   // coordinates whose equilibrium the sharing enforces
  std::vector<std::string> contribution_sources;  // parts of a disc load by the cut of the body above
  std::vector<std::string> induced_sources;       // causes of its inertia part
  std::vector<std::string> emg_channels;          // measured envelopes; may be empty
};

struct MotionRecord {
  std::vector<double> q;                  // time × coordinate [rad or m]
  std::vector<double> u;                  // time × coordinate [rad/s or m/s]
  std::vector<double> generalized_force;  // time × coordinate [N m or N]
  std::vector<double> body_position;      // time × body × 3, body origin p_WB [m]
  std::vector<double> body_quaternion;    // time × body × 4, R_WB as w, x, y, z
};

struct GroundRecord {
  std::vector<double> force;               // time × foot × 3, on the foot, in W [N]
  std::vector<double> center_of_pressure;  // time × foot × 3, in W [m]; may be undefined (flight)
  std::vector<double> free_moment;         // time × foot, about the plane normal [N m]; may be undefined
};

struct MuscleRecord {
  std::vector<double> activation;           // time × muscle
  std::vector<double> force;                // time × muscle, tendon force [N]
  std::vector<double> fiber_length;         // time × muscle [m]
  std::vector<double> path_length;          // time × muscle [m]
  std::vector<double> max_isometric_force;  // muscle [N]
  std::vector<int> path_row_size;           // muscle: number of path points, constant in time
  std::vector<double> path_point;           // time × Σ path_row_size × 3, in W, muscle after muscle [m]
};

// Disc loads: wrench of the superior on the inferior vertebra in the disc frame (X anterior, Y cranial, Z
// right).
struct DiscRecord {
  std::vector<double> compression;             // time × level, −F_y [N]
  std::vector<double> anterior_shear;          // time × level, +F_x [N]
  std::vector<double> lateral_shear;           // time × level, +F_z [N]
  std::vector<double> flexion_moment;          // time × level, −M_z [N m]
  std::vector<double> lateral_bending_moment;  // time × level, +M_x [N m]
  std::vector<double> axial_torque;            // time × level, +M_y [N m]
  std::vector<double> intradiscal_pressure;    // time × level [Pa]
  std::vector<double> moment_share;            // time × level × disc share × 3, disc frame x, y, z [N m]
  std::vector<double> force_share;             // time × level × disc share × 3, disc frame x, y, z [N]
};

// The six numbers of DiscRecord, split.
struct ContributionRecord {
  std::vector<double> compression, anterior_shear, lateral_shear;            // time × level × source [N]
  std::vector<double> flexion_moment, lateral_bending_moment, axial_torque;  // time × level × source [N m]
};

// How the sharing of muscle forces went, and whether the lumbar column was stable.
struct SharingRecord {
  std::vector<double> iterations, kkt_residual, objective;  // time
  std::vector<double> active_lower, active_upper;           // time: muscles at a bound
  std::vector<double> smallest_stiffness;  // time: least eigenvalue of the column's stiffness [N m/rad]
  std::vector<double> missing_stiffness;   // time: what muscles could not add to it [N m/rad]
  std::vector<double> critical_gain;       // time: muscle stiffness gain at which it is 0; may be undefined
};

struct EmgRecord {
  std::vector<double> envelope;                       // time × channel, measured
  std::vector<double> activation;                     // time × channel, the model's mean
  std::vector<double> correlation, best_correlation;  // channel: without shift, and at the best one
  std::vector<double> lag;                            // channel: that shift, model after measurement [s]
};

struct LigamentRecord {
  std::vector<double> strain;  // time × ligament, from the slack length
  std::vector<double> force;   // time × ligament, tension [N]
};

// What the sharing could not balance with muscles.
struct ReserveRecord {
  std::vector<double> moment;      // time × reserve coordinate [N m]
  std::vector<double> net_moment;  // time × reserve coordinate, what the muscles are asked to balance [N m]
  std::vector<double> rotation;    // time × reserve coordinate, disc rotation equal to the reserve [rad]
  std::vector<double> peak_share;  // reserve coordinate: peak |moment| / peak |net_moment|
};

// What a named value is given for: one number, or one per foot or level.
enum class ValueAxis { kScalar, kFoot, kLevel };

struct NamedValue {
  std::string name;  // letters, digits and underscores: it becomes the dataset's name
  std::string unit;  // "1" if it has none
  std::string long_name;
  ValueAxis axis = ValueAxis::kScalar;
  std::vector<double> values;     // 1, feet or levels
  bool may_be_undefined = false;  // NaN allowed
};

struct NamedText {
  std::string name;
  std::string text;
};

struct CostTermRecord {
  std::string name;
  double weight = 0;
  double value = 0;  // weighted value in the cost at the optimum
  double share = 0;  // value / total cost
};

struct PlanRecord {
  std::vector<double> knot_time;     // knot [s]
  std::vector<double> q;             // knot × coordinate [rad or m]
  std::vector<double> ground_force;  // knot × foot × 3, in W [N]
  std::vector<CostTermRecord> cost_terms;
  std::vector<double> residual_time;         // residual sample, between knots [s]
  std::vector<double> root_residual_force;   // residual sample × 3, in W [N]
  std::vector<double> root_residual_moment;  // residual sample × 3, in W [N m]
  std::vector<NamedValue> numbers;           // solver summary: iterations, residual norms, …
  std::vector<NamedText> texts;              // solver summary: status, path of continuation steps, …
};

struct EnergyTerm {
  std::string name;
  double energy_J = 0;  // over the reported stride
};

// What the run was.
struct RunHeader {
  std::string title;          // one line for people
  std::string status = "ok";  // `ok`, `ok: warning …`, `fell at …`, `failed: …`
  std::string program_version;
  std::string git_hash;
  std::string model_hash;
  std::string scenario;  // the resolved scenario, TOML text
  std::uint64_t seed = 0;
  double body_mass_kg = 0;
  double gravity_m_s2 = 0;
  double speed_m_s = 0;          // along the ground plane; 0 for a posture
  double grade_deg = 0;          // tilt of the ground plane along the path, uphill positive
  double camber_deg = 0;         // tilt of the ground plane across the path, right side lower positive
  std::vector<NamedText> texts;  // further root attributes
};

struct RunRecord {
  RunHeader header;
  RunNames names;
  std::vector<double> time;  // [s], from 0, strictly increasing; empty only if the run failed
  MotionRecord motion;
  GroundRecord ground;
  MuscleRecord muscles;
  DiscRecord discs;
  LigamentRecord ligaments;
  ReserveRecord reserves;
  ContributionRecord contributions;  // by the cut of the body above: sum to the disc load
  ContributionRecord induced;        // of the inertia part of that cut: sum to it
  SharingRecord sharing;
  EmgRecord emg;
  std::vector<NamedValue> metrics;
  PlanRecord plan;
  std::vector<EnergyTerm> energy;  // ledger of the forward run; closes to zero
  // At most one: this run on the plan of a habitual shoe or surface, with what follows from that; its plan is the habitual
  // one. Group /unadapted, laid out as the file itself.
  std::vector<RunRecord> unadapted;
};

// True if the status says that the run failed, so that its results may be NaN or missing.
inline bool is_failed(const RunRecord& record) { return record.header.status.rfind("failed", 0) == 0; }

}  // namespace lumbarun
