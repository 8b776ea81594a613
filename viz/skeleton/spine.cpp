#include <algorithm>
#include <cmath>
#include <map>

#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"
#include "viz/skeleton/vertebra.h"

namespace lumbarun::viz {
namespace {

// An endplate: center, tilt about Z and half axes.
struct Endplate {
  Vector3d center;
  double tilt_deg;
  double half_depth;
  double half_width;

  Vector3d get_normal() const { return build_turn(Vector3d::UnitZ(), tilt_deg) * Vector3d::UnitY(); }
};

// The vertebral body: an elliptical column with a waist between two endplates that need not be parallel.
void add_vertebral_body(Solid& solid, const Endplate& low, const Endplate& high) {
  const Vector3d n_low = low.get_normal();
  const Vector3d n_high = high.get_normal();
  const double reach = std::max(low.half_depth, high.half_depth);
  Eigen::AlignedBox3d box(low.center);
  box.extend(high.center);
  const Vector3d margin(reach, 0.35 * reach, std::max(low.half_width, high.half_width));
  solid.add(box.min() - margin, box.max() + margin, 0.0, [=](const Vector3d& p) {
    const double above = n_low.dot(p - low.center);
    const double below = n_high.dot(high.center - p);
    const double t = std::clamp(above / std::max(above + below, 1e-6), 0.0, 1.0);
    const Vector3d q = p - (1 - t) * low.center - t * high.center;
    const double a = (1 - t) * low.half_depth + t * high.half_depth;
    const double b = (1 - t) * low.half_width + t * high.half_width;
    const double level = 2 * t - 1;
    const double waist = 0.87 + 0.13 * level * level;
    // A blunter section than an ellipse: the front and the sides are flatter.
    const double section =
        std::pow(std::pow(std::abs(q.x() / a), 2.3) + std::pow(std::abs(q.z() / b), 2.3), 1 / 2.3);
    const double side = (section - waist) * a;
    const double end = -std::min(above, below);
    constexpr double kRim = 0.0016;
    const double outside = std::hypot(std::max(side + kRim, 0.0), std::max(end + kRim, 0.0));
    return outside + std::min(std::max(side + kRim, end + kRim), 0.0) - kRim;
  });
}

// Where the parts of one vertebra lie, in its frame.
struct Landmarks {
  double back;    // of the body, x
  double height;  // from the disc below to the disc above
  double pedicle_y;
  double pedicle_z;
  double lamina_x;  // front of the lamina in the middle
};

Landmarks calc_landmarks(const VertebraShape& shape) {
  const VertebraSizes& sizes = shape.sizes;
  Landmarks at;
  at.height = shape.top.y();
  at.pedicle_y = at.height - 0.5 * shape.disc_above - 0.5 * sizes.pedicle_height - 0.001;
  at.back = 0.75 * shape.top.x() - 0.25 * (sizes.upper_depth + sizes.lower_depth);
  at.pedicle_z = 0.5 * (sizes.canal_width + sizes.pedicle_width);
  at.lamina_x = at.back - sizes.canal_depth;
  return at;
}

void add_pedicle_and_processes(Solid& solid, const VertebraShape& shape, const Landmarks& at, double side) {
  const VertebraSizes& sizes = shape.sizes;
  const double h = at.height;
  const double inner = 0.5 * sizes.canal_width;
  const double thin = 0.5 * sizes.pedicle_width;
  solid.add_ellipsoid({at.back - 0.002, at.pedicle_y, at.pedicle_z * side},
                      {0.013, 0.5 * sizes.pedicle_height, thin}, 0.004);
  // The articular pillar with the upper process outside and before the lower one of the vertebra above.
  const Vector3d pillar(at.back - 0.013, 0.55 * h, (inner + 0.5 * thin + 0.002) * side);
  solid.add_cone({at.back - 0.006, at.pedicle_y, at.pedicle_z * side}, 0.0052, pillar, 0.0056, 0.005);
  solid.add_chain({pillar,
                   {at.back - 0.0115, 0.90 * h, (inner + 0.0055) * side},
                   {at.back - 0.0125, h + 0.0045, (inner + 0.0060) * side}},
                  {0.0056, 0.0058, 0.0044}, 0.004);
  solid.add_cone({at.back - 0.0165, 0.88 * h, (inner + 0.0090) * side}, 0.0035, pillar, 0.004, 0.004);
  solid.add_chain({pillar,
                   {at.back - 0.0185, 0.25 * h, (inner + 0.0005) * side},
                   {at.back - 0.0205, -0.0045, (inner - 0.0002) * side}},
                  {0.0056, 0.0052, 0.0044}, 0.004);
  // Transverse process: flat, a little upwards and backwards.
  const Vector3d root(at.back - 0.009, 0.58 * h, (inner + sizes.pedicle_width) * side);
  const Vector3d tip(at.back - 0.016, 0.64 * h, (0.5 * sizes.transverse_width - 0.003) * side);
  const double thick = 0.0022 + 0.06 * sizes.pedicle_width;
  solid.add_cone(pillar, 0.0052, root, 0.0042, 0.005);
  solid.add_plate(root + Vector3d(0, 0.0045, 0), root - Vector3d(0, 0.0045, 0), tip, thick, 0.005);
  solid.add_cone(tip + Vector3d(0, 0.0025, 0), 0.0030, tip - Vector3d(0, 0.0025, 0), 0.0030, 0.004);
  // Lamina, from the pillar to the middle.
  const Vector3d middle_top(at.lamina_x - 0.003, 0.56 * h, 0);
  const Vector3d middle_low(at.lamina_x - 0.006, 0.14 * h, 0);
  const Vector3d low_corner(at.back - 0.0185, 0.16 * h, (inner - 0.001) * side);
  solid.add_plates({{pillar, middle_top, middle_low}, {pillar, low_corner, middle_low}}, 0.0030, 0.005);
}

void add_spinous_process(Solid& solid, const VertebraShape& shape, const Landmarks& at) {
  const double h = at.height;
  const double drop = shape.spinous_drop * h;
  const double end = -shape.sizes.spinous_length;
  const Vector3d root_top(at.lamina_x - 0.004, 0.52 * h, 0);
  const Vector3d root_low(at.lamina_x - 0.007, 0.10 * h, 0);
  const Vector3d tip_top(end + 0.004, 0.46 * h - 0.6 * drop, 0);
  const Vector3d tip_low(end + 0.008, 0.10 * h - drop, 0);
  solid.add_plates({{root_top, root_low, tip_top}, {root_low, tip_top, tip_low}}, 0.0030, 0.006);
  solid.add_cone(tip_top, 0.0042, tip_low, 0.0048, 0.005);
}

}  // namespace

const VertebraSizes& get_vertebra_sizes(const std::string& level) {
  static const std::map<std::string, VertebraSizes> kSizes = {
      {"T12", {0.0390, 0.0421, 0.0328, 0.0334, 0.0222, 0.0181, 0.0083, 0.0160, 0.0560, 0.0520}},
      {"L1", {0.0412, 0.0433, 0.0341, 0.0353, 0.0237, 0.0190, 0.0086, 0.0159, 0.0677, 0.0712}},
      {"L2", {0.0426, 0.0455, 0.0346, 0.0349, 0.0238, 0.0182, 0.0083, 0.0150, 0.0720, 0.0761}},
      {"L3", {0.0441, 0.0480, 0.0352, 0.0348, 0.0243, 0.0175, 0.0102, 0.0144, 0.0740, 0.0857}},
      {"L4", {0.0466, 0.0495, 0.0355, 0.0339, 0.0254, 0.0186, 0.0141, 0.0155, 0.0720, 0.0794}},
      {"L5", {0.0473, 0.0494, 0.0347, 0.0332, 0.0271, 0.0197, 0.0186, 0.0196, 0.0620, 0.0925}}};
  return kSizes.at(level);
}

VertebraSizes scaled(const VertebraSizes& sizes, double factor) {
  VertebraSizes result = sizes;
  for (double* value : {&result.upper_width, &result.lower_width, &result.upper_depth, &result.lower_depth,
                        &result.canal_width, &result.canal_depth, &result.pedicle_width,
                        &result.pedicle_height, &result.spinous_length, &result.transverse_width}) {
    *value *= factor;
  }
  return result;
}

Mesh build_vertebra(const VertebraShape& shape) {
  const VertebraSizes& sizes = shape.sizes;
  const Landmarks at = calc_landmarks(shape);
  const Endplate low{
      {0, 0.5 * shape.disc_below, 0}, shape.lower_tilt_deg, 0.5 * sizes.lower_depth, 0.5 * sizes.lower_width};
  const Endplate high{shape.top - Vector3d(0, 0.5 * shape.disc_above, 0), 0, 0.5 * sizes.upper_depth,
                      0.5 * sizes.upper_width};
  Solid solid;
  add_vertebral_body(solid, low, high);
  solid.cut_ellipsoid({at.back - 0.0095, 0.5 * at.height, 0}, {0.012, 0.05, 0.5 * sizes.canal_width}, 0.003);
  for (double side : {1.0, -1.0}) add_pedicle_and_processes(solid, shape, at, side);
  add_spinous_process(solid, shape, at);
  return solid.build_mesh(0.0014);
}

Mesh build_sacrum() {
  // Center line from the S1 endplate to the tip of the coccyx, seen from the side.
  const std::vector<Vector3d> line = {{-0.100, 0.037, 0},  {-0.114, 0.018, 0},  {-0.132, -0.008, 0},
                                      {-0.145, -0.036, 0}, {-0.148, -0.064, 0}, {-0.139, -0.088, 0},
                                      {-0.128, -0.103, 0}};
  Solid solid;
  add_vertebral_body(solid, {{-0.110, 0.024, 0}, -38.5, 0.0150, 0.0230},
                     {{-0.0905, 0.0495, 0}, -38.5, 0.0172, 0.0250});
  solid.add_chain(line, {0.014, 0.0135, 0.0115, 0.0095, 0.0075, 0.0050, 0.0032}, 0.010);
  for (double side : {1.0, -1.0}) {
    // Wings with their joint surface to the ilium, then the tapering side of the lower pieces.
    solid.add_plates({{Vector3d(-0.098, 0.036, 0.016 * side), Vector3d(-0.102, 0.026, 0.048 * side),
                       Vector3d(-0.122, -0.002, 0.044 * side)},
                      {Vector3d(-0.098, 0.036, 0.016 * side), Vector3d(-0.122, -0.002, 0.044 * side),
                       Vector3d(-0.140, -0.030, 0.008 * side)},
                      {Vector3d(-0.122, -0.002, 0.044 * side), Vector3d(-0.140, -0.030, 0.008 * side),
                       Vector3d(-0.146, -0.034, 0.030 * side)},
                      {Vector3d(-0.146, -0.034, 0.030 * side), Vector3d(-0.140, -0.030, 0.008 * side),
                       Vector3d(-0.150, -0.066, 0.010 * side)}},
                     0.0075, 0.010);
    // Upper articular process.
    solid.add_chain({{-0.126, 0.028, 0.019 * side}, {-0.119, 0.043, 0.019 * side}}, {0.0055, 0.0048}, 0.006);
    for (int i = 0; i < 4; ++i) {
      // The foramina, from front to back.
      const Vector3d hole =
          0.5 * (line[static_cast<std::size_t>(i) + 1] + line[static_cast<std::size_t>(i)]) +
          Vector3d(-0.002, -0.004, (0.0205 - 0.0022 * i) * side);
      solid.cut_cone(hole + Vector3d(0.028, 0.010, 0), 0.0042 - 0.0004 * i, hole - Vector3d(0.028, 0.010, 0),
                     0.0030, 0.003);
    }
  }
  // The median crest, three knobs.
  solid.add_chain({{-0.128, 0.028, 0}, {-0.143, 0.004, 0}, {-0.157, -0.026, 0}, {-0.160, -0.050, 0}},
                  {0.0050, 0.0052, 0.0042, 0.0030}, 0.008);
  for (const Vector3d& knob :
       {Vector3d(-0.139, 0.022, 0), Vector3d(-0.155, -0.004, 0), Vector3d(-0.163, -0.030, 0)}) {
    solid.add_ellipsoid(knob, {0.0055, 0.0065, 0.0042}, 0.008);
  }
  return solid.build_mesh(0.0020);
}

}  // namespace lumbarun::viz
