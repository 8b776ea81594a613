// How long do the paths (length, velocity, all moment arms) and the Hill forces of every muscle of the runner take at one
// state, in double and in SIMD lanes of eight states, beside the tendon stage of MuJoCo (mj_tendon: lengths and their
// Jacobian) on the same skeleton with the same points, cylinders and spheres?
// Goal: at most 100 µs per state on one core, at most 0.4 of MuJoCo's. Kinematics are done beforehand on both sides.
// MuJoCo's tendons know no moving, conditional or shared points (fixed where they are in standing) and no ellipsoids
// (a sphere of the mean radius).
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <random>

#include "models/muscles.h"
#include "sim/multibody/kinematics.h"
#include "sim/tissue/muscle_curves.h"

#ifdef LUMBARUN_HAS_MUJOCO
#include <mujoco/mujoco.h>
#endif

namespace lumbarun {
namespace {

constexpr int kStates = 16;

struct Bench {
  Bench()
      : skeleton(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner")),
        tables(read_muscle_tables(LUMBARUN_SOURCE_DIR "/models/runner", skeleton)),
        model(build_skeleton(skeleton, person, 0.0)),
        muscles(build_muscles(model, skeleton, tables, person)) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> uniform(-1.0, 1.0);
    for (int s = 0; s < kStates; ++s) {
      auto& q = states.emplace_back(model.coordinate_count());
      for (int j = 0; j < model.coordinate_count(); ++j) {
        const std::string& name = model.link(CoordinateIndex(j)).coordinate;
        const bool is_knee = name.starts_with("knee"), is_hip = name.starts_with("hip_flexion");
        q[j] = is_knee  ? 0.6 + 0.6 * uniform(random)
               : is_hip ? 0.4 + 0.6 * uniform(random)
                        : 0.1 * uniform(random);
      }
    }
  }
  PersonParameters person{.mass_kg = 75.0, .height_m = 1.75};
  SkeletonTables skeleton;
  MuscleTables tables;
  Model model;
  RunnerMuscles muscles;
  std::vector<std::vector<double>> states;
};

const Bench& get_bench() {
  static const Bench bench;
  return bench;
}

void report(benchmark::State& state, double states_per_iteration) {
  state.counters["per_state"] = benchmark::Counter(
      states_per_iteration, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["muscles"] = get_bench().muscles.paths.muscle_count();
}

void paths_and_forces_double(benchmark::State& state) {
  const Bench& b = get_bench();
  std::vector<Data<double>> data(kStates, Data<double>(b.model));
  for (int s = 0; s < kStates; ++s) update_positions(b.model, data[s], b.states[s].data());
  MusclePathData<double> out(b.muscles.paths);
  std::vector<MuscleState> states(b.muscles.muscles.size());
  for (auto _ : state) {
    double force = 0.0;
    for (int s = 0; s < kStates; ++s) {
      const double* q = b.states[s].data();
      update_muscle_paths(b.muscles.paths, b.model, data[s], q, q, out);
      calc_muscle_states(b.muscles.muscles, out.length.data(), out.velocity.data(), states.data());
      for (const MuscleState& muscle : states) force += muscle.active_capacity;
    }
    benchmark::DoNotOptimize(force);
  }
  report(state, kStates);
}

void paths_and_forces_lanes(benchmark::State& state) {
  const Bench& b = get_bench();
  constexpr int kBatches = kStates / Lanes8::kWidth;
  std::vector<Data<Lanes8>> data(kBatches, Data<Lanes8>(b.model));
  std::vector<std::vector<Lanes8>> q(kBatches, std::vector<Lanes8>(b.model.coordinate_count()));
  for (int s = 0; s < kStates; ++s) {
    for (int j = 0; j < b.model.coordinate_count(); ++j)
      q[s / Lanes8::kWidth][j].lane[s % Lanes8::kWidth] = b.states[s][j];
  }
  for (int k = 0; k < kBatches; ++k) update_positions(b.model, data[k], q[k].data());
  MusclePathData<Lanes8> out(b.muscles.paths);
  for (auto _ : state) {
    double force = 0.0;
    for (int k = 0; k < kBatches; ++k) {
      update_muscle_paths(b.muscles.paths, b.model, data[k], q[k].data(), q[k].data(), out);
      for (size_t m = 0; m < b.muscles.muscles.size(); ++m) {
        for (int i = 0; i < Lanes8::kWidth; ++i) {
          force += calc_muscle_state(b.muscles.muscles[m], out.length[m].lane[i], out.velocity[m].lane[i])
                       .active_capacity;
        }
      }
    }
    benchmark::DoNotOptimize(force);
  }
  report(state, kStates);
}

void paths_alone_double(benchmark::State& state) {
  const Bench& b = get_bench();
  std::vector<Data<double>> data(kStates, Data<double>(b.model));
  for (int s = 0; s < kStates; ++s) update_positions(b.model, data[s], b.states[s].data());
  MusclePathData<double> out(b.muscles.paths);
  for (auto _ : state) {
    for (int s = 0; s < kStates; ++s)
      update_muscle_paths(b.muscles.paths, b.model, data[s], b.states[s].data(), b.states[s].data(), out);
    benchmark::DoNotOptimize(out.length.data());
  }
  report(state, kStates);
}

BENCHMARK(paths_and_forces_double)->Unit(benchmark::kMicrosecond);
BENCHMARK(paths_and_forces_lanes)->Unit(benchmark::kMicrosecond);
BENCHMARK(paths_alone_double)->Unit(benchmark::kMicrosecond);

#ifdef LUMBARUN_HAS_MUJOCO

// The runner in MuJoCo's format: one body per link, in the pose of standing, sites and surfaces fixed to them.
class MujocoText {
 public:
  explicit MujocoText(const Bench& b) : b_(b), data_(b.model), parts_(b.model.coordinate_count()) {
    const std::vector<double> standing(b.model.coordinate_count(), 0.0);
    update_positions(b.model, data_, standing.data());
    MusclePathData<double> lengths(b.muscles.paths);
    update_muscle_paths(b.muscles.paths, b.model, data_, standing.data(), standing.data(), lengths);
    for (const MusclePath& path : b.muscles.paths.muscles) add_tendon(path, lengths);
  }

  std::string build() const {
    return fmt::format(
        "<mujoco><compiler angle=\"radian\" inertiafromgeom=\"false\"/><worldbody>{}{}</worldbody><tendon>{}"
        "</tendon></mujoco>",
        world_, build_children(CoordinateIndex()), tendons_);
  }

 private:
  static std::string text(const Vector3<double>& v) {
    return fmt::format("{:.9g} {:.9g} {:.9g}", v.x, v.y, v.z);
  }

  // All frames stand parallel to W in standing, so that only positions differ.
  Vector3<double> get_origin(CoordinateIndex link) const {
    return link.is_valid() ? data_.link[link].p_WL : Vector3<double>{};
  }
  std::string& part_of(CoordinateIndex link) { return link.is_valid() ? parts_[link] : world_; }

  void add_tendon(const MusclePath& path, const MusclePathData<double>& lengths) {
    const MusclePathSet& paths = b_.muscles.paths;
    std::string tendon;
    int k = 0;
    for (int i = 0; i < path.point_count; ++i) {
      const PathPoint& point = paths.points[path.first_point + i];
      const CoordinateIndex link = paths.links[path.first_link + point.slot];
      const std::string site = fmt::format("s{}", ++count_);
      part_of(link) += fmt::format("<site name=\"{}\" pos=\"{}\"/>", site,
                                   text(lengths.point[path.first_point + i] - get_origin(link)));
      tendon += fmt::format("<site site=\"{}\"/>", site);
      // MuJoCo allows one surface between two sites.
      if (k < path.stop_count && paths.stops[path.first_stop + k].segment == i)
        tendon += add_surface(
            paths.surfaces[paths.wraps[path.first_wrap + paths.stops[path.first_stop + k].wrap].surface]);
      while (k < path.stop_count && paths.stops[path.first_stop + k].segment == i) ++k;
    }
    tendons_ += fmt::format("<spatial>{}</spatial>", tendon);
  }

  std::string add_surface(const WrapSurface& surface) {
    const std::string geom = fmt::format("g{}", ++count_);
    const Matrix3<double> R_WL =
        surface.link.is_valid() ? data_.link[surface.link].R_WL : Matrix3<double>::identity();
    const Matrix3<double> R = R_WL * surface.X_LS.rotation;
    const Vector3<double> r = surface.radii;
    const bool is_cylinder = surface.kind == WrapKind::kCylinder;
    const std::string size =
        is_cylinder ? fmt::format("{} 0.1", r.x)
                    : fmt::format("{}", surface.kind == WrapKind::kSphere ? r.x : (r.x + r.y + r.z) / 3.0);
    part_of(surface.link) += fmt::format(
        "<geom name=\"{}\" type=\"{}\" size=\"{}\" pos=\"{}\" xyaxes=\"{} {}\" contype=\"0\" "
        "conaffinity=\"0\"/>",
        geom, is_cylinder ? "cylinder" : "sphere", size, text(R_WL * surface.X_LS.translation),
        text(R.column[0]), text(R.column[1]));
    return fmt::format("<geom geom=\"{}\"/>", geom);
  }

  std::string build_children(CoordinateIndex parent) const {
    std::string out;
    for (int j = 0; j < b_.model.coordinate_count(); ++j) {
      const CoordinateIndex link(j);
      if (b_.model.link(link).parent != parent) continue;
      out += fmt::format(
          "<body pos=\"{}\"><inertial pos=\"0 0 0\" mass=\"1\" diaginertia=\"0.1 0.1 0.1\"/><joint "
          "type=\"{}\" "
          "axis=\"{}\"/>{}{}</body>",
          text(get_origin(link) - get_origin(parent)),
          b_.model.link(link).kind == JointKind::kHinge ? "hinge" : "slide", text(data_.link[link].axis),
          parts_[j], build_children(link));
    }
    return out;
  }

  const Bench& b_;
  Data<double> data_;
  std::vector<std::string> parts_;
  std::string world_, tendons_;
  int count_ = 0;
};

mjModel* load_mujoco(const std::string& xml) {
  const auto files = std::make_unique<mjVFS>();
  mj_defaultVFS(files.get());
  mj_makeEmptyFileVFS(files.get(), "runner.xml", static_cast<int>(xml.size()));
  std::copy(xml.begin(), xml.end(), static_cast<char*>(files->filedata[0]));
  char error[1000] = "";
  mjModel* model = mj_loadXML("runner.xml", files.get(), error, sizeof(error));
  mj_deleteVFS(files.get());
  if (model == nullptr) throw BadInput(error);
  return model;
}

void mujoco_tendon(benchmark::State& state) {
  const Bench& b = get_bench();
  mjModel* model = load_mujoco(MujocoText(b).build());
  std::vector<mjData*> data;
  double difference = 0.0;
  MusclePathData<double> ours(b.muscles.paths);
  Data<double> tree(b.model);
  for (int s = 0; s < kStates; ++s) {
    data.push_back(mj_makeData(model));
    // Links are numbered depth first here as well, so that coordinates keep their order.
    std::copy(b.states[s].begin(), b.states[s].end(), data[s]->qpos);
    mj_kinematics(model, data[s]);
    mj_comPos(model, data[s]);
    mj_tendon(model, data[s]);
    update_positions(b.model, tree, b.states[s].data());
    update_muscle_paths(b.muscles.paths, b.model, tree, b.states[s].data(), b.states[s].data(), ours);
    int close = 0;
    for (int m = 0; m < model->ntendon; ++m)
      close += std::abs(ours.length[m] - data[s]->ten_length[m]) < 1e-6;
    difference += static_cast<double>(close) / model->ntendon / kStates;
  }
  for (auto _ : state) {
    for (int s = 0; s < kStates; ++s) mj_tendon(model, data[s]);
    benchmark::DoNotOptimize(data.back()->ten_length);
  }
  report(state, kStates);
  state.counters["tendons"] = model->ntendon;
  state.counters["same_length"] = difference;  // share of tendons with our length
  for (mjData* d : data) mj_deleteData(d);
  mj_deleteModel(model);
}

BENCHMARK(mujoco_tendon)->Unit(benchmark::kMicrosecond);

#endif

}  // namespace
}  // namespace lumbarun
