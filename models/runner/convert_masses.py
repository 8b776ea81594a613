"""Segment masses of de Leva 1996 on the bodies of the runner: rows of bodies.csv (see SOURCES.md)."""

import numpy as np

from convert_skeleton import LEG_HEIGHT, TRUNK_HEIGHT, neutral_origins, to_body
from convert_source import read_rows, text

# de Leva 1996 table 4: mass share, centre of mass from the proximal end [of L], radii of gyration about the sagittal,
# transverse and longitudinal axis [of L], L [m] for the mean stature.
STATURE = {"male": 1.741, "female": 1.735}
DE_LEVA = {
    "male": {"head": (.0694, .5002, .303, .315, .261, .2429), "upper_trunk": (.1596, .2999, .716, .454, .659, .1707),
             "middle_trunk": (.1633, .4502, .482, .383, .468, .2155),
             "lower_trunk": (.1117, .6115, .615, .551, .587, .1457), "upper_arm": (.0271, .5772, .285, .269, .158, .2817),
             "forearm": (.0162, .4574, .276, .265, .121, .2689), "hand": (.0061, .7900, .628, .513, .401, .0862),
             "thigh": (.1416, .4095, .329, .329, .149, .4222), "shank": (.0433, .4395, .251, .246, .102, .4403),
             "foot": (.0137, .4415, .257, .245, .124, .2581)},
    "female": {"head": (.0668, .4841, .271, .295, .261, .2437), "upper_trunk": (.1545, .2077, .746, .502, .718, .1425),
               "middle_trunk": (.1465, .4512, .433, .354, .415, .2053),
               "lower_trunk": (.1247, .4920, .433, .402, .444, .1815), "upper_arm": (.0255, .5754, .278, .260, .148, .2751),
               "forearm": (.0138, .4559, .261, .257, .094, .2643), "hand": (.0056, .7474, .531, .454, .335, .0780),
               "thigh": (.1478, .3612, .369, .364, .162, .3685), "shank": (.0481, .4352, .267, .263, .092, .4386),
               "foot": (.0129, .4014, .299, .279, .139, .2283)}}
# Lumbar slices: share of body mass each, and how many of the five lie in the middle trunk (above the navel).
SLICE_SHARE = {"male": (.0245, 4), "female": (.0222, 3)}
GRAVITY_LINE_AHEAD_OF_L4_L5 = 0.013  # m, in relaxed standing
FOOT_PARTS = {"talus_r": (.064, (0, 0, 0), (.03, .03, .03)), "calcn_r": (.798, (.09, .03, 0), (.03, .052, .050)),
              "toes_r": (.138, (.0346, .006, -.0175), (.025, .03, .02))}


def limb_rows(sex):
    part = {k: np.array(v) for k, v in DE_LEVA[sex].items()}
    length = {k: v[5] / STATURE[sex] for k, v in part.items()}
    share = {k: v[0] for k, v in part.items()}
    radii = lambda k: part[k][[2, 4, 3]] * length[k]  # about x, y, z of a hanging limb, per stature
    leg, trunk = LEG_HEIGHT, TRUNK_HEIGHT
    above_knee = (1 - part["thigh"][1]) * length["thigh"] * leg
    rows = [("femur_r", share["thigh"], (-.004 * above_knee / .41, -.41049 + above_knee, 0), radii("thigh") * leg, leg),
            ("tibia_r", share["shank"], (-.01 * part["shank"][1], -.006067 - part["shank"][1] * .394, 0),
             radii("shank") * leg, leg)]
    rows += [(body, share["foot"] * f, com, np.array(r), leg) for body, (f, com, r) in FOOT_PARTS.items()]
    humerus_com = np.array([.013144, -.286273, -.009595]) * part["upper_arm"][1]
    rows.append(("humerus_r", share["upper_arm"], humerus_com, radii("upper_arm") * trunk, trunk))
    wrist = np.array([-.015524, -.248848, .039693])
    hand = wrist + np.array([0, -part["hand"][1] * length["hand"] * trunk, 0])
    rows.append(("ulna_r", *combined([(share["forearm"], wrist * part["forearm"][1], radii("forearm") * trunk),
                                      (share["hand"], hand, radii("hand") * trunk)]), trunk))
    return rows


def combined(parts):
    """Mass, centre and axis-wise radii of gyration of several bodies (products of inertia dropped)."""
    mass = sum(p[0] for p in parts)
    com = sum(p[0] * np.asarray(p[1], float) for p in parts) / mass
    inertia = np.zeros(3)
    for m, c, r in parts:
        d = np.asarray(c, float) - com
        inertia += m * (np.asarray(r, float) ** 2 + (d @ d - d**2))
    return mass, com, np.sqrt(inertia / mass)


