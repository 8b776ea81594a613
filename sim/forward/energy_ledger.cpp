#include "sim/forward/energy_ledger.h"

#include <algorithm>
#include <cmath>

#include "sim/multibody/energy.h"

namespace lumbarun {

ContactLosses calc_contact_losses(const FootContact& contact,
                                  std::span<const ElementState<double>> elements) {
  const Vector3<double>& n = contact.plane.normal;
  ContactLosses losses;
  for (size_t i = 0; i < elements.size(); ++i) {
    const ElementState<double>& element = elements[i];
    const double rising = dot(n, element.velocity);
    losses.normal -= (element.normal_force - element.elastic_force) * rising;
    losses.friction -= dot(element.force - n * element.normal_force, element.velocity - n * rising);
  }
  return losses;
}

double calc_contact_energy(const FootContact& contact, std::span<const ElementState<double>> elements) {
  double energy = 0.0;
  for (size_t i = 0; i < elements.size(); ++i) {
    energy += contact.get_law(contact.elements[i]).calc_stored_energy(elements[i].gap + elements[i].sink);
  }
  for (int foot = 0; foot < kFootCount; ++foot) {
    const auto own = std::find_if(contact.elements.begin(), contact.elements.end(),
                                  [&](const ContactElement& element) { return element.foot == foot; });
    if (own == contact.elements.end()) continue;
    const double sink = elements[own - contact.elements.begin()].sink;
    energy += 0.5 * contact.board.stiffness * sink * sink;
  }
  return energy;
}

EnergyFlows calc_energy_rates(const Runner& runner, const RunnerData<double>& data, const double* q,
                              const double* v, const double* planned_torque, const double* feedback_torque) {
  EnergyFlows rate{};
  const auto at = [&](EnergyFlow flow) -> double& { return rate[static_cast<int>(flow)]; };
  for (int i = 0; i < runner.model.coordinate_count(); ++i) {
    const double planned = planned_torque[i] * v[i], feedback = feedback_torque[i] * v[i];
    at(EnergyFlow::kPlanWork) += planned;
    at(EnergyFlow::kFeedbackWork) += feedback;
    at(EnergyFlow::kPositiveWork) += std::max(planned + feedback, 0.0);
  }
  for (const LegPassive& leg : runner.legs) {
    const auto moments = calc_leg_passive_moments(leg, q);
    at(EnergyFlow::kLegMomentWork) +=
        moments.hip * v[leg.hip] + moments.knee * v[leg.knee] + moments.ankle * v[leg.ankle];
  }
  const ContactLosses contact = calc_contact_losses(runner.contact, data.elements);
  at(EnergyFlow::kContactNormalLoss) = contact.normal;
  at(EnergyFlow::kFrictionLoss) = contact.friction;
  for (const Disc& disc : runner.discs) at(EnergyFlow::kDiscLoss) += calc_dissipation(disc, v);
  for (const RangeLaw& law : runner.range_laws) {
    at(EnergyFlow::kRangeLoss) += law.damping * v[law.coordinate] * v[law.coordinate];
  }
  return rate;
}

EnergyStores calc_energy_stores(const Runner& runner, const RunnerData<double>& data, const double* q) {
  EnergyStores stores{};
  const auto at = [&](EnergyStore store) -> double& { return stores[static_cast<int>(store)]; };
  at(EnergyStore::kKinetic) = calc_kinetic_energy(runner.model, data.tree);
  at(EnergyStore::kGravity) = calc_potential_energy(runner.model, data.tree);
  for (const Disc& disc : runner.discs) at(EnergyStore::kDisc) += calc_stored_energy(disc, q);
  for (const RangeLaw& law : runner.range_laws) {
    at(EnergyStore::kRangeLaw) += calc_stored_energy(law, q[law.coordinate]);
  }
  at(EnergyStore::kAbdomen) = calc_stored_energy(runner.abdomen, data.tree);
  at(EnergyStore::kContact) = calc_contact_energy(runner.contact, data.elements);
  return stores;
}

double EnergyLedger::calc_imbalance() const {
  double gain = 0.0;
  for (double store : stored) gain += store;
  const double work =
      get(EnergyFlow::kPlanWork) + get(EnergyFlow::kFeedbackWork) + get(EnergyFlow::kLegMomentWork);
  const double loss = get(EnergyFlow::kContactNormalLoss) + get(EnergyFlow::kFrictionLoss) +
                      get(EnergyFlow::kDiscLoss) + get(EnergyFlow::kRangeLoss);
  return gain + loss - work;
}

double EnergyLedger::calc_relative_imbalance() const {
  return std::abs(calc_imbalance()) / get(EnergyFlow::kPositiveWork);
}

EnergyLedger calc_ledger(const EnergyStores& first_stores, const EnergyFlows& first_flows,
                         const EnergyStores& last_stores, const EnergyFlows& last_flows) {
  EnergyLedger ledger;
  for (int i = 0; i < kEnergyStoreCount; ++i) ledger.stored[i] = last_stores[i] - first_stores[i];
  for (int i = 0; i < kEnergyFlowCount; ++i) ledger.flow[i] = last_flows[i] - first_flows[i];
  return ledger;
}

}  // namespace lumbarun
