// Draws a renderer smaller than its view and stretches the picture over it: without a graphics card the work grows with
// the number of pixels.
#pragma once

#include <vtkNew.h>
#include <vtkRenderPass.h>

class vtkOpenGLFramebufferObject;
class vtkRenderStepsPass;
class vtkTextureObject;

namespace lumbarun::viz {

class ScaledPass : public vtkRenderPass {
 public:
  static ScaledPass* New();
  vtkTypeMacro(ScaledPass, vtkRenderPass)

  // Pixels of the small picture per pixel of the view, along each side: 0 to 1.
  void set_scale(double scale) { scale_ = scale; }
  void Render(const vtkRenderState* state) override;
  void ReleaseGraphicsResources(vtkWindow* window) override;

 private:
  double scale_ = 0.5;
  vtkNew<vtkRenderStepsPass> steps_;
  vtkNew<vtkOpenGLFramebufferObject> frame_;
  vtkNew<vtkTextureObject> picture_;
};

}  // namespace lumbarun::viz
