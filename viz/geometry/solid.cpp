#include "viz/geometry/solid.h"

#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lumbarun::viz {
namespace {

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
  double d = 1.0;  // a metre away: nothing yet
  for (const Part& part : parts_) {
    const double shape = part.distance(p);
    d = part.is_cut ? -calc_smooth_minimum(-d, shape, part.blend) : calc_smooth_minimum(d, shape, part.blend);
  }
  return d;
}

void Solid::fill_block(const Eigen::Vector3i& first, const Eigen::Vector3i& end, const Eigen::Vector3i& count,
                       const Vector3d& low, double spacing, float* values) const {
  const Vector3d middle = low + 0.5 * spacing * (first + end - Eigen::Vector3i::Ones()).cast<double>();
  const double reach = 0.5 * spacing * (end - first).cast<double>().norm();
  const double d = calc_distance(middle);
  // Twice the block's reach, because the distances are only nearly true.
  const bool is_far = std::abs(d) > 2 * reach + 2 * spacing;
  for (int k = first.z(); k < end.z(); ++k) {
    for (int j = first.y(); j < end.y(); ++j) {
      for (int i = first.x(); i < end.x(); ++i) {
        const std::ptrdiff_t index = i + count.x() * (j + static_cast<std::ptrdiff_t>(count.y()) * k);
        values[index] = static_cast<float>(is_far ? d : calc_distance(low + spacing * Vector3d(i, j, k)));
      }
    }
  }
}

Mesh Solid::build_mesh(double spacing) const {
  const Vector3d margin = Vector3d::Constant(3 * spacing);
  const Vector3d low = box_.min() - margin;
  const Vector3d extent = box_.max() + margin - low;
  const Eigen::Vector3i count = (extent / spacing).array().ceil().cast<int>() + 1;
  vtkNew<vtkImageData> grid;
  grid->SetOrigin(low.data());
  grid->SetSpacing(spacing, spacing, spacing);
  grid->SetDimensions(count.x(), count.y(), count.z());
  grid->AllocateScalars(VTK_FLOAT, 1);
  auto* values = static_cast<float*>(grid->GetScalarPointer());
  constexpr int kBlock = 4;
  for (int k = 0; k < count.z(); k += kBlock) {
    for (int j = 0; j < count.y(); j += kBlock) {
      for (int i = 0; i < count.x(); i += kBlock) {
        const Eigen::Vector3i first(i, j, k);
        fill_block(first, (first.array() + kBlock).matrix().cwiseMin(count), count, low, spacing, values);
      }
    }
  }
  vtkNew<vtkFlyingEdges3D> surface;
  surface->SetInputData(grid);
  surface->SetValue(0, 0.0);
  surface->ComputeNormalsOn();
  surface->ComputeGradientsOff();
  surface->ComputeScalarsOff();
  surface->Update();
  return surface->GetOutput();
}

Matrix3d build_turn(const Vector3d& axis, double angle_deg) {
  return Eigen::AngleAxisd(angle_deg * std::numbers::pi / 180.0, axis.normalized()).toRotationMatrix();
}

}  // namespace lumbarun::viz
