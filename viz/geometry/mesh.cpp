#include "viz/geometry/mesh.h"

#include <vtkAppendPolyData.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataNormals.h>
#include <vtkReverseSense.h>
#include <vtkTransform.h>
#include <vtkTransformPolyDataFilter.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

Mesh transformed(const Mesh& mesh, vtkTransform* transform) {
  vtkNew<vtkTransformPolyDataFilter> filter;
  filter->SetTransform(transform);
  filter->SetInputData(mesh);
  filter->Update();
  return filter->GetOutput();
}

Vector3d calc_tangent(const std::vector<Vector3d>& points, std::size_t i) {
  const std::size_t before = i == 0 ? 0 : i - 1;
  const std::size_t after = std::min(i + 1, points.size() - 1);
  return (points[after] - points[before]).normalized();
}

// One pair of axes across the line, carried along it with as little twist as possible.
Vector3d calc_first_normal(const Vector3d& tangent, const Vector3d& wanted) {
  Vector3d normal = wanted - wanted.dot(tangent) * tangent;
  if (normal.norm() < 1e-6) normal = tangent.unitOrthogonal();
  return normal.normalized();
}

Vector3d calc_knot_point(const Vector3d& p0, const Vector3d& p1, const Vector3d& p2, const Vector3d& p3,
                         double s) {
  const auto calc_knot = [](double t, const Vector3d& a, const Vector3d& b) {
    return t + std::sqrt(std::max((b - a).norm(), 1e-9));
  };
  const double t0 = 0;
  const double t1 = calc_knot(t0, p0, p1);
  const double t2 = calc_knot(t1, p1, p2);
  const double t3 = calc_knot(t2, p2, p3);
  const double t = t1 + s * (t2 - t1);
  const auto blend = [t](const Vector3d& a, const Vector3d& b, double ta, double tb) -> Vector3d {
    return ((tb - t) * a + (t - ta) * b) / (tb - ta);
  };
  const Vector3d a1 = blend(p0, p1, t0, t1);
  const Vector3d a2 = blend(p1, p2, t1, t2);
  const Vector3d a3 = blend(p2, p3, t2, t3);
  return blend(blend(a1, a2, t0, t2), blend(a2, a3, t1, t3), t1, t2);
}

}  // namespace

void add_open_shade(vtkPolyData* mesh) {
  if (mesh->GetPointData()->GetArray(kShadeArray) != nullptr) return;
  vtkNew<vtkUnsignedCharArray> shade;
  shade->SetName(kShadeArray);
  shade->SetNumberOfTuples(mesh->GetNumberOfPoints());
  shade->Fill(255);
  mesh->GetPointData()->AddArray(shade);
}

vtkSmartPointer<vtkTransform> build_vtk_transform(const Eigen::Matrix3d& R, const Vector3d& origin) {
  double elements[16] = {0};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) elements[4 * i + j] = R(i, j);
    elements[4 * i + 3] = origin[i];
  }
  elements[15] = 1;
  vtkNew<vtkTransform> transform;
  transform->SetMatrix(elements);
  return transform;
}

Mesh join(const std::vector<Mesh>& meshes) {
  vtkNew<vtkAppendPolyData> append;
  for (const Mesh& mesh : meshes) {
    add_open_shade(mesh);
    append->AddInputData(mesh);
  }
  append->Update();
  return append->GetOutput();
}

Mesh posed(const Mesh& mesh, const Eigen::Matrix3d& R, const Vector3d& origin) {
  return transformed(mesh, build_vtk_transform(R, origin));
}

Mesh scaled(const Mesh& mesh, double factor) {
  vtkNew<vtkTransform> transform;
  transform->Scale(factor, factor, factor);
  return transformed(mesh, transform);
}

Mesh shrunk(const Mesh& mesh, double depth) {
  vtkDataArray* normals = mesh->GetPointData()->GetNormals();
  vtkNew<vtkPoints> points;
  points->SetNumberOfPoints(mesh->GetNumberOfPoints());
  for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); ++i) {
    const Vector3d p = Vector3d(mesh->GetPoint(i)) - depth * Vector3d(normals->GetTuple3(i));
    points->SetPoint(i, p.data());
  }
  Mesh result = Mesh::New();
  result->ShallowCopy(mesh);
  result->SetPoints(points);
  return result;
}

Mesh mirrored(const Mesh& mesh) {
  vtkNew<vtkTransform> transform;
  transform->Scale(1, 1, -1);
  vtkNew<vtkReverseSense> reverse;
  reverse->SetInputData(transformed(mesh, transform));
  reverse->ReverseCellsOn();
  reverse->ReverseNormalsOff();
  reverse->Update();
  return reverse->GetOutput();
}

