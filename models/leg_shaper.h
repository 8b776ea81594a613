// Changes the legs of a measured gait so that the feet go where a stride asks (equations: models/stride_shape.h). Works
// on the right leg, which the left one repeats half a stride later, against level ground.
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>

#include "models/gait_norm.h"
#include "sim/dynamics/equations_of_motion.h"

namespace lumbarun {

struct CoordinateSource;

struct LegRequest {
  double slope = 0.0;                    // rad
  PeriodicGait::Coefficients rise{};     // m, added to the pelvis' height curve (models/pelvis_bounce.h)
  double reach = 1.0;                    // factor on the ankle's fore-aft path under the hip
  std::optional<double> strike_angle{};  // rad, of the sole at touchdown
  double stance = 0.0;                   // of the stride, from phase 0: where the leg carries
  double give = 0.0;  // m, how much deeper than asphalt the ground gives under the largest load of stance
};

class LegShaper {
 public:
  LegShaper(const Runner& runner, const GaitNorm& norm);

  // Height curve of the pelvis, hip flexion, knee, ankle and toe joint.
  void shape_leg(const LegRequest& request, PeriodicGait& gait);
  // Mean hip adduction and subtalar angle.
  void shape_width(double width, double duty, PeriodicGait& gait);

  double calc_strike_angle(const PeriodicGait& gait);             // rad
  double calc_step_width(double duty, const PeriodicGait& gait);  // m

 private:
  // Of the right foot under the right hip.
  struct FootPlace {
    double ankle = 0.0;  // m, ahead of the hip
    double height =
        0.0;  // m, of the sole's lowest point over a plane through the world's origin height at the hip
    double angle = 0.0;  // rad, of the sole to the level
  };
  using Angles = std::array<double, 3>;  // changes of hip flexion, knee, ankle [rad]

  void update_pose(const PeriodicGait& gait, double phase);
  FootPlace calc_place(double slope);
  FootPlace calc_place(double slope, const Angles& change);
  Angles solve_leg(double slope, const FootPlace& target);
  // What a strike changes at one phase: the sole, and the toes so that they do not point into the ground [rad].
  struct StrikeTurn {
    double sole = 0.0, toes = 0.0;
  };
  static StrikeTurn calc_strike_turn(double phase, double sole_angle, double touchdown_angle, double asked);
  double calc_lowering(const LegRequest& request, const PeriodicGait& gait);  // m
  std::array<double, 2> calc_frontal_place(
      const Eigen::Vector2d& change);  // sideways position [m], lateral tilt [rad]

  const Runner& runner_;
  std::vector<CoordinateSource> sources_;
  std::array<int, 3> rows_;                                // of hip flexion, knee, ankle in the norm
  std::array<int, 3> coordinates_;                         // of the same on the right
  int toe_row_ = 0;                                        // of the toe joint in the norm
  std::array<int, 2> frontal_rows_, frontal_coordinates_;  // hip adduction, subtalar angle
  int height_row_ = 0, height_ = 0;                        // pelvis_ty in the norm and in the model
  Data<double> data_;
  Eigen::VectorXd q_;
};

}  // namespace lumbarun
