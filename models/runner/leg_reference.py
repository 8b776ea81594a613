"""Leg muscle paths of Rajagopal 2016 with their wrap cylinders, the reference that via-point substitutes are fitted to."""

import math

import numpy as np

from convert_source import body_xyz, parse_function, read_rows, rotation

HIP = np.array([-0.056276, -0.07849, 0.07726])
COORDINATES = ["hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle", "mtp_angle"]


class LegReference:
    """Right leg in the pelvis frame; q is a dict of our coordinates (rad), mtp about the transverse axis."""

    def __init__(self, source):
        self.functions = {(r["joint"], r["axis_slot"]): parse_function(r["function"])
                          for r in read_rows(source, "leg_joint_axes.csv") if r["joint"].endswith("_r")}
        self.points = {}
        for r in read_rows(source, "leg_path_points.csv"):
            if r["muscle"].endswith("_r"):
                self.points.setdefault(r["muscle"], []).append((r["body"], np.array([float(r[a]) for a in "xyz"])))
        self.muscles = {r["name"]: r for r in read_rows(source, "leg_muscles.csv") if r["side"] == "r"}
        self.cylinders = {r["wrap_object"]: r for r in read_rows(source, "leg_wraps.csv") if r["wrap_object"].endswith("_r")}
        self.R_knee = body_xyz(-1.64157, 1.44618, 1.5708)

    def knee(self, q):
        f = lambda slot: self.functions["walker_knee_r", slot](q)
        R0 = self.R_knee
        R = R0 @ rotation("x", q) @ rotation("z", f("rotation2")) @ rotation("y", f("rotation3")) @ R0.T
        p = np.array([-0.00809, -0.40796, -0.00275]) + R0 @ np.array([0, f("translation1"), f("translation2")])
        return R, p - R @ np.array([-0.00808954, -0.0035348, -0.00148474])

    @staticmethod
    def hinge_knee(q):
        R, centre = rotation("z", -q), np.array([-0.004232, -0.410492, -0.002392])
        return R, centre - R @ np.array([-0.004232, -0.006067, 0])

    def patella(self, q):
        f = lambda slot: self.functions["patellofemoral_r", slot](q)
        return (rotation("z", f("rotation1")), np.array([-0.00809, -0.40796, -0.00275]) +
                np.array([f("translation1"), f("translation2"), f("translation3")]))

    def frames(self, q, knee=None):
        get = lambda name: q.get(name, 0.0)
        X = {"pelvis": (np.eye(3), -HIP)}  # origin at the hip
        femur = rotation("z", get("hip_flexion")) @ rotation("x", get("hip_adduction")) @ rotation("y", get("hip_rotation"))
        X["femur_r"] = (femur, np.zeros(3))

        def attach(child, parent, R, p):
            Rp, pp = X[parent]
            X[child] = (Rp @ R, pp + Rp @ p)

        attach("tibia_r", "femur_r", *(knee or self.knee)(get("knee_angle")))
        attach("patella_r", "femur_r", *self.patella(get("knee_angle")))
        pin = lambda turn, angle: body_xyz(*turn) @ rotation("z", angle) @ body_xyz(*turn).T
        attach("talus_r", "tibia_r", pin((0.175895, -0.105208, 0.0186622), get("ankle_angle")), np.array([-0.01, -0.4, 0]))
        attach("calcn_r", "talus_r", pin((-1.76819, 0.906223, 1.8196), get("subtalar_angle")),
               np.array([-0.04877, -0.04195, 0.00792]))
        attach("toes_r", "calcn_r", rotation("z", get("mtp_angle")), np.array([0.1788, -0.002, 0.00108]))
        return X

    def length(self, muscle, q):
        """Path length with wrapping."""
        X = self.frames(q)
        points = [X[b][0] @ p + X[b][1] for b, p in self.points[muscle]]
        wraps = self.muscles[muscle]["wraps(object method range)"]
        cylinders = []
        for item in filter(None, (w.strip() for w in wraps.split(";"))):
            name, _, first, last = item.split()
            row = self.cylinders[name]
            Rb, pb = X[row["body"]]
            R = Rb @ body_xyz(*(float(row["r" + a]) for a in "xyz"))
            p = pb + Rb @ np.array([float(row["t" + a]) for a in "xyz"])
            side = row["quadrant"]
            cylinders.append((R, p, float(row["radius"]), None if side == "all" else side,
                              range(len(points) - 1) if first == "-1" else range(int(first) - 1, int(last) - 1)))
        if not cylinders:
            return sum(np.linalg.norm(b - a) for a, b in zip(points, points[1:])), []
        if len(cylinders) == 2:
            return two_wraps(points, cylinders)
        return best_wrap(points, cylinders[0])


def wrap_segment(P, Q, cylinder):
    """Length from P to Q over the cylinder and the tangent points, or None when the straight line is free."""
    R, centre, r, side, _ = cylinder
    a, b = R.T @ (P - centre), R.T @ (Q - centre)
    da, db = np.linalg.norm(a[:2]), np.linalg.norm(b[:2])
    if da < r or db < r:
        return None
    best = None
    for turn in (1, -1):
        start = math.atan2(a[1], a[0]) + turn * math.acos(r / da)
        end = math.atan2(b[1], b[0]) - turn * math.acos(r / db)
        arc = turn * (end - start)
        arc = (arc + math.pi / 2) % (2 * math.pi) - math.pi / 2
        if arc <= 0:
            continue
        middle = start + turn * arc / 2
        if side is not None:
            value = {"x": math.cos(middle), "y": math.sin(middle)}[side[-1]]
            if (value < 0) != side.startswith("-"):
                continue
        ta, tb = math.sqrt(da * da - r * r), math.sqrt(db * db - r * r)
        planar = ta + r * arc + tb
        length = math.hypot(planar, b[2] - a[2])
        if best is None or length < best[0]:
            place = lambda angle, s: centre + R @ np.array([r * math.cos(angle), r * math.sin(angle),
                                                             a[2] + (b[2] - a[2]) * s / planar])
            best = (length, place(start, ta), place(end, ta + r * arc), place(middle, ta + r * arc / 2))
    if best is None:
        return None
    # A free line on the allowed side does not wrap.
    d = b[:2] - a[:2]
    t = np.clip(-(a[:2] @ d) / (d @ d), 0, 1)
    if side is None and np.linalg.norm(a[:2] + t * d) >= r:
        return None
    return best


def best_wrap(points, cylinder):
    """The segment whose wrap gives the shortest path, as in OpenSim."""
    straight = [np.linalg.norm(b - a) for a, b in zip(points, points[1:])]
    options = []
    for i in cylinder[4]:
        wrapped = wrap_segment(points[i], points[i + 1], cylinder)
        if wrapped is not None:
            options.append((sum(straight) - straight[i] + wrapped[0], [wrapped]))
    return min(options, key=lambda o: o[0]) if options else (sum(straight), [])


def two_wraps(points, cylinders):
    """Two cylinders on one segment: tangent points of each are found in turn until they settle."""
    P, Q = points[0], points[1]
    upper, lower = cylinders[1], cylinders[0]
    enter, leave = Q, P
    first = second = None
    for _ in range(60):
        first = wrap_segment(P, enter, upper)
        leave = first[2] if first else P
        second = wrap_segment(leave, Q, lower)
        enter = second[1] if second else Q
    head = first[0] - np.linalg.norm(enter - leave) if first else 0.0
    tail = second[0] if second else np.linalg.norm(Q - leave)
    return head + tail, [w for w in (first, second) if w]
