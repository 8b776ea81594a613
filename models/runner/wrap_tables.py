"""wrap_surfaces.csv and wraps.csv, and the length of a standing path over its surfaces (see SOURCES.md)."""

import numpy as np

from convert_skeleton import LEG_HEIGHT, TRUNK_HEIGHT, to_body
from convert_source import body_xyz, read_rows, text, write_rows
from leg_reference import HIP

OUR_HIP = np.array([-0.0707, -0.0661, 0.0835])
# Leg muscles that keep the surfaces of their source; the others that have some cross the knee (SOURCES.md).
LEG_WRAPS = ("addbrev_r", "addlong_r", "addmagDist_r", "addmagIsch_r", "addmagMid_r", "addmagProx_r",
             "glmax1_r", "glmax2_r", "glmax3_r")
# Trunk surfaces: name in the source -> ours, body that carries it, muscles. The source's others jump in our spine (SOURCES.md).
TRUNK_WRAPS = {"Chest_r": ("chest_r", "thorax", tuple(f"LTpT_T{i}_r" for i in range(1, 4)))}


def read_shape(row):
    radius = np.array([float(v) for v in row["dimensions"].split()]) if row["dimensions"] else np.array([float(row["radius"])] * 3)
    return {"kind": "ellipsoid" if row["dimensions"] else "cylinder", "p": np.array([float(row["t" + a]) for a in "xyz"]),
            "turn": np.array([float(row["r" + a]) for a in "xyz"]), "radii": radius, "length": float(row["length"] or 0),
            "side": row["quadrant"]}


def leg_surface(reference, muscle):
    """The surface of a leg muscle in our body."""
    name = reference.muscles[muscle]["wraps(object method range)"].split()[0]
    row = reference.cylinders[name]
    surface = read_shape(row) | {"name": name, "body": row["body"]}
    if row["body"] == "pelvis":  # keeps its place relative to the hip
        scale = TRUNK_HEIGHT / LEG_HEIGHT
        surface["p"] = OUR_HIP + (surface["p"] - HIP) * scale
        surface["radii"] = surface["radii"] * scale
        surface["length"] *= scale
    return surface


def trunk_surfaces(source, origin):
    """Muscle -> its surface: in our body, and placed in the pelvis frame in standing."""
    result = {}
    for row in read_rows(source, "lumbar_wraps.csv"):
        if row["wrap_object"] not in TRUNK_WRAPS:
            continue
        name, body, muscles = TRUNK_WRAPS[row["wrap_object"]]
        surface = read_shape(row) | {"name": name, "body": body}
        surface["standing"] = origin["thorax"] + surface["p"]
        surface["p"] = to_body(body, surface["standing"] - origin[body])
        result.update({muscle: surface for muscle in muscles})
    return result


def standing_length(points, surface):
    """Length over one ellipsoid placed by `standing` (axes of the pelvis); the first segment that cuts it wraps."""
    R, centre = body_xyz(*surface["turn"]), surface["standing"]
    parts = [np.linalg.norm(b - a) for a, b in zip(points, points[1:])]
    for i, (a, b) in enumerate(zip(points, points[1:])):
        length = ellipsoid_length(R.T @ (a - centre), R.T @ (b - centre), surface["radii"], surface["side"])
        if length is not None:
            return sum(parts) - parts[i] + length
    return sum(parts)


def ellipsoid_length(a, b, radii, side):
    """Taut string from a to b over the ellipsoid, None if the straight line is free: shooting along geodesics."""
    sa, sb = a / radii, b / radii
    d = sb - sa
    t = -(sa @ d) / (d @ d)
    if min(sa @ sa, sb @ sb) <= 1 or not 0 < t < 1 or np.linalg.norm(sa + t * d) >= 1:
        return None
    ea = sa / np.linalg.norm(sa)
    across = sb - ea * (ea @ sb)
    across /= np.linalg.norm(across)
    start, end = np.arccos(1 / np.linalg.norm(sa)), np.arctan2(across @ sb, ea @ sb) - np.arccos(1 / np.linalg.norm(sb))
    middle = ea * np.cos((start + end) / 2) + across * np.sin((start + end) / 2)
    if side != "all" and (middle["xyz".index(side[-1])] < 0) != side.startswith("-"):
        raise ValueError("the string would go the long way round")
    centre = sa / (sa @ sa)
    e1 = ea * np.cos(start) + across * np.sin(start) - centre
    e2 = np.cross(ea, e1)

    def shoot(phi, s):
        x = (centre + e1 * np.cos(phi) + e2 * np.sin(phi)) * radii
        first, v = x, (x - a) / np.linalg.norm(x - a)
        bend = lambda x, v: -(v @ (v / radii**2)) / ((x / radii**2) @ (x / radii**2)) * x / radii**2
        h = s / 60
        for _ in range(60):
            k1, l1 = v, bend(x, v)
            k2, l2 = v + h / 2 * l1, bend(x + h / 2 * k1, v + h / 2 * l1)
            k3, l3 = v + h / 2 * l2, bend(x + h / 2 * k2, v + h / 2 * l2)
            k4, l4 = v + h * l3, bend(x + h * k3, v + h * l3)
            x, v = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4), v + h / 6 * (l1 + 2 * l2 + 2 * l3 + l4)
        g = x / radii**2
        return np.array([(b - x) @ g, (b - x) @ np.cross(v, g)]), first, x

    u = np.array([0.0, (end - start) * radii.mean()])
    for _ in range(40):
        f = shoot(*u)[0]
        J = np.column_stack([(shoot(*(u + step))[0] - shoot(*(u - step))[0]) / 2e-6 for step in np.eye(2) * 1e-6])
        step = np.linalg.solve(J, -f)
        u = u + step / max(1, abs(step[0]) / 0.3, abs(step[1]) / 0.03)
    _, first, last = shoot(*u)
    return np.linalg.norm(first - a) + u[1] + np.linalg.norm(b - last)


def write_wraps(target, muscles):
    surfaces = {m["wrap"]["name"]: m["wrap"] for m in muscles if m.get("wrap")}
    write_rows(target, "wrap_surfaces.csv",
               ["surface", "kind", "body", "x_m", "y_m", "z_m", "turn_x_rad", "turn_y_rad", "turn_z_rad", "radius_x_m", "radius_y_m",
                "radius_z_m", "length_m", "side"],
               [[s["name"], s["kind"], s["body"], *map(text, s["p"]), *map(text, s["turn"]), *map(text, s["radii"]),
                 text(s["length"]), s["side"]] for s in surfaces.values()])
    write_rows(target, "wraps.csv", ["muscle", "surface", "first_index", "last_index"],
               [[m["name"], m["wrap"]["name"], 0, len(m["points"]) - 1] for m in muscles if m.get("wrap")])
