#include "viz/geometry/reduce.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkQuadricDecimation.h>
#include <vtkStaticPointLocator.h>
#include <vtkUnsignedCharArray.h>

namespace lumbarun::viz {

Mesh reduced(const Mesh& mesh, int triangles) {
  const double share = static_cast<double>(triangles) / static_cast<double>(mesh->GetNumberOfPolys());
  if (share >= 1) return mesh;
  Mesh bare = Mesh::New();
  bare->SetPoints(mesh->GetPoints());
  bare->SetPolys(mesh->GetPolys());
  vtkNew<vtkQuadricDecimation> filter;
  filter->SetInputData(bare);
  filter->SetTargetReduction(1 - share);
  filter->Update();
  Mesh result = Mesh::New();
  result->CopyStructure(filter->GetOutput());
  vtkNew<vtkStaticPointLocator> locator;
  locator->SetDataSet(mesh);
  locator->BuildLocator();
  const vtkIdType count = result->GetNumberOfPoints();
  vtkDataArray* normals = mesh->GetPointData()->GetNormals();
  vtkDataArray* shade = mesh->GetPointData()->GetArray(kShadeArray);
  vtkNew<vtkFloatArray> own_normals;
  own_normals->SetName("Normals");
  own_normals->SetNumberOfComponents(3);
  own_normals->SetNumberOfTuples(count);
  vtkNew<vtkUnsignedCharArray> own_shade;
  own_shade->SetName(kShadeArray);
  own_shade->SetNumberOfTuples(count);
  for (vtkIdType i = 0; i < count; ++i) {
    const vtkIdType near = locator->FindClosestPoint(result->GetPoint(i));
    own_normals->SetTuple(i, normals->GetTuple(near));
    own_shade->SetValue(i, static_cast<unsigned char>(shade == nullptr ? 255 : shade->GetComponent(near, 0)));
  }
  result->GetPointData()->SetNormals(own_normals);
  result->GetPointData()->AddArray(own_shade);
  return result;
}

}  // namespace lumbarun::viz
