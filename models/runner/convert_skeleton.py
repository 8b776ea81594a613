"""bodies.csv, joints.csv, coordinates.csv, levels.csv and contact_elements.csv (see SOURCES.md for every decision)."""

import math

import numpy as np

from convert_source import body_xyz, parse_function, read_rows, rotation, text, write_rows

LEG_HEIGHT = 1.70    # m, stature of the Rajagopal 2016 geometry
TRUNK_HEIGHT = 1.75  # m, stature given to the trunk and arm geometry of Raabe & Chaudhari 2016: estimate
SACRAL_SLOPE_DEG = 39.0
# Caudal to cranial; T12_L1 ends on the thorax, whose own frame keeps pitch 0 in standing.
LEVELS = [("L5_S1", "sacrum", "L5", 21.6), ("L4_L5", "L5", "L4", 12.7), ("L3_L4", "L4", "L3", 9.1),
          ("L2_L3", "L3", "L2", 5.9), ("L1_L2", "L2", "L1", 1.2), ("T12_L1", "L1", "thorax", 0.0)]
FBLS_NAME = {"L5": "lumbar5", "L4": "lumbar4", "L3": "lumbar3", "L2": "lumbar2", "L1": "lumbar1", "thorax": "torso"}
T12_L1_IN_L1 = np.array([-0.006, 0.028, 0.0])  # Raabe & Chaudhari lumbar1 frame: estimate
FORE_STACK, HEEL_STACK = 0.025, 0.035          # m, shoe under forefoot and heel in the source of the contact points


def standing_pitch_deg():
    """Pitch about +Z of every pitched body frame in neutral standing at the default lordosis."""
    pitch = {"sacrum": -SACRAL_SLOPE_DEG, "thorax": 0.0}
    for _, inferior, superior, angle in LEVELS[:-1]:
        pitch[superior] = pitch[inferior] + angle
    return pitch


def to_body(body, vector):
    """A vector given in axes parallel to the pelvis in standing, in the axes of our body frame."""
    return rotation("z", -math.radians(standing_pitch_deg().get(body, 0.0))) @ np.asarray(vector, float)


def neutral_origins(source):
    """Origins of the trunk bodies and the disc centres in the pelvis frame, standing (Raabe & Chaudhari 2016)."""
    rows = {r["body"]: r for r in read_rows(source, "lumbar_bodies.csv")}
    vector = lambda row, prefix: np.array([float(row[prefix + axis]) for axis in "xyz"])
    origin, disc = {"pelvis": np.zeros(3), "sacrum": vector(rows["sacrum"], "p")}, {}
    for level, inferior, superior, _ in LEVELS[:-1]:
        row = rows[FBLS_NAME[superior]]
        disc[level] = origin[inferior] + vector(row, "p")
        origin[superior] = disc[level] - vector(row, "c")
    disc["T12_L1"] = origin["L1"] + T12_L1_IN_L1
    origin["thorax"] = origin["L1"] + vector(rows["torso"], "p")
    return origin, disc


