// Random trees, states and wrenches with a fixed seed: general offsets and rotations, both joint kinds and
// senses, chains, branches, welded bodies, bodies fixed in the world. The description is kept beside the
// model, so that a test can build the same tree by another route.
#pragma once

#include <Eigen/Geometry>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "sim/multibody/data.h"

namespace lumbarun::oracles {

// std::mt19937 with our own mapping to reals: the same numbers with every standard library.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  double uniform(double low, double high) { return low + (high - low) * (engine_() / 4294967296.0); }
  int below(int count) { return static_cast<int>(engine_() % static_cast<unsigned>(count)); }
  bool chance(double probability) { return uniform(0.0, 1.0) < probability; }

  std::vector<double> values(int count, double range) {
    std::vector<double> x(count);
    for (double& value : x) value = uniform(-range, range);
    return x;
  }
  Vector3<double> vector(double range) {
    const std::vector<double> x = values(3, range);
    return {x[0], x[1], x[2]};
  }
  Matrix3<double> rotation() {
    const Eigen::Vector3d axis = to_eigen(vector(1.0) + Vector3<double>{0.01, 0.0, 0.0}).normalized();
    return from_eigen(Eigen::Matrix3d(Eigen::AngleAxisd(uniform(-3.0, 3.0), axis).toRotationMatrix()));
  }
  Transform<double> transform(double range) { return {rotation(), vector(range)}; }

  // Of a cloud of point masses: every such inertia is one that a solid body can have.
  RigidInertia inertia(double mass, double size) {
    constexpr int kPoints = 6;
    std::vector<Vector3<double>> points(kPoints);
    Vector3<double> center;
    for (auto& p : points) {
      p = vector(size);
      center += p * (1.0 / kPoints);
    }
    Matrix3<double> about_center = Matrix3<double>::zero();
    for (const auto& p : points) {
      const Matrix3<double> c = skew(p - center);
      about_center = about_center - (c * c) * (mass / kPoints);
    }
    return {mass, center, about_center};
  }

 private:
  std::mt19937 engine_;
};

struct TreeBody {
  std::string name;
  int parent = -1;  // position in the description; -1: the world
  Transform<double> X_PF;
  std::vector<JointAxis> axes;
  Transform<double> X_CM;
  RigidInertia inertia;
};

using TreeDescription = std::vector<TreeBody>;

inline Model build_model(const TreeDescription& tree) {
  Model model;
  for (const TreeBody& body : tree) {
    model.add_body(body.name, BodyIndex(body.parent), body.X_PF, body.axes, body.X_CM, body.inertia);
  }
  return model;
}

inline JointAxis build_axis(const std::string& name, JointKind kind, int axis, double sign = 1.0) {
  return {name, kind, static_cast<Axis>(axis), sign};
}

// Three slides along X Y Z, then three hinges about Z X Y.
inline std::vector<JointAxis> build_free_chain(const std::string& name) {
  return {build_axis(name + "_tx", JointKind::kSlide, 0), build_axis(name + "_ty", JointKind::kSlide, 1),
          build_axis(name + "_tz", JointKind::kSlide, 2), build_axis(name + "_rz", JointKind::kHinge, 2),
          build_axis(name + "_rx", JointKind::kHinge, 0), build_axis(name + "_ry", JointKind::kHinge, 1)};
}

// One to three links about or along different axes, so that massless links between them stay well posed.
inline std::vector<JointAxis> build_random_chain(Random& random, const std::string& name) {
  std::vector<JointAxis> chain(1 + random.below(3));
  const int first = random.below(3), step = 1 + random.below(2);
  for (int k = 0; k < static_cast<int>(chain.size()); ++k) {
    const JointKind kind = random.chance(0.7) ? JointKind::kHinge : JointKind::kSlide;
    chain[k] = build_axis(name + "_" + std::to_string(k), kind, (first + step * k) % 3,
                          random.chance(0.5) ? 1.0 : -1.0);
  }
  return chain;
}

