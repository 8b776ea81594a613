#include "viz/scene/scaled_pass.h"

#include <vtkObjectFactory.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkOpenGLState.h>
#include <vtkRenderState.h>
#include <vtkRenderStepsPass.h>
#include <vtkRenderer.h>
#include <vtkTextureObject.h>
#include <vtk_glew.h>

#include <algorithm>
#include <cmath>

namespace lumbarun::viz {

vtkStandardNewMacro(ScaledPass);

void ScaledPass::Render(const vtkRenderState* state) {
  vtkRenderer* renderer = state->GetRenderer();
  auto* window = static_cast<vtkOpenGLRenderWindow*>(renderer->GetRenderWindow());
  vtkOpenGLState* gl = window->GetState();
  int width = 0, height = 0, left = 0, low = 0;
  renderer->GetTiledSizeAndOrigin(&width, &height, &left, &low);
  const int small_width = std::max(1, static_cast<int>(std::lround(scale_ * width)));
  const int small_height = std::max(1, static_cast<int>(std::lround(scale_ * height)));

  picture_->SetContext(window);
  picture_->SetMinificationFilter(vtkTextureObject::Linear);
  picture_->SetMagnificationFilter(vtkTextureObject::Linear);
  if (static_cast<int>(picture_->GetWidth()) != small_width ||
      static_cast<int>(picture_->GetHeight()) != small_height)
    picture_->Create2D(static_cast<unsigned>(small_width), static_cast<unsigned>(small_height), 4,
                       VTK_UNSIGNED_CHAR, false);

  gl->PushFramebufferBindings();
  frame_->SetContext(window);
  frame_->Bind();
  frame_->AddColorAttachment(0, picture_);
  frame_->ActivateBuffer(0);
  frame_->AddDepthAttachment();
  frame_->StartNonOrtho(small_width, small_height);
  vtkRenderState inner(renderer);
  inner.SetPropArrayAndCount(state->GetPropArray(), state->GetPropArrayCount());
  inner.SetFrameBuffer(frame_);
  steps_->Render(&inner);
  NumberOfRenderedProps = steps_->GetNumberOfRenderedProps();
  gl->PopFramebufferBindings();

  gl->PushReadFramebufferBinding();
  frame_->Bind(GL_READ_FRAMEBUFFER);
  frame_->ActivateReadBuffer(0);
  gl->vtkglViewport(left, low, width, height);
  gl->vtkglScissor(left, low, width, height);
  glBlitFramebuffer(0, 0, small_width, small_height, left, low, left + width, low + height,
                    GL_COLOR_BUFFER_BIT, GL_LINEAR);
  gl->PopReadFramebufferBinding();
}

void ScaledPass::ReleaseGraphicsResources(vtkWindow* window) {
  steps_->ReleaseGraphicsResources(window);
  frame_->ReleaseGraphicsResources(window);
  picture_->ReleaseGraphicsResources(window);
}

}  // namespace lumbarun::viz
