#include <fmt/format.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <cmath>
#include <cstdint>
#include <cstring>

#include "viz/exports/exports.h"

namespace lumbarun::viz {
namespace {

// glTF's numbers for what a view and an accessor hold.
constexpr int kArrayBuffer = 34962;
constexpr int kIndexBuffer = 34963;
constexpr int kFloat = 5126;
constexpr int kUnsignedInt = 5125;

class Glb {
 public:
  void add(const FramePart& part) {
    const Mesh& mesh = part.mesh;
    const vtkIdType count = mesh->GetNumberOfPoints();
    vtkDataArray* normals = mesh->GetPointData()->GetNormals();
    vtkDataArray* shade = mesh->GetPointData()->GetArray(kShadeArray);
    vtkDataArray* rgb = mesh->GetPointData()->GetArray("rgb");
    double bounds[6];
    mesh->GetBounds(bounds);
    start_view();
    for (vtkIdType i = 0; i < count; ++i) add_floats(mesh->GetPoint(i), 3);
    const int positions =
        finish_view(kArrayBuffer, kFloat, "VEC3", count,
                    fmt::format(",\"min\":[{},{},{}],\"max\":[{},{},{}]", float(bounds[0]), float(bounds[2]),
                                float(bounds[4]), float(bounds[1]), float(bounds[3]), float(bounds[5])));
    start_view();
    for (vtkIdType i = 0; i < count; ++i) {
      Eigen::Vector3d n(normals->GetTuple3(i));
      n = n.norm() > 1e-9 ? n.normalized() : Eigen::Vector3d::UnitY();
      add_floats(n.data(), 3);
    }
    const int directions = finish_view(kArrayBuffer, kFloat, "VEC3", count, "");
    start_view();
    for (vtkIdType i = 0; i < count; ++i) {
      Color color = calc_shaded(part.color, shade == nullptr ? 255 : shade->GetComponent(i, 0));
      if (rgb != nullptr)
        color = {rgb->GetComponent(i, 0) / 255, rgb->GetComponent(i, 1) / 255, rgb->GetComponent(i, 2) / 255};
      // glTF's colours are linear.
      for (double& value : color) value = std::pow(value, 2.2);
      add_floats(color.data(), 3);
    }
    const int colors = finish_view(kArrayBuffer, kFloat, "VEC3", count, "");
    start_view();
    vtkNew<vtkIdList> corners;
    vtkIdType indices = 0;
    for (vtkIdType c = 0; c < mesh->GetPolys()->GetNumberOfCells(); ++c) {
      mesh->GetPolys()->GetCellAtId(c, corners);
      for (int k = 0; k < 3; ++k, ++indices) {
        const auto id = static_cast<std::uint32_t>(corners->GetId(k));
        bytes_.append(reinterpret_cast<const char*>(&id), sizeof id);
      }
    }
    const int triangles = finish_view(kIndexBuffer, kUnsignedInt, "SCALAR", indices, "");
    append(meshes_, fmt::format("{{\"name\":\"{}\",\"primitives\":[{{\"attributes\":{{\"POSITION\":{},"
                                "\"NORMAL\":{},\"COLOR_0\":{}}},"
                                "\"indices\":{},\"material\":0}}]}}",
                                part.name, positions, directions, colors, triangles));
    append(nodes_, fmt::format("{{\"name\":\"{0}\",\"mesh\":{1}}}", part.name, count_));
    append(node_numbers_, std::to_string(count_));
    ++count_;
  }

  std::string write() const {
    std::string json = fmt::format(
        "{{\"asset\":{{\"version\":\"2.0\",\"generator\":\"lumbarun-viz\"}},\"scene\":0,\"scenes\":[{{"
        "\"nodes\":[{}]}}],\"nodes\":[{}],"
        "\"meshes\":[{}],\"materials\":[{{\"doubleSided\":true,\"pbrMetallicRoughness\":{{\"metallicFactor\":"
        "0,\"roughnessFactor\":0.6}}}}],"
        "\"accessors\":[{}],\"bufferViews\":[{}],\"buffers\":[{{\"byteLength\":{}}}]}}",
        node_numbers_, nodes_, meshes_, accessors_, views_, bytes_.size());
    while (json.size() % 4 != 0) json += ' ';
    std::string out;
    const auto add = [&out](std::uint32_t value) {
      out.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    add(0x46546C67);  // "glTF"
    add(2);
    add(static_cast<std::uint32_t>(12 + 8 + json.size() + 8 + bytes_.size()));
    add(static_cast<std::uint32_t>(json.size()));
    add(0x4E4F534A);  // "JSON"
    out += json;
    add(static_cast<std::uint32_t>(bytes_.size()));
    add(0x004E4942);  // "BIN"
    return out + bytes_;
  }

 private:
  static void append(std::string& list, const std::string& item) {
    if (!list.empty()) list += ',';
    list += item;
  }

  void add_floats(const double* values, int count) {
    for (int i = 0; i < count; ++i) {
      const auto value = static_cast<float>(values[i]);
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
  }

  void start_view() { start_ = bytes_.size(); }

  // The number of the accessor.
  int finish_view(int target, int component, const char* type, vtkIdType count, const std::string& more) {
    append(views_, fmt::format("{{\"buffer\":0,\"byteOffset\":{},\"byteLength\":{},\"target\":{}}}", start_,
                               bytes_.size() - start_, target));
    append(accessors_,
           fmt::format("{{\"bufferView\":{0},\"componentType\":{1},\"count\":{2},\"type\":\"{3}\"{4}}}",
                       view_count_, component, count, type, more));
    return view_count_++;
  }

  std::string bytes_;
  std::size_t start_ = 0;
  int view_count_ = 0;
  int count_ = 0;
  std::string meshes_, nodes_, node_numbers_, accessors_, views_;
};

}  // namespace

std::string build_gltf(FrameParts& parts, std::size_t sample) {
  Glb glb;
  for (const FramePart& part : parts.build(sample)) glb.add(part);
  return glb.write();
}

}  // namespace lumbarun::viz
