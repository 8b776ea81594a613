#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"

namespace lumbarun::viz {
namespace {

void add_face(Solid& solid) {
  for (double side : {1.0, -1.0}) {
    solid.add_cone({0.098, 0.600, 0.008 * side}, 0.010, {0.084, 0.600, 0.052 * side}, 0.009, 0.012);
    solid.add_chain(
        {{0.086, 0.560, 0.036 * side}, {0.070, 0.556, 0.056 * side}, {0.030, 0.560, 0.066 * side}},
        {0.012, 0.009, 0.005}, 0.010);
    solid.add_cone({0.084, 0.600, 0.052 * side}, 0.007, {0.076, 0.560, 0.054 * side}, 0.007, 0.008);
    // Jaw: branch from the joint before the ear down to the angle, then to the chin.
    solid.add_chain({{0.012, 0.556, 0.056 * side},
                     {0.022, 0.502, 0.048 * side},
                     {0.068, 0.482, 0.030 * side},
                     {0.092, 0.480, 0.008 * side}},
                    {0.009, 0.0105, 0.0105, 0.0125}, 0.010);
  }
  solid.add_ellipsoid({0.062, 0.536, 0}, {0.034, 0.030, 0.032}, 0.018);
  solid.add_ellipsoid({0.064, 0.514, 0}, {0.032, 0.011, 0.027}, 0.006);
  solid.add_ellipsoid({0.062, 0.492, 0}, {0.032, 0.012, 0.027}, 0.006);
  solid.add_cone({0.098, 0.592, 0}, 0.007, {0.106, 0.572, 0}, 0.005, 0.008);
  for (double side : {1.0, -1.0}) {
    solid.cut_ellipsoid({0.100, 0.580, 0.029 * side}, {0.026, 0.0165, 0.0185}, 0.006);
  }
  solid.cut_ellipsoid({0.098, 0.552, 0}, {0.016, 0.015, 0.011}, 0.004);
  // The gap between the rows of teeth.
  solid.cut_ellipsoid({0.092, 0.5030, 0}, {0.030, 0.0022, 0.034}, 0.002);
}

}  // namespace

Mesh build_skull() {
  Solid solid;
  solid.add_ellipsoid({0.008, 0.618, 0}, {0.094, 0.074, 0.071}, 0);
  solid.add_ellipsoid({0.030, 0.632, 0}, {0.074, 0.066, 0.066}, 0.030);
  solid.add_ellipsoid({-0.030, 0.595, 0}, {0.055, 0.055, 0.060}, 0.030);
  solid.add_ellipsoid({0.055, 0.590, 0}, {0.046, 0.040, 0.050}, 0.020);
  add_face(solid);
  return solid.build_mesh(0.0032);
}

}  // namespace lumbarun::viz
