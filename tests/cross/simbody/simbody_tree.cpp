#include "tests/cross/simbody/simbody_tree.h"

#include <Simbody.h>

namespace lumbarun::crosscheck {

namespace {

SimTK::Vec3 to_simbody(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }
Eigen::Vector3d to_eigen(const SimTK::Vec3& v) { return {v[0], v[1], v[2]}; }

SimTK::Transform to_simbody(const Eigen::Isometry3d& X) {
  const Eigen::Matrix3d R = X.linear();
  const SimTK::Mat33 m(R(0, 0), R(0, 1), R(0, 2), R(1, 0), R(1, 1), R(1, 2), R(2, 0), R(2, 1), R(2, 2));
  return {SimTK::Rotation(m), to_simbody(Eigen::Vector3d(X.translation()))};
}

SimTK::MassProperties build_mass_properties(const SimbodyLink& link) {
  if (link.mass == 0.0) return {0.0, SimTK::Vec3(0), SimTK::Inertia(0)};
  const Eigen::Matrix3d& I = link.central_inertia;
  const SimTK::Inertia central(I(0, 0), I(1, 1), I(2, 2), I(0, 1), I(0, 2), I(1, 2));
  const SimTK::Vec3 center = to_simbody(link.center_of_mass);
  return {link.mass, center, central.shiftFromMassCenter(center, link.mass)};
}

}  // namespace

struct SimbodyTree::Engine {
  Engine(const std::vector<SimbodyLink>& links, double g)
      : matter(system), forces(system), gravity(forces, matter, -SimTK::YAxis, g), discrete(forces, matter) {
    for (const SimbodyLink& link : links) add(link);
    state = system.realizeTopology();
    system.realizeModel(state);
  }

  void add(const SimbodyLink& link) {
    SimTK::MobilizedBody& parent =
        link.parent < 0 ? static_cast<SimTK::MobilizedBody&>(matter.updGround()) : mobods[link.parent];
    const SimTK::CoordinateAxis native =
        link.is_slide ? SimTK::CoordinateAxis(SimTK::XAxis) : SimTK::CoordinateAxis(SimTK::ZAxis);
    const SimTK::Transform turn(SimTK::Rotation(SimTK::UnitVec3(to_simbody(link.axis)), native));
    const SimTK::Transform X_PF = to_simbody(link.X_PF) * turn;
    const SimTK::Body::Rigid body(build_mass_properties(link));
    if (link.is_slide) {
      mobods.push_back(SimTK::MobilizedBody::Slider(parent, X_PF, body, turn));
    } else {
      mobods.push_back(SimTK::MobilizedBody::Pin(parent, X_PF, body, turn));
    }
  }

  int size() const { return static_cast<int>(mobods.size()); }
  int u_index(int i) const { return mobods[i].getFirstUIndex(state); }

  SimTK::MultibodySystem system;
  SimTK::SimbodyMatterSubsystem matter;
  SimTK::GeneralForceSubsystem forces;
  SimTK::Force::Gravity gravity;
  SimTK::Force::DiscreteForces discrete;
  std::vector<SimTK::MobilizedBody> mobods;
  SimTK::State state;
};

SimbodyTree::SimbodyTree(const std::vector<SimbodyLink>& links, double gravity)
    : engine_(std::make_unique<Engine>(links, gravity)) {}
SimbodyTree::~SimbodyTree() = default;

void SimbodyTree::set_state(const std::vector<double>& q, const std::vector<double>& v) {
  Engine& e = *engine_;
  for (int i = 0; i < e.size(); ++i) {
    e.mobods[i].setOneQ(e.state, 0, q[i]);
    e.mobods[i].setOneU(e.state, 0, v[i]);
  }
}

void SimbodyTree::set_forces(const std::vector<double>& tau, const std::vector<SimbodyWrench>& applied) {
  Engine& e = *engine_;
  SimTK::Vector mobility(e.size(), 0.0);
  SimTK::Vector_<SimTK::SpatialVec> wrenches(e.size() + 1, SimTK::SpatialVec(SimTK::Vec3(0), SimTK::Vec3(0)));
  for (int i = 0; i < e.size(); ++i) {
    mobility[e.u_index(i)] = tau[i];
    wrenches[e.mobods[i].getMobilizedBodyIndex()] = {to_simbody(applied[i].moment),
                                                     to_simbody(applied[i].force)};
  }
  e.discrete.setAllMobilityForces(e.state, mobility);
  e.discrete.setAllBodyForces(e.state, wrenches);
}

SimbodyMotion SimbodyTree::calc_motion(int link) {
  Engine& e = *engine_;
  e.system.realize(e.state, SimTK::Stage::Velocity);
  const SimTK::MobilizedBody& body = e.mobods[link];
  const SimTK::Transform& X = body.getBodyTransform(e.state);
  SimbodyMotion motion;
  motion.X_WL = Eigen::Isometry3d::Identity();
  for (int k = 0; k < 3; ++k) motion.X_WL.matrix().block<3, 1>(0, k) = to_eigen(SimTK::Vec3(X.R()(k)));
  motion.X_WL.translation() = to_eigen(X.p());
  motion.w_WL = to_eigen(body.getBodyAngularVelocity(e.state));
  motion.v_WL = to_eigen(body.getBodyOriginVelocity(e.state));
  return motion;
}

std::vector<double> SimbodyTree::calc_inverse_dynamics(const std::vector<double>& a) {
  Engine& e = *engine_;
  e.system.realize(e.state, SimTK::Stage::Dynamics);
  SimTK::Vector known(e.size()), residual(e.size());
  for (int i = 0; i < e.size(); ++i) known[e.u_index(i)] = a[i];
  const auto& wrenches = e.system.getRigidBodyForces(e.state, SimTK::Stage::Dynamics);
  e.matter.calcResidualForceIgnoringConstraints(e.state, SimTK::Vector(), wrenches, known, residual);
  std::vector<double> tau(e.size());
  for (int i = 0; i < e.size(); ++i) tau[i] = residual[e.u_index(i)];
  return tau;
}

std::vector<double> SimbodyTree::calc_forward_dynamics() {
  Engine& e = *engine_;
  e.system.realize(e.state, SimTK::Stage::Acceleration);
  std::vector<double> a;
  for (const SimTK::MobilizedBody& body : e.mobods) a.push_back(body.getOneUDot(e.state, 0));
  return a;
}

SimbodyWrench SimbodyTree::calc_reaction(int link) const {
  const SimTK::SpatialVec F =
      engine_->mobods[link].findMobilizerReactionOnBodyAtOriginInGround(engine_->state);
  return {to_eigen(F[0]), to_eigen(F[1])};
}

std::vector<double> SimbodyTree::calc_mass_matrix() {
  Engine& e = *engine_;
  e.system.realize(e.state, SimTK::Stage::Position);
  SimTK::Matrix M;
  e.matter.calcM(e.state, M);
  std::vector<double> result;
  for (int i = 0; i < e.size(); ++i) {
    for (int j = 0; j < e.size(); ++j) result.push_back(M(e.u_index(i), e.u_index(j)));
  }
  return result;
}

}  // namespace lumbarun::crosscheck
