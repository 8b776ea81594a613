#include "viz/geometry/solid.h"

#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkReverseSense.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "viz/geometry/parallel.h"

namespace lumbarun::viz {
namespace {

constexpr double kFar = 1.0;  // a metre away: nothing yet

double calc_smooth_minimum(double a, double b, double blend) {
  if (blend <= 0) return std::min(a, b);
  const double h = std::max(blend - std::abs(a - b), 0.0) / blend;
  return std::min(a, b) - 0.25 * h * h * blend;
}

double calc_cone_distance(const Vector3d& p, const Vector3d& a, double ra, const Vector3d& b, double rb) {
  const Vector3d ab = b - a;
  const double t = std::clamp((p - a).dot(ab) / std::max(ab.squaredNorm(), 1e-12), 0.0, 1.0);
  return (p - a - t * ab).norm() - (ra + t * (rb - ra));
}

// Near the surface |k0 (k0 − 1) / k1| is the distance to first order (Quilez 2008).
double calc_ellipsoid_distance(const Vector3d& q, const Vector3d& radii) {
  const double k0 = q.cwiseQuotient(radii).norm();
  const double k1 = q.cwiseQuotient(radii.cwiseProduct(radii)).norm();
  if (k1 < 1e-9) return -radii.minCoeff();
  return k0 * (k0 - 1.0) / k1;
}

double calc_triangle_distance(const Vector3d& p, const Vector3d& a, const Vector3d& b, const Vector3d& c) {
  const Vector3d n = (b - a).cross(c - a).normalized();
  const auto is_inside = [&](const Vector3d& u, const Vector3d& v) {
    return (v - u).cross(n).dot(p - u) <= 0;
  };
  if (is_inside(a, b) && is_inside(b, c) && is_inside(c, a)) return std::abs(n.dot(p - a));
  return std::min({calc_cone_distance(p, a, 0, b, 0), calc_cone_distance(p, b, 0, c, 0),
                   calc_cone_distance(p, c, 0, a, 0)});
}

}  // namespace

Solid& Solid::add(const Vector3d& low, const Vector3d& high, double blend, Distance distance) {
  box_.extend(low);
  box_.extend(high);
  parts_.push_back({std::move(distance), blend, false});
  return *this;
}

Solid& Solid::cut(double blend, Distance distance) {
  parts_.push_back({std::move(distance), blend, true});
  return *this;
}

Solid& Solid::add_cone(const Vector3d& a, double ra, const Vector3d& b, double rb, double blend) {
  const Vector3d r = Vector3d::Constant(std::max(ra, rb));
  return add(a.cwiseMin(b) - r, a.cwiseMax(b) + r, blend,
             [=](const Vector3d& p) { return calc_cone_distance(p, a, ra, b, rb); });
}

Solid& Solid::add_chain(const std::vector<Vector3d>& points, const std::vector<double>& radii, double blend) {
  Eigen::AlignedBox3d box;
  for (const Vector3d& p : points) box.extend(p);
  const Vector3d reach = Vector3d::Constant(*std::max_element(radii.begin(), radii.end()));
  return add(box.min() - reach, box.max() + reach, blend, [=](const Vector3d& p) {
    double d = 1.0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      d = std::min(d, calc_cone_distance(p, points[i], radii[i], points[i + 1], radii[i + 1]));
    }
    return d;
  });
}

Solid& Solid::add_plates(const std::vector<std::array<Vector3d, 3>>& triangles, double r, double blend) {
  Eigen::AlignedBox3d box;
  for (const auto& triangle : triangles) {
    for (const Vector3d& corner : triangle) box.extend(corner);
  }
  const Vector3d reach = Vector3d::Constant(r);
  return add(box.min() - reach, box.max() + reach, blend, [=](const Vector3d& p) {
    double d = 1.0;
    for (const auto& [a, b, c] : triangles) d = std::min(d, calc_triangle_distance(p, a, b, c) - r);
    return d;
  });
}

Solid& Solid::add_ellipsoid(const Vector3d& center, const Vector3d& radii, double blend, const Matrix3d& R) {
  const Vector3d reach = Vector3d::Constant(radii.maxCoeff());
  return add(center - reach, center + reach, blend,
             [=](const Vector3d& p) { return calc_ellipsoid_distance(R.transpose() * (p - center), radii); });
}

Solid& Solid::cut_ellipsoid(const Vector3d& center, const Vector3d& radii, double blend, const Matrix3d& R) {
  return cut(blend,
             [=](const Vector3d& p) { return calc_ellipsoid_distance(R.transpose() * (p - center), radii); });
}

Solid& Solid::add_plate(const Vector3d& a, const Vector3d& b, const Vector3d& c, double r, double blend) {
  const Vector3d reach = Vector3d::Constant(r);
  return add(a.cwiseMin(b).cwiseMin(c) - reach, a.cwiseMax(b).cwiseMax(c) + reach, blend,
             [=](const Vector3d& p) { return calc_triangle_distance(p, a, b, c) - r; });
}

Solid& Solid::cut_cone(const Vector3d& a, double ra, const Vector3d& b, double rb, double blend) {
  return cut(blend, [=](const Vector3d& p) { return calc_cone_distance(p, a, ra, b, rb); });
}

double Solid::calc_distance(const Vector3d& p) const {
  double d = kFar;
  for (const Part& part : parts_) d = part.combine(d, p);
  return d;
}

double Solid::Part::combine(double d, const Vector3d& p) const {
  const double shape = distance(p);
  return is_cut ? -calc_smooth_minimum(-d, shape, blend) : calc_smooth_minimum(d, shape, blend);
}