Mesh build_loft(const std::vector<std::vector<Vector3d>>& rings) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> triangles;
  const auto sides = static_cast<vtkIdType>(rings.front().size());
  const auto count = static_cast<vtkIdType>(rings.size());
  for (const auto& ring : rings) {
    for (const Vector3d& p : ring) points->InsertNextPoint(p.data());
  }
  const auto add_triangle = [&](vtkIdType a, vtkIdType b, vtkIdType c) {
    const vtkIdType corners[3] = {a, b, c};
    triangles->InsertNextCell(3, corners);
  };
  for (vtkIdType r = 0; r + 1 < count; ++r) {
    for (vtkIdType s = 0; s < sides; ++s) {
      const vtkIdType next = (s + 1) % sides;
      add_triangle(r * sides + s, r * sides + next, (r + 1) * sides + s);
      add_triangle(r * sides + next, (r + 1) * sides + next, (r + 1) * sides + s);
    }
  }
  for (vtkIdType end : {vtkIdType{0}, count - 1}) {
    Vector3d middle = Vector3d::Zero();
    for (const Vector3d& p : rings[static_cast<std::size_t>(end)]) middle += p / static_cast<double>(sides);
    const vtkIdType center = points->InsertNextPoint(middle.data());
    for (vtkIdType s = 0; s < sides; ++s) {
      const vtkIdType a = end * sides + s;
      const vtkIdType b = end * sides + (s + 1) % sides;
      end == 0 ? add_triangle(center, b, a) : add_triangle(center, a, b);
    }
  }
  vtkNew<vtkPolyData> surface;
  surface->SetPoints(points);
  surface->SetPolys(triangles);
  vtkNew<vtkPolyDataNormals> normals;
  normals->SetInputData(surface);
  normals->SplittingOff();
  normals->ConsistencyOn();
  normals->AutoOrientNormalsOn();
  normals->Update();
  return normals->GetOutput();
}

Mesh build_tube(const TubeShape& shape) {
  std::vector<std::vector<Vector3d>> rings;
  Vector3d normal = calc_first_normal(calc_tangent(shape.points, 0), shape.flat_axis);
  for (std::size_t i = 0; i < shape.points.size(); ++i) {
    const Vector3d tangent = calc_tangent(shape.points, i);
    normal = calc_first_normal(tangent, shape.flatness == 1.0 ? normal : shape.flat_axis);
    const Vector3d across = tangent.cross(normal);
    std::vector<Vector3d> ring;
    for (int s = 0; s < shape.sides; ++s) {
      const double angle = 2 * std::numbers::pi * s / shape.sides;
      ring.push_back(shape.points[i] +
                     shape.radii[i] * (shape.flatness * std::cos(angle) * normal + std::sin(angle) * across));
    }
    rings.push_back(std::move(ring));
  }
  return build_loft(rings);
}

Mesh build_box(const Eigen::AlignedBox3d& box) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkFloatArray> normals;
  vtkNew<vtkCellArray> triangles;
  normals->SetNumberOfComponents(3);
  normals->SetName("Normals");
  for (int axis = 0; axis < 3; ++axis) {
    for (const bool is_high : {false, true}) {
      Vector3d normal = Vector3d::Zero();
      normal[axis] = is_high ? 1 : -1;
      // Around the face, seen from outside against the clock.
      const int u = (axis + (is_high ? 1 : 2)) % 3;
      const int v = (axis + (is_high ? 2 : 1)) % 3;
      const vtkIdType first = points->GetNumberOfPoints();
      for (const auto& [s, t] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
        Vector3d p;
        p[axis] = is_high ? box.max()[axis] : box.min()[axis];
        p[u] = s == 1 ? box.max()[u] : box.min()[u];
        p[v] = t == 1 ? box.max()[v] : box.min()[v];
        points->InsertNextPoint(p.data());
        normals->InsertNextTuple3(normal.x(), normal.y(), normal.z());
      }
      const vtkIdType halves[2][3] = {{first, first + 1, first + 2}, {first, first + 2, first + 3}};
      for (const auto& half : halves) triangles->InsertNextCell(3, half);
    }
  }
  Mesh mesh = Mesh::New();
  mesh->SetPoints(points);
  mesh->SetPolys(triangles);
  mesh->GetPointData()->SetNormals(normals);
  add_open_shade(mesh);
  return mesh;
}

std::vector<Vector3d> calc_smooth_line(const std::vector<Vector3d>& points, int steps) {
  if (points.size() < 2) return points;
  std::vector<Vector3d> line;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Vector3d before = i == 0 ? Vector3d(2 * points[0] - points[1]) : points[i - 1];
    const Vector3d after = i + 2 < points.size() ? points[i + 2] : Vector3d(2 * points[i + 1] - points[i]);
    for (int s = 0; s < steps; ++s) {
      line.push_back(
          calc_knot_point(before, points[i], points[i + 1], after, static_cast<double>(s) / steps));
    }
  }
  line.push_back(points.back());
  return line;
}

}  // namespace lumbarun::viz
