#include "viz/picture.h"

#include <vtkImageShrink3D.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkUnsignedCharArray.h>
#include <vtkWindowToImageFilter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
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

namespace {

// The window's pixels averaged down to the picture's size.
vtkSmartPointer<vtkImageData> grab_pixels(vtkRenderWindow* window, int oversampling, bool has_alpha) {
  window->Render();
  vtkNew<vtkWindowToImageFilter> grab;
  grab->SetInput(window);
  has_alpha ? grab->SetInputBufferTypeToRGBA() : grab->SetInputBufferTypeToRGB();
  grab->ReadFrontBufferOff();
  grab->ShouldRerenderOff();
  vtkNew<vtkImageShrink3D> shrink;
  shrink->SetInputConnection(grab->GetOutputPort());
  shrink->SetShrinkFactors(oversampling, oversampling, 1);
  shrink->MeanOn();
  shrink->Update();
  return shrink->GetOutput();
}

}  // namespace

vtkSmartPointer<vtkImageData> capture(vtkRenderWindow* window, int oversampling) {
  return grab_pixels(window, oversampling, false);
}

vtkSmartPointer<vtkImageData> capture(vtkRenderWindow* window, int oversampling, const Sky& sky) {
  const auto pixels = grab_pixels(window, oversampling, true);
  int size[3];
  pixels->GetDimensions(size);
  vtkNew<vtkImageData> result;
  result->SetDimensions(size);
  result->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  const auto* from = static_cast<const unsigned char*>(pixels->GetScalarPointer());
  auto* to = static_cast<unsigned char*>(result->GetScalarPointer());
  for (int y = 0; y < size[1]; ++y) {
    const double share = size[1] > 1 ? static_cast<double>(y) / (size[1] - 1) : 0;
    double lift[3];
    for (std::size_t c = 0; c < 3; ++c) lift[c] = share * (sky.high[c] - sky.low[c]);
    for (int x = 0; x < size[0]; ++x, from += 4, to += 3) {
      const double open = 255 - from[3];
      for (int c = 0; c < 3; ++c)
        to[c] = static_cast<unsigned char>(std::lround(std::clamp(from[c] + open * lift[c], 0.0, 255.0)));
    }
  }
  return result;
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
