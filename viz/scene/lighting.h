// The light of every scene, and surfaces that shine in it.
#pragma once

#include <vtkActor.h>
#include <vtkRenderer.h>

#include "viz/geometry/mesh.h"
#include "viz/scene/colors.h"

namespace lumbarun::viz {

// Three lights that go with the camera.
void add_lights(vtkRenderer* renderer);
// `gloss`: share of light that is mirrored.
vtkSmartPointer<vtkActor> build_surface_actor(const Mesh& mesh, const Color& color, double gloss);

}  // namespace lumbarun::viz
