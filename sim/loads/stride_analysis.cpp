#include "sim/loads/stride_analysis.h"

#include <algorithm>
#include <cmath>

#include "sim/tissue/drawn_path.h"

namespace lumbarun {

namespace {

class StrideAnalyzer {
 public:
  StrideAnalyzer(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths,
                 const StrideInput& input, const SharingSettings& settings)
      : runner_(runner),
        paths_(paths),
        input_(input),
        data_(runner),
        sharing_(runner, muscles, paths, settings),
        mode_(settings.mode),
        cut_(runner, muscles, paths),
        cuts_(find_level_cuts(runner)),
        tau_(runner.model.coordinate_count()),
        out_of_range_(muscles.size(), 0) {
    const auto samples = static_cast<Eigen::Index>(input.time.size());
    const auto muscle_count = static_cast<Eigen::Index>(muscles.size());
    const auto rows = static_cast<Eigen::Index>(sharing_.rows().size());
    out_.generalized_force.resize(tau_.size(), samples);
    out_.contribution_sources = cut_.sources();
    if (input.splits_inertia) out_.induced_sources = induced_.emplace(runner, muscles, paths).sources();
    for (auto* m : {&out_.activation, &out_.force, &out_.fiber_length, &out_.path_length})
      m->resize(muscle_count, samples);
    Eigen::Index ligaments = 0;
    for (const Disc& disc : runner.discs) ligaments += static_cast<Eigen::Index>(disc.ligaments.size());
    out_.ligament_strain.resize(ligaments, samples);
    out_.ligament_tension.resize(ligaments, samples);
    if (input.emg != nullptr) {
      targets_ = build_emg_targets(*input.emg, muscles, input.emg_weight);
      const auto channels = static_cast<Eigen::Index>(targets_.size());
      out_.emg = EmgComparison{
          input.emg->channels, Eigen::MatrixXd(channels, samples), Eigen::MatrixXd(channels, samples), {}};
    }
    out_.net_moment.resize(rows, samples);
    out_.reserve.resize(rows, samples);
  }

  StrideLoads run() {
    lead_in();
    for (Eigen::Index s = 0; s < static_cast<Eigen::Index>(input_.time.size()); ++s) analyze_sample(s);
    for (char flag : out_of_range_) out_.out_of_range_fibers += flag;
    if (out_.emg) compare_envelopes(*out_.emg);
    return std::move(out_);
  }

 private:
  // Elastic tendons remember. A stride is periodic: its end stands before its beginning.
  void lead_in() {
    constexpr Eigen::Index kLeadIn = 40;  // samples; fibres forget within some ten ms
    const auto count = static_cast<Eigen::Index>(input_.time.size());
    for (Eigen::Index s = std::max<Eigen::Index>(1, count - kLeadIn); s < count; ++s) {
      calc_actuator_torques(runner_, data_, input_.q.col(s).data(), input_.u.col(s).data(),
                            input_.acceleration.col(s).data(), tau_.data());
      take_targets(s);
      sharing_.solve(data_, input_.q.col(s).data(), input_.u.col(s).data(), tau_.data(),
                     s > count - kLeadIn ? input_.time[s] - input_.time[s - 1] : 0.0);
    }
  }

  double calc_step(Eigen::Index s) const {
    if (input_.time.size() < 2) return 0.0;
    return s > 0 ? input_.time[s] - input_.time[s - 1] : input_.time[1] - input_.time[0];
  }

  void analyze_sample(Eigen::Index s) {
    const double* q = input_.q.col(s).data();
    const double* u = input_.u.col(s).data();
    const double* a = input_.acceleration.col(s).data();
    calc_actuator_torques(runner_, data_, q, u, a, tau_.data());
    out_.generalized_force.col(s) = Eigen::Map<const Eigen::VectorXd>(data_.tree.tau.data(), tau_.size());
    take_targets(s);
    const SharingSummary summary = sharing_.solve(data_, q, u, tau_.data(), calc_step(s));
    out_.sharing.push_back(summary);
    if (mode_ != SharingMode::kOptimal) out_.general.push_back(sharing_.general_summary());
    if (mode_ == SharingMode::kStable) out_.critical_gain.push_back(sharing_.critical_gain());
    if (!summary.usable) ++out_.unusable_samples;
    record_muscles(s);
    if (induced_) {
      induced_->update(data_, u, a, tau_.data(), sharing_);
      out_.induced.push_back(induced_->get());
    }
    // Again with the muscles as external wrenches: what the joints transmit now is everything but muscle.
    cut_.update(data_, sharing_);
    out_.contributions.push_back(cut_.get());
    update_inverse_dynamics(runner_.model, data_.tree, u, a);
    record_discs(s);
    record_poses();
  }