def trunk_rows(source, sex, arms):
    part, h = DE_LEVA[sex], TRUNK_HEIGHT
    length = {k: v[5] / STATURE[sex] * h for k, v in part.items()}
    origin, disc = neutral_origins(source)
    bodies = {r["body"]: r for r in read_rows(source, "lumbar_bodies.csv")}
    hip_y = float(bodies["femur_r"]["py"])
    navel = hip_y + length["lower_trunk"]
    xiphoid = navel + length["middle_trunk"]
    sternum = xiphoid + length["upper_trunk"]
    slice_share, in_middle = SLICE_SHARE[sex]
    # Cross-section of the middle trunk: its radii of gyration less the part due to its own height.
    own = length["middle_trunk"] ** 2 / 12
    width2 = (part["middle_trunk"][2] * length["middle_trunk"]) ** 2 - own
    depth2 = (part["middle_trunk"][3] * length["middle_trunk"]) ** 2 - own
    block = lambda height: np.sqrt([width2 + height**2 / 12, width2 + depth2, depth2 + height**2 / 12])
    edges = [disc[level][1] for level in ("L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2", "T12_L1")]
    slices = {}
    for i, name in enumerate(["L5", "L4", "L3", "L2", "L1"]):
        row = bodies["lumbar" + name[1]]
        com = np.array([float(row["comx"]), float(row["comy"]), 0.0])
        slices[name] = (slice_share, com, block(edges[i + 1] - edges[i]))
    remaining = part["middle_trunk"][0] - in_middle * slice_share
    top = remaining / part["middle_trunk"][0] * length["middle_trunk"]
    radii = lambda k: np.array(part[k])[[2, 4, 3]] * length[k]
    vertex = h * (1 - 0.906 / 1.75) + hip_y
    y = lambda value: np.array([0, value - origin["thorax"][1], 0])
    thorax = combined([(part["head"][0], y(vertex - part["head"][1] * length["head"]), radii("head")),
                       (part["upper_trunk"][0], y(sternum - part["upper_trunk"][1] * length["upper_trunk"]),
                        radii("upper_trunk")), (remaining, y(xiphoid - top / 2), block(top))])
    # Fore-aft place of the thorax mass from the gravity line of everything above L4/5.
    above = [(m, origin[n][0] + c[0]) for n, (m, c, _) in slices.items() if n != "L5"]
    above += [(2 * m, origin["thorax"][0] + x) for m, x in arms]
    total = thorax[0] + sum(m for m, _ in above)
    x = (total * (disc["L4_L5"][0] + GRAVITY_LINE_AHEAD_OF_L4_L5) - sum(m * v for m, v in above)) / thorax[0]
    thorax = (thorax[0], thorax[1] + np.array([x - origin["thorax"][0], 0, 0]), thorax[2])
    below = 5 - in_middle
    pelvis_mass = part["lower_trunk"][0] - below * slice_share
    moment = part["lower_trunk"][0] * (navel - part["lower_trunk"][1] * length["lower_trunk"])
    moment -= sum(slice_share * (origin[n][1] + slices[n][1][1]) for n in ["L5", "L4"][:below])
    pelvis = (pelvis_mass, np.array([float(bodies["pelvis"]["comx"]), moment / pelvis_mass, 0]), radii("lower_trunk"))
    rows = [("pelvis", *pelvis), ("thorax", *thorax)]
    rows += [(n, m, to_body(n, c), r) for n, (m, c, r) in slices.items()]
    return [(*row, h) for row in rows]


def body_rows(source):
    order = ["pelvis", "sacrum", "femur_r", "tibia_r", "talus_r", "calcn_r", "toes_r", "L5", "L4", "L3", "L2", "L1",
             "thorax", "humerus_r", "ulna_r"]
    result = []
    for sex in ("male", "female"):
        limbs = limb_rows(sex)
        rows = {r[0]: r for r in limbs}
        shoulder = np.array([.003155, .3715, .17])
        elbow = shoulder + np.array([.013144, -.286273, -.009595])
        arms = [(rows["humerus_r"][1], (shoulder + rows["humerus_r"][2])[0]), (rows["ulna_r"][1], (elbow + rows["ulna_r"][2])[0])]
        rows |= {r[0]: r for r in trunk_rows(source, sex, arms)}
        rows["sacrum"] = ("sacrum", 0.0, (0, 0, 0), (0, 0, 0), TRUNK_HEIGHT)
        total = sum(r[1] * (2 if name.endswith("_r") else 1) for name, r in rows.items())
        print(f"{sex}: sum of de Leva shares {total:.4f}")
        for name in order:
            _, share, com, radius, height = rows[name]
            result.append([name, sex, text(share / total, 8), *map(text, com), *map(text, radius), height])
    return result
