// Surfaces that change their shape but not their triangles from frame to frame.
#pragma once

#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkUnsignedCharArray.h>

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/scene/colors.h"

namespace lumbarun::viz {

// Tubes and barrels made of rings, each with the same number of points, closed by lids; one colour per tube.
class RingSurface {
 public:
  // One entry per tube: its number of rings.
  RingSurface(const std::vector<int>& rings, int sides);

  // Points ring by ring; normals follow.
  void set_tube(std::size_t tube, const std::vector<std::vector<Eigen::Vector3d>>& rings, const Color& color);
  // Folds the tube into nothing.
  void hide_tube(std::size_t tube);
  // After the last tube of a frame.
  void finish();

  const Mesh& get_mesh() const { return mesh_; }
  // The tube of a triangle of the mesh.
  std::size_t get_tube_of_cell(vtkIdType cell) const;

 private:
  void add_triangles(int rings, vtkIdType first);
  using Rgb = std::array<unsigned char, 3>;
  void set_point(vtkIdType id, const Eigen::Vector3d& p, const Eigen::Vector3d& n, const Rgb& rgb);

  int sides_;
  std::vector<int> rings_;
  std::vector<vtkIdType> first_point_;
  std::vector<vtkIdType> first_cell_;
  Mesh mesh_;
  vtkNew<vtkPoints> points_;
  vtkNew<vtkFloatArray> normals_;
  vtkNew<vtkUnsignedCharArray> colors_;
  vtkNew<vtkCellArray> triangles_;
};

}  // namespace lumbarun::viz
