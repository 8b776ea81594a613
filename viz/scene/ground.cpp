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
#include <sstream>

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

  void show(vtkActor* actor, bool is_lines) {
    vtkNew<vtkPolyData> data;
    data->SetPoints(points_);
    is_lines ? data->SetLines(cells_) : data->SetPolys(cells_);
    data->GetPointData()->SetScalars(rgba_);
    static_cast<vtkPolyDataMapper*>(actor->GetMapper())->SetInputData(data);
  }

 private:
  vtkNew<vtkPoints> points_;
  vtkNew<vtkCellArray> cells_;
  vtkNew<vtkUnsignedCharArray> rgba_;
};

void show_patch(vtkActor* actor, const PlaneAxes& axes, const Color& color) {
  FadingSurface surface;
  constexpr int kRings = 20;
  constexpr int kSides = 48;
  for (int r = 0; r <= kRings; ++r) {
    const double radius = kPatchRadius * r / kRings;
    for (int s = 0; s < kSides; ++s) {
      const double angle = 2 * std::numbers::pi * s / kSides;
      surface.add_point(
          axes.origin + radius * (std::cos(angle) * axes.forward + std::sin(angle) * axes.right), color,
          get_fading_opacity(radius, 1.0));
    }
  }
  for (int r = 0; r < kRings; ++r) {
    for (int s = 0; s < kSides; ++s) {
      const int next = (s + 1) % kSides;
      surface.add_cell({r * kSides + s, (r + 1) * kSides + s, (r + 1) * kSides + next, r * kSides + next});
    }
  }
  surface.show(actor, false);
}

class GridBuilder {
 public:
  GridBuilder(const PlaneAxes& axes, const GroundLook& look, double shift)
      : axes_(axes),
        look_(look),
        forward_(axes.origin.dot(axes.forward) + shift),
        right_(axes.origin.dot(axes.right)) {}

  void show(vtkActor* actor) {
    // The lines stand still in the world: they pass through multiples of the step.
    const auto count = static_cast<int>(kPatchRadius / kGridStep);
    for (int i = -count; i <= count; ++i) {
      add_line(axes_.forward, kGridStep * (i + std::round(forward_ / kGridStep)) - forward_, axes_.right,
               look_.lines, 0.55);
      if (look_.lane > 0) continue;
      add_line(axes_.right, kGridStep * (i + std::round(right_ / kGridStep)) - right_, axes_.forward,
               look_.lines, 0.55);
    }
    for (int i = -4; look_.lane > 0 && i <= 4; ++i) {
      for (double side : {-0.02, -0.01, 0.0, 0.01, 0.02}) {
        const double z = look_.lane * (i + 0.5 + std::round(right_ / look_.lane)) - right_;
        add_line(axes_.right, z + side, axes_.forward, {1, 1, 1}, 0.9);
      }
    }
    surface_.show(actor, true);
  }

 private:
  void add_line(const Vector3d& across, double offset, const Vector3d& along, const Color& color,
                double opacity) {
    constexpr int kPieces = 24;
    vtkIdType before = -1;
    for (int i = 0; i <= kPieces; ++i) {
      const double s = kPatchRadius * (2.0 * i / kPieces - 1);
      const Vector3d p = axes_.origin + offset * across + s * along + 0.001 * axes_.normal;
      const vtkIdType id = surface_.add_point(p, color, get_fading_opacity(std::hypot(s, offset), opacity));
      if (before >= 0) surface_.add_cell({before, id});
      before = id;
    }
  }

  PlaneAxes axes_;
  GroundLook look_;
  double forward_;
  double right_;
  FadingSurface surface_;
};

constexpr int kShadowPixels = 256;
constexpr double kShadowWidth = 3.2;  // m

// Adds up, per pixel of the ground, from how many parts of the lamp it is hidden.
class ShadowMap {
 public:
  explicit ShadowMap(const PlaneAxes& axes)
      : axes_(axes), hidden_(kShadowPixels * kShadowPixels, 0.0F), mask_(hidden_.size()) {}

  void add_lamp(const std::vector<Vector3d>& casters, const Vector3d& direction, float strength) {
    std::fill(mask_.begin(), mask_.end(), char{0});
    for (const Vector3d& p : casters) mark(p, direction);
    for (std::size_t i = 0; i < mask_.size(); ++i) hidden_[i] += mask_[i] != 0 ? strength : 0.0F;
  }

  void copy_to(vtkImageData* image) const {
    vtkNew<vtkImageData> hidden;
    hidden->SetDimensions(kShadowPixels, kShadowPixels, 1);
    hidden->AllocateScalars(VTK_FLOAT, 1);
    std::copy(hidden_.begin(), hidden_.end(), static_cast<float*>(hidden->GetScalarPointer()));
    vtkNew<vtkImageGaussianSmooth> smooth;
    smooth->SetInputData(hidden);
    smooth->SetDimensionality(2);
    smooth->SetStandardDeviation(1.7);
    smooth->Update();
    const auto* soft = static_cast<const float*>(smooth->GetOutput()->GetScalarPointer());
    auto* rgba = static_cast<unsigned char*>(image->GetScalarPointer());
    for (std::size_t i = 0; i < hidden_.size(); ++i, rgba += 4) {
      rgba[0] = 40;
      rgba[1] = 48;
      rgba[2] = 60;
      rgba[3] = static_cast<unsigned char>(std::lround(165 * std::clamp(soft[i], 0.0F, 1.0F)));
    }
    image->Modified();
  }

