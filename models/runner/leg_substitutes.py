"""Moving via points that stand in for the wrap cylinders at the knee, which fit R16's moving knee, not our hinge.

A point M is inserted in one segment, at a fixed share of it, off the straight line in the sagittal plane of its body (1 ahead
of a muscle that runs down, -1 behind). Its offset d at each angle of one coordinate solves
    length(d) = published length + constant,
so that the moment arm about this coordinate is the published one (wraps and walker knee); the constant keeps d away from 0
over the whole range.
"""

import math

import numpy as np

# muscle: segment start, body of M, coordinate, angles (deg), share of the segment, side, least detour (m)
KNEE = np.arange(-10, 131, 10)
SUBSTITUTES = {
    "gaslat_r": (0, "tibia_r", "knee_angle", KNEE, 0.20, -1, 0.002),
    "gasmed_r": (0, "tibia_r", "knee_angle", KNEE, 0.20, -1, 0.002),
    "bflh_r": (0, "tibia_r", "knee_angle", KNEE, 0.92, -1, 0.001),
    "sart_r": (1, "tibia_r", "knee_angle", KNEE, 0.50, -1, 0.001),
    "tfl_r": (2, "femur_r", "knee_angle", KNEE, 0.50, 1, 0.001),
    "grac_r": (0, "tibia_r", "knee_angle", KNEE, 0.92, -1, 0.001),
    "semimem_r": (0, "tibia_r", "knee_angle", KNEE, 0.92, -1, 0.001),
    "semiten_r": (0, "tibia_r", "knee_angle", KNEE, 0.92, -1, 0.001),
    "recfem_r": (0, "femur_r", "knee_angle", KNEE, 0.90, 1, 0.0005),
    "vasint_r": (1, "femur_r", "knee_angle", KNEE, 0.60, 1, 0.0005),
    "vaslat_r": (1, "femur_r", "knee_angle", KNEE, 0.60, 1, 0.0005),
    "vasmed_r": (1, "femur_r", "knee_angle", KNEE, 0.60, 1, 0.0005),
}


def interpolate(curve, angle):
    angles = np.array([a for a, _ in curve])
    # Natural cubic spline through the knots, as the program evaluates it.
    n = len(angles)
    values = np.array([p for _, p in curve])
    h = np.diff(angles)
    A, r = np.eye(n), np.zeros((n, 3))
    for i in range(1, n - 1):
        A[i, i - 1:i + 2] = h[i - 1], 2 * (h[i - 1] + h[i]), h[i]
        r[i] = 6 * ((values[i + 1] - values[i]) / h[i] - (values[i] - values[i - 1]) / h[i - 1])
    c = np.linalg.solve(A, r)
    i = int(np.clip(np.searchsorted(angles, angle, side="right") - 1, 0, n - 2))
    t = angle - angles[i]
    slope = (values[i + 1] - values[i]) / h[i] - h[i] * (2 * c[i] + c[i + 1]) / 6
    return values[i] + t * (slope + t * (c[i] / 2 + t * (c[i + 1] - c[i]) / h[i] / 6))


def our_points(reference, name, q):
    X = reference.frames(q, reference.hinge_knee)
    return X, [X[b][0] @ p + X[b][1] for b, p in reference.points[name]]


def our_length(reference, name, q, detours=()):
    """Path length with the hinge knee, without wraps, with the inserted points."""
    X, points = our_points(reference, name, q)
    for index, body, coordinate, curve in detours:
        R, p = X[body]
        points.insert(index, p + R @ interpolate(curve, q.get(coordinate.removesuffix("_r"), 0.0)))
    return sum(np.linalg.norm(b - a) for a, b in zip(points, points[1:]))


def fit_substitute(reference, name):
    segment, body, coordinate, angles, share, direction, least = SUBSTITUTES[name]
    missing = []
    for degrees in angles:
        q = {coordinate: math.radians(degrees)}
        missing.append(reference.length(name, q)[0] - our_length(reference, name, q))
    constant = least - min(missing)
    curve = []
    for degrees, gap in zip(angles, missing):
        q = {coordinate: math.radians(degrees)}
        X, points = our_points(reference, name, q)
        a, b = points[segment:segment + 2]
        R, p = X[body]
        line = (b - a) / np.linalg.norm(b - a)
        off = direction * np.cross(R[:, 2], line)
        off /= np.linalg.norm(off)
        detour = lambda d: (np.linalg.norm(a + share * (b - a) + d * off - a)
                            + np.linalg.norm(b - (a + share * (b - a) + d * off)) - np.linalg.norm(b - a))
        low, high = 0.0, 0.3
        for _ in range(60):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if detour(middle) < gap + constant else (low, middle)
        curve.append((math.radians(degrees), R.T @ (a + share * (b - a) + low * off - p)))
    return segment + 1, body, coordinate + "_r", curve, f"{coordinate} moving via point"
