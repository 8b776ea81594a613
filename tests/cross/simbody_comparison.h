// One model, random states, both engines: relative error at most 1e-9 of the largest value of its kind.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "sim/multibody/aba.h"
#include "sim/multibody/crba.h"
#include "sim/multibody/rnea.h"
#include "tests/cross/simbody_links.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun::crosscheck {

// Largest difference of each kind of number, and its largest value.
class Comparison {
 public:
  void add(const std::string& kind, double ours, double theirs) {
    Error& error = errors_[kind];
    error.difference = std::max(error.difference, std::abs(ours - theirs));
    error.largest = std::max(error.largest, std::abs(theirs));
    EXPECT_FALSE(std::isnan(ours - theirs)) << kind;
  }
  void add(const std::string& kind, const Vector3<double>& ours, const Eigen::Vector3d& theirs) {
    add(kind, ours.x, theirs.x()), add(kind, ours.y, theirs.y()), add(kind, ours.z, theirs.z());
  }
  void add(const std::string& kind, const std::vector<double>& ours, const std::vector<double>& theirs) {
    ASSERT_EQ(ours.size(), theirs.size());
    for (size_t i = 0; i < ours.size(); ++i) add(kind, ours[i], theirs[i]);
  }
  void expect_below(double limit) const {
    for (const auto& [kind, error] : errors_) {
      EXPECT_GT(error.largest, 0.0) << kind;
      EXPECT_LT(error.difference, limit * error.largest) << kind;
    }
  }
  double calc_largest_relative_error() const {
    double result = 0.0;
    for (const auto& [kind, error] : errors_) result = std::max(result, error.difference / error.largest);
    return result;
  }

 private:
  struct Error {
    double difference = 0.0, largest = 0.0;
  };
  std::map<std::string, Error> errors_;
};

inline Comparison compare_at(const Model& model, SimbodyTree& simbody, const oracles::TreeState& state) {
  const int n = model.coordinate_count();
  Data<double> data(model);
  oracles::set_applied(data, state);
  const std::vector<double> tau = rnea(model, data, state.q.data(), state.v.data(), state.a.data());
  std::vector<SimbodyWrench> applied;
  for (const auto& F : state.applied) applied.push_back({to_eigen(F.moment), to_eigen(F.force)});
  simbody.set_state(state.q, state.v);
  simbody.set_forces(tau, applied);

  Comparison comparison;
  comparison.add("inverse dynamics", tau, simbody.calc_inverse_dynamics(state.a));
  std::vector<double> a(n), M(n * n);
  ArticulatedWorkspace<double> articulated(model);
  CompositeWorkspace<double> composite(model);
  aba(model, data, articulated, state.v.data(), tau.data(), a.data());
  crba(model, data, composite, M.data());
  comparison.add("forward dynamics", a, simbody.calc_forward_dynamics());
  comparison.add("mass matrix", M, simbody.calc_mass_matrix());
  for (int i = 0; i < n; ++i) {
    const LinkState<double>& link = data.link[i];
    const SimbodyMotion motion = simbody.calc_motion(i);
    for (int k = 0; k < 3; ++k) comparison.add("rotation", link.R_WL.column[k], motion.X_WL.linear().col(k));
    comparison.add("position", link.p_WL, motion.X_WL.translation());
    comparison.add("angular velocity", link.w_WL, motion.w_WL);
    comparison.add("velocity", link.v_WL, motion.v_WL);
  }
  simbody.calc_forward_dynamics();
  for (int i = 0; i < n; ++i) {
    const SimbodyWrench reaction = simbody.calc_reaction(i);
    comparison.add("reaction moment", data.transmitted[i].moment, reaction.moment);
    comparison.add("reaction force", data.transmitted[i].force, reaction.force);
  }
  return comparison;
}

// Returns the largest relative error of all kinds and states.
inline double compare_with_simbody(const Model& model, unsigned seed, int state_count) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  SimbodyTree simbody(build_simbody_links(model), model.gravity);
  oracles::Random random(seed);
  double worst = 0.0;
  for (int trial = 0; trial < state_count; ++trial) {
    const Comparison comparison = compare_at(model, simbody, oracles::build_random_state(model, random));
    comparison.expect_below(1e-9);
    worst = std::max(worst, comparison.calc_largest_relative_error());
  }
  ::testing::Test::RecordProperty("largest_relative_error_" + std::to_string(seed),
                                  fmt::format("{:.2e}", worst));
  return worst;
}

}  // namespace lumbarun::crosscheck