// Halves the block until the surface is far from it or it is small. On the way down only those parts stay
// that can still touch the surface inside the block: the others leave its zero where it is.
void Solid::fill_block(const GridBlock& block, const std::vector<const Part*>& parts, Grid& grid) const {
  const Eigen::Vector3i size = block.end - block.first;
  const Vector3d middle =
      grid.low + 0.5 * grid.spacing * (block.first + block.end - Eigen::Vector3i::Ones()).cast<double>();
  // Twice the block's reach, because the distances are only nearly true.
  const double reach = grid.spacing * (size.cast<double>().norm() + 2);
  std::vector<const Part*> near;
  double d = kFar;
  for (const Part* part : parts) {
    const double shape = part->distance(middle);
    if (std::abs(shape) < reach + part->blend || shape < 0) near.push_back(part);
    d = part->is_cut ? -calc_smooth_minimum(-d, shape, part->blend)
                     : calc_smooth_minimum(d, shape, part->blend);
  }
  const bool is_far = std::abs(d) > reach;
  constexpr int kSmallest = 4;
  if (!is_far && size.maxCoeff() > kSmallest) {
    int axis = 0;
    size.maxCoeff(&axis);
    GridBlock half = block;
    half.end[axis] = block.first[axis] + size[axis] / 2;
    fill_block(half, near, grid);
    half = block;
    half.first[axis] += size[axis] / 2;
    fill_block(half, near, grid);
    return;
  }
  for (int k = block.first.z(); k < block.end.z(); ++k) {
    for (int j = block.first.y(); j < block.end.y(); ++j) {
      for (int i = block.first.x(); i < block.end.x(); ++i) {
        double value = d;
        if (!is_far) {
          const Vector3d p = grid.low + grid.spacing * Vector3d(i, j, k);
          value = kFar;
          for (const Part* part : near) value = part->combine(value, p);
        }
        grid.values[i + grid.count.x() * (j + static_cast<std::ptrdiff_t>(grid.count.y()) * k)] =
            static_cast<float>(value);
      }
    }
  }
}

void Solid::fill_grid(Grid& grid) const {
  std::vector<const Part*> all;
  for (const Part& part : parts_) all.push_back(&part);
  constexpr int kSlab = 16;
  const int slabs = (grid.count.z() + kSlab - 1) / kSlab;
  run_in_parallel(slabs, [&](int slab) {
    GridBlock block{{0, 0, slab * kSlab}, grid.count};
    block.end.z() = std::min(grid.count.z(), (slab + 1) * kSlab);
    fill_block(block, all, grid);
  });
}

// How open the surface is, 0 to 255: along the normal the distance to the solid grows as fast as the way,
// unless other parts of it stand nearby (Evans 2006).
void Solid::shade(vtkPolyData* mesh) const {
  const vtkIdType count = mesh->GetNumberOfPoints();
  vtkNew<vtkUnsignedCharArray> shade;
  shade->SetName(kShadeArray);
  shade->SetNumberOfTuples(count);
  vtkDataArray* normals = mesh->GetPointData()->GetNormals();
  constexpr int kBatch = 2000;
  run_in_parallel(static_cast<int>(count / kBatch) + 1, [&](int batch) {
    const vtkIdType end = std::min<vtkIdType>(count, (batch + 1) * kBatch);
    for (vtkIdType i = batch * kBatch; i < end; ++i) {
      double position[3];
      double direction[3];
      mesh->GetPoints()->GetData()->GetTuple(i, position);
      normals->GetTuple(i, direction);
      const Vector3d p(position);
      const Vector3d n(direction);
      double hidden = 0;
      for (const auto& [way, weight] : {std::pair{0.003, 0.40}, {0.008, 0.35}, {0.016, 0.25}}) {
        hidden += weight * std::clamp(1 - calc_distance(p + way * n) / way, 0.0, 1.0);
      }
      shade->SetValue(i, static_cast<unsigned char>(std::lround(255 * (1 - 0.75 * std::min(hidden, 1.0)))));
    }
  });
  mesh->GetPointData()->AddArray(shade);
}

Mesh Solid::build_mesh(double spacing) const {
  const Vector3d margin = Vector3d::Constant(3 * spacing);
  Grid grid;
  grid.low = box_.min() - margin;
  grid.spacing = spacing;
  grid.count = ((box_.max() + margin - grid.low) / spacing).array().ceil().cast<int>() + 1;
  vtkNew<vtkImageData> image;
  image->SetOrigin(grid.low.data());
  image->SetSpacing(spacing, spacing, spacing);
  image->SetDimensions(grid.count.x(), grid.count.y(), grid.count.z());
  image->AllocateScalars(VTK_FLOAT, 1);
  grid.values = static_cast<float*>(image->GetScalarPointer());
  fill_grid(grid);
  vtkNew<vtkFlyingEdges3D> surface;
  surface->SetInputData(image);
  surface->SetValue(0, 0.0);
  surface->ComputeNormalsOn();
  surface->ComputeGradientsOff();
  surface->ComputeScalarsOff();
  // The filter takes larger values for the inside; here they are the distance to the solid.
  vtkNew<vtkReverseSense> outwards;
  outwards->SetInputConnection(surface->GetOutputPort());
  outwards->ReverseCellsOn();
  outwards->ReverseNormalsOn();
  outwards->Update();
  Mesh mesh = outwards->GetOutput();
  shade(mesh);
  return mesh;
}

Matrix3d build_turn(const Vector3d& axis, double angle_deg) {
  return Eigen::AngleAxisd(angle_deg * std::numbers::pi / 180.0, axis.normalized()).toRotationMatrix();
}

}  // namespace lumbarun::viz
