"""Brings the back extensors and the rectus abdominis to measured depths (SOURCES.md, "Moment arms of the trunk")."""

import math

import numpy as np

from convert_skeleton import SACRAL_SLOPE_DEG

LEVELS = ("L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2", "T12_L1")
RANK = {"pelvis": 0, "sacrum": 0, "L5": 1, "L4": 2, "L3": 3, "L2": 4, "L1": 5, "thorax": 6}  # levels below the body
# Mean moment arm over area in standing, mm behind the disc.
ARM_MM = {"longissimus_thoracis": {"L5_S1": 65, "L4_L5": 68, "L3_L4": 64, "L2_L3": 58},
          "iliocostalis_thoracis": {"L3_L4": 63, "L2_L3": 61},
          "longissimus_lumborum": {"L5_S1": 42, "L4_L5": 51, "L3_L4": 51, "L2_L3": 45, "L1_L2": 39},
          "iliocostalis_lumborum": {"L5_S1": 30, "L4_L5": 45, "L3_L4": 49, "L2_L3": 45, "L1_L2": 40},
          "multifidus": {"L5_S1": 52, "L4_L5": 53, "L3_L4": 51, "L2_L3": 48, "L1_L2": 46}}
# Bodies whose points move back together, by one distance.
MOVED = {"longissimus_thoracis": (("sacrum",), ("L5", "L4"), ("L3",), ("L2", "L1")),
         "iliocostalis_thoracis": (("L4",), ("L2",)),
         "longissimus_lumborum": (("L5", "L4", "L3", "L2", "L1"),),
         "iliocostalis_lumborum": (("L4", "L3", "L2", "L1"),),
         "multifidus": (("L5", "L4", "L3", "L2", "L1"), ("sacrum", "pelvis"))}
GROUPS = (*MOVED, "rectus_abdominis")
CREST_HALF_WIDTH = 0.03  # m: caudal ends of multifidus nearer to the midline lie on the sacrum, the others on the iliac spine
# Rectus abdominis, mm ahead of the disc in the horizontal plane.
RECTUS_MM = {"L5_S1": 98, "L4_L5": 85, "L3_L4": 85, "L2_L3": 91, "L1_L2": 97}


def moment_arm(points, place, disc, level):
    """Of a straight path about +Z through the disc, standing; None if the path does not cross the level."""
    arm, crossed, upper = 0.0, False, LEVELS.index(level)
    for a, b in zip(points, points[1:]):
        low, high = (a, b) if RANK[a["body"]] <= RANK[b["body"]] else (b, a)
        if RANK[low["body"]] <= upper < RANK[high["body"]]:
            pull, offset = place(low) - place(high), place(high) - disc[level]
            arm += (offset[0] * pull[1] - offset[1] * pull[0]) / np.linalg.norm(pull)
            crossed = True
    return arm if crossed else None


def mean_arm(muscles, place, disc, level):
    """Mean over area; None if no muscle crosses."""
    rows = [(m["force"], moment_arm(m["points"], place, disc, level)) for m in muscles]
    rows = [(force, arm) for force, arm in rows if arm is not None]
    return sum(force * arm for force, arm in rows) / sum(force for force, _ in rows) if rows else None


def forward(body):
    """Direction along which points move back: X of the body; on the pelvis X of the sacrum, along its endplate."""
    if body != "pelvis":
        return np.array([1.0, 0.0, 0.0])
    slope = math.radians(SACRAL_SLOPE_DEG)
    return np.array([math.cos(slope), -math.sin(slope), 0.0])


def is_moved(muscle, point):
    """Of multifidus the spinous process (its upper end) and the sacrum; its laminar fascicles stay."""
    if muscle["group"] != "multifidus":
        return True
    is_upper = RANK[point["body"]] == max(RANK[p["body"]] for p in muscle["points"])
    is_sacral = RANK[point["body"]] == 0 and point["p"][2] < CREST_HALF_WIDTH
    return "laminar" not in muscle["name"] and (is_upper or is_sacral)


def move_back(muscles, place, disc):
    """Fits the distances of MOVED to ARM_MM (least squares over the levels) and applies them."""
    for group, sets in MOVED.items():
        own = [m for m in muscles if m["group"] == group]
        moved = [[p for m in own for p in m["points"] if p["body"] in bodies and is_moved(m, p)] for bodies in sets]

        def shift(distances):
            for points, d in zip(moved, distances):
                for p in points:
                    p["p"] -= d * forward(p["body"])

        def residual(distances):
            shift(distances)
            error = np.array([mean_arm(own, place, disc, level) - 1e-3 * mm for level, mm in ARM_MM[group].items()])
            shift(-distances)
            return error

        distances = np.zeros(len(sets))
        for _ in range(8):
            r = residual(distances)
            J = np.column_stack([(residual(distances + 1e-5 * e) - r) / 1e-5 for e in np.eye(len(sets))])
            distances = distances - np.linalg.lstsq(J, r, rcond=None)[0]
        shift(distances)
        arms = [(level, mean_arm(own, place, disc, level)) for level in LEVELS]
        print(f"{group}: moved back " + ", ".join(f"{'/'.join(b)} {1e3 * d:.1f}" for b, d in zip(sets, distances)) + " mm; arms "
              + ", ".join(f"{level} {1e3 * arm:.0f}" for level, arm in arms if arm is not None))


def lead_iliocostalis_over_aponeurosis(muscles, place, point, iliac_spine):
    """Caudal end on the posterior superior iliac spine, via points on L4 and L2; R12, like R11, from the angle of its rib."""
    thoracic = {m["name"]: m for m in muscles if m["group"] == "iliocostalis_thoracis"}
    on_l2 = {name: p for name, m in thoracic.items() for p in m["points"] if p["body"] == "L2"}
    for name, m in thoracic.items():
        ribs = [p for p in m["points"] if p["body"] == "thorax"]
        if name == "IL_R12_r":
            ribs[0]["p"][0] = thoracic["IL_R11_r"]["points"][-1]["p"][0]
        upper = point("fixed", "L2", on_l2.get(name, on_l2["IL_R11_r"])["p"].copy())
        side = 0.5 * (place(upper)[2] + place(iliac_spine)[2])
        m["points"] = [point("fixed", "pelvis", iliac_spine["p"].copy()), point("fixed", "L4", [0.0, 0.0, side]), upper, *ribs]


def find_belly(muscle, place, disc):
    """Where one via point must lie for the rectus to keep RECTUS_MM ahead of the discs, pelvis frame, standing."""
    low, high = place(muscle["points"][0]), place(muscle["points"][-1])
    discs = np.array([disc[level] for level in RECTUS_MM])
    ahead = lambda x, y: np.interp(discs[:, 1], [low[1], y, high[1]], [low[0], x, high[0]]) - discs[:, 0]
    wanted = 1e-3 * np.array(list(RECTUS_MM.values()))
    candidates = [(x, y) for y in np.arange(0.03, 0.15, 0.002) for x in np.arange(-0.01, 0.03, 0.0005)]
    x, y = min(candidates, key=lambda c: np.sum((ahead(*c) - wanted) ** 2))
    print("rectus_abdominis: ahead of the discs " + ", ".join(f"{1e3 * d:.0f}" for d in ahead(x, y)) + " mm")
    return np.array([x, y, np.interp(y, [low[1], high[1]], [low[2], high[2]])])
