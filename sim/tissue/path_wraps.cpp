#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/core/contracts.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun {

namespace {

constexpr int kMaxRounds = 200;
constexpr double kSettled = 1e-13;  // m, movement of a contact in one round

double distance(const Vector3<double>& a, const Vector3<double>& b) {
  const Vector3<double> d = b - a;
  return std::sqrt(dot(d, d));
}

class PathSettler {
 public:
  PathSettler(const MusclePathSet& paths, const MusclePath& muscle, const Vector3<double>* p,
              const Transform<double>* X_WS, StopPlace<double>* places)
      : paths_(paths), muscle_(muscle), p_(p), X_WS_(X_WS), places_(places) {}

  bool settle() {
    double moved = std::numeric_limits<double>::infinity();
    const int rounds = muscle_.wrap_count > 1 ? kMaxRounds : 1;
    for (int round = 0; round < rounds && moved > kSettled; ++round) {
      moved = 0.0;
      for (int w = 0; w < muscle_.wrap_count; ++w) moved = std::max(moved, place_wrap(w));
    }
    LUMBARUN_THROW_UNLESS(
        muscle_.wrap_count <= 1 || moved <= kSettled,
        "muscle '{}': its contacts with {} wrapping surfaces do not settle in {} rounds ({} is one of them); "
        "surfaces that overlap where the path passes cannot both be wrapped",
        muscle_.name, muscle_.wrap_count, kMaxRounds,
        paths_.surfaces[paths_.wraps[muscle_.first_wrap].surface].name);
    place_free_stops();
    return is_exact_;
  }

 private:
  const PathStop& stop(int k) const { return paths_.stops[muscle_.first_stop + k]; }
  bool is_in_segment(int k, int segment) const {
    return k >= 0 && k < muscle_.stop_count && stop(k).segment == segment;
  }

  // Where the string comes from and goes to when it leaves out stop k.
  Vector3<double> get_before(int k) const {
    const int segment = stop(k).segment;
    for (int j = k - 1; is_in_segment(j, segment); --j) {
      if (touches_[j]) return places_[j].c1;
    }
    return p_[segment];
  }
  Vector3<double> get_after(int k) const {
    const int segment = stop(k).segment;
    for (int j = k + 1; is_in_segment(j, segment); ++j) {
      if (touches_[j]) return places_[j].c0;
    }
    return p_[segment + 1];
  }

  // Chooses the stop of one surface anew, all others held; returns how far its contacts moved [m].
  double place_wrap(int w) {
    const WrapSurface& surface = paths_.surfaces[paths_.wraps[muscle_.first_wrap + w].surface];
    const Transform<double>& X_WS = X_WS_[w];
    int old_stop = -1, best_stop = -1;
    StopPlace<double> best;
    bool best_is_settled = true;
    double least_detour = std::numeric_limits<double>::infinity();
    for (int k = 0; k < muscle_.stop_count; ++k) {
      if (stop(k).wrap == w && touches_[k]) old_stop = k, touches_[k] = false;
    }
    for (int k = 0; k < muscle_.stop_count; ++k) {
      if (stop(k).wrap != w) continue;
      const Vector3<double> before = get_before(k), after = get_after(k);
      const auto in_surface = [&](const Vector3<double>& p) {
        return transpose_times(X_WS.rotation, p - X_WS.translation);
      };
      const WrapContact contact = calc_wrap_contact(surface, in_surface(before), in_surface(after));
      if (contact.action == WrapAction::kFree) continue;
      const StopPlace<double> place{X_WS * contact.c0, X_WS * contact.c1, contact.length};
      const double detour = contact.action == WrapAction::kMandatory
                                ? -std::numeric_limits<double>::infinity()
                                : distance(before, place.c0) + place.length + distance(place.c1, after) -
                                      distance(before, after);
      if (detour >= least_detour) continue;
      least_detour = detour, best_stop = k, best = place, best_is_settled = contact.is_settled;
      if (contact.action == WrapAction::kMandatory) break;
    }
    if (best_stop < 0) return old_stop < 0 ? 0.0 : std::numeric_limits<double>::infinity();
    const double moved = old_stop != best_stop ? std::numeric_limits<double>::infinity()
                                               : std::max(distance(places_[best_stop].c0, best.c0),
                                                          distance(places_[best_stop].c1, best.c1));
    touches_[best_stop] = true;
    places_[best_stop] = best;
    if (!best_is_settled) is_exact_ = false;
    return moved;
  }

  // Stops without contact stand evenly on the straight line between what is before and after them.
  void place_free_stops() {
    for (int k = 0; k < muscle_.stop_count;) {
      if (touches_[k]) {
        ++k;
        continue;
      }
      int end = k;
      while (is_in_segment(end, stop(k).segment) && !touches_[end]) ++end;
      const Vector3<double> before = get_before(k), after = get_after(end - 1);
      for (int j = k; j < end; ++j) {
        const double share = static_cast<double>(j - k + 1) / (end - k + 1);
        places_[j].c0 = places_[j].c1 = before + (after - before) * share;
        places_[j].length = 0.0;
      }
      k = end;
    }
  }

  const MusclePathSet& paths_;
  const MusclePath& muscle_;
  const Vector3<double>* p_;
  const Transform<double>* X_WS_;
  StopPlace<double>* places_;
  std::array<bool, kMaxPathStops> touches_{};
  bool is_exact_ = true;
};

}  // namespace

bool settle_path_wraps(const MusclePathSet& paths, const MusclePath& muscle, const Vector3<double>* p,
                       const Transform<double>* X_WS, StopPlace<double>* places) {
  return PathSettler(paths, muscle, p, X_WS, places).settle();
}

}  // namespace lumbarun
