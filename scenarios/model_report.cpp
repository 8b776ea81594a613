#include "scenarios/model_report.h"

#include <charconv>

#include "sim/core/contracts.h"
#include "sim/dynamics/passive.h"
#include "sim/loads/disc_pressure.h"
#include "sim/loads/vertebral_strength.h"
#include "sim/multibody/kinematics.h"
#include "sim/tissue/elastic_tendon.h"

namespace lumbarun {
namespace {

class Reporter {
 public:
  Reporter(const ScenarioModel& built, const std::vector<PoseValue>& pose)
      : built_(built),
        model_(built.runner.model),
        q_(model_.coordinate_count(), 0.0),
        rest_(q_.size(), 0.0),
        data_(model_),
        paths_(built.muscles.paths) {
    for (const PoseValue& value : pose) {
      const CoordinateIndex i = model_.get_coordinate(value.coordinate);
      q_[i] = model_.link(i).kind == JointKind::kHinge ? deg_to_rad(value.value) : value.value;
    }
    update_positions(model_, data_, q_.data());
    update_muscle_paths(built.muscles.paths, model_, data_, q_.data(), rest_.data(), paths_);
  }

  ModelReport build() {
    ModelReport report;
    report.mass_kg = model_.total_mass();
    report.specific_tension_n_cm2 = built_.specific_tension_n_cm2;
    add_bodies(report);
    add_coordinates(report);
    add_discs(report);
    for (int m = 0; m < built_.muscles.paths.muscle_count(); ++m)
      report.muscles.push_back(describe_muscle(m));
    add_passive_joints(report);
    report.condition_edits = built_.condition_edits;
    return report;
  }

 private:
  std::vector<double> calc_passive(const std::vector<double>& q) const {
    std::vector<double> tau(q.size());
    update_passive_torques(built_.runner, q.data(), rest_.data(), tau.data());
    return tau;
  }

  std::string get_parent(const Body& body) const {
    if (!body.link.is_valid()) return "ground";
    // Welded to the body that came first on this link.
    for (const Body& other : model_.bodies()) {
      if (&other == &body) break;
      if (other.link == body.link) return other.name;
    }
    CoordinateIndex link = body.link;
    // Up the chain of this body's own joint to a link that carries another body.
    while (true) {
      link = model_.link(link).parent;
      if (!link.is_valid()) return "ground";
      for (const Body& other : model_.bodies()) {
        if (other.link == link && other.name != body.name) return other.name;
      }
    }
  }

  void add_bodies(ModelReport& report) const {
    for (const Body& body : model_.bodies()) {
      BodyReport row;
      row.name = body.name;
      row.parent = get_parent(body);
      row.mass_kg = body.inertia.mass;
      row.center_of_mass_m = body.inertia.center_of_mass;
      const auto& inertia = body.inertia.inertia.column;
      row.moment_of_inertia_kg_m2 = {inertia[0].x, inertia[1].y, inertia[2].z};
      if (body.link.is_valid()) {
        const LinkState<double>& link = data_.link[body.link];
        row.position_m = link.p_WL + link.R_WL * body.X_LB.translation;
      } else {
        row.position_m = body.X_LB.translation;
      }
      report.bodies.push_back(row);
    }
  }

  void add_coordinates(ModelReport& report) const {
    const std::vector<double> tau = calc_passive(q_);
    for (int i = 0; i < model_.coordinate_count(); ++i) {
      const Link& link = model_.links()[i];
      report.coordinates.push_back(
          {link.coordinate, link.kind == JointKind::kHinge ? "rad" : "m", q_[i], tau[i]});
    }
  }

