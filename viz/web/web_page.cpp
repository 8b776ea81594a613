#include "viz/web/web_page.h"

#include <fmt/format.h>
#include <vtkCellArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "viz/geometry/reduce.h"
#include "viz/scene/ground.h"
#include "viz/scene/muscles.h"
#include "viz/skeleton/held_things.h"
#include "viz/skeleton/skeleton.h"
#include "viz/web/page_template.h"
#include "viz/web/web_data.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr int kFrames = 90;        // of the scene, over the stride
constexpr int kCurvePoints = 240;  // of the charts
constexpr int kMusclePoints = 10;
constexpr double kMusclePrecision = 1e-4;  // m

std::string to_json(const Color& color) {
  return fmt::format("[{:.3f},{:.3f},{:.3f}]", color[0], color[1], color[2]);
}

// The bone's triangles in whole numbers about its box.
std::string add_mesh(WebData& data, const Mesh& mesh, int triangles) {
  const Mesh small = reduced(mesh, triangles);
  double bounds[6];
  small->GetBounds(bounds);
  const Vector3d middle = 0.5 * Vector3d(bounds[0] + bounds[1], bounds[2] + bounds[3], bounds[4] + bounds[5]);
  const double reach =
      0.5 * std::max({bounds[1] - bounds[0], bounds[3] - bounds[2], bounds[5] - bounds[4], 1e-6});
  std::vector<std::int16_t> positions;
  std::vector<std::int8_t> normals;
  std::vector<std::uint8_t> shade;
  for (vtkIdType i = 0; i < small->GetNumberOfPoints(); ++i) {
    const Vector3d p = (Vector3d(small->GetPoint(i)) - middle) / reach;
    const Vector3d n(small->GetPointData()->GetNormals()->GetTuple3(i));
    for (int k = 0; k < 3; ++k) {
      positions.push_back(static_cast<std::int16_t>(std::lround(32767 * std::clamp(p[k], -1.0, 1.0))));
      normals.push_back(static_cast<std::int8_t>(std::lround(127 * std::clamp(n[k], -1.0, 1.0))));
    }
    shade.push_back(
        static_cast<std::uint8_t>(small->GetPointData()->GetArray(kShadeArray)->GetComponent(i, 0)));
  }
  LUMBARUN_DEMAND(shade.size() < 65536);
  std::vector<std::uint16_t> corners;
  vtkNew<vtkIdList> ids;
  for (vtkIdType c = 0; c < small->GetPolys()->GetNumberOfCells(); ++c) {
    small->GetPolys()->GetCellAtId(c, ids);
    for (int k = 0; k < 3; ++k) corners.push_back(static_cast<std::uint16_t>(ids->GetId(k)));
  }
  return fmt::format("\"scale\":{:.7g},\"middle\":[{:.6g},{:.6g},{:.6g}],\"p\":{},\"n\":{},\"s\":{},\"i\":{}",
                     reach, middle.x(), middle.y(), middle.z(), data.add_shorts(positions),
                     data.add_bytes(normals), data.add_unsigned_bytes(shade), data.add_unsigned(corners));
}

void append(std::vector<double>& values, const Vector3d& v) {
  values.insert(values.end(), v.data(), v.data() + 3);
}

void append(std::vector<double>& values, const Eigen::Matrix3d& R) {
  const Eigen::Quaterniond q(R);
  for (double value : {q.x(), q.y(), q.z(), q.w()}) values.push_back(value);
}

class PageBuilder {
 public:
  PageBuilder(const RunRecord& record, const MeshCache& cache)
      : record_(record), skeleton_(record, cache), ground_(calc_ground_plane(record)) {
    LUMBARUN_THROW_UNLESS(is_one_instant(record) || (record.time.size() > 1 && record.time.back() > 0),
                          "the run has no stride to show (status: {})", record.header.status);
    // One instant is a run that stands still between two frames.
    const int frames = is_one_instant(record) ? 2 : kFrames;
    for (int i = 0; i < frames; ++i) {
      const std::size_t sample = find_sample_at_time(record, record.time.back() * i / (frames - 1));
      LUMBARUN_THROW_UNLESS(has_poses(record, sample),
                            "the run's poses are undefined at {} s: a page shows the whole stride",
                            record.time[sample]);
      samples_.push_back(sample);
    }
  }

