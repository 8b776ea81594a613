#include "viz/exports/frame_parts.h"

#include <algorithm>
#include <cmath>

#include "viz/skeleton/held_things.h"

namespace lumbarun::viz {

FrameParts::FrameParts(const RunRecord& record, const MeshCache& cache, DiscQuantity disc,
                       MuscleQuantity muscle)
    : record_(record),
      skeleton_(record, cache),
      ground_(calc_ground_plane(record)),
      disc_(calc_disc_quantity(record, disc)),
      muscle_(calc_muscle_quantity(record, muscle)),
      muscles_(record, MuscleOptions{}) {
  const ValueRange range = calc_range({&disc_});
  const ValueRange muscle_range =
      muscle == MuscleQuantity::kActivation ? ValueRange{0, 1} : calc_range({&muscle_});
  disc_colors_ = build_load_colors(range.low, range.high);
  disc_range_ = range.high;
  muscle_colors_ = build_muscle_colors(muscle_range.low, muscle_range.high);
}

std::vector<FramePart> FrameParts::build(std::size_t sample) {
  const RunFrame frame(record_, sample);
  const double none = std::nan("");
  std::vector<FramePart> parts;
  for (const Bone& bone : skeleton_.get_bones()) {
    const Pose pose = skeleton_.calc_pose(bone, frame);
    parts.push_back(
        {bone.name, bone.group == BoneGroup::kSocks ? kSock : kBone, posed(bone.mesh, pose.R, pose.p), none});
  }
  for (const DiscPose& disc : skeleton_.calc_disc_poses(frame)) {
    const double value = disc_.get(sample, find_level(record_, disc.level));
    const Color color = get_color(disc_colors_, value);
    RingSurface surface({DiscGrain{}.rings}, DiscGrain{}.sides);
    const double share = std::isfinite(value) ? std::clamp(value / disc_range_, 0.0, 1.0) : 0;
    surface.set_tube(0, build_disc_rings(disc, 0.03 + 0.09 * share), color);
    surface.finish();
    parts.push_back({disc.level, color, surface.get_mesh(), value});
  }
  for (Side side : {Side::kRight, Side::kLeft}) {
    const Shoe shoe = calc_shoe(skeleton_.get_shoe(side), calc_shoe_pose(frame, side, ground_));
    const std::string name = std::string("shoe") + get_suffix(side);
    parts.push_back({name + "_upper", kShoeUpper, shoe.upper, none});
    parts.push_back({name + "_midsole", kMidsole, shoe.midsole, none});
    parts.push_back({name + "_outsole", kOutsole, shoe.outsole, none});
  }
  if (const auto load = build_held_load(frame)) parts.push_back({"load", kHeldThing, *load, none});
  if (const auto seat = build_seat(frame, ground_)) parts.push_back({"seat", kHeldThing, *seat, none});
  muscles_.update(frame, muscle_, muscle_colors_);
  parts.push_back({"muscles", {0.85, 0.41, 0.35}, muscles_.get_mesh(), none});
  return parts;
}

}  // namespace lumbarun::viz
