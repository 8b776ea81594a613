#include "sim/charts/palette.h"

#include <algorithm>
#include <cmath>

namespace lumbarun {

Color calc_mixture(const Color& from, const Color& to, double share) {
  Color color;
  for (std::size_t i = 0; i < 3; ++i) color[i] = from[i] + share * (to[i] - from[i]);
  return color;
}

Color calc_load_color(double share) {
  if (!std::isfinite(share)) return kUndefined;
  const double place = std::clamp(share, 0.0, 1.0) * (kViridis.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), kViridis.size() - 2);
  return calc_mixture(kViridis[below], kViridis[below + 1], place - static_cast<double>(below));
}

Color calc_readable_color(const Color& ground) {
  // Luma of Rec. 709: close enough to lightness to choose between two inks.
  const double luma = 0.2126 * ground[0] + 0.7152 * ground[1] + 0.0722 * ground[2];
  return luma > 0.42 ? kInk : Color{1, 1, 1};
}

}  // namespace lumbarun