  std::string build_parts() {
    std::string list;
    for (const Bone& bone : skeleton_.get_bones()) {
      std::vector<double> poses;
      for (std::size_t sample : samples_) {
        const Pose pose = skeleton_.calc_pose(bone, RunFrame(record_, sample));
        append(poses, pose.p);
        append(poses, pose.R);
      }
      const int triangles = bone.group == BoneGroup::kSpine ? 5200
                            : bone.name == "rib_cage"       ? 16000
                            : bone.name == "pelvis"         ? 9000
                                                            : 3600;
      const Color color = bone.group == BoneGroup::kSocks ? kSock : kBone;
      add_part(list, bone.name,
               bone.group == BoneGroup::kSpine   ? "spine"
               : bone.group == BoneGroup::kTrunk ? "trunk"
                                                 : "limbs",
               color, add_mesh(data_, bone.mesh, triangles), data_.add_floats(poses));
    }
    for (Side side : {Side::kRight, Side::kLeft}) add_shoe(list, side);
    add_held_things(list);
    return "[" + list + "]";
  }

  std::string build_discs(const Quantity& quantity) {
    std::vector<double> poses;
    std::string sizes;
    for (std::size_t sample : samples_) {
      for (const DiscPose& disc : skeleton_.calc_disc_poses(RunFrame(record_, sample))) {
        append(poses, disc.center);
        append(poses, disc.R_upper);
        append(poses, disc.R_lower);
        if (sample == samples_.front()) {
          sizes += fmt::format("{}[{:.6g},{:.6g},{:.6g}]", sizes.empty() ? "" : ",", disc.height,
                               disc.half_depth, disc.half_width);
        }
      }
    }
    std::vector<std::string> names;
    for (const char* level : kDiscLevels) names.push_back(get_level_text(level));
    std::string curves;
    for (const char* level : kDiscLevels) {
      const std::size_t column = find_level(record_, level);
      append_item(curves, add_curve([&](std::size_t sample) { return quantity.get(sample, column); }));
    }
    const ValueRange range = calc_range({&quantity});
    return fmt::format(
        "{{\"names\":{},\"sizes\":[{}],\"poses\":{},\"label\":{},\"unit\":{},\"range\":[{},{}],\"curves\":[{}"
        "],\"map\":{}}}",
        viz::to_json(names), sizes, data_.add_floats(poses), viz::to_json(quantity.get_label()),
        viz::to_json(quantity.unit), range.low, range.high, curves, build_map(build_load_colors(0, 1)));
  }

  // Lines as whole multiples of 0.1 mm from the pelvis, which travels.
  std::string build_muscles() {
    const MuscleRecord& muscles = record_.muscles;
    const std::size_t count = record_.names.muscles.size();
    LUMBARUN_THROW_UNLESS(count > 0 && muscles.path_row_size.size() == count && !muscles.path_point.empty(),
                          "group /muscles has no paths (row_size, path_point)");
    const Quantity activation = calc_muscle_quantity(record_, MuscleQuantity::kActivation);
    const std::size_t stations = muscles.path_point.size() / record_.time.size() / 3;
    std::vector<std::int16_t> lines;
    std::vector<std::uint8_t> values;
    for (std::size_t sample : samples_) {
      const Vector3d pelvis = RunFrame(record_, sample).calc_pose("pelvis").p;
      const double* station = &muscles.path_point[sample * stations * 3];
      for (std::size_t m = 0; m < count; ++m) {
        std::vector<Vector3d> path;
        for (int i = 0; i < muscles.path_row_size[m]; ++i, station += 3) path.emplace_back(station);
        add_muscle_line(path, pelvis, lines);
        const double value = activation.get(sample, m);
        values.push_back(static_cast<std::uint8_t>(
            std::isfinite(value) ? std::lround(255 * std::clamp(value, 0.0, 1.0)) : 0));
      }
    }
    std::vector<double> radii;
    std::vector<double> flatness;
    for (std::size_t m = 0; m < count; ++m) {
      radii.push_back(calc_belly_radius(
          muscles.max_isometric_force.empty() ? 300 : muscles.max_isometric_force[m], 0.75));
      flatness.push_back(m < record_.names.muscle_groups.size() ? get_flatness(record_.names.muscle_groups[m])
                                                                : 1);
    }
    return fmt::format(
        "{{\"names\":{},\"points\":{},\"unit\":{},\"lines\":{},\"values\":{},\"radii\":{},\"flat\":{},"
        "\"map\":{}}}",
        viz::to_json(record_.names.muscles), kMusclePoints, kMusclePrecision, data_.add_shorts(lines),
        data_.add_unsigned_bytes(values), data_.add_floats(radii), data_.add_floats(flatness),
        build_map(build_muscle_colors(0, 1)));
  }

