#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"

namespace lumbarun::viz {
namespace {

// Landmarks of the right hip bone in the pelvis frame, m.
const Vector3d kAsis(0.000, 0.000, 0.122);
const Vector3d kAiis(-0.020, -0.036, 0.100);
const Vector3d kCrestFront(-0.028, 0.050, 0.140);
const Vector3d kCrestTop(-0.075, 0.082, 0.132);
const Vector3d kCrestBack(-0.125, 0.068, 0.085);
const Vector3d kPsis(-0.160, 0.022, 0.045);
const Vector3d kPiis(-0.150, -0.012, 0.048);
const Vector3d kWingHollow(-0.075, 0.010, 0.088);
const Vector3d kSciaticNotch(-0.112, -0.030, 0.070);
const Vector3d kHip(-0.0707, -0.0661, 0.0835);
const Vector3d kSpine(-0.118, -0.075, 0.055);
const Vector3d kTuber(-0.112, -0.138, 0.058);
const Vector3d kRamus(-0.060, -0.128, 0.028);
const Vector3d kPubis(-0.022, -0.098, 0.014);
const Vector3d kPubisTop(-0.018, -0.082, 0.022);

void add_iliac_wing(Solid& solid) {
  constexpr double kThin = 0.0035;
  constexpr double kBlend = 0.012;
  const Vector3d roof = kHip + Vector3d(0.0, 0.032, -0.004);
  const std::vector<Vector3d> rim = {kAiis,      kAsis, kCrestFront, kCrestTop,
                                     kCrestBack, kPsis, kPiis,       kSciaticNotch};
  std::vector<std::array<Vector3d, 3>> wing;
  const std::vector<Vector3d> edge = calc_smooth_line(rim, 4);
  for (std::size_t i = 0; i + 1 < edge.size(); ++i) wing.push_back({kWingHollow, edge[i], edge[i + 1]});
  solid.add_plates(wing, kThin, kBlend);
  solid.add_plate(kWingHollow, kAiis, roof, 0.007, kBlend);
  solid.add_plate(kWingHollow, kSciaticNotch, roof, 0.008, kBlend);
  solid.add_chain(calc_smooth_line({kAsis, kCrestFront, kCrestTop, kCrestBack, kPsis}, 4),
                  std::vector<double>(17, 0.0065), 0.010);
  solid.add_cone(kAsis, 0.0075, kAiis, 0.007, 0.008);
  solid.add_cone(kPsis, 0.007, kPiis, 0.006, 0.008);
}

void add_pubis_and_ischium(Solid& solid) {
  solid.add_chain({kAiis, kHip + Vector3d(0.012, 0.026, -0.006)}, {0.010, 0.016}, 0.012);
  solid.add_chain({kHip + Vector3d(0.012, -0.008, -0.022), kPubisTop}, {0.014, 0.008}, 0.010);
  solid.add_cone(kPubisTop, 0.009, kPubis, 0.009, 0.006);
  solid.add_chain({kPubis, kRamus, kTuber}, {0.007, 0.006, 0.012}, 0.008);
  solid.add_chain({kHip + Vector3d(-0.026, -0.010, -0.012), kSpine, kTuber}, {0.015, 0.012, 0.015}, 0.012);
  solid.add_cone(kSpine, 0.006, kSpine + Vector3d(-0.008, 0.002, -0.014), 0.003, 0.006);
  solid.add_cone(kSciaticNotch, 0.010, kHip + Vector3d(-0.026, 0.004, -0.010), 0.016, 0.012);
}

}  // namespace

Mesh build_pelvis() {
  Solid solid;
  add_iliac_wing(solid);
  add_pubis_and_ischium(solid);
  solid.add_ellipsoid(kHip + Vector3d(-0.002, 0.004, -0.010), {0.033, 0.033, 0.028}, 0.012);
  solid.cut_ellipsoid(kHip + Vector3d(0, 0, 0.006), {0.0265, 0.0265, 0.0265}, 0.003);
  const Mesh right = solid.build_mesh(0.0026);
  Solid symphysis;
  symphysis.add_ellipsoid({-0.023, -0.096, 0}, {0.010, 0.018, 0.009}, 0);
  return join({right, mirrored(right), symphysis.build_mesh(0.0025)});
}

}  // namespace lumbarun::viz
