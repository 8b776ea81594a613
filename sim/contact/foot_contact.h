// Contact elements of the feet against the ground plane.
//
// An element is a small sphere fixed in a foot body; its lowest point P towards the plane touches the ground:
//   P = C - r n,  gap y = n·P - h,  closing speed -n·v_P                     (n plane normal, h plane offset, in W)
//   force on the foot at P:  F = N n - μ N v_t / sqrt(|v_t|² + v_s²)         (smoothed Coulomb, v_t tangential velocity)
// N from contact_law.h, or with a sprung floor from sprung_ground.h. Planner and simulator use these same functions: a mismatch in friction makes the runner fall.
// Friction speed v_s = 0.2 m/s: how fast a loaded sole creeps at the friction limit, standing in for the shear of shoe and
// pad (estimate, ../planning/TUNING.md; at a quarter of the limit the creep is 0.05 m/s).
#pragma once

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "sim/contact/sprung_ground.h"
#include "sim/multibody/data.h"

namespace lumbarun {

inline constexpr int kFootCount = 2;
inline constexpr std::array<const char*, kFootCount> kFootNames = {"right", "left"};

struct ContactElement {
  std::string name;
  CoordinateIndex link;  // the link that carries it
  Vector3<double> p_LC;  // sphere centre in the link frame [m]
  double radius = 0.0;   // m
  int foot = 0;          // 0 right, 1 left
  int law = 0;           // into FootContact::laws
};

struct GroundPlane {
  Vector3<double> normal{0.0, 1.0, 0.0};
  double offset = 0.0;  // m

  // Unit vector of running: in the plane and without a sideways part; with a tilt across the path it is not the
  // plane's line of steepest ascent.
  Vector3<double> calc_path() const {
    const double length = std::sqrt(normal.x * normal.x + normal.y * normal.y);
    return {normal.y / length, -normal.x / length, 0.0};
  }
};

// `slope` along the path, uphill positive; `camber` across it, right side lower positive [rad].
inline GroundPlane build_ground_plane(double slope, double camber) {
  return {{-std::sin(slope) * std::cos(camber), std::cos(slope) * std::cos(camber), std::sin(camber)}, 0.0};
}

struct FootContact {
  std::vector<ContactElement> elements;
  std::vector<ContactLaw> laws;  // of the regions of the sole
  GroundPlane plane;
  SprungGround board;             // under each foot; none: the surface is a layer of the laws
  double ground_stiffness = 0.0;  // N/m, of the surface under a whole flat foot; 0: not known, taken as rigid
  double friction = 0.8;          // μ
  double friction_speed = 0.2;    // v_s, m/s

  const ContactLaw& get_law(const ContactElement& element) const { return laws[element.law]; }
};

// What one element feels. All in W.
template <class T>
struct ElementState {
  Vector3<T> position;   // P [m]
  Vector3<T> velocity;   // of P [m/s]
  T gap{0.0};            // m, to the ground at rest
  T sink{0.0};           // m, of the board below it
  T elastic_force{0.0};  // N, F_e
  T normal_force{0.0};   // N
  Vector3<T> force;      // on the foot [N]
};

// Where an element is and how it moves: position, velocity, gap. Needs positions and velocities of the tree.
template <class T>
void update_element_motion(const FootContact& contact, const Data<T>& data, const ContactElement& element,
                           ElementState<T>& state) {
  const Vector3<T> n = contact.plane.normal.template cast<T>();
  state.position = calc_position(data, element.link, element.p_LC) - n * T(element.radius);
  state.velocity = calc_velocity(data, element.link, state.position);
  state.gap = dot(n, state.position) - T(contact.plane.offset);
}

// Its force, standing on `board`.
template <class T>
void update_element_force(const FootContact& contact, const ContactElement& element,
                          const BoardState<T>& board, ElementState<T>& state) {
  using std::sqrt;
  const Vector3<T> n = contact.plane.normal.template cast<T>();
  const ContactLaw& law = contact.get_law(element);
  const T rising = dot(n, state.velocity), gap = state.gap + board.sink;
  T damping = evaluate(law.damping(), gap);
  if (contact.board.is_present()) {
    const T rest = T(1.0) - board.share;
    damping = damping * board.share * board.share + rest * rest * T(contact.board.damping);
  }
  state.sink = board.sink;
  state.elastic_force = evaluate(law.elastic_force(), gap);
  state.normal_force = state.elastic_force * calc_rate_factor(damping, T(-rising));
  const Vector3<T> sliding = state.velocity - n * rising;
  const T speed = sqrt(dot(sliding, sliding) + T(contact.friction_speed * contact.friction_speed));
  state.force = n * state.normal_force - sliding * (state.normal_force * T(contact.friction) / speed);
}

template <class T>
BoardState<T> update_board(const FootContact& contact, int foot, const std::vector<ElementState<T>>& states) {
  return solve_board<T>(contact.board, [&](const T& sink, T& force, T& stiffness) {
    for (size_t i = 0; i < contact.elements.size(); ++i) {
      if (contact.elements[i].foot != foot) continue;
      add_element(contact.get_law(contact.elements[i]), T(states[i].gap + sink), force, stiffness);
    }
  });
}

// Adds all element forces to data.applied and writes each element's state. Needs positions and velocities.
template <class T>
void apply_contact_forces(const FootContact& contact, Data<T>& data, std::vector<ElementState<T>>& states) {
  for (size_t i = 0; i < contact.elements.size(); ++i)
    update_element_motion(contact, data, contact.elements[i], states[i]);
  std::array<BoardState<T>, kFootCount> boards;
  if (contact.board.is_present()) {
    for (int foot = 0; foot < kFootCount; ++foot) boards[foot] = update_board(contact, foot, states);
  }
  for (size_t i = 0; i < contact.elements.size(); ++i) {
    const ContactElement& element = contact.elements[i];
    update_element_force(contact, element, boards[element.foot], states[i]);
    apply_force_at(data, element.link, states[i].position, states[i].force);
  }
}

}  // namespace lumbarun
