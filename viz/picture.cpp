#include "viz/picture.h"

#include <vtkImageShrink3D.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkUnsignedCharArray.h>
#include <vtkWindowToImageFilter.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "sim/core/contracts.h"

namespace lumbarun::viz {

vtkSmartPointer<vtkRenderWindow> build_window(const PictureSize& size) {
  vtkNew<vtkRenderWindow> window;
  window->SetOffScreenRendering(1);
  window->SetMultiSamples(0);
  window->SetSize(kOversampling * size.width, kOversampling * size.height);
  return window;
}

vtkSmartPointer<vtkImageData> capture(vtkRenderWindow* window) {
  window->Render();
  vtkNew<vtkWindowToImageFilter> grab;
  grab->SetInput(window);
  grab->SetInputBufferTypeToRGB();
  grab->ReadFrontBufferOff();
  grab->ShouldRerenderOff();
  vtkNew<vtkImageShrink3D> shrink;
  shrink->SetInputConnection(grab->GetOutputPort());
  shrink->SetShrinkFactors(kOversampling, kOversampling, 1);
  shrink->MeanOn();
  shrink->Update();
  return shrink->GetOutput();
}

void write_png(const Picture& picture, const std::string& path) {
  vtkNew<vtkPNGWriter> writer;
  writer->WriteToMemoryOn();
  writer->SetInputData(picture.image);
  writer->Write();
  vtkUnsignedCharArray* bytes = writer->GetResult();
  const std::string draft = path + ".tmp";
  errno = 0;
  std::ofstream file(draft, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes->GetPointer(0)), bytes->GetNumberOfValues());
  file.close();
  if (!file || std::rename(draft.c_str(), path.c_str()) != 0) {
    const int error = errno;
    std::remove(draft.c_str());
    throw BadInput(fmt::format("cannot write {}: {}", path, std::strerror(error)));
  }
}

}  // namespace lumbarun::viz
