// Disc loads against a free body: the part of the runner above a disc, its momentum by finite differences,
// its weight, and the pull of every muscle from the change of its length when that part is displaced as a
// whole. Nothing of recursive Newton-Euler or of the muscles' gradients is used.
#include "sim/loads/disc_load.h"

#include <gtest/gtest.h>

#include "models/muscles.h"
#include "sim/multibody/energy.h"
#include "tests/dynamics/running_states.h"
#include "tests/oracles/finite_difference.h"

namespace lumbarun {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

struct Wrench {  // about a point, in W
  Vector3d force = Vector3d::Zero(), moment = Vector3d::Zero();
};

class FreeBody : public ::testing::Test {
 protected:
  const SkeletonTables tables_ = read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner");
  const RunnerParameters parameters_;
  const Runner runner_ = build_runner(tables_, parameters_);
  const RunnerMuscles muscles_ =
      build_muscles(runner_.model, tables_, read_muscle_tables(LUMBARUN_SOURCE_DIR "/models/runner", tables_),
                    parameters_.person);
  const std::array<LumbarLevel, 6> levels_ = calc_lumbar_levels(runner_.model, tables_);

  const LumbarLevel& get_level(std::string_view name) const {
    return *std::find_if(levels_.begin(), levels_.end(),
                         [&](const LumbarLevel& l) { return l.name == name; });
  }
  bool is_above(const LumbarLevel& level, int link) const {
    return runner_.model.is_on_path(runner_.model.body(level.superior).link, CoordinateIndex(link));
  }

  // Momentum of the part above, about a point fixed in W.
  Wrench calc_momentum_above(const LumbarLevel& level, const Eigen::VectorXd& q, const Eigen::VectorXd& v,
                             const Vector3d& point) const {
    Data<double> data(runner_.model);
    update_positions(runner_.model, data, q.data());
    update_velocities(runner_.model, data, v.data());
    Wrench momentum;
    for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
      const RigidInertia& inertia = runner_.model.links()[i].inertia;
      if (inertia.mass == 0.0 || !is_above(level, i)) continue;
      const Matrix3d R = to_eigen(data.link[i].R_WL);
      const Vector3d c = to_eigen(data.link[i].p_WL) + R * to_eigen(inertia.center_of_mass);
      const Vector3d w = to_eigen(data.link[i].w_WL);
      const Vector3d p =
          inertia.mass * (to_eigen(data.link[i].v_WL) + w.cross(R * to_eigen(inertia.center_of_mass)));
      momentum.force += p;
      momentum.moment += (c - point).cross(p) + R * to_eigen(inertia.inertia) * R.transpose() * w;
    }
    return momentum;
  }

