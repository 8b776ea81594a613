#include "viz/scene/ground.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkImageGaussianSmooth.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkTexture.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "viz/scene/colors.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr double kPatchRadius = 5.0;  // m
constexpr double kGridStep = 0.5;     // m

// In-plane axes: forward along the slope, and to the right.
struct PlaneAxes {
  Vector3d origin;
  Vector3d forward;
  Vector3d right;
  Vector3d normal;
};

PlaneAxes calc_axes(const GroundPlane& plane, const Vector3d& center) {
  const Vector3d right = Vector3d::UnitZ();
  return {center - plane.calc_height(center) * plane.normal, plane.normal.cross(right), right, plane.normal};
}

unsigned char get_fading_opacity(double distance, double full) {
  const double t = std::clamp(1 - distance / kPatchRadius, 0.0, 1.0);
  return static_cast<unsigned char>(std::lround(255 * full * t * t * (3 - 2 * t)));
}

class FadingSurface {
 public:
  FadingSurface() {
    rgba_->SetNumberOfComponents(4);
    rgba_->SetName("rgba");
  }

  vtkIdType add_point(const Vector3d& p, const Color& color, unsigned char opacity) {
    for (double value : color) rgba_->InsertNextValue(static_cast<unsigned char>(std::lround(255 * value)));
    rgba_->InsertNextValue(opacity);
    return points_->InsertNextPoint(p.data());
  }

  void add_cell(const std::vector<vtkIdType>& corners) {
    cells_->InsertNextCell(static_cast<vtkIdType>(corners.size()), corners.data());
  }

  vtkSmartPointer<vtkActor> build_actor(bool is_lines) {
    vtkNew<vtkPolyData> data;
    data->SetPoints(points_);
    is_lines ? data->SetLines(cells_) : data->SetPolys(cells_);
    data->GetPointData()->SetScalars(rgba_);
    vtkNew<vtkPolyDataMapper> mapper;
    mapper->SetInputData(data);
    vtkNew<vtkActor> actor;
    actor->SetMapper(mapper);
    actor->GetProperty()->LightingOff();
    actor->ForceTranslucentOn();
    return actor;
  }

 private:
  vtkNew<vtkPoints> points_;
  vtkNew<vtkCellArray> cells_;
  vtkNew<vtkUnsignedCharArray> rgba_;
};

vtkSmartPointer<vtkActor> build_patch(const PlaneAxes& axes) {
  FadingSurface surface;
  constexpr int kRings = 24;
  constexpr int kSides = 64;
  for (int r = 0; r <= kRings; ++r) {
    const double radius = kPatchRadius * r / kRings;
    for (int s = 0; s < kSides; ++s) {
      const double angle = 2 * std::numbers::pi * s / kSides;
      surface.add_point(
          axes.origin + radius * (std::cos(angle) * axes.forward + std::sin(angle) * axes.right), kGround,
          get_fading_opacity(radius, 1.0));
    }
  }
  for (int r = 0; r < kRings; ++r) {
    for (int s = 0; s < kSides; ++s) {
      const int next = (s + 1) % kSides;
      surface.add_cell({r * kSides + s, (r + 1) * kSides + s, (r + 1) * kSides + next, r * kSides + next});
    }
  }
  return surface.build_actor(false);
}

vtkSmartPointer<vtkActor> build_grid(const PlaneAxes& axes) {
  FadingSurface surface;
  const auto add_line = [&](const Vector3d& across, double offset, const Vector3d& along) {
    constexpr int kPieces = 40;
    vtkIdType before = -1;
    for (int i = 0; i <= kPieces; ++i) {
      const double s = kPatchRadius * (2.0 * i / kPieces - 1);
      const Vector3d p = axes.origin + offset * across + s * along + 0.001 * axes.normal;
      const vtkIdType id =
          surface.add_point(p, {0.55, 0.60, 0.64}, get_fading_opacity(std::hypot(s, offset), 0.55));
      if (before >= 0) surface.add_cell({before, id});
      before = id;
    }
  };
  // The lines stand still in the world: they pass through multiples of the step.
  const double forward = axes.origin.dot(axes.forward);
  const double right = axes.origin.dot(axes.right);
  const auto count = static_cast<int>(kPatchRadius / kGridStep);
  for (int i = -count; i <= count; ++i) {
    add_line(axes.forward, kGridStep * (i + std::round(forward / kGridStep)) - forward, axes.right);
    add_line(axes.right, kGridStep * (i + std::round(right / kGridStep)) - right, axes.forward);
  }
  vtkSmartPointer<vtkActor> actor = surface.build_actor(true);
  actor->GetProperty()->SetLineWidth(1.5F);
  return actor;
}

// Adds up, per pixel of the ground, from how many parts of the lamp it is hidden.
class ShadowMap {
 public:
  static constexpr int kPixels = 512;
  static constexpr double kWidth = 3.6;  // m

  explicit ShadowMap(const PlaneAxes& axes)
      : axes_(axes), hidden_(kPixels * kPixels, 0.0F), mask_(hidden_.size()) {}

