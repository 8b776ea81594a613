// Triangle meshes with smooth normals, and the ways to move and join them.
#pragma once

#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkTransform.h>

#include <Eigen/Dense>
#include <vector>

namespace lumbarun::viz {

using Mesh = vtkSmartPointer<vtkPolyData>;

// Point array of bones: how open the surface is, 0 (hidden by other parts of the bone) to 255.
inline constexpr const char* kShadeArray = "shade";
// Gives a mesh without shade one that is open everywhere.
void add_open_shade(vtkPolyData* mesh);

// The pose as VTK wants it.
vtkSmartPointer<vtkTransform> build_vtk_transform(const Eigen::Matrix3d& R, const Eigen::Vector3d& origin);

// All meshes as one.
Mesh join(const std::vector<Mesh>& meshes);
// Turned by R, then moved to `origin`.
Mesh posed(const Mesh& mesh, const Eigen::Matrix3d& R, const Eigen::Vector3d& origin);
// Scaled about the origin of its frame.
Mesh scaled(const Mesh& mesh, double factor);
// The left counterpart of a right bone: reflected at the plane z = 0.
Mesh mirrored(const Mesh& mesh);

// Every point moved inwards by `depth`, against its normal, m.
Mesh shrunk(const Mesh& mesh, double depth);

// A tube with elliptical sections along a line. `radii` holds one radius per point; the section is `flatness`
// times as wide along `flat_axis` as across it (1: round).
struct TubeShape {
  std::vector<Eigen::Vector3d> points;
  std::vector<double> radii;
  Eigen::Vector3d flat_axis = Eigen::Vector3d::UnitY();
  double flatness = 1.0;
  int sides = 12;
};
Mesh build_tube(const TubeShape& shape);

// A surface through closed rings with the same number of points each, with lids on both ends.
Mesh build_loft(const std::vector<std::vector<Eigen::Vector3d>>& rings);

// With sharp edges.
Mesh build_box(const Eigen::AlignedBox3d& box);

// A smooth line through the points: centripetal Catmull-Rom with `steps` pieces per segment.
std::vector<Eigen::Vector3d> calc_smooth_line(const std::vector<Eigen::Vector3d>& points, int steps);

}  // namespace lumbarun::viz
