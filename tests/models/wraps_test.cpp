// The runner's wrapped muscles over the range of running: no jump of a length or side, and the moment arm is the slope.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/muscles.h"
#include "sim/core/units.h"
#include "sim/multibody/kinematics.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

class Wraps : public testing::Test {
 protected:
  Wraps()
      : skeleton_(read_skeleton_tables(test::runner_folder())),
        tables_(read_muscle_tables(test::runner_folder(), skeleton_)),
        model_(build_skeleton(skeleton_, person_, 0.0)),
        muscles_(build_muscles(model_, skeleton_, tables_, person_)),
        data_(model_),
        out_(muscles_.paths),
        rest_(model_.coordinate_count(), 0.0) {}

  void evaluate(const std::vector<double>& q) {
    update_positions(model_, data_, q.data());
    update_muscle_paths(muscles_.paths, model_, data_, q.data(), rest_.data(), out_);
  }

  struct Step {
    double length = 0.0, arm = 0.0;
  };
  Step get_step(int muscle, CoordinateIndex j) {
    return {out_.length[muscle], get_moment_arm(muscles_.paths, out_, MuscleIndex(muscle), j)};
  }

  // Walks `coordinates` (together, those of one side) from low to high with the rest of the pose as in `pose`.
  void scan(const std::vector<std::string>& coordinates, double low_deg, double high_deg,
            const std::map<std::string, double>& pose) {
    constexpr double kStep = 0.25;
    std::vector<double> q(model_.coordinate_count(), 0.0);
    for (const auto& [name, degrees] : pose) q[model_.get_coordinate(name)] = deg_to_rad(degrees);
    std::vector<CoordinateIndex> scanned;
    for (const std::string& name : coordinates) scanned.push_back(model_.get_coordinate(name));
    std::vector<Step> before;
    for (double degrees = low_deg; degrees <= high_deg; degrees += kStep) {
      for (const CoordinateIndex j : scanned) q[j] = deg_to_rad(degrees);
      evaluate(q);
      std::vector<Step> now;
      for (int m = 0; m < muscles_.paths.muscle_count(); ++m) {
        Step step{out_.length[m], 0.0};
        for (const CoordinateIndex j : scanned) step.arm += get_step(m, j).arm;
        now.push_back(step);
      }
      for (size_t m = 0; m < before.size(); ++m) {
        if (muscles_.paths.muscles[m].wrap_count == 0) continue;
        const double predicted = -0.5 * (before[m].arm + now[m].arm) * deg_to_rad(kStep);
        EXPECT_NEAR(now[m].length - before[m].length, predicted, 5e-6)
            << muscles_.muscles[m].name << " at " << coordinates.front() << ' ' << degrees;
        EXPECT_NEAR(now[m].arm, before[m].arm, 1.5e-3)
            << muscles_.muscles[m].name << " at " << coordinates.front() << ' ' << degrees;
      }
      before = now;
    }
  }

  PersonParameters person_{.mass_kg = 75.0, .height_m = 1.75};
  SkeletonTables skeleton_;
  MuscleTables tables_;
  Model model_;
  RunnerMuscles muscles_;
  Data<double> data_;
  MusclePathData<double> out_;
  std::vector<double> rest_;
};

TEST_F(Wraps, DoNotJumpOverTheRangeOfTheHip) {
  for (const double adduction : {-12.0, 0.0, 12.0}) {
    for (const double rotation : {-15.0, 0.0, 15.0}) {
      scan({"hip_flexion_r"}, -30.0, 100.0, {{"hip_adduction_r", adduction}, {"hip_rotation_r", rotation}});
    }
  }
  for (const double flexion : {-25.0, 15.0, 60.0, 95.0}) {
    scan({"hip_adduction_r"}, -15.0, 15.0, {{"hip_flexion_r", flexion}});
    scan({"hip_rotation_r"}, -20.0, 20.0, {{"hip_flexion_r", flexion}});
  }
}

TEST_F(Wraps, DoNotJumpOverTheRangeOfTheKnee) {
  for (const double hip : {-20.0, 10.0, 50.0}) scan({"knee_angle_r"}, 0.0, 120.0, {{"hip_flexion_r", hip}});
}

TEST_F(Wraps, DoNotJumpOverTheRangeOfTheSpine) {
  for (const char* axis : {"extension", "bending", "rotation"}) {
    std::vector<std::string> all;
    for (const char* level : {"L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2", "T12_L1"}) {
      all.push_back(std::string(level) + "_" + axis);
      scan({all.back()}, -10.0, 10.0, {});
    }
    scan(all, -5.0, 6.0, {});
  }
}

}  // namespace
}  // namespace lumbarun
