"""A light kinematic runner for checking gaits: joint positions, sole points and the centre of mass over one stride.

Only the calibration uses it. Geometry of the 1.75 m runner: hip centres, thigh, shank and foot offsets after Rajagopal
et al. 2016 (IEEE TBME 63:2068) scaled to 1.75 m; segment masses and mass centres after de Leva 1996 (J Biomech 29:1223,
men). Sole points are an estimate: shod foot, heel 10 mm lower than the forefoot (heel-to-toe drop).
"""
import numpy as np

from . import fourier
from .sources import COORDINATES, TRUNK_ODD, rot

HIP = np.array([-0.0707, -0.0661, 0.0835])           # in the pelvis frame, right
THIGH, SHANK = 0.408, 0.400
LUMBAR = np.array([-0.095, 0.10, 0.0])               # mean rotation centre of the six levels, in the pelvis frame
SHOULDER = np.array([0.0, 0.345, 0.17])              # from LUMBAR in the thorax frame
UPPER_ARM, FOREARM = 0.28, 0.26
# sole points from the ankle joint, in the calcaneus frame: (name, position); medial is -z on the right
HEEL_X, BALL_X, TIP_X = -0.029, 0.140, 0.195
HEEL_Y, BALL_Y, TIP_Y = -0.100, -0.090, -0.082      # tip: toe spring of the shoe
HALF_WIDTH, FOOT_Z = 0.025, 0.008
MTP = np.array([0.130, -0.044, 0.0])                 # toe joint, from the ankle joint
MASS = {"pelvis": 0.1117, "thorax": 0.3229 + 0.0694, "thigh": 0.1416, "shank": 0.0433, "foot": 0.0137,
        "upper_arm": 0.0271, "forearm": 0.0162 + 0.0061}
PELVIS_COM = np.array([-0.07, 0.02, 0.0])
THORAX_COM = np.array([0.005, 0.27, 0.0])            # from LUMBAR: upper + middle trunk and head
FOOT_COM = np.array([0.045, -0.055, 0.0])


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


def apply(r, v):
    return r @ np.asarray(v, dtype=float)


def leg(q, side, r_pelvis, p_pelvis):
    """Ankle position, foot orientation, centre of mass of the leg (weighted sum), sole points (P, 6, 3)."""
    sgn = 1.0 if side == "r" else -1.0
    flip = np.array([1.0, 1.0, sgn])
    hip = p_pelvis + apply(r_pelvis, HIP * flip)
    r = r_pelvis @ rot("z", q["hip_flexion_" + side]) @ rot("x", sgn * q["hip_adduction_" + side]) @ rot("y", sgn * q["hip_rotation_" + side])
    knee = hip + apply(r, [0, -THIGH, 0])
    weighted = MASS["thigh"] * (hip + 0.4095 * (knee - hip))
    r = r @ rot("z", -q["knee_angle_" + side])
    ankle = knee + apply(r, [0, -SHANK, 0])
    weighted = weighted + MASS["shank"] * (knee + 0.4395 * (ankle - knee))
    r = r @ rot("z", q["ankle_angle_" + side]) @ rot("x", sgn * q["subtalar_angle_" + side])
    weighted = weighted + MASS["foot"] * (ankle + apply(r, FOOT_COM))
    toes = r @ rot("z", q["mtp_angle_" + side])
    toe_joint = ankle + apply(r, MTP * flip)
    points = []
    for z in (FOOT_Z - HALF_WIDTH, FOOT_Z + HALF_WIDTH):
        points.append(ankle + apply(r, [HEEL_X, HEEL_Y, sgn * z]))
        points.append(ankle + apply(r, [BALL_X, BALL_Y, sgn * z]))
        points.append(toe_joint + apply(toes, [TIP_X - MTP[0], TIP_Y - MTP[1], sgn * z]))
    return weighted, np.stack(points, axis=1), ankle, r


def trunk(q, r_pelvis, p_pelvis):
    lumbar = p_pelvis + apply(r_pelvis, LUMBAR)
    r = r_pelvis @ rot("z", q["lumbar_extension"]) @ rot("x", q["lumbar_bending"]) @ rot("y", q["lumbar_rotation"])
    weighted = MASS["pelvis"] * (p_pelvis + apply(r_pelvis, PELVIS_COM)) + MASS["thorax"] * (lumbar + apply(r, THORAX_COM))
    for side, sgn in (("r", 1.0), ("l", -1.0)):
        shoulder = lumbar + apply(r, SHOULDER * [1, 1, sgn])
        arm = r @ rot("z", q["arm_flex_" + side]) @ rot("x", sgn * q["arm_add_" + side]) @ rot("y", sgn * q["arm_rot_" + side])
        elbow = shoulder + apply(arm, [0, -UPPER_ARM, 0])
        hand = elbow + apply(arm @ rot("z", q["elbow_flex_" + side]), [0, -FOREARM, 0])
        weighted = weighted + MASS["upper_arm"] * (shoulder + 0.5772 * (elbow - shoulder)) + MASS["forearm"] * (elbow + 0.6 * (hand - elbow))
    return weighted


def kinematics(q):
    """Centre of mass (P, 3) and right sole points (P, 6, 3), both with pelvis_tx a deviation from speed * time."""
    p = np.stack([q["pelvis_tx"], q["pelvis_ty"], q["pelvis_tz"]], axis=1)
    r = rot("z", q["pelvis_tilt"]) @ rot("x", q["pelvis_list"]) @ rot("y", q["pelvis_rotation"])
    right, points, ankle, foot = leg(q, "r", r, p)
    left, _, _, _ = leg(q, "l", r, p)
    total = 2 * sum(MASS[k] for k in ("thigh", "shank", "foot", "upper_arm", "forearm")) + MASS["pelvis"] + MASS["thorax"]
    com = (right + left + trunk(q, r, p)) / total
    return com, points, foot
