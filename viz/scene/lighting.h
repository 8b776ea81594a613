// The light of every scene, and surfaces that shine in it.
#pragma once

#include <vtkActor.h>
#include <vtkRenderer.h>

#include "viz/geometry/mesh.h"
#include "viz/scene/colors.h"

namespace lumbarun::viz {

// Three lights that go with the camera.
void add_lights(vtkRenderer* renderer);
// Lit at the corners of its triangles, between which the light is interpolated, instead of in every pixel: without a graphics card
// a third of the time. For an actor of build_surface_actor.
void light_at_corners(vtkActor* actor);
// `gloss`: share of light that is mirrored.
vtkSmartPointer<vtkActor> build_surface_actor(const Mesh& mesh, const Color& color, double gloss);

}  // namespace lumbarun::viz