  // Inertia less weight of the part above.
  Wrench calc_demand(const LumbarLevel& level, const MotionState& s, const Vector3d& point) const {
    const auto momentum_at = [&](double t) {
      const Wrench m = calc_momentum_above(level, s.q + t * s.v + 0.5 * t * t * s.a, s.v + t * s.a, point);
      return Eigen::Matrix<double, 6, 1>((Eigen::Matrix<double, 6, 1>() << m.force, m.moment).finished());
    };
    const Eigen::Matrix<double, 6, 1> rate = oracles::calc_richardson_derivative(momentum_at, 0.0, 1e-3);
    Wrench demand{rate.head<3>(), rate.tail<3>()};
    Data<double> data(runner_.model);
    update_positions(runner_.model, data, s.q.data());
    for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
      const RigidInertia& inertia = runner_.model.links()[i].inertia;
      if (!is_above(level, i)) continue;
      const Vector3d weight(0.0, -inertia.mass * kStandardGravity, 0.0);
      const Vector3d c = to_eigen(calc_position(data, CoordinateIndex(i), inertia.center_of_mass));
      demand.force -= weight;
      demand.moment -= (c - point).cross(weight);
    }
    return demand;
  }

  // Pull of all muscles on the part above: -T dL/dδ as that part is shifted by δ or turned about the point.
  Wrench calc_muscle_pull(const LumbarLevel& level, const MotionState& s, const std::vector<double>& tension,
                          const Vector3d& point) const {
    MusclePathData<double> paths(muscles_.paths);
    const auto work_at = [&](int direction, double size) {
      Data<double> data(runner_.model);
      update_positions(runner_.model, data, s.q.data());
      const Vector3d axis = Vector3d::Unit(direction % 3);
      const Matrix3d turn =
          direction < 3 ? Matrix3d(Matrix3d::Identity()) : Eigen::AngleAxisd(size, axis).toRotationMatrix();
      const Vector3d shift = direction < 3 ? Vector3d(size * axis) : Vector3d(Vector3d::Zero());
      for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
        if (!is_above(level, i)) continue;
        LinkState<double>& link = data.link[i];
        link.R_WL = from_eigen(Matrix3d(turn * to_eigen(link.R_WL)));
        link.p_WL = from_eigen(Vector3d(point + turn * (to_eigen(link.p_WL) - point) + shift));
        link.axis = from_eigen(Vector3d(turn * to_eigen(link.axis)));
      }
      update_muscle_paths(muscles_.paths, runner_.model, data, s.q.data(), s.v.data(), paths);
      double work = 0.0;
      for (size_t m = 0; m < tension.size(); ++m) work -= tension[m] * paths.length[m];
      return work;
    };
    Wrench pull;
    for (int d = 0; d < 6; ++d) {
      const double slope =
          oracles::calc_richardson_derivative([&](double size) { return work_at(d, size); }, 0.0, 1e-3);
      (d < 3 ? pull.force : pull.moment)[d % 3] = slope;
    }
    return pull;
  }

  // Disc frame from the endplates of the two vertebrae.
  Matrix3d calc_disc_frame(const LumbarLevel& level, const Data<double>& data) const {
    const Matrix3d lower =
        to_eigen((calc_body_pose(runner_.model, data, level.inferior) * level.X_IF).rotation);
    const Matrix3d upper =
        to_eigen((calc_body_pose(runner_.model, data, level.superior) * level.X_SM).rotation);
    const Eigen::AngleAxisd between(Matrix3d(lower.transpose() * upper));
    return lower * Eigen::AngleAxisd(0.5 * between.angle(), between.axis()).toRotationMatrix();
  }
};

// All levels, in motion, with the feet in the ground and every muscle pulling.
TEST_F(FreeBody, CarriesInertiaWeightAndMusclePull) {
  oracles::Random random(314);
  RunnerData<double> data(runner_);
  for (const MotionState& s : test::build_running_states(runner_, 3, 2718)) {
    std::vector<double> tension(muscles_.paths.muscle_count());
    for (double& T : tension) T = random.uniform(0.0, 120.0);
    update_external_forces(runner_, data, s.q.data(), s.v.data());
    MusclePathData<double> paths(muscles_.paths);
    update_muscle_paths(muscles_.paths, runner_.model, data.tree, s.q.data(), s.v.data(), paths);
    for (size_t m = 0; m < tension.size(); ++m) {
      apply_muscle_tension(muscles_.paths, runner_.model, paths, MuscleIndex(static_cast<int>(m)), tension[m],
                           data.tree);
    }
    update_inverse_dynamics(runner_.model, data.tree, s.v.data(), s.a.data());
    const auto loads = calc_disc_loads(runner_, data.tree, find_level_cuts(runner_));
    for (int i = 0; i < kLevelCount; ++i) {
      const LumbarLevel& level = get_level(kLevelNames[i]);
      const Vector3d point =
          to_eigen((calc_body_pose(runner_.model, data.tree, level.inferior) * level.X_IF).translation);
      const Wrench demand = calc_demand(level, s, point);
      const Wrench pull = calc_muscle_pull(level, s, tension, point);
      // What the disc gives to the part above; the load is the reaction, on the vertebra below.
      const Matrix3d R = calc_disc_frame(level, data.tree);
      const Vector3d F = -(R.transpose() * (demand.force - pull.force));
      const Vector3d M = -(R.transpose() * (demand.moment - pull.moment));
      const double force_scale = F.norm() + pull.force.norm(), moment_scale = M.norm() + pull.moment.norm();
      EXPECT_GT(pull.force.norm(), 500.0) << level.name;
      EXPECT_NEAR(loads[i].compression, -F.y(), 1e-6 * force_scale) << level.name;
      EXPECT_NEAR(loads[i].anterior_shear, F.x(), 1e-6 * force_scale) << level.name;
      EXPECT_NEAR(loads[i].lateral_shear, F.z(), 1e-6 * force_scale) << level.name;
      EXPECT_NEAR(loads[i].flexion_moment, -M.z(), 1e-6 * moment_scale) << level.name;
      EXPECT_NEAR(loads[i].lateral_bending_moment, M.x(), 1e-6 * moment_scale) << level.name;
      EXPECT_NEAR(loads[i].axial_torque, M.y(), 1e-6 * moment_scale) << level.name;
    }
  }
}