  void add_discs(ModelReport& report) const {
    const std::vector<double> tau = calc_passive(q_);
    for (const LumbarLevel& level : built_.levels) {
      DiscReport row;
      row.level = level.name;
      row.segment_angle_deg = level.segment_angle_deg;
      const auto it = std::find(kLevelNames.begin(), kLevelNames.end(), level.name);
      const int index = static_cast<int>(it - kLevelNames.begin());
      row.preload_n = built_.runner.discs[index].preload;
      row.area_cm2 = built_.runner.discs[index].area / kSquareMetrePerSquareCentimetre;
      row.strength_n =
          calc_vertebral_strength_N(index, built_.person.age_years, built_.person.sex == Sex::kMale,
                                    row.area_cm2 * kSquareMetrePerSquareCentimetre);
      const CoordinateIndex axes[] = {level.extension, level.bending, level.rotation};
      for (int k = 0; k < 3; ++k) {
        constexpr double kStep = 1e-5;  // rad
        std::vector<double> ahead = q_, behind = q_;
        ahead[axes[k]] += kStep;
        behind[axes[k]] -= kStep;
        row.moment_nm[k] = tau[axes[k]];
        row.stiffness_nm_per_deg[k] =
            (calc_passive(behind)[axes[k]] - calc_passive(ahead)[axes[k]]) / (2.0 * kStep) * kRadPerDeg;
      }
      report.discs.push_back(row);
    }
  }

  MuscleReport describe_muscle(int m) const {
    const Muscle& muscle = built_.muscles.muscles[m];
    const MusclePathSet& paths = built_.muscles.paths;
    MuscleReport row;
    row.name = muscle.name;
    row.group = muscle.group;
    row.side = muscle.side == BodySide::kLeft ? "left" : "right";
    row.tendon = muscle.tendon == TendonKind::kElastic ? "elastic" : "rigid";
    row.pcsa_cm2 = muscle.pcsa / kSquareMetrePerSquareCentimetre;
    row.max_isometric_force_n = muscle.max_isometric_force;
    row.optimal_fiber_length_m = muscle.optimal_fiber_length;
    row.tendon_slack_length_m = muscle.tendon_slack_length;
    row.pennation_rad = muscle.pennation;
    row.min_activation = muscle.min_activation;
    row.path_length_m = paths_.length[m];
    const RestingMuscle resting = calc_resting_muscle(muscle, paths_.length[m]);
    row.normalized_fiber_length = resting.normalized_fiber_length;
    row.passive_force_n = resting.tension;
    const MusclePath& path = paths.muscles[m];
    for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
      row.moment_arms.push_back({model_.link(paths.arm_coordinate[k]).coordinate, paths_.moment_arm[k]});
    }
    return row;
  }

  void add_passive_joints(ModelReport& report) const {
    for (const LegPassive& leg : built_.runner.legs) {
      const auto total = calc_leg_passive_moments(leg, q_.data());
      const std::pair<CoordinateIndex, double> rows[] = {
          {leg.hip, total.hip}, {leg.knee, total.knee}, {leg.ankle, total.ankle}};
      for (const auto& [coordinate, moment] : rows) {
        const std::string& name = model_.link(coordinate).coordinate;
        double fibers = 0.0;
        for (const MuscleReport& muscle : report.muscles) {
          for (const MomentArm& arm : muscle.moment_arms) {
            if (arm.coordinate == name) fibers += arm.value_m * muscle.passive_force_n;
          }
        }
        report.passive_joints.push_back({name, moment, fibers});
      }
    }
  }

  const ScenarioModel& built_;
  const Model& model_;
  std::vector<double> q_, rest_;
  Data<double> data_;
  MusclePathData<double> paths_;
};

}  // namespace

PoseValue parse_pose_value(const std::string& text) {
  const size_t equals = text.find('=');
  LUMBARUN_THROW_UNLESS(equals != std::string::npos && equals > 0,
                        "--pose {}: expected COORDINATE=VALUE, e.g. hip_flexion_r=20", text);
  PoseValue pose{text.substr(0, equals), 0.0};
  const char* begin = text.data() + equals + 1;
  const char* end = text.data() + text.size();
  const auto [stop, code] = std::from_chars(begin, end, pose.value);
  LUMBARUN_THROW_UNLESS(code == std::errc() && stop == end && std::isfinite(pose.value),
                        "--pose {}: '{}' is not a number", text, std::string(begin, end));
  return pose;
}

ModelReport calc_model_report(const ScenarioModel& built, const std::vector<PoseValue>& pose) {
  return Reporter(built, pose).build();
}

}  // namespace lumbarun
