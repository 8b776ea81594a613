// A sprung floor: the whole foot stands on one massless board on a spring, so its elements sink together.
//
//   balance          Σ_e F_e(g_e + w) = k w            w sink of the board along the plane's normal, g_e gap to the board at rest
//   share            φ = k/(k + Σ K_e),  K_e = -dF_e/dg    what a common approach leaves to the sole; the board takes 1 - φ
//   normal force     N_e = F_e(g_e + w) (1 + d ẋ_e)₊,  d = d_e φ² + d_b (1 - φ)²,  ẋ_e = -ġ_e
//   stored           Σ_e U_e(g_e + w) + ½ k w²          its gradient is -F_e: conservative but for d, which only dissipates
// The split of the rate is that of contact_law.h (quasi-static), exact when all elements approach alike. w is the root of a convex
// falling function, found by kSinkIterations Newton steps from w = 0, which rise to it without overshooting; the count is fixed so
// that the same code runs on tape. Source of the arrangement: boards on springs under one foot, Kerdok et al. 2002 (J Appl Physiol
// 92:469), Ferris et al. 1999 (J Biomech 32:787). Valid for k of 15 kN/m and more (the table of F_e ends at 60 mm). No mass: boards
// of a few kg add an impact of their own.
#pragma once

#include "sim/contact/contact_law.h"

namespace lumbarun {

struct SprungGround {
  double stiffness = 0.0;  // k, N/m under one whole foot; 0: no board, each element has its own ground
  double damping = 0.0;    // d_b, s/m
  bool is_present() const { return stiffness > 0.0; }
};

inline constexpr int kSinkIterations = 10;

template <class T>
struct BoardState {
  T sink{0.0};   // w, m
  T share{1.0};  // φ
};

// One foot's board. `add_elements(sink, force, stiffness)` adds what its elements carry with the board at `sink`:
// Σ F_e(g_e + sink) [N] and Σ K_e(g_e + sink) [N/m].
template <class T, class AddElements>
BoardState<T> solve_board(const SprungGround& board, AddElements add_elements) {
  BoardState<T> state;
  const T k(board.stiffness);
  for (int iteration = 0; iteration < kSinkIterations; ++iteration) {
    T force(0.0), stiffness(0.0);
    add_elements(state.sink, force, stiffness);
    state.sink = state.sink + (force - k * state.sink) / (k + stiffness);
    state.share = k / (k + stiffness);
  }
  return state;
}

// Adds one element at `gap` [m] to those sums.
template <class T>
void add_element(const ContactLaw& law, const T& gap, T& force, T& stiffness) {
  force = force + evaluate(law.elastic_force(), gap);
  stiffness = stiffness + evaluate(law.stiffness(), gap);
}

}  // namespace lumbarun