// Standing still without muscles: compression is the weight above times the cosine of the disc's pitch, and
// the forward slope of the sacrum makes the weight shear the upper vertebra forward.
TEST_F(FreeBody, StandingWithoutMusclesCarriesTheWeightAbove) {
  const int n = runner_.model.coordinate_count();
  std::vector<double> q(n, 0.0), zero(n, 0.0);
  q[1] = 2.0;  // in the air: held by the root residual
  RunnerData<double> data(runner_);
  update_external_forces(runner_, data, q.data(), zero.data());
  update_inverse_dynamics(runner_.model, data.tree, zero.data(), zero.data());
  const auto loads = calc_disc_loads(runner_, data.tree, find_level_cuts(runner_));
  double mass_of_level_above = 0.0;
  for (int i = 0; i < kLevelCount; ++i) {  // cranial to caudal
    const LumbarLevel& level = get_level(kLevelNames[i]);
    double mass = 0.0;
    for (int l = 0; l < n; ++l) mass += is_above(level, l) ? runner_.model.links()[l].inertia.mass : 0.0;
    EXPECT_GT(mass, mass_of_level_above) << "levels are counted from the top";
    mass_of_level_above = mass;
    const Matrix3d R = calc_disc_frame(level, data.tree);
    const double pitch = std::atan2(R(1, 0), R(0, 0));  // of the anterior axis above the horizon
    EXPECT_NEAR(loads[i].compression, mass * kStandardGravity * std::cos(pitch), 1e-8) << level.name;
    EXPECT_NEAR(loads[i].anterior_shear, -mass * kStandardGravity * std::sin(pitch), 1e-8) << level.name;
    EXPECT_NEAR(loads[i].lateral_shear, 0.0, 1e-9);
    if (level.name == "L5_S1") {
      EXPECT_LT(pitch, -0.4);  // it slopes down forward
      EXPECT_GT(loads[i].anterior_shear, 0.3 * loads[i].compression);
    }
  }
}

// A block on a stack of six discs that leans, held by the ground: every sign by hand.
class BlockOnDiscs : public ::testing::Test {
 protected:
  static constexpr double kMass = 11.3;
  static constexpr double kWeight = kMass * kStandardGravity;

  // Discs pitched forward by `lean` [rad]; the block's centre at c from mid-disc, in axes of the leaning
  // frame.
  Runner build_stack(double lean, const Vector3<double>& c) const {
    Runner runner;
    Model& model = runner.model;
    BodyIndex below = model.add_body("base", BodyIndex(), {}, {{"base_ty", JointKind::kSlide, Axis::kY}}, {},
                                     {2.0, {}, Matrix3<double>::identity()});
    const char* names[] = {"L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2", "T12_L1"};
    for (int i = 0; i < 6; ++i) {
      const std::string name = names[i];
      Transform<double> X_PF;
      if (i == 0) X_PF.rotation = rotation_about(Axis::kZ, -lean);
      RigidInertia inertia;
      if (i == 5) inertia = {kMass, c, Matrix3<double>::identity() * 0.3};
      below = model.add_body(name, below, X_PF,
                             {{name + "_extension", JointKind::kHinge, Axis::kZ},
                              {name + "_bending", JointKind::kHinge, Axis::kX},
                              {name + "_rotation", JointKind::kHinge, Axis::kY}},
                             {}, inertia);
    }
    for (int i = 0; i < kLevelCount; ++i) {
      const std::string name(kLevelNames[i]);
      auto& axes = runner.discs[i].axes;
      axes[0].coordinate = model.get_coordinate(name + "_extension");
      axes[1].coordinate = model.get_coordinate(name + "_bending");
      axes[2].coordinate = model.get_coordinate(name + "_rotation");
    }
    return runner;
  }

