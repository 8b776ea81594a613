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

vtkSmartPointer<vtkRenderWindow> build_window(const PictureSize& size, int oversampling, bool is_off_screen) {
  vtkNew<vtkRenderWindow> window;
  window->SetOffScreenRendering(is_off_screen);
  window->SetMultiSamples(0);
  window->SetSize(oversampling * size.width, oversampling * size.height);
  return window;
}

vtkSmartPointer<vtkImageData> capture(vtkRenderWindow* window, int oversampling) {
  window->Render();
  vtkNew<vtkWindowToImageFilter> grab;
  grab->SetInput(window);
  grab->SetInputBufferTypeToRGB();
  grab->ReadFrontBufferOff();
  grab->ShouldRerenderOff();
  vtkNew<vtkImageShrink3D> shrink;
  shrink->SetInputConnection(grab->GetOutputPort());
  shrink->SetShrinkFactors(oversampling, oversampling, 1);
  shrink->MeanOn();
  shrink->Update();
  return shrink->GetOutput();
}

void write_file(const std::string& path, const std::string& bytes) {
  const std::string draft = path + ".tmp";
  errno = 0;
  std::ofstream file(draft, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file || std::rename(draft.c_str(), path.c_str()) != 0) {
    const int error = errno;
    std::remove(draft.c_str());
    throw BadInput(fmt::format("cannot write {}: {}", path, std::strerror(error)));
  }
}

std::string write_png(const Picture& picture) {
  vtkNew<vtkPNGWriter> writer;
  writer->WriteToMemoryOn();
  writer->SetInputData(picture.image);
  writer->Write();
  vtkUnsignedCharArray* bytes = writer->GetResult();
  return {reinterpret_cast<const char*>(bytes->GetPointer(0)),
          static_cast<std::size_t>(bytes->GetNumberOfValues())};
}

}  // namespace lumbarun::viz
