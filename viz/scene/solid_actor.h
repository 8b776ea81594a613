// An actor that is drawn without blending as long as it is opaque: VTK leaves blending on, and without a graphics card
// that costs a read of every pixel.
#pragma once

#include <vtkOpenGLActor.h>

namespace lumbarun::viz {

class SolidActor : public vtkOpenGLActor {
 public:
  static SolidActor* New();
  vtkTypeMacro(SolidActor, vtkOpenGLActor)

  void Render(vtkRenderer* renderer, vtkMapper* mapper) override;
};

}  // namespace lumbarun::viz
