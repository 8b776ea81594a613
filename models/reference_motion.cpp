#include "models/reference_motion.h"

#include <cmath>

namespace lumbarun {

namespace {

// At another cadence the same duty factor leaves a flight of another length: heights under gravity go with time squared.
double calc_bounce_scale(const GaitNorm& norm, double speed, double cadence) {
  const double ratio = norm.calc_cadence_spm(speed) / 60.0 / cadence;
  return ratio * ratio;
}

struct Path {
  double speed = 0.0;  // m/s, along the plane
  double slope = 0.0;  // rad
};

ReferenceMotion build_motion(const Model& model, std::vector<CoordinateSource> sources, PeriodicGait gait,
                             double cadence, const Path& path, const PhaseWarp& warp) {
  const double stride_rate = 0.5 * cadence;
  const int forward = model.get_coordinate("pelvis_tx"), up = model.get_coordinate("pelvis_ty");
  return
      [sources = std::move(sources), gait = std::move(gait), stride_rate, path, forward, up, warp](double t) {
        const int n = static_cast<int>(sources.size());
        MotionState state{Eigen::VectorXd(n), Eigen::VectorXd(n), Eigen::VectorXd(n)};
        const PhaseWarp::Phase phase = warp.calc(t * stride_rate);
        const double rate = phase.rate * stride_rate, change = phase.change * stride_rate * stride_rate;
        for (int i = 0; i < n; ++i) {
          const CoordinateSource& s = sources[i];
          const double slope = s.share * gait.calc(s.row, phase.value, 1);
          state.q[i] = s.share * gait.calc(s.row, phase.value, 0);
          state.v[i] = slope * rate;
          state.a[i] = s.share * gait.calc(s.row, phase.value, 2) * rate * rate + slope * change;
        }
        state.q[forward] += path.speed * std::cos(path.slope) * t;
        state.v[forward] += path.speed * std::cos(path.slope);
        state.q[up] += path.speed * std::sin(path.slope) * t;
        state.v[up] += path.speed * std::sin(path.slope);
        return state;
      };
}

}  // namespace

ReferenceMotion build_reference_motion(const Model& model, const GaitNorm& norm, double speed,
                                       double cadence) {
  std::vector<CoordinateSource> sources = find_sources(model, norm);
  sources[model.get_coordinate("pelvis_ty")].share = calc_bounce_scale(norm, speed, cadence);
  return build_motion(model, std::move(sources), norm.calc_gait(speed), cadence, {speed, 0.0}, {});
}

ReferenceMotion build_reference_motion(const Runner& runner, const GaitNorm& norm, double speed,
                                       double cadence, const StrideShape& shape) {
  ShapedGait shaped = calc_shaped_gait(runner, norm, speed, cadence, shape);
  std::vector<CoordinateSource> sources = find_sources(runner.model, norm);
  return build_motion(runner.model, std::move(sources), std::move(shaped.gait), cadence, {speed, shape.slope},
                      shaped.warp);
}

}  // namespace lumbarun