  std::string build_ground() {
    std::vector<double> values;  // per frame: pelvis, then force and center of pressure of both feet
    for (std::size_t sample : samples_) {
      append(values, RunFrame(record_, sample).calc_pose("pelvis").p);
      for (Side side : {Side::kRight, Side::kLeft}) {
        const auto force = find_ground_force(record_, sample, side);
        const auto center = find_center_of_pressure(record_, sample, side);
        append(values, force && center ? *force : Vector3d::Zero());
        append(values, force && center ? *center : Vector3d::Zero());
      }
    }
    std::string curves;
    for (Side side : {Side::kRight, Side::kLeft}) {
      append_item(curves, add_curve([&](std::size_t sample) {
                    const auto force = find_ground_force(record_, sample, side);
                    return force ? force->dot(ground_.normal) : std::nan("");
                  }));
    }
    const GroundLook look = get_ground_look(find_scenario_text(record_, "surface", "preset"));
    return fmt::format(
        "{{\"values\":{},\"curves\":[{}],\"point\":[{:.6g},{:.6g},{:.6g}],\"normal\":[{:.6g},{:.6g},{:.6g}],"
        "\"color\":{}}}",
        data_.add_floats(values), curves, ground_.point.x(), ground_.point.y(), ground_.point.z(),
        ground_.normal.x(), ground_.normal.y(), ground_.normal.z(), to_json(look.base));
  }

  std::size_t get_frames() const { return samples_.size(); }
  const WebData& get_data() const { return data_; }

 private:
  static void add_part(std::string& list, const std::string& name, const char* group, const Color& color,
                       const std::string& mesh, const std::string& poses, const std::string& bend = "") {
    append_item(list, fmt::format("{{\"name\":\"{}\",\"group\":\"{}\",\"color\":{},{},\"poses\":{}{}}}", name,
                                  group, to_json(color), mesh, poses, bend));
  }

  // The toes' poses carry the heel's frame, moved to the toe joint.
  void add_shoe(std::string& list, Side side) {
    std::vector<double> heels;
    std::vector<double> toes;
    double joint_x = 0;
    for (std::size_t sample : samples_) {
      const ShoePose pose = calc_shoe_pose(RunFrame(record_, sample), side, ground_);
      const Vector3d joint = pose.heel.to_body(pose.toes.p);
      joint_x = joint.x();
      append(heels, pose.heel.p);
      append(heels, pose.heel.R);
      append(toes, pose.toes.to_world(-joint));
      append(toes, pose.toes.R);
    }
    const ShoeModel& shoe = skeleton_.get_shoe(side);
    const std::string heel_data = data_.add_floats(heels);
    // How it bends at the joint and gives way to the ground.
    const std::string bend = fmt::format(",\"toes\":{},\"joint\":{:.6g},\"sole\":[{:.6g},{:.6g},{:.6g}]",
                                         data_.add_floats(toes), joint_x, shoe.bottom, shoe.top, shoe.scale);
    const std::string name = std::string("shoe") + get_suffix(side);
    add_part(list, name + "_upper", "limbs", kShoeUpper, add_mesh(data_, shoe.upper, 2400), heel_data, bend);
    add_part(list, name + "_midsole", "limbs", kMidsole, add_mesh(data_, shoe.midsole, 1600), heel_data,
             bend);
    add_part(list, name + "_outsole", "limbs", kOutsole, add_mesh(data_, shoe.outsole, 1200), heel_data,
             bend);
  }

