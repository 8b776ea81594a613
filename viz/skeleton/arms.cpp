#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"

namespace lumbarun::viz {

Mesh build_humerus() {
  Solid solid;
  solid.add_ellipsoid({-0.002, -0.001, -0.006}, {0.0225, 0.0225, 0.0215}, 0);
  solid.add_ellipsoid({0.006, -0.008, 0.012}, {0.015, 0.020, 0.012}, 0.010);
  solid.add_chain({{0.000, -0.015, 0.004},
                   {0.002, -0.070, 0.004},
                   {0.006, -0.160, 0.000},
                   {0.011, -0.240, -0.006},
                   {0.013, -0.275, -0.009}},
                  {0.0185, 0.0125, 0.0108, 0.0110, 0.0125}, 0.010);
  solid.add_cone({0.013, -0.280, 0.012}, 0.0115, {0.013, -0.282, -0.034}, 0.0125, 0.010);
  solid.cut_ellipsoid({-0.004, -0.272, -0.010}, {0.010, 0.012, 0.010}, 0.006);
  return solid.build_mesh(0.0026);
}

namespace {

void add_hand(Solid& solid) {
  const Vector3d wrist(-0.016, -0.252, 0.034);
  const Vector3d palm = wrist + Vector3d(0.006, -0.052, 0.002);
  solid.add_ellipsoid(wrist + Vector3d(0, -0.010, 0), {0.018, 0.014, 0.013}, 0.010);
  solid.add_ellipsoid(palm, {0.034, 0.040, 0.012}, 0.012);
  for (int i = 0; i < 4; ++i) {
    const double x = 0.026 - 0.0165 * i;
    const Vector3d knuckle = palm + Vector3d(x, -0.036 - 0.004 * (i == 1 || i == 2), 0.003);
    const Vector3d middle = knuckle + Vector3d(0.001, -0.022, -0.022);
    const Vector3d tip = middle + Vector3d(0.0, 0.014, -0.020);
    solid.add_chain({palm + Vector3d(0.6 * x, 0.01, 0.004), knuckle, middle, tip},
                    {0.0085, 0.0092, 0.0082, 0.0068}, 0.003);
  }
  solid.add_chain({wrist + Vector3d(0.014, -0.020, -0.006), palm + Vector3d(0.042, -0.004, -0.012),
                   palm + Vector3d(0.038, -0.036, -0.022)},
                  {0.0105, 0.0090, 0.0070}, 0.004);
}

}  // namespace

Mesh build_forearm() {
  Solid solid;
  // Ulna: olecranon behind the elbow, thin towards the wrist.
  solid.add_cone({-0.018, 0.012, 0.002}, 0.0115, {-0.012, -0.030, 0.002}, 0.0115, 0.008);
  solid.add_chain({{-0.012, -0.030, 0.002}, {-0.015, -0.130, 0.006}, {-0.020, -0.238, 0.020}},
                  {0.0105, 0.0075, 0.0075}, 0.006);
  // Radius: head at the elbow, wide at the wrist.
  solid.add_cone({-0.001, -0.012, 0.022}, 0.0105, {-0.002, -0.030, 0.022}, 0.0080, 0.003);
  solid.add_chain({{-0.002, -0.030, 0.022}, {0.000, -0.130, 0.028}, {-0.010, -0.236, 0.036}},
                  {0.0080, 0.0080, 0.0130}, 0.004);
  add_hand(solid);
  return solid.build_mesh(0.0026);
}

}  // namespace lumbarun::viz
