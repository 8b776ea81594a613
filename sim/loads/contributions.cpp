#include "sim/loads/contributions.h"

#include <algorithm>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

enum CutSource { kGravity, kInertia, kExternal, kPassive, kFirstGroup };

SpatialForce<double> scaled(const SpatialForce<double>& F, double factor) {
  return {F.moment * factor, F.force * factor};
}

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
    const auto is_above = [&](const LevelCut& cut) {
      return runner.model.is_on_path(cut.last, CoordinateIndex(i));
    };
    const auto first = std::find_if(cuts_.begin(), cuts_.end(), is_above);
    LUMBARUN_DEMAND(std::all_of(first, cuts_.end(), is_above));  // the column is a chain
    part_of_link_.push_back(static_cast<int>(first - cuts_.begin()));
  }
  wrenches_.resize(sources_.size());
  for (auto& level : loads_) level.resize(sources_.size());
}

void CutContributions::add(int source, CoordinateIndex link, const SpatialForce<double>& about_origin) {
  wrenches_[source][part_of_link_[link]] += about_origin;
}

void CutContributions::add_applied(const Data<double>& tree, int source, double factor) {
  for (int i = 0; i < runner_.model.coordinate_count(); ++i)
    add(source, CoordinateIndex(i), scaled(shifted(tree.applied[i], -tree.link[i].p_WL), factor));
}

void CutContributions::add_bodies(const Data<double>& tree) {
  for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
    const RigidInertia& body = runner_.model.links()[i].inertia;
    if (body.mass == 0.0) continue;
    LinkState<double> link = tree.link[i];
    const Vector3<double> weight{0.0, -body.mass * runner_.model.gravity, 0.0};
    const SpatialForce<double> gravity{cross(link.R_WL * body.center_of_mass, weight), weight};
    add(kGravity, CoordinateIndex(i), shifted(gravity, -link.p_WL));
    link.a_WL.y -= runner_.model.gravity;  // stored less gravity
    const SpatialForce<double> rate = internal::calc_inertial_wrench(body, link);
    add(kInertia, CoordinateIndex(i), scaled(shifted(rate, -link.p_WL), -1.0));
  }
}

void CutContributions::add_muscles(Data<double>& tree, const GaitSharing& sharing) {
  for (int i = 0; i < paths_.muscle_count(); ++i) {
    const MuscleIndex muscle(i);
    const double tension = sharing.solution().force_N[i];
    apply_muscle_tension(paths_, runner_.model, sharing.path_data(), muscle, tension, tree);
    if (groups_.of_muscle[i] < 0) continue;
    const int group = kFirstGroup + groups_.of_muscle[i];
    const double passive = sharing.muscle_states()[i].passive_force, active = tension - passive;
    visit_unit_tension(paths_, runner_.model, tree, sharing.path_data(), muscle,
                       [&](CoordinateIndex link, const SpatialForce<double>& unit) {
                         add(kPassive, link, scaled(unit, passive));
                         add(group, link, scaled(unit, active));
                       });
  }
}

// A wrench on a body above the cut is passed on to the inferior vertebra: parts are summed from the head down.
void CutContributions::update_loads(const Data<double>& tree) {
  std::array<Matrix3<double>, kLevelCount> R_WD;
  for (int level = 0; level < kLevelCount; ++level)
    R_WD[level] = calc_disc_orientation(runner_, tree, cuts_[level]);
  for (size_t source = 0; source < sources_.size(); ++source) {
    SpatialForce<double> above;
    for (int level = 0; level < kLevelCount; ++level) {
      above += wrenches_[source][level];
      const Vector3<double> mid_disc = tree.link[cuts_[level].last].p_WL;
      loads_[level][source] = calc_disc_load(R_WD[level], scaled(shifted(above, mid_disc), -1.0));
    }
  }
}

void CutContributions::update(RunnerData<double>& data, const GaitSharing& sharing) {
  Data<double>& tree = data.tree;
  for (auto& parts : wrenches_) parts.fill({});
  add_bodies(tree);
  add_applied(tree, kExternal, 1.0);
  outside_ = tree.applied;
  tree.clear_applied();
  apply_abdominal_pressure(runner_.abdomen, tree);
  add_applied(tree, kExternal, -1.0);
  add_applied(tree, kPassive, 1.0);
  tree.applied = outside_;
  add_muscles(tree, sharing);
  update_loads(tree);
}

}  // namespace lumbarun
