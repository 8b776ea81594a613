"""A light kinematic runner for checking gaits: sole points, foot orientation and the centre of mass over one stride.

Only the calibration uses it. Geometry of the project's 1.75 m, male runner (models/runner: legs after Rajagopal et al.
2016, IEEE TBME 63:2068, masses and mass centres after de Leva 1996, J Biomech 29:1223) in the everyday shoe, heel stack
30 mm, drop 10 mm. The six lumbar levels are one joint at L3/4.
"""
import numpy as np

from . import fourier
from .sources import COORDINATES, rot

LEG = 1.75 / 1.70                                        # the leg geometry belongs to a stature of 1.70 m
HIP = np.array([-0.0707, -0.0661, 0.0835])               # in the pelvis frame, right
KNEE = np.array([-0.004232, -0.410492, -0.002392]) * LEG     # from the hip, femur frame
ANKLE = np.array([-0.005768, -0.393933, 0.0]) * LEG          # from the knee, tibia frame
SUBTALAR = np.array([-0.04877, -0.04195, 0.00792]) * LEG     # from the ankle, talus frame
MTP = np.array([0.1788, -0.002, 0.00108]) * LEG              # from the subtalar joint, calcaneus frame
ANKLE_AXIS = np.array([-0.105014, -0.174022, 0.979126])
SUBTALAR_AXIS = np.array([0.787180, 0.604747, -0.120949])
LUMBAR = np.array([-0.080, 0.125, 0.0])                  # L3/4 in the pelvis frame
SHOULDER = np.array([0.005, 0.345, 0.17])                # from LUMBAR, thorax frame
UPPER_ARM, FOREARM = 0.29, 0.27
# sole points from the ankle joint in standing, m: (x, z, y); medial is -z. Each is the bottom of a sphere, as in the contact model.
ELEMENT_RADIUS = 0.025           # m, kElementRadius of models/foot_contact_builder.cpp
HEEL_Y, FORE_Y = -0.105, -0.095
SOLE = [(-0.045, -0.018, HEEL_Y), (-0.040, 0.022, HEEL_Y), (0.060, 0.030, FORE_Y), (0.050, -0.020, FORE_Y),
        (0.125, -0.032, FORE_Y), (0.105, 0.042, FORE_Y)]
TOE = (0.185, -0.015, FORE_Y)
MASS = {"pelvis": 0.0872, "trunk": 0.4168, "thigh": 0.1416, "shank": 0.0433, "foot": 0.0137, "upper_arm": 0.0271,
        "forearm": 0.0223}
PELVIS_COM = np.array([-0.0707, -0.032, 0.0])
TRUNK_COM = np.array([0.02, 0.238, 0.0])                 # from LUMBAR: lumbar slices, thorax and head
FOOT_COM = np.array([0.045, -0.055, 0.0])                # from the ankle
MIRROR = np.array([1.0, 1.0, -1.0])


def angles(coefficients, phase, order=0):
    """{coordinate: samples} for both sides; the left side is the right side half a stride later."""
    q = {}
    right, left = fourier.basis(phase, order), fourier.basis(phase + 0.5, order)
    for name in COORDINATES:
        c = coefficients.get(name, np.zeros(fourier.COLUMNS))
        q[name] = right @ c
        if name.endswith("_r"):
            q[name[:-2] + "_l"] = left @ c
    return q


def turn(axis, angle):
    """Rotation by angle (P,) about a fixed unit axis."""
    x, y, z = axis / np.linalg.norm(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle)[:, None, None] * k + (1 - np.cos(angle))[:, None, None] * (k @ k)


def ball(q, names):
    """Flexion about Z, then about X, then about Y, each in the turned frame."""
    return rot("z", q[names[0]]) @ rot("x", q[names[1]]) @ rot("y", q[names[2]])


def leg(q, side):
    """A leg as a right leg, in the pelvis frame: sum of mass * position, sphere centres of the sole (P, 7, 3), foot and toes."""
    femur = ball(q, [f"hip_{n}_{side}" for n in ("flexion", "adduction", "rotation")])
    knee = HIP + femur @ KNEE
    tibia = femur @ rot("z", -q["knee_angle_" + side])
    ankle = knee + tibia @ ANKLE
    talus = tibia @ turn(ANKLE_AXIS, q["ankle_angle_" + side])
    subtalar = ankle + talus @ SUBTALAR
    foot = talus @ turn(SUBTALAR_AXIS, q["subtalar_angle_" + side])
    toes = foot @ rot("z", q["mtp_angle_" + side])
    toe_joint = subtalar + foot @ MTP
    centre = lambda p: np.array([p[0], p[2] + ELEMENT_RADIUS, p[1]]) - SUBTALAR
    points = [subtalar + foot @ centre(p) for p in SOLE]
    points.append(toe_joint + toes @ (centre(TOE) - MTP))
    weighted = MASS["thigh"] * (HIP + 0.4095 * (knee - HIP)) + MASS["shank"] * (knee + 0.4395 * (ankle - knee))
    return weighted + MASS["foot"] * (subtalar + foot @ (FOOT_COM - SUBTALAR)), np.stack(points, axis=1), (foot, toes)


def arm(q, side):
    """An arm as a right arm, in the thorax frame from LUMBAR: sum of mass * position."""
    humerus = ball(q, [f"arm_{n}_{side}" for n in ("flex", "add", "rot")])
    elbow = SHOULDER + humerus @ np.array([0, -UPPER_ARM, 0])
    hand = elbow + humerus @ rot("z", q["elbow_flex_" + side]) @ np.array([0, -FOREARM, 0])
    return MASS["upper_arm"] * (SHOULDER + 0.5772 * (elbow - SHOULDER)) + MASS["forearm"] * (elbow + 0.6 * (hand - elbow))


def kinematics(q):
    """Centre of mass (P, 3), lowest points of the right sole's spheres (P, 7, 3), inclination of right foot and toes (P, 2) rad;
    pelvis_tx deviates from speed * time."""
    turned = lambda r, v: np.einsum("pij,pj->pi", r, v)
    p = np.stack([q["pelvis_tx"], q["pelvis_ty"], q["pelvis_tz"]], axis=1)
    pelvis = ball(q, ["pelvis_tilt", "pelvis_list", "pelvis_rotation"])
    right, centres, segments = leg(q, "r")
    left = leg(q, "l")[0]
    thorax = pelvis @ ball(q, ["lumbar_extension", "lumbar_bending", "lumbar_rotation"])
    lumbar_share = MASS["trunk"] + 2 * (MASS["upper_arm"] + MASS["forearm"])
    com = p + turned(pelvis, right + left * MIRROR) + pelvis @ (MASS["pelvis"] * PELVIS_COM + lumbar_share * LUMBAR)
    com = com + thorax @ (MASS["trunk"] * TRUNK_COM) + turned(thorax, arm(q, "r") + arm(q, "l") * MIRROR)
    points = p[:, None, :] + np.einsum("pij,pkj->pki", pelvis, centres) - [0.0, ELEMENT_RADIUS, 0.0]
    axes = [(pelvis @ segment)[:, :, 0] for segment in segments]
    return com, points, np.stack([np.arctan2(a[:, 1], a[:, 0]) for a in axes], axis=1)
