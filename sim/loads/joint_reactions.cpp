#include "sim/loads/joint_reactions.h"

namespace lumbarun {

namespace {

// The first link of the chain that ends in `last`: up to the next link that carries a body.
CoordinateIndex find_first_link(const Model& model, CoordinateIndex last) {
  std::vector<bool> carries(static_cast<size_t>(model.coordinate_count()), false);
  for (const Body& body : model.bodies()) {
    if (body.link.is_valid()) carries[body.link] = true;
  }
  CoordinateIndex first = last;
  while (model.link(first).parent.is_valid() && !carries[model.link(first).parent])
    first = model.link(first).parent;
  return first;
}

}  // namespace

std::vector<JointReaction> calc_joint_reactions(const Model& model, const Data<double>& data) {
  std::vector<bool> is_taken(static_cast<size_t>(model.coordinate_count()), false);
  std::vector<JointReaction> reactions;
  for (int b = 0; b < model.body_count(); ++b) {
    const CoordinateIndex link = model.body(BodyIndex(b)).link;
    if (!link.is_valid() || is_taken[link]) continue;
    is_taken[link] = true;
    const LinkState<double>& state = data.link[link];
    reactions.push_back({BodyIndex(b), data.transmitted[link], state.p_WL, state.R_WL});
  }
  return reactions;
}

SpatialForce<double> calc_reaction_on_parent(const Model& model, const Data<double>& data,
                                             const JointReaction& reaction) {
  const Link& first = model.link(find_first_link(model, model.body(reaction.child).link));
  const Vector3<double> p_WF = calc_position(data, first.parent, first.X_PF.translation);
  return SpatialForce<double>{} - shifted(reaction.on_child, p_WF - reaction.p_WJ);
}

SpatialForce<double> expressed_in(const Matrix3<double>& R_WE, const SpatialForce<double>& F) {
  return {transpose_times(R_WE, F.moment), transpose_times(R_WE, F.force)};
}

}  // namespace lumbarun
