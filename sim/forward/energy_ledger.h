// Where the mechanical energy of the simulated runner is, and through which doors it comes and goes.
//
//   d/dt (kinetic + gravity + disc + range law + contact + abdomen) =
//       plan work + feedback work + leg moment work - contact normal loss - friction loss - disc loss - range
//       law loss
//
// Powers [W], each from the law that makes the force:
//   actuators          Σ τ_i q̇_i, the planned and the feedback part apart
//   leg moments        Σ m_i q̇_i of Riener & Edrich: no potential, so their work has its own term
//   contact, normal    Σ (N - F_e(y)) ẋ, ẋ closing speed: d_eq F_e ẋ² with the smooth positive part of the
//   law included contact, friction  -Σ F_t · v_t discs, range laws  Σ c q̇²
// Stores [J]: contact energy is the exact integral of the tabulated F_e, summed over the elements.
// The flows are integrated with the motion as quadrature states; a ledger is their difference between two
// instants.
#pragma once

#include <array>
#include <span>

#include "sim/dynamics/equations_of_motion.h"

namespace lumbarun {

enum class EnergyStore { kKinetic, kGravity, kDisc, kRangeLaw, kContact, kAbdomen };
inline constexpr int kEnergyStoreCount = 6;
inline constexpr std::array<const char*, kEnergyStoreCount> kEnergyStoreNames = {
    "kinetic", "gravity", "disc_elastic", "range_elastic", "contact_elastic", "abdominal_pressure"};

enum class EnergyFlow {
  kPlanWork,           // into the runner
  kFeedbackWork,       // into the runner
  kLegMomentWork,      // into the runner
  kContactNormalLoss,  // out of the runner, as all losses
  kFrictionLoss,
  kDiscLoss,
  kRangeLoss,
  kPositiveWork,  // Σ max(τ_i q̇_i, 0): the measure of the ledger, no door of its own
};
inline constexpr int kEnergyFlowCount = 8;
inline constexpr std::array<const char*, kEnergyFlowCount> kEnergyFlowNames = {
    "plan_work",     "feedback_work", "leg_moment_work", "contact_normal_loss",
    "friction_loss", "disc_loss",     "range_loss",      "positive_actuator_work"};

using EnergyStores = std::array<double, kEnergyStoreCount>;  // J
using EnergyFlows = std::array<double, kEnergyFlowCount>;    // J, or W as rates

struct ContactLosses {
  double normal = 0.0;    // W
  double friction = 0.0;  // W
};
ContactLosses calc_contact_losses(const FootContact& contact, std::span<const ElementState<double>> elements);
double calc_contact_energy(const FootContact& contact, std::span<const ElementState<double>> elements);  // J

// Need `data` at (q, v), as calc_accelerations leaves it.
EnergyFlows calc_energy_rates(const Runner& runner, const RunnerData<double>& data, const double* q,
                              const double* v, const double* planned_torque, const double* feedback_torque);
EnergyStores calc_energy_stores(const Runner& runner, const RunnerData<double>& data, const double* q);

// Between two instants.
struct EnergyLedger {
  EnergyStores stored{};  // gain of each store [J]
  EnergyFlows flow{};     // J

  double get(EnergyStore store) const { return stored[static_cast<int>(store)]; }
  double get(EnergyFlow door) const { return flow[static_cast<int>(door)]; }
  // Gain of the stores + losses - works [J]: zero but for the integration error.
  double calc_imbalance() const;
  // |imbalance| / positive actuator work.
  double calc_relative_imbalance() const;
};

EnergyLedger calc_ledger(const EnergyStores& first_stores, const EnergyFlows& first_flows,
                         const EnergyStores& last_stores, const EnergyFlows& last_flows);

}  // namespace lumbarun
