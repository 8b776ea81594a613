// Measured muscle activity as targets for the sharing of muscle forces.
//
// File: CSV (a head line, then numbers) or OpenSim storage (.sto: text up to `endheader`, a head line, numbers). First column
// `time` or `time_s` from right foot contact, or `stride_percent` 0 … 100. Every other column is one channel: a muscle group
// (both sides), a group with `_r` or `_l`, or a fascicle; unit: share of maximal voluntary activity, 0 … 1. Between rows linear.
// An envelope of electrical activity leads force by an electromechanical delay, and reaches an electrode from some
// fascicles of a group only; nothing here corrects for either.
#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

#include "sim/sharing/general_sharing.h"
#include "sim/tissue/muscle.h"

namespace lumbarun {

struct EmgEnvelopes {
  std::string file;
  std::vector<std::string> channels;
  bool is_phase = false;   // `at` in parts of a stride, else in s
  std::vector<double> at;  // strictly increasing
  Eigen::MatrixXd value;   // row x channel
};

// Throws BadInput naming file, line and column for what is no number, a gap (a step of more than three times the median one),
// times that do not increase, or values outside 0 … 1.
EmgEnvelopes read_emg_envelopes(const std::string& path);

// Muscles of every channel, shares by volume. Throws BadInput for a channel that names no muscle.
std::vector<ActivationTarget> build_emg_targets(const EmgEnvelopes& emg, std::span<const Muscle> muscles,
                                                double weight);

// Every channel at a time of the stride. Throws BadInput where the file does not reach.
Eigen::VectorXd calc_emg_values(const EmgEnvelopes& emg, double time, double stride_duration);

double calc_mean_activation(const ActivationTarget& target, const Eigen::VectorXd& activation);

}  // namespace lumbarun