enum class Root { kFixed, kFree };

// kFixed: several bodies may hang on the world, some welded to it. kFree: the first body flies, all others
// hang on it.
inline TreeDescription describe_random_tree(unsigned seed, int body_count, Root root) {
  Random random(seed);
  TreeDescription tree;
  for (int i = 0; i < body_count; ++i) {
    TreeBody body;
    body.name = "body_" + std::to_string(i);
    const bool on_world = i == 0 || (root == Root::kFixed && random.chance(0.15));
    body.parent = on_world ? -1 : random.below(i);
    body.X_PF = random.transform(0.4);
    body.X_CM = random.transform(0.2);
    const bool welded = i > 0 && random.chance(0.2);
    if (!welded) body.axes = build_random_chain(random, body.name);
    if (i == 0 && root == Root::kFree) body.axes = build_free_chain(body.name);
    const bool massless = welded && random.chance(0.5);
    if (!massless) body.inertia = random.inertia(random.uniform(0.5, 8.0), 0.3);
    tree.push_back(body);
  }
  return tree;
}

inline Model build_random_tree(unsigned seed, int body_count, Root root) {
  return build_model(describe_random_tree(seed, body_count, root));
}

// The shape of the runner: 46 coordinates, a spine of six levels, two legs of seven, two arms of four.
inline TreeDescription describe_runner_sized_tree(unsigned seed) {
  Random random(seed);
  TreeDescription tree;
  const auto add = [&](const std::string& name, int parent, int axis_count, double mass) {
    TreeBody body{name, parent, random.transform(0.2), {}, random.transform(0.1), random.inertia(mass, 0.15)};
    const int first = random.below(3);
    for (int k = 0; k < axis_count; ++k) {
      body.axes.push_back(build_axis(name + "_" + std::to_string(k), JointKind::kHinge, (first + k) % 3,
                                     random.chance(0.5) ? 1.0 : -1.0));
    }
    tree.push_back(body);
    return static_cast<int>(tree.size()) - 1;
  };
  const int pelvis = add("pelvis", -1, 0, 10.0);
  tree[pelvis].axes = build_free_chain("pelvis");
  int trunk = pelvis;
  for (const char* level : {"L5", "L4", "L3", "L2", "L1", "thorax"}) trunk = add(level, trunk, 3, 2.5);
  for (const std::string side : {"_r", "_l"}) {
    const int femur = add("femur" + side, pelvis, 3, 9.0);
    const int tibia = add("tibia" + side, femur, 1, 3.5);
    const int talus = add("talus" + side, tibia, 1, 0.3);
    const int calcn = add("calcn" + side, talus, 1, 0.9);
    add("toes" + side, calcn, 1, 0.2);
    const int humerus = add("humerus" + side, trunk, 3, 2.0);
    add("forearm" + side, humerus, 1, 1.5);
  }
  return tree;
}

// A state and the wrenches that act in it.
struct TreeState {
  std::vector<double> q, v, a;
  std::vector<SpatialForce<double>> applied;  // on each link about its origin
};

inline TreeState build_random_state(const Model& model, Random& random) {
  const int n = model.coordinate_count();
  TreeState state{random.values(n, 1.1), random.values(n, 3.0), random.values(n, 20.0), {}};
  for (int i = 0; i < n; ++i) state.applied.push_back({random.vector(30.0), random.vector(80.0)});
  return state;
}

template <class T>
std::vector<T> cast_all(const std::vector<double>& x) {
  std::vector<T> y;
  for (double value : x) y.push_back(T(value));
  return y;
}

template <class T>
void set_applied(Data<T>& data, const TreeState& state) {
  for (size_t i = 0; i < state.applied.size(); ++i) {
    data.applied[i] = {state.applied[i].moment.template cast<T>(), state.applied[i].force.template cast<T>()};
  }
}

}  // namespace lumbarun::oracles