  DiscLoad calc_lowest_load(const Runner& runner, const Vector3<double>& push = {},
                            const Vector3<double>& at = {}) const {
    const int n = runner.model.coordinate_count();
    const std::vector<double> zero(n, 0.0);
    Data<double> data(runner.model);
    update_positions(runner.model, data, zero.data());
    update_velocities(runner.model, data, zero.data());
    apply_force_at(data, CoordinateIndex(n - 1), at, push);
    update_inverse_dynamics(runner.model, data, zero.data(), zero.data());
    return calc_disc_loads(runner, data, find_level_cuts(runner)).back();
  }
};

TEST_F(BlockOnDiscs, UprightBlockCompresses) {
  const DiscLoad load = calc_lowest_load(build_stack(0.0, {0.0, 0.4, 0.0}));
  EXPECT_NEAR(load.compression, kWeight, 1e-10);
  for (double other : {load.anterior_shear, load.lateral_shear, load.flexion_moment,
                       load.lateral_bending_moment, load.axial_torque}) {
    EXPECT_NEAR(other, 0.0, 1e-10);
  }
}

TEST_F(BlockOnDiscs, ForwardLeanShearsForwardAndFlexes) {
  const double lean = 0.5;
  const DiscLoad load = calc_lowest_load(build_stack(lean, {0.03, 0.4, 0.0}));
  EXPECT_NEAR(load.compression, kWeight * std::cos(lean), 1e-10);
  EXPECT_NEAR(load.anterior_shear, kWeight * std::sin(lean), 1e-10);
  const double ahead = 0.03 * std::cos(lean) + 0.4 * std::sin(lean);  // of the disc, horizontally
  EXPECT_NEAR(load.flexion_moment, kWeight * ahead, 1e-10);
}

TEST_F(BlockOnDiscs, MassToTheRightBendsToTheRight) {
  const DiscLoad load = calc_lowest_load(build_stack(0.0, {0.0, 0.4, 0.07}));
  EXPECT_NEAR(load.lateral_bending_moment, kWeight * 0.07, 1e-10);
  EXPECT_NEAR(load.flexion_moment, 0.0, 1e-10);
}

TEST_F(BlockOnDiscs, PushesShowInTheirOwnDirection) {
  const Runner runner = build_stack(0.0, {0.0, 0.4, 0.0});
  EXPECT_NEAR(calc_lowest_load(runner, {20.0, 0.0, 0.0}).anterior_shear, 20.0, 1e-10);
  EXPECT_NEAR(calc_lowest_load(runner, {0.0, 0.0, 20.0}).lateral_shear, 20.0, 1e-10);
  EXPECT_NEAR(calc_lowest_load(runner, {0.0, 20.0, 0.0}).compression, kWeight - 20.0, 1e-10);
  // Forward push on the right: turns the block to the left.
  EXPECT_NEAR(calc_lowest_load(runner, {20.0, 0.0, 0.0}, {0.0, 0.0, 0.1}).axial_torque, 2.0, 1e-10);
  // Forward push above the disc: flexes.
  EXPECT_NEAR(calc_lowest_load(runner, {20.0, 0.0, 0.0}, {0.0, 0.3, 0.0}).flexion_moment, 6.0, 1e-10);
}

}  // namespace
}  // namespace lumbarun