  // A posture stands still: its load and seat are where they are in the first frame.
  void add_held_things(std::string& list) {
    const RunFrame frame(record_, samples_.front());
    std::vector<double> poses;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      append(poses, Vector3d(Vector3d::Zero()));
      append(poses, Eigen::Matrix3d(Eigen::Matrix3d::Identity()));
    }
    for (const auto& [name, mesh] :
         {std::pair{"load", build_held_load(frame)}, {"seat", build_seat(frame, ground_)}}) {
      if (mesh)
        add_part(list, name, "limbs", kHeldThing, add_mesh(data_, *mesh, 1000), data_.add_floats(poses));
    }
  }

  static void add_muscle_line(const std::vector<Vector3d>& path, const Vector3d& pelvis,
                              std::vector<std::int16_t>& lines) {
    const bool is_defined = path.size() > 1 && std::all_of(path.begin(), path.end(),
                                                           [](const Vector3d& p) { return p.allFinite(); });
    const std::vector<Vector3d> line =
        is_defined ? calc_muscle_line(path, kMusclePoints - 1) : std::vector<Vector3d>(kMusclePoints, pelvis);
    for (const Vector3d& p : line) {
      for (int k = 0; k < 3; ++k) {
        lines.push_back(static_cast<std::int16_t>(
            std::clamp(std::lround((p[k] - pelvis[k]) / kMusclePrecision), -32767L, 32767L)));
      }
    }
  }

  template <typename Get>
  std::string add_curve(const Get& get) {
    std::vector<double> values;
    for (int i = 0; i < kCurvePoints; ++i) {
      values.push_back(get(find_sample_at_time(record_, record_.time.back() * i / (kCurvePoints - 1))));
    }
    return data_.add_floats(values);
  }

  static std::string build_map(const ColorMap& colors) {
    std::string list;
    for (int i = 0; i <= 32; ++i) append_item(list, to_json(get_color(colors, i / 32.0)));
    return "[" + list + "]";
  }

  const RunRecord& record_;
  Skeleton skeleton_;
  GroundPlane ground_;
  std::vector<std::size_t> samples_;
  WebData data_;
};

void replace(std::string& page, const std::string& mark, const std::string& text) {
  const std::size_t at = page.find(mark);
  LUMBARUN_DEMAND(at != std::string::npos);
  page.replace(at, mark.size(), text);
}

}  // namespace

std::string build_web_page(const RunRecord& record, const MeshCache& cache, DiscQuantity disc) {
  PageBuilder builder(record, cache);
  const Quantity quantity = calc_disc_quantity(record, disc);
  const std::string parts = builder.build_parts();
  const std::string discs = builder.build_discs(quantity);
  const std::string muscles = builder.build_muscles();
  const std::string ground = builder.build_ground();
  const std::string json = fmt::format(
      "{{\"title\":{},\"status\":{},\"stride\":{:.6g},\"speed\":{:.6g},\"weight\":{:.6g},\"frames\":{},"
      "\"parts\":{},\"discs\":{},\"muscles\":{},\"ground\":{}}}",
      to_json(record.header.title), to_json(get_status_note(record, 100)), record.time.back(),
      record.header.speed_m_s, calc_body_weight(record), builder.get_frames(), parts, discs, muscles, ground);
  std::string page = get_page_template();
  replace(page, "/*RUN*/null", json);
  replace(page, "/*BYTES*/", builder.get_data().get_base64());
  return page;
}

}  // namespace lumbarun::viz
