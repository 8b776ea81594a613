// What a forward simulation is asked to do. Every default has its reason beside it.
#pragma once

#include <string>

namespace lumbarun {

// Weights of the feedback's quadratic cost as tolerated deviations: a state or torque that deviates by its
// tolerance costs 1. Taken from the prototype study, where they held 20 strides and recovered pushes of 0.3
// m/s (estimates). Progress along the path is free: the runner keeps no clock with the ground.
struct FeedbackTolerances {
  double joint_angle = 0.05;      // rad
  double joint_rate = 1.0;        // rad/s
  double pelvis_position = 0.02;  // m, upwards and sideways
  double pelvis_speed = 0.1;      // m/s, all three directions
  double pelvis_angle = 0.03;     // rad
  double pelvis_rate = 0.3;       // rad/s
  double torque = 50.0;           // N m, every actuator
};

struct FeedbackOptions {
  FeedbackTolerances tolerances;
  // N m, instead of tolerances.torque, for a plan that meets an unexpected shoe or ground, and once more for a run that fell or strayed.
  // Gains for 50 N m lean on the ground at the planned instants, and overthrow a runner whose foot meets it 10 ms off (30 mm less sole:
  // down in 0.2 s); with 5 N m step 3 is reached; with 2 N m five strides from asphalt on five other surfaces and from the everyday
  // shoe in four others (barefoot: three simulated), four strides on sand, two in the maximal shoe. And vertebrae of a small runner
  // with a stiff spine swing at 220 Hz on their discs: gains for 50 N m, 2 ms apart, drive that swing (1.45 m, 46 kg, spinal stiffness
  // 2.4: down in 0.3 s), gains for 2 N m hold it to 0.001 rad.
  double gentle_torque = 2.0;
  double stray = 0.1;  // rad of any joint; on the ground they were planned for, runs stay within 0.02
  double grid_spacing =
      0.002;            // s between gains; must resolve the touch of the ground, a few milliseconds long
  int max_cycles = 60;  // sweeps of the Riccati recursion over one period; usually 7
  double convergence = 1e-6;  // relative change of the cost-to-go per sweep
};

struct IntegrationOptions {
  double tolerance =
      1e-6;  // local error per step: rad or m; rates and energies are scaled in gait_integrator.h
  double max_step = 0.002;      // s, so that no step jumps over a landing
  double smallest_step = 1e-9;  // s; below it the simulation has failed
};

// Bounds that a running body does not leave. Beyond them the runner is said to have fallen.
struct FallLimits {
  double lowest_pelvis = 0.6;              // of the planned mean height over the plane
  double highest_pelvis = 1.3;             // of the planned mean height over the plane
  double trunk_tilt = 1.0471975511965976;  // rad, 60 degrees from upright
  double lumbar_stray = 0.35;              // rad off the plan, of one level: more than any level can bend
  double joint_stray = 1.2;                // rad off the plan, of any other joint
  std::string trunk_body = "thorax";
};

struct ForwardOptions {
  int strides = 5;  // full strides, right foot contact to next right foot contact
  // Plan + feedback of every actuator stay below the larger of a moment [N m] above the strongest of usual running and a multiple of
  // the plan's own largest: the knee of a loaded runner of 142 kg at 4.9 m/s asks for 1030 N m.
  double torque_limit = 600.0;
  double torque_margin = 2.0;
  double sample_rate = 1000.0;  // Hz of the stored strides
  bool keep_all = false;        // keep every stride, not only the last
  double contact_threshold =
      50.0;  // N, normal force that counts as foot contact (usual force-plate threshold)
  double pressure_threshold = 20.0;  // N, below it a foot has no centre of pressure
  FeedbackOptions feedback;
  IntegrationOptions integration;
  FallLimits fall;
};

}  // namespace lumbarun
