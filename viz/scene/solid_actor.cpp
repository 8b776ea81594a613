#include "viz/scene/solid_actor.h"

#include <vtkObjectFactory.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkOpenGLState.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtk_glew.h>

namespace lumbarun::viz {

vtkStandardNewMacro(SolidActor)

    void SolidActor::Render(vtkRenderer* renderer, vtkMapper* mapper) {
  if (GetProperty()->GetOpacity() < 1) {
    vtkOpenGLActor::Render(renderer, mapper);
    return;
  }
  vtkOpenGLState* state = static_cast<vtkOpenGLRenderWindow*>(renderer->GetRenderWindow())->GetState();
  vtkOpenGLState::ScopedglEnableDisable saved(state, GL_BLEND);
  state->vtkglDisable(GL_BLEND);
  vtkOpenGLActor::Render(renderer, mapper);
}

}  // namespace lumbarun::viz