  void add_lamp(const std::vector<Mesh>& meshes, const Vector3d& direction, float strength) {
    std::fill(mask_.begin(), mask_.end(), char{0});
    for (const Mesh& mesh : meshes) {
      for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); ++i) mark(Vector3d(mesh->GetPoint(i)), direction);
    }
    for (std::size_t i = 0; i < mask_.size(); ++i) hidden_[i] += mask_[i] != 0 ? strength : 0.0F;
  }

  vtkSmartPointer<vtkImageData> build_image() const {
    vtkNew<vtkImageData> hidden;
    hidden->SetDimensions(kPixels, kPixels, 1);
    hidden->AllocateScalars(VTK_FLOAT, 1);
    std::copy(hidden_.begin(), hidden_.end(), static_cast<float*>(hidden->GetScalarPointer()));
    vtkNew<vtkImageGaussianSmooth> smooth;
    smooth->SetInputData(hidden);
    smooth->SetDimensionality(2);
    smooth->SetStandardDeviation(2.0);
    smooth->Update();
    const auto* soft = static_cast<const float*>(smooth->GetOutput()->GetScalarPointer());
    vtkNew<vtkImageData> image;
    image->SetDimensions(kPixels, kPixels, 1);
    image->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
    auto* rgba = static_cast<unsigned char*>(image->GetScalarPointer());
    for (std::size_t i = 0; i < hidden_.size(); ++i, rgba += 4) {
      rgba[0] = 40;
      rgba[1] = 48;
      rgba[2] = 60;
      rgba[3] = static_cast<unsigned char>(std::lround(150 * std::clamp(soft[i], 0.0F, 1.0F)));
    }
    return image;
  }

 private:
  void mark(const Vector3d& p, const Vector3d& direction) {
    const Vector3d q = p - axes_.origin;
    const Vector3d spot = q - q.dot(axes_.normal) / direction.dot(axes_.normal) * direction;
    const auto column = static_cast<int>((spot.dot(axes_.forward) / kWidth + 0.5) * kPixels);
    const auto row = static_cast<int>((spot.dot(axes_.right) / kWidth + 0.5) * kPixels);
    if (column < 0 || row < 0 || column >= kPixels || row >= kPixels) return;
    mask_[static_cast<std::size_t>(row) * kPixels + static_cast<std::size_t>(column)] = 1;
  }

  PlaneAxes axes_;
  std::vector<float> hidden_;
  std::vector<char> mask_;
};

}  // namespace

std::vector<vtkSmartPointer<vtkActor>> build_ground(const GroundPlane& plane, const Vector3d& center) {
  const PlaneAxes axes = calc_axes(plane, center);
  return {build_patch(axes), build_grid(axes)};
}

vtkSmartPointer<vtkActor> build_shadow(const GroundPlane& plane, const std::vector<Mesh>& meshes) {
  Eigen::AlignedBox3d box;
  for (const Mesh& mesh : meshes) {
    double b[6];
    mesh->GetBounds(b);
    box.extend(Vector3d(b[0], b[2], b[4]));
    box.extend(Vector3d(b[1], b[3], b[5]));
  }
  const PlaneAxes axes = calc_axes(plane, box.center());
  ShadowMap map(axes);
  constexpr int kLamps = 32;
  for (int i = 0; i < kLamps; ++i) {
    // Vogel's spiral fills the lamp's disc evenly.
    const double radius = 0.16 * std::sqrt((i + 0.5) / kLamps);
    const double angle = 2.399963 * i;
    const Vector3d direction = (axes.normal + (0.10 + radius * std::cos(angle)) * axes.forward +
                                (radius * std::sin(angle) - 0.12) * axes.right);
    map.add_lamp(meshes, direction.normalized(), 1.0F / kLamps);
  }
  vtkNew<vtkPoints> points;
  vtkNew<vtkFloatArray> coordinates;
  coordinates->SetNumberOfComponents(2);
  for (const auto& [s, t] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
    const Vector3d p = axes.origin + 0.002 * axes.normal +
                       ShadowMap::kWidth * ((s - 0.5) * axes.forward + (t - 0.5) * axes.right);
    points->InsertNextPoint(p.data());
    coordinates->InsertNextTuple2(s, t);
  }
  vtkNew<vtkCellArray> quad;
  const vtkIdType corners[4] = {0, 1, 2, 3};
  quad->InsertNextCell(4, corners);
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  data->SetPolys(quad);
  data->GetPointData()->SetTCoords(coordinates);
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(data);
  vtkNew<vtkTexture> texture;
  texture->SetInputData(map.build_image());
  texture->InterpolateOn();
  vtkNew<vtkActor> actor;
  actor->SetMapper(mapper);
  actor->SetTexture(texture);
  actor->GetProperty()->LightingOff();
  actor->ForceTranslucentOn();
  return actor;
}

Mesh build_arrow(const Vector3d& foot, const Vector3d& vector, double radius) {
  const double length = vector.norm();
  const double head = std::min(5.5 * radius, 0.4 * length);
  const Vector3d direction = vector / length;
  const std::vector<std::pair<double, double>> profile = {
      {0.0, 0.6 * radius},     {0.5 * (length - head), 0.8 * radius}, {length - head, radius},
      {length - head, radius}, {length - head, 2.4 * radius},         {length, 0.02 * radius}};
  std::vector<std::vector<Vector3d>> rings;
  const Vector3d across = direction.unitOrthogonal();
  for (const auto& [along, r] : profile) {
    std::vector<Vector3d> ring;
    for (int s = 0; s < 32; ++s) {
      const double angle = 2 * std::numbers::pi * s / 32;
      ring.push_back(foot + along * direction +
                     r * (std::cos(angle) * across + std::sin(angle) * direction.cross(across)));
    }
    rings.push_back(std::move(ring));
  }
  return build_loft(rings);
}

}  // namespace lumbarun::viz