def fit_knee(source):
    """Centre of the hinge about Z that best follows the walker knee over 0-100 deg and is exact at 0."""
    axes = {r["axis_slot"]: parse_function(r["function"]) for r in read_rows(source, "leg_joint_axes.csv")
            if r["joint"] == "walker_knee_r"}
    R0 = body_xyz(-1.64157, 1.44618, 1.5708)
    in_femur, in_tibia = np.array([-0.00809, -0.40796, -0.00275]), np.array([-0.00808954, -0.0035348, -0.00148474])

    def tibia_pose(q):
        R = R0 @ rotation("x", q) @ rotation("z", axes["rotation2"](q)) @ rotation("y", axes["rotation3"](q)) @ R0.T
        return R, in_femur + R0 @ np.array([0, axes["translation1"](q), axes["translation2"](q)]) - R @ in_tibia

    angles = np.radians(np.arange(0, 101, 2))
    poses = [tibia_pose(q) for q in angles]
    start = poses[0][1]
    A = np.vstack([(np.eye(3) - rotation("z", -q))[:2, :2] for q in angles])
    b = np.hstack([p[:2] - (rotation("z", -q) @ start)[:2] for q, (_, p) in zip(angles, poses)])
    centre = np.linalg.lstsq(A, b, rcond=None)[0]
    error = (A @ centre - b).reshape(-1, 2)
    leftover = [rotation("z", q) @ R for q, (R, _) in zip(angles, poses)]
    print(f"knee hinge: tibia origin rms {1e3 * np.sqrt(np.mean(np.sum(error**2, 1))):.2f} mm, "
          f"max {1e3 * np.max(np.linalg.norm(error, axis=1)):.2f} mm; rotation left out (deg, max) "
          f"x {math.degrees(max(abs(R[2, 1]) for R in leftover)):.1f} y {math.degrees(max(abs(R[0, 2]) for R in leftover)):.1f} "
          f"z {math.degrees(max(abs(R[1, 0]) for R in leftover)):.1f}")
    z = np.mean([p[2] for _, p in poses])
    return np.array([*centre, z]), np.array([*(centre - start[:2]), 0.0])


def joint_rows(source):
    origin, disc = neutral_origins(source)
    leg = {r["body"]: r for r in read_rows(source, "leg_bodies.csv")}
    trunk = {r["body"]: r for r in read_rows(source, "lumbar_bodies.csv")}
    at = lambda row: np.array([float(row["p" + a]) for a in "xyz"])
    turn = lambda row: np.array([float(row["pr" + a]) for a in "xyz"])
    none = np.zeros(3)
    knee_in_femur, knee_in_tibia = fit_knee(source)
    rows = [("pelvis", "ground", none, none, none, none),
            ("sacrum", "pelvis", origin["sacrum"], [0, 0, -math.radians(SACRAL_SLOPE_DEG)], none, none),
            ("femur_r", "pelvis", at(trunk["femur_r"]), none, none, none),
            ("tibia_r", "femur_r", knee_in_femur, none, knee_in_tibia, none)]
    for child, parent in [("talus_r", "tibia_r"), ("calcn_r", "talus_r")]:
        rows.append((child, parent, at(leg[child]), turn(leg[child]), none, turn(leg[child])))
    rows.append(("toes_r", "calcn_r", at(leg["toes_r"]), none, none, none))
    for level, inferior, superior, _ in LEVELS:
        rows.append((superior, inferior, to_body(inferior, disc[level] - origin[inferior]), none,
                     to_body(superior, disc[level] - origin[superior]), none))
    rows.append(("humerus_r", "thorax", at(trunk["humerus_r"]), none, none, none))
    rows.append(("ulna_r", "humerus_r", at(leg["ulna_r"]), turn(leg["ulna_r"]), none, turn(leg["ulna_r"])))
    return rows


