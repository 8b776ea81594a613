#include "viz/scene/surfaces.h"

#include <vtkCellArray.h>
#include <vtkPointData.h>

#include <algorithm>
#include <cmath>

namespace lumbarun::viz {

using Eigen::Vector3d;

namespace {

std::array<unsigned char, 3> calc_rgb(const Color& color) {
  std::array<unsigned char, 3> rgb;
  for (std::size_t c = 0; c < 3; ++c) rgb[c] = static_cast<unsigned char>(std::lround(255 * color[c]));
  return rgb;
}

}  // namespace

RingSurface::RingSurface(const std::vector<int>& rings, int sides)
    : sides_(sides), rings_(rings), mesh_(Mesh::New()) {
  vtkIdType count = 0;
  for (int r : rings_) {
    first_point_.push_back(count);
    first_cell_.push_back(triangles_->GetNumberOfCells());
    add_triangles(r, count);
    count += static_cast<vtkIdType>(r) * sides_ + 2;
  }
  points_->SetNumberOfPoints(count);
  normals_->SetNumberOfComponents(3);
  normals_->SetNumberOfTuples(count);
  normals_->SetName("Normals");
  colors_->SetNumberOfComponents(3);
  colors_->SetNumberOfTuples(count);
  colors_->SetName("rgb");
  mesh_->SetPoints(points_);
  mesh_->SetPolys(triangles_);
  mesh_->GetPointData()->SetNormals(normals_);
  mesh_->GetPointData()->SetScalars(colors_);
  for (std::size_t tube = 0; tube < rings_.size(); ++tube) hide_tube(tube);
  finish();
}

void RingSurface::add_triangles(int rings, vtkIdType first) {
  const auto add = [&](vtkIdType a, vtkIdType b, vtkIdType c) {
    const vtkIdType corners[3] = {first + a, first + b, first + c};
    triangles_->InsertNextCell(3, corners);
  };
  const vtkIdType last = static_cast<vtkIdType>(rings - 1) * sides_;
  const vtkIdType lids = static_cast<vtkIdType>(rings) * sides_;
  for (vtkIdType s = 0; s < sides_; ++s) {
    const vtkIdType next = (s + 1) % sides_;
    for (vtkIdType r = 0; r < last; r += sides_) {
      add(r + s, r + sides_ + s, r + next);
      add(r + next, r + sides_ + s, r + sides_ + next);
    }
    add(lids, s, next);
    add(lids + 1, last + next, last + s);
  }
}

void RingSurface::set_point(vtkIdType id, const Vector3d& p, const Vector3d& n, const Rgb& rgb) {
  float* point = static_cast<float*>(points_->GetVoidPointer(3 * static_cast<int>(id)));
  float* normal = normals_->GetPointer(3 * id);
  unsigned char* color = colors_->GetPointer(3 * id);
  for (int c = 0; c < 3; ++c) {
    point[c] = static_cast<float>(p[c]);
    normal[c] = static_cast<float>(n[c]);
    color[c] = rgb[static_cast<std::size_t>(c)];
  }
}

void RingSurface::set_tube(std::size_t tube, const std::vector<std::vector<Vector3d>>& rings,
                           const Color& color) {
  const Rgb rgb = calc_rgb(color);
  const auto count = static_cast<std::size_t>(rings_[tube]);
  const auto sides = static_cast<std::size_t>(sides_);
  std::vector<Vector3d> middles(count, Vector3d::Zero());
  for (std::size_t r = 0; r < count; ++r) {
    for (const Vector3d& p : rings[r]) middles[r] += p / static_cast<double>(sides);
  }
  vtkIdType id = first_point_[tube];
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t s = 0; s < sides; ++s) {
      const Vector3d along = rings[std::min(r + 1, count - 1)][s] - rings[r == 0 ? 0 : r - 1][s];
      const Vector3d around = rings[r][(s + 1) % sides] - rings[r][(s + sides - 1) % sides];
      Vector3d normal = along.cross(around);
      if (normal.dot(rings[r][s] - middles[r]) < 0) normal = -normal;
      const double length = normal.norm();
      set_point(id++, rings[r][s], length > 1e-15 ? Vector3d(normal / length) : Vector3d::UnitY(), rgb);
    }
  }
  const Vector3d axis = (middles.back() - middles.front()).stableNormalized();
  set_point(id++, middles.front(), -axis, rgb);
  set_point(id, middles.back(), axis, rgb);
}

void RingSurface::hide_tube(std::size_t tube) {
  const vtkIdType count = static_cast<vtkIdType>(rings_[tube]) * sides_ + 2;
  // All corners in one point: no triangle is drawn.
  const Vector3d somewhere = points_->GetNumberOfPoints() > 0 && first_point_[0] < first_point_[tube]
                                 ? Vector3d(points_->GetPoint(first_point_[0]))
                                 : Vector3d::Zero();
  for (vtkIdType i = 0; i < count; ++i)
    set_point(first_point_[tube] + i, somewhere, Vector3d::UnitY(), calc_rgb(kUndefined));
}

void RingSurface::finish() {
  points_->Modified();
  normals_->Modified();
  colors_->Modified();
  mesh_->Modified();
}

std::size_t RingSurface::get_tube_of_cell(vtkIdType cell) const {
  const auto after = std::upper_bound(first_cell_.begin(), first_cell_.end(), cell);
  return static_cast<std::size_t>(after - first_cell_.begin()) - 1;
}

}  // namespace lumbarun::viz
