#include "viz/scene/ground.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkTexture.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
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

constexpr int kRings = 20;
constexpr int kSides = 48;

Eigen::Vector2d calc_patch_point(int ring, int side) {
  const double radius = kPatchRadius * ring / kRings;
  const double angle = 2 * std::numbers::pi * side / kSides;
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

void show_patch(vtkActor* actor, const PlaneAxes& axes, const Color& color, vtkFloatArray* grain_places) {
  FadingSurface surface;
  for (int r = 0; r <= kRings; ++r) {
    for (int s = 0; s < kSides; ++s) {
      const Eigen::Vector2d q = calc_patch_point(r, s);
      surface.add_point(axes.origin + q.x() * axes.forward + q.y() * axes.right, color,
                        get_fading_opacity(q.norm(), 1.0));
    }
  }
  for (int r = 0; r < kRings; ++r) {
    for (int s = 0; s < kSides; ++s) {
      const int next = (s + 1) % kSides;
      surface.add_cell({r * kSides + s, (r + 1) * kSides + s, (r + 1) * kSides + next, r * kSides + next});
    }
  }
  surface.show(actor, false);
  grain_places->SetNumberOfComponents(2);
  grain_places->SetNumberOfTuples((kRings + 1) * kSides);
  static_cast<vtkPolyDataMapper*>(actor->GetMapper())->GetInput()->GetPointData()->SetTCoords(grain_places);
}

// The grain stands still in the world while the patch moves with the runner.
void place_grain(vtkFloatArray* grain_places, double forward, double right) {
  vtkIdType point = 0;
  // Whole tiles taken away: small numbers stay exact.
  const double u = forward / kGrainTile - std::floor(forward / kGrainTile);
  const double v = right / kGrainTile - std::floor(right / kGrainTile);
  for (int r = 0; r <= kRings; ++r) {
    for (int s = 0; s < kSides; ++s) {
      const Eigen::Vector2d q = calc_patch_point(r, s) / kGrainTile;
      grain_places->SetTuple2(point++, u + q.x(), v + q.y());
    }
  }
  grain_places->Modified();
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
constexpr double kShadowWidth = 3.2;                        // m
constexpr int kLamps = 14;                                  // parts of the lamp
constexpr int kDraftLamps = 5;                              // of them, while something moves
constexpr std::array<double, 4> kShadow = {40, 48, 60, 0};  // red, green, blue, opacity

// For each pixel of the ground, from which parts of the lamp it is hidden: one bit each.
class ShadowMap {
 public:
  ShadowMap(const PlaneAxes& axes, int lamps) : axes_(axes), hidden_(kShadowPixels * kShadowPixels, 0) {
    for (int i = 0; i < lamps; ++i) {
      // Vogel's spiral fills the lamp's disc evenly.
      const double radius = 0.16 * std::sqrt((i + 0.5) / lamps);
      const double angle = 2.399963 * i;
      slopes_.emplace_back(0.10 + radius * std::cos(angle), radius * std::sin(angle) - 0.12);
    }
  }

  void add(const Vector3d& p) {
    const Vector3d q = p - axes_.origin;
    const double height = q.dot(axes_.normal);
    const double forward = q.dot(axes_.forward);
    const double right = q.dot(axes_.right);
    for (std::size_t i = 0; i < slopes_.size(); ++i) {
      mark(forward - height * slopes_[i].x(), right - height * slopes_[i].y(),
           static_cast<std::uint16_t>(1U << i));
    }
  }

  // Into the opacity of `image`, softened.
  void copy_to(vtkImageData* image) const {
    std::vector<float> share(hidden_.size());
    for (std::size_t i = 0; i < share.size(); ++i)
      share[i] = static_cast<float>(std::popcount(hidden_[i])) / static_cast<float>(slopes_.size());
    soften(share, 1);
    soften(share, kShadowPixels);
    auto* rgba = static_cast<unsigned char*>(image->GetScalarPointer());
    for (std::size_t i = 0; i < share.size(); ++i)
      rgba[4 * i + 3] = static_cast<unsigned char>(165.0F * share[i] + 0.5F);
    image->Modified();
  }

 private:
  // A spot of 3 × 3 pixels: casters stand about that far apart.
  void mark(double forward, double right, std::uint16_t lamp) {
    const auto column = static_cast<int>((forward / kShadowWidth + 0.5) * kShadowPixels);
    const auto row = static_cast<int>((right / kShadowWidth + 0.5) * kShadowPixels);
    if (column < 1 || row < 1 || column >= kShadowPixels - 1 || row >= kShadowPixels - 1) return;
    for (int r = row - 1; r <= row + 1; ++r) {
      for (int c = column - 1; c <= column + 1; ++c)
        hidden_[static_cast<std::size_t>(r * kShadowPixels + c)] |= lamp;
    }
  }

  // A bell of five pixels along a direction; the rim is empty.
  static void soften(std::vector<float>& values, std::size_t step) {
    constexpr std::array<float, 3> kBell = {0.2715F, 0.2284F, 0.1359F};  // standard deviation 1.7 pixels
    const std::vector<float> sharp = values;
    for (std::size_t i = 2 * step; i + 2 * step < values.size(); ++i) {
      values[i] = kBell[0] * sharp[i] + kBell[1] * (sharp[i - step] + sharp[i + step]) +
                  kBell[2] * (sharp[i - 2 * step] + sharp[i + 2 * step]);
    }
  }

  PlaneAxes axes_;
  std::vector<Eigen::Vector2d> slopes_;  // way along the ground per height, for each part of the lamp
  std::vector<std::uint16_t> hidden_;
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
  // Blended over the background without a pass of its own: nothing else lies behind it.
  actor->ForceOpaqueOn();
  actor->PickableOff();
  renderer->AddActor(actor);
}

}  // namespace

Ground::Ground(vtkRenderer* renderer, const GroundPlane& plane, const GroundLook& look)
    : plane_(plane), look_(look) {
  for (vtkActor* actor : {patch_.Get(), grid_.Get(), shadow_.Get()}) prepare(renderer, actor);
  grid_->GetProperty()->SetLineWidth(1.5F);
  shadow_image_->SetDimensions(kShadowPixels, kShadowPixels, 1);
  shadow_image_->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
  for (int c = 0; c < 4; ++c)
    shadow_image_->GetPointData()->GetScalars()->FillComponent(c, kShadow[static_cast<std::size_t>(c)]);
  vtkNew<vtkTexture> texture;
  texture->SetInputData(shadow_image_);
  texture->InterpolateOn();
  shadow_->SetTexture(texture);
  // Both only move: they are built about the origin.
  PlaneAxes axes = calc_axes(plane_, Vector3d::Zero());
  axes.origin.setZero();
  show_patch(patch_, axes, look_.base, grain_places_);
  if (look_.grain > 0) {
    vtkNew<vtkTexture> grain;
    grain->SetInputData(build_grain(look_));
    grain->InterpolateOn();
    grain->MipmapOn();
    grain->SetMaximumAnisotropicFiltering(1);  // more costs much without a graphics card
    grain->RepeatOn();
    patch_->SetTexture(grain);
  }
  show_shadow(shadow_, axes);
}

void Ground::set_visible(bool is_visible) {
  for (vtkActor* actor : {patch_.Get(), grid_.Get(), shadow_.Get()}) actor->SetVisibility(is_visible);
}

void Ground::set_draft(bool is_draft) {
  is_draft_ = is_draft;
  if (patch_->GetTexture() != nullptr) patch_->GetTexture()->SetMipmap(!is_draft);
}

void Ground::update(const Vector3d& center, double shift, const std::vector<Vector3d>& casters) {
  const PlaneAxes axes = calc_axes(plane_, center);
  for (vtkActor* actor : {patch_.Get(), shadow_.Get()})
    actor->SetPosition(axes.origin.x(), axes.origin.y(), axes.origin.z());
  if (look_.grain > 0)
    place_grain(grain_places_, axes.origin.dot(axes.forward) + shift, axes.origin.dot(axes.right));
  GridBuilder(axes, look_, shift).show(grid_);
  ShadowMap map(axes, is_draft_ ? kDraftLamps : kLamps);
  for (const Vector3d& p : casters) map.add(p);
  map.copy_to(shadow_image_);
}

}  // namespace lumbarun::viz