  // What was measured at this instant, for the sharing to stay near.
  void take_targets(Eigen::Index s) {
    if (input_.emg == nullptr) return;
    const double stride = input_.stride_duration;
    const Eigen::VectorXd value = calc_emg_values(*input_.emg, std::fmod(input_.time[s], stride), stride);
    for (size_t c = 0; c < targets_.size(); ++c) targets_[c].value = value[static_cast<Eigen::Index>(c)];
    if (mode_ == SharingMode::kEmg) sharing_.set_targets(targets_);
  }

  void compare_envelopes(EmgComparison& emg) const {
    const double step = input_.time.size() > 1 ? input_.time[1] - input_.time[0] : 1.0;
    for (Eigen::Index c = 0; c < emg.envelope.rows(); ++c) {
      emg.summary.push_back(
          calc_periodic_correlation(emg.envelope.row(c), emg.activation.row(c), step, kLargestLag));
    }
  }

  void record_muscles(Eigen::Index s) {
    for (size_t c = 0; c < targets_.size(); ++c) {
      const auto channel = static_cast<Eigen::Index>(c);
      out_.emg->envelope(channel, s) = targets_[c].value;
      out_.emg->activation(channel, s) = calc_mean_activation(targets_[c], sharing_.solution().activation);
    }
    const SharingSolution& solution = sharing_.solution();
    out_.activation.col(s) = solution.activation;
    out_.force.col(s) = solution.force_N;
    out_.net_moment.col(s) = sharing_.net_moment();
    out_.reserve.col(s) = solution.reserve_nm;
    for (size_t i = 0; i < out_of_range_.size(); ++i) {
      const MuscleState& state = sharing_.muscle_states()[i];
      out_.fiber_length(static_cast<Eigen::Index>(i), s) = state.fiber_length;
      out_.path_length(static_cast<Eigen::Index>(i), s) = sharing_.path_data().length[i];
      if (!state.is_in_range) out_of_range_[i] = 1;
    }
    out_.approximate_paths += sharing_.path_data().approximate_count;
    auto& points = out_.path_point.emplace_back();
    for (int i = 0; i < paths_.muscle_count(); ++i) {
      const size_t first = points.size();
      points.resize(first + count_drawn_points(paths_.muscles[i]));
      calc_drawn_points(paths_, data_.tree, sharing_.path_data(), MuscleIndex(i), &points[first]);
    }
  }

  void record_discs(Eigen::Index s) {
    out_.disc.push_back(calc_disc_loads(runner_, data_.tree, cuts_));
    auto& shares = out_.shares.emplace_back();
    const double* q = input_.q.col(s).data();
    for (int level = 0; level < kLevelCount; ++level) {
      LevelTorques torques;
      for (int k = 0; k < 3; ++k) {
        torques.passive[k] = data_.passive[cuts_[level].hinges[k]];
        torques.reserve[k] = out_.reserve(3 * level + k, s);
      }
      shares[level] =
          calc_level_shares(runner_, data_.tree, level, cuts_[level], q, out_.disc.back()[level], torques);
    }
    const LigamentStates ligaments = calc_ligament_states(runner_, q);
    const auto count = static_cast<Eigen::Index>(ligaments.strain.size());
    out_.ligament_strain.col(s) = Eigen::Map<const Eigen::VectorXd>(ligaments.strain.data(), count);
    out_.ligament_tension.col(s) = Eigen::Map<const Eigen::VectorXd>(ligaments.tension.data(), count);
  }

  void record_poses() {
    auto& poses = out_.body_pose.emplace_back();
    for (int b = 0; b < runner_.model.body_count(); ++b) {
      poses.push_back(calc_body_pose(runner_.model, data_.tree, BodyIndex(b)));
    }
  }

  const Runner& runner_;
  const MusclePathSet& paths_;
  const StrideInput& input_;
  RunnerData<double> data_;
  GaitSharing sharing_;
  SharingMode mode_;
  std::vector<ActivationTarget> targets_;
  CutContributions cut_;
  std::optional<InducedContributions> induced_;
  std::array<LevelCut, kLevelCount> cuts_;
  Eigen::VectorXd tau_;
  std::vector<char> out_of_range_;
  StrideLoads out_;
};

}  // namespace

int calc_largest_iterations(const StrideLoads& loads) {
  int largest = 0;
  for (const SharingSummary& summary : loads.sharing) largest = std::max(largest, summary.iterations);
  return largest;
}

double calc_largest_kkt_residual(const StrideLoads& loads) {
  double largest = 0.0;
  for (const SharingSummary& summary : loads.sharing) largest = std::max(largest, summary.kkt_residual);
  return largest;
}

StrideLoads analyze_stride(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths,
                           const StrideInput& input, const SharingSettings& settings) {
  return StrideAnalyzer(runner, muscles, paths, input, settings).run();
}

}  // namespace lumbarun
