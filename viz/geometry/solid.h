// Solids from blended implicit surfaces: a bone is a union of a few simple shapes whose seams melt together.
//   add:  d ← smin(d, d_shape, blend)      cut: d ← smax(d, −d_shape, blend)
// with the polynomial smooth minimum (Quilez 2013): smin(a, b, k) = min(a, b) − h²k/4, h = max(k − |a − b|,
// 0) / k. Lengths in metres, in the frame of the body that the bone belongs to.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <functional>
#include <vector>

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

using Eigen::Matrix3d;
using Eigen::Vector3d;

class Solid {
 public:
  // Signed distance, negative inside; only its zero and its neighbourhood must be right.
  using Distance = std::function<double(const Vector3d&)>;

  // `low`, `high`: a box around the shape. `blend`: width of the melted seam with what was added before.
  Solid& add(const Vector3d& low, const Vector3d& high, double blend, Distance distance);
  Solid& cut(double blend, Distance distance);

  // A cone from a (radius ra) to b (radius rb) with round ends.
  Solid& add_cone(const Vector3d& a, double ra, const Vector3d& b, double rb, double blend);
  // Cones along a line of points, radius by radius, melted with what was there but not with each other.
  Solid& add_chain(const std::vector<Vector3d>& points, const std::vector<double>& radii, double blend);
  // `R` turns the ellipsoid's own axes into the body frame.
  Solid& add_ellipsoid(const Vector3d& center, const Vector3d& radii, double blend,
                       const Matrix3d& R = Matrix3d::Identity());
  Solid& cut_ellipsoid(const Vector3d& center, const Vector3d& radii, double blend,
                       const Matrix3d& R = Matrix3d::Identity());
  // A flat triangle with thickness 2 r and round edges.
  Solid& add_plate(const Vector3d& a, const Vector3d& b, const Vector3d& c, double r, double blend);
  // Triangles of one thickness that meet without a seam.
  Solid& add_plates(const std::vector<std::array<Vector3d, 3>>& triangles, double r, double blend);
  Solid& cut_cone(const Vector3d& a, double ra, const Vector3d& b, double rb, double blend);

  // Triangles of the surface, with smooth normals and shade (kShadeArray), from a grid of the given spacing.
  Mesh build_mesh(double spacing) const;

 private:
  struct Part {
    Distance distance;
    double blend;
    bool is_cut;

    // The solid so far, with this part added or cut.
    double combine(double d, const Vector3d& p) const;
  };
  struct Grid {
    Vector3d low;
    double spacing;
    Eigen::Vector3i count;
    float* values;
  };
  // Points from `first` to before `end`.
  struct GridBlock {
    Eigen::Vector3i first;
    Eigen::Vector3i end;
  };

  double calc_distance(const Vector3d& p) const;
  void fill_grid(Grid& grid) const;
  void fill_block(const GridBlock& block, const std::vector<const Part*>& parts, Grid& grid) const;
  void shade(vtkPolyData* mesh) const;

  std::vector<Part> parts_;
  Eigen::AlignedBox3d box_;
};

// Turn about one axis of the body frame, degrees.
Matrix3d build_turn(const Vector3d& axis, double angle_deg);

}  // namespace lumbarun::viz