 private:
  // A spot of 3 × 3 pixels: casters stand about that far apart.
  void mark(const Vector3d& p, const Vector3d& direction) {
    const Vector3d q = p - axes_.origin;
    const Vector3d spot = q - q.dot(axes_.normal) / direction.dot(axes_.normal) * direction;
    const auto column = static_cast<int>((spot.dot(axes_.forward) / kShadowWidth + 0.5) * kShadowPixels);
    const auto row = static_cast<int>((spot.dot(axes_.right) / kShadowWidth + 0.5) * kShadowPixels);
    if (column < 1 || row < 1 || column >= kShadowPixels - 1 || row >= kShadowPixels - 1) return;
    for (int r = row - 1; r <= row + 1; ++r) {
      for (int c = column - 1; c <= column + 1; ++c)
        mask_[static_cast<std::size_t>(r * kShadowPixels + c)] = 1;
    }
  }

  PlaneAxes axes_;
  std::vector<float> hidden_;
  std::vector<char> mask_;
};

void show_shadow(vtkActor* actor, const PlaneAxes& axes) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkFloatArray> coordinates;
  coordinates->SetNumberOfComponents(2);
  for (const auto& [s, t] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
    const Vector3d p = axes.origin + 0.002 * axes.normal +
                       kShadowWidth * ((s - 0.5) * axes.forward + (t - 0.5) * axes.right);
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
  static_cast<vtkPolyDataMapper*>(actor->GetMapper())->SetInputData(data);
}

void prepare(vtkRenderer* renderer, vtkActor* actor) {
  vtkNew<vtkPolyDataMapper> mapper;
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  actor->ForceTranslucentOn();
  actor->PickableOff();
  renderer->AddActor(actor);
}

}  // namespace

GroundLook get_ground_look(const std::string& surface_preset) {
  if (surface_preset.starts_with("track")) return {{0.760, 0.480, 0.400}, {0.640, 0.370, 0.300}, 1.22};
  if (surface_preset.starts_with("grass")) return {{0.640, 0.740, 0.520}, {0.520, 0.630, 0.400}, 0};
  if (surface_preset.starts_with("treadmill")) return {{0.560, 0.570, 0.590}, {0.480, 0.490, 0.510}, 0};
  if (surface_preset.starts_with("sand")) return {{0.890, 0.830, 0.690}, {0.800, 0.730, 0.580}, 0};
  if (surface_preset.starts_with("asphalt")) return {{0.800, 0.805, 0.815}, {0.600, 0.620, 0.640}, 0};
  return {kGround, {0.55, 0.60, 0.64}, 0};
}

std::string find_scenario_text(const RunRecord& record, const std::string& section, const std::string& key) {
  std::istringstream lines(record.header.scenario);
  std::string current;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[")) current = line.substr(1, line.find(']') - 1);
    if (current != section || !line.starts_with(key + " = \"")) continue;
    const std::size_t first = line.find('"') + 1;
    return line.substr(first, line.find('"', first) - first);
  }
  return "";
}

Ground::Ground(vtkRenderer* renderer, const GroundPlane& plane, const GroundLook& look)
    : plane_(plane), look_(look) {
  for (vtkActor* actor : {patch_.Get(), grid_.Get(), shadow_.Get()}) prepare(renderer, actor);
  grid_->GetProperty()->SetLineWidth(1.5F);
  shadow_image_->SetDimensions(kShadowPixels, kShadowPixels, 1);
  shadow_image_->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
  vtkNew<vtkTexture> texture;
  texture->SetInputData(shadow_image_);
  texture->InterpolateOn();
  shadow_->SetTexture(texture);
}

void Ground::set_visible(bool is_visible) {
  for (vtkActor* actor : {patch_.Get(), grid_.Get(), shadow_.Get()}) actor->SetVisibility(is_visible);
}

void Ground::update(const Vector3d& center, double shift, const std::vector<Vector3d>& casters) {
  const PlaneAxes axes = calc_axes(plane_, center);
  show_patch(patch_, axes, look_.base);
  GridBuilder(axes, look_, shift).show(grid_);
  ShadowMap map(axes);
  constexpr int kLamps = 14;
  for (int i = 0; i < kLamps; ++i) {
    // Vogel's spiral fills the lamp's disc evenly.
    const double radius = 0.16 * std::sqrt((i + 0.5) / kLamps);
    const double angle = 2.399963 * i;
    const Vector3d direction = axes.normal + (0.10 + radius * std::cos(angle)) * axes.forward +
                               (radius * std::sin(angle) - 0.12) * axes.right;
    map.add_lamp(casters, direction.normalized(), 1.0F / kLamps);
  }
  map.copy_to(shadow_image_);
  show_shadow(shadow_, axes);
}

}  // namespace lumbarun::viz
