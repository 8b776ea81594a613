#include "models/reference_motion.h"

namespace lumbarun {

namespace {

struct Source {
  GaitCoordinate row;
  double share = 1.0;  // of the tabulated coordinate
};

constexpr std::array<const char*, 3> kLumbarTails = {"_extension", "_bending", "_rotation"};
constexpr std::array<const char*, 3> kLumbarTotals = {"lumbar_extension", "lumbar_bending",
                                                      "lumbar_rotation"};

Source find_source(const GaitNorm& norm, const std::string& coordinate) {
  for (int level = 0; level < kLevelCount; ++level) {
    for (int axis = 0; axis < 3; ++axis) {
      if (coordinate != std::string(kLevelNames[level]) + kLumbarTails[axis]) continue;
      return {norm.find(kLumbarTotals[axis]), norm.lumbar_share(static_cast<LumbarAxis>(axis))[level]};
    }
  }
  return {norm.find(coordinate), 1.0};
}

// At another cadence the same duty factor leaves a flight of another length: heights under gravity go with time squared.
double calc_bounce_scale(const GaitNorm& norm, double speed, double cadence) {
  const double ratio = norm.calc_cadence_spm(speed) / 60.0 / cadence;
  return ratio * ratio;
}

}  // namespace

ReferenceMotion build_reference_motion(const Model& model, const GaitNorm& norm, double speed,
                                       double cadence) {
  std::vector<Source> sources;
  for (const Link& link : model.links()) sources.push_back(find_source(norm, link.coordinate));
  const PeriodicGait gait = norm.calc_gait(speed);
  const double stride_rate = 0.5 * cadence;
  const double bounce = calc_bounce_scale(norm, speed, cadence);
  const int height = model.get_coordinate("pelvis_ty");
  const int advance = model.get_coordinate("pelvis_tx");
  sources[height].share = bounce;
  return [sources, gait, stride_rate, speed, advance](double t) {
    const int n = static_cast<int>(sources.size());
    MotionState state{Eigen::VectorXd(n), Eigen::VectorXd(n), Eigen::VectorXd(n)};
    const double phase = t * stride_rate;
    for (int i = 0; i < n; ++i) {
      const Source& s = sources[i];
      state.q[i] = s.share * gait.calc(s.row, phase, 0);
      state.v[i] = s.share * gait.calc(s.row, phase, 1) * stride_rate;
      state.a[i] = s.share * gait.calc(s.row, phase, 2) * stride_rate * stride_rate;
    }
    state.q[advance] += speed * t;
    state.v[advance] += speed;
    return state;
  };
}

}  // namespace lumbarun
