#include "sim/loads/contributions.h"

#include <algorithm>

namespace lumbarun {

namespace {

enum CutSource { kGravity, kInertia, kExternal, kPassive, kFirstGroup };

}  // namespace

CutContributions::CutContributions(const Runner& runner, std::span<const Muscle> muscles,
                                   const MusclePathSet& paths)
    : runner_(runner),
      paths_(paths),
      cuts_(find_level_cuts(runner)),
      groups_(find_crossing_groups(runner, muscles, paths)),
      sources_{"gravity", "inertia", "external", "passive"} {
  sources_.insert(sources_.end(), groups_.names.begin(), groups_.names.end());
  for (int i = 0; i < runner.model.coordinate_count(); ++i) {
    auto& above = is_above_.emplace_back();
    for (int level = 0; level < kLevelCount; ++level)
      above[level] = runner.model.is_on_path(cuts_[level].last, CoordinateIndex(i));
  }
  for (auto& level : loads_) level.resize(sources_.size());
}

// A wrench on a link above the cut is passed on to the inferior vertebra.
void CutContributions::add(int source, CoordinateIndex link, const Data<double>& tree,
                           const SpatialForce<double>& about_link) {
  for (int level = 0; level < kLevelCount; ++level) {
    if (!is_above_[link][level]) continue;
    const Vector3<double> mid_disc = tree.link[cuts_[level].last].p_WL;
    const SpatialForce<double> wrench = shifted(about_link, mid_disc - tree.link[link].p_WL);
    loads_[level][source] += calc_disc_load(R_WD_[level], SpatialForce<double>{} - wrench);
  }
}

void CutContributions::add_applied(const Data<double>& tree, int source, double factor) {
  for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
    const SpatialForce<double>& F = tree.applied[i];
    add(source, CoordinateIndex(i), tree, {F.moment * factor, F.force * factor});
  }
}

void CutContributions::add_bodies(const Data<double>& tree) {
  for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
    const RigidInertia& body = runner_.model.links()[i].inertia;
    if (body.mass == 0.0) continue;
    LinkState<double> link = tree.link[i];
    const Vector3<double> weight{0.0, -body.mass * runner_.model.gravity, 0.0};
    add(kGravity, CoordinateIndex(i), tree, {cross(link.R_WL * body.center_of_mass, weight), weight});
    link.a_WL.y -= runner_.model.gravity;  // stored less gravity
    add(kInertia, CoordinateIndex(i), tree,
        SpatialForce<double>{} - internal::calc_inertial_wrench(body, link));
  }
}

void CutContributions::add_muscles(Data<double>& tree, const GaitSharing& sharing) {
  const auto calc_passive = [&](int i) { return sharing.muscle_states()[i].passive_force; };
  const auto apply = [&](int i, double tension) {
    apply_muscle_tension(paths_, runner_.model, sharing.path_data(), MuscleIndex(i), tension, tree);
  };
  tree.clear_applied();
  for (int i = 0; i < paths_.muscle_count(); ++i) {
    if (groups_.of_muscle[i] >= 0) apply(i, calc_passive(i));
  }
  add_applied(tree, kPassive, 1.0);
  for (int group = 0; group < static_cast<int>(groups_.names.size()); ++group) {
    tree.clear_applied();
    for (int i = 0; i < paths_.muscle_count(); ++i) {
      if (groups_.of_muscle[i] == group) apply(i, sharing.solution().force_N[i] - calc_passive(i));
    }
    add_applied(tree, kFirstGroup + group, 1.0);
  }
  tree.applied = outside_;
  for (int i = 0; i < paths_.muscle_count(); ++i) apply(i, sharing.solution().force_N[i]);
}

void CutContributions::update(RunnerData<double>& data, const GaitSharing& sharing) {
  Data<double>& tree = data.tree;
  for (int level = 0; level < kLevelCount; ++level) {
    R_WD_[level] = calc_disc_orientation(runner_, tree, cuts_[level]);
    std::fill(loads_[level].begin(), loads_[level].end(), DiscLoad{});
  }
  add_bodies(tree);
  add_applied(tree, kExternal, 1.0);
  outside_ = tree.applied;
  tree.clear_applied();
  apply_abdominal_pressure(runner_.abdomen, tree);
  add_applied(tree, kExternal, -1.0);
  add_applied(tree, kPassive, 1.0);
  add_muscles(tree, sharing);
}

}  // namespace lumbarun
