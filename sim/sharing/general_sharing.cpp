#include "sim/sharing/general_sharing.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <limits>

#include "sim/sharing/activation_law.h"

namespace lumbarun {

namespace {

using Eigen::Index;

// Variables: activations, reserves over their units, what stability misses, deviations from targets.
class GeneralProgramme {
 public:
  GeneralProgramme(const SharingSetup& setup, const SharingSample& sample,
                   const std::vector<ActivationTarget>& targets, const SharingSolution& start,
                   double missing_weight)
      : setup_(setup), sample_(sample), targets_(targets), missing_weight_(missing_weight) {
    for (Index i = 0; i < setup.muscle_count(); ++i)
      programme_.add_variable(sample.lower[i], sample.upper[i], start.activation[i]);
    add_equilibrium(start);
    missing_ = programme_.add_variable(0.0, SeparableProgramme::kUnbounded, 0.0);
    for (const ActivationTarget& target : targets) add_target(target, start);
    programme_.calc_cost = [this](int variable, double x) { return calc_cost(variable, x); };
  }

  // vᵀ (H0 + Σ (C a + P) G) v + z ≥ margin
  void add_stability(const ColumnStiffness& stiffness, const Eigen::VectorXd& v, double margin) {
    const Eigen::VectorXd share = stiffness.calc_muscle_share(v);
    const double fixed = v.dot(stiffness.fixed() * v) + share.dot(sample_.passive_force_N);
    const int row = programme_.add_row(margin - fixed, SeparableProgramme::kUnbounded);
    for (Index i = 0; i < share.size(); ++i) {
      const double entry = share[i] * sample_.capacity_N[i];
      if (entry != 0.0) programme_.add_entry(row, static_cast<int>(i), entry);
    }
    programme_.add_entry(row, missing_, 1.0);
  }

  const SeparableProgramme& programme() const { return programme_; }
  void start_from(const std::vector<double>& x) { programme_.start = x; }

  void write_solution(const SeparableAnswer& answer, SharingSolution& solution) const {
    for (Index i = 0; i < setup_.muscle_count(); ++i)
      solution.activation[i] =
          std::clamp(answer.x[static_cast<size_t>(i)], sample_.lower[i], sample_.upper[i]);
    solution.force_N = sample_.capacity_N.cwiseProduct(solution.activation) + sample_.passive_force_N;
    solution.reserve_nm = sample_.net_moment_nm - sample_.moment_arm_m * solution.force_N;
    solution.multiplier.setConstant(setup_.row_count(), std::numeric_limits<double>::quiet_NaN());
  }
  double get_missing(const SeparableAnswer& answer) const { return answer.x[static_cast<size_t>(missing_)]; }

 private:
  void add_equilibrium(const SharingSolution& start) {
    const Eigen::VectorXd demand = sample_.net_moment_nm - sample_.moment_arm_m * sample_.passive_force_N;
    for (Index k = 0; k < setup_.row_count(); ++k) {
      const double unit = setup_.reserves[static_cast<size_t>(k)].unit_nm;
      const int row = programme_.add_row(demand[k], demand[k]);
      for (Index i = 0; i < setup_.muscle_count(); ++i) {
        const double entry = sample_.moment_arm_m(k, i) * sample_.capacity_N[i];
        if (entry != 0.0) programme_.add_entry(row, static_cast<int>(i), entry);
      }
      programme_.add_entry(
          row,
          programme_.add_variable(-SeparableProgramme::kUnbounded, SeparableProgramme::kUnbounded,
                                  start.reserve_nm[k] / unit),
          unit);
    }
  }

  void add_target(const ActivationTarget& target, const SharingSolution& start) {
    double deviation = -target.value;
    const int row = programme_.add_row(target.value, target.value);
    for (size_t m = 0; m < target.muscles.size(); ++m) {
      programme_.add_entry(row, target.muscles[m], target.share[m]);
      deviation += target.share[m] * start.activation[target.muscles[m]];
    }
    programme_.add_entry(
        row,
        programme_.add_variable(-SeparableProgramme::kUnbounded, SeparableProgramme::kUnbounded, deviation),
        -1.0);
  }

  CostValue calc_cost(int variable, double x) const {
    const auto muscles = static_cast<int>(setup_.muscle_count());
    if (variable < muscles) {
      const double w = setup_.weight[variable];
      return {w * internal::calc_activation_cost(setup_.objective, x),
              w * internal::calc_activation_marginal_cost(setup_.objective, x),
              w * internal::calc_activation_curvature(setup_.objective, x)};
    }
    if (variable == missing_) return {missing_weight_ * x, missing_weight_, 0.0};
    const double w =
        variable < missing_ ? 1.0 : targets_[static_cast<size_t>(variable - missing_ - 1)].weight;
    return {w * x * x, 2.0 * w * x, 2.0 * w};
  }

  const SharingSetup& setup_;
  const SharingSample& sample_;
  const std::vector<ActivationTarget>& targets_;
  double missing_weight_;
  int missing_ = 0;
  SeparableProgramme programme_;
};

}  // namespace

GeneralSummary solve_general_sharing(const SharingSetup& setup, const SharingSample& sample,
                                     const std::vector<ActivationTarget>& targets,
                                     const ColumnStiffness* stiffness, const SeparableSolver& solver,
                                     SharingSolution& solution, const StabilityOptions& options) {
  GeneralProgramme general(setup, sample, targets, solution, options.missing_weight);
  GeneralSummary summary;
  for (int pass = 0; pass < options.max_passes; ++pass) {
    // Without targets the start already solves the programme without stability rows.
    const bool is_solved_already = targets.empty() && pass == 0;
    if (!is_solved_already) {
      const SeparableAnswer answer = solver(general.programme());
      summary.iterations += answer.iterations;
      summary.reason = answer.reason;
      summary.violation_nm = answer.violation;
      if (!answer.is_solved) return summary;
      general.write_solution(answer, solution);
      general.start_from(answer.x);
      summary.missing_stiffness_nm_rad = general.get_missing(answer);
    }
    summary.usable = true;
    if (stiffness == nullptr) return summary;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(stiffness->calc_total(solution.force_N));
    summary.smallest_stiffness_nm_rad = eigen.eigenvalues()[0];
    if (summary.smallest_stiffness_nm_rad + summary.missing_stiffness_nm_rad >= 0.0) return summary;
    for (Index k = 0; k < eigen.eigenvalues().size(); ++k) {
      if (eigen.eigenvalues()[k] + summary.missing_stiffness_nm_rad >= options.margin_nm_rad) break;
      general.add_stability(*stiffness, eigen.eigenvectors().col(k), options.margin_nm_rad);
      ++summary.stability_rows;
    }
  }
  summary.usable = false;
  summary.reason = "the least eigenvalue stays negative";
  return summary;
}

}  // namespace lumbarun
