// A screen for machines without one: Debian's VTK renders through X11 only.
#pragma once

#include <sys/types.h>

namespace lumbarun::viz {

// If DISPLAY is unset, starts a virtual X server of its own on a free display and ends it when it goes out of
// scope.
// @throws BadInput naming the packages to install if it cannot.
class VirtualDisplay {
 public:
  VirtualDisplay();
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

 private:
  pid_t server_ = -1;
};

}  // namespace lumbarun::viz