def coordinate_rows():
    rows = [("pelvis_tx", "pelvis", "slide", "X", 1, "m", "forward"),
            ("pelvis_ty", "pelvis", "slide", "Y", 1, "m", "up"),
            ("pelvis_tz", "pelvis", "slide", "Z", 1, "m", "to the right"),
            ("pelvis_tilt", "pelvis", "hinge", "Z", 1, "rad", "pelvis leans back (negative: anterior tilt)"),
            ("pelvis_list", "pelvis", "hinge", "X", 1, "rad", "right side of the pelvis drops"),
            ("pelvis_rotation", "pelvis", "hinge", "Y", 1, "rad", "pelvis turns to the left"),
            ("hip_flexion_r", "femur_r", "hinge", "Z", 1, "rad", "thigh swings forward"),
            ("hip_adduction_r", "femur_r", "hinge", "X", 1, "rad", "thigh moves to the midline"),
            ("hip_rotation_r", "femur_r", "hinge", "Y", 1, "rad", "thigh turns inward"),
            ("knee_angle_r", "tibia_r", "hinge", "Z", -1, "rad", "knee flexes"),
            ("ankle_angle_r", "talus_r", "hinge", "Z", 1, "rad", "foot dorsiflexes"),
            ("subtalar_angle_r", "calcn_r", "hinge", "Z", 1, "rad", "foot inverts"),
            ("mtp_angle_r", "toes_r", "hinge", "Z", 1, "rad", "toes extend (dorsiflex)")]
    for level, _, superior, _ in LEVELS:
        rows += [(f"{level}_extension", superior, "hinge", "Z", 1, "rad", "upper body extends (leans back)"),
                 (f"{level}_bending", superior, "hinge", "X", 1, "rad", "upper body bends to the right"),
                 (f"{level}_rotation", superior, "hinge", "Y", 1, "rad", "upper body turns to the left")]
    rows += [("arm_flex_r", "humerus_r", "hinge", "Z", 1, "rad", "arm swings forward"),
             ("arm_add_r", "humerus_r", "hinge", "X", 1, "rad", "arm moves to the body"),
             ("arm_rot_r", "humerus_r", "hinge", "Y", 1, "rad", "arm turns inward"),
             ("elbow_flex_r", "ulna_r", "hinge", "Z", 1, "rad", "elbow flexes")]
    return rows


def contact_rows():
    """Sole points below the bare foot, from positions relative to the ankle of a 1.75 m runner in shoes, and the area of the
    sole that each stands for [cm2]: planform of a 280 mm sole, its medial arch relieved (estimate)."""
    calcn = np.array([-0.04877, -0.04195, 0.00792])
    toes = calcn + np.array([0.1788, -0.002, 0.00108])
    points = [("heel_medial_r", "calcn_r", -0.045, -0.018, 1, 0, 21), ("heel_lateral_r", "calcn_r", -0.040, 0.022, 1, 0, 21),
              ("midfoot_lateral_r", "calcn_r", 0.060, 0.030, 0, 0, 22), ("midfoot_medial_r", "calcn_r", 0.050, -0.020, 0, 0, 14),
              ("metatarsal_medial_r", "calcn_r", 0.125, -0.032, 0, 1, 33),
              ("metatarsal_lateral_r", "calcn_r", 0.105, 0.042, 0, 1, 33), ("toe_r", "toes_r", 0.185, -0.015, 0, 1, 36)]
    rows = []
    for name, body, x, z, heel_share, ball_share, area in points:
        bare = np.array([x, -0.100 + FORE_STACK, z]) * LEG_HEIGHT / 1.75 - (calcn if body == "calcn_r" else toes)
        rows.append([name, body, *map(text, bare), heel_share, ball_share, area])
    return rows


def convert_skeleton(source, target, body_rows):
    axes3 = lambda prefix, unit: [f"{prefix}_{axis}_{unit}" for axis in "xyz"]
    write_rows(target, "joints.csv",
               ["child", "parent", *axes3("parent", "m"), *axes3("parent_turn", "rad"), *axes3("child", "m"),
                *axes3("child_turn", "rad")],
               [[child, parent, *(text(v) for part in parts for v in part)] for child, parent, *parts in joint_rows(source)])
    write_rows(target, "coordinates.csv", ["coordinate", "child", "kind", "axis", "sign_1", "unit", "positive_sense"],
               coordinate_rows())
    write_rows(target, "levels.csv", ["level", "inferior", "superior", "segment_angle_deg"], LEVELS)
    write_rows(target, "contact_elements.csv", ["element", "body", "x_m", "y_m", "z_m", "heel_share_1", "ball_share_1", "area_cm2"], contact_rows())
    write_rows(target, "bodies.csv",
               ["body", "sex", "mass_share_1", *axes3("com", "m"), *axes3("gyration", "m"), "reference_height_m"],
               body_rows)
