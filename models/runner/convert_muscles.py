"""muscles.csv, path_points.csv and moving_points.csv (see SOURCES.md for every decision)."""

import math

import numpy as np

from convert_skeleton import LEG_HEIGHT, TRUNK_HEIGHT, neutral_origins, to_body
from convert_source import body_xyz, read_rows, text, write_rows
from leg_reference import HIP, LegReference
from leg_substitutes import SUBSTITUTES, fit_substitute, our_length
from trunk_paths import GROUPS as MEASURED_DEPTH, find_belly, lead_iliocostalis_over_aponeurosis, move_back
from wrap_tables import LEG_WRAPS, OUR_HIP, leg_surface, standing_length, trunk_surfaces, write_wraps

GROUPS = {"psoas_major": "psoas_major", "iliacus": "iliacus", "quadratus_lumborum": "quadratus_lumborum",
          "multifidus_lumbar": "multifidus", "iliocostalis_ILpL": "iliocostalis_lumborum",
          "iliocostalis_ILpT": "iliocostalis_thoracis", "longissimus_LTpT": "longissimus_thoracis",
          "longissimus_LTpL": "longissimus_lumborum", "rectus_abdominis": "rectus_abdominis",
          "external_oblique": "external_oblique", "internal_oblique": "internal_oblique",
          "latissimus_dorsi": "latissimus_dorsi"}
LEG_GROUPS = [("add", "adductors"), ("grac", "gracilis"), ("bf", "hamstrings"), ("semi", "hamstrings"),
              ("glmax", "gluteus_maximus"), ("glmed", "gluteus_medius"), ("glmin", "gluteus_minimus"),
              ("piri", "piriformis"), ("recfem", "rectus_femoris"), ("vas", "vasti"), ("sart", "sartorius"),
              ("tfl", "tensor_fasciae_latae"), ("gas", "gastrocnemius"), ("soleus", "soleus"), ("tibant", "tibialis_anterior"),
              ("tibpost", "tibialis_posterior"), ("per", "peronei"), ("", "toe_muscles")]
FBLS_BODY = {"lumbar1": "L1", "lumbar2": "L2", "lumbar3": "L3", "lumbar4": "L4", "lumbar5": "L5", "torso": "thorax",
             "sacrum": "sacrum", "pelvis": "pelvis", "femur_r": "femur_r", "humerus_r": "humerus_r"}
ABDOMEN = np.array([0.002, 0.144, 0.0])      # origin of RC16's helper body in the pelvis, standing
RECTUS_Y = (-0.070, 0.0932 + 0.221982)       # ends of the rectus abdominis in the pelvis frame, standing
BLEND_WIDTH_DEG = 20.0
# Normalised fibre length in standing: back extensors on the ascending limb, every other trunk muscle at its optimum.
STANDING_FIBRE = {g: 0.9 for g in ("multifidus", "longissimus_thoracis", "longissimus_lumborum", "iliocostalis_thoracis",
                                   "iliocostalis_lumborum", "quadratus_lumborum")}
# Strain at which a leg tendon is held rigid: that at 0.3 of the greatest isometric force on the curve of De Groote et al. 2016.
LEG_TENDON_STRAIN = 0.024
VMAX = 10.0
SPECIFIC_TENSION = 60.0  # N/cm²: areas are published forces over it
# Back muscles: tension with which RC16 turned the areas of Bogduk's and Macintosh's dissections into forces, and the factor on
# these areas (SOURCES.md, "Strength").
DISSECTED = {"longissimus_thoracis": (89.6, 1.25), "longissimus_lumborum": (89.6, 2.0), "iliocostalis_thoracis": (89.6, 1.25),
             "iliocostalis_lumborum": (89.6, 2.0), "multifidus": (46.0, 2.25), "quadratus_lumborum": (46.0, 1.25)}
# Dissected cm² of spinalis and thoracic multifidus, which the model lacks, given to the longissimus of the same spinous process.
NOT_MODELLED = {"LTpT_T1_r": 2.7, "LTpT_T2_r": 1.2, "LTpT_T3_r": 1.2, "LTpT_T4_r": 0.8, "LTpT_T5_r": 0.4}
RECTUS_AREA = 7.9  # cm², in vivo
# Psoas: volume over fibre length of R16's lumped psoas (1427 N), shares of the fascicles from BG19; its fibres are 117 mm.
PSOAS_FORCE = 1427.0
# Measured optimal fibre lengths that replace RC16's ratio of fibre to tendon.
FIBRE = {"psoas_major": 0.117, "rectus_abdominis": 0.283}
# Share of the fibre in fibre and tendon where RC16's is too small: measured fibres of the obliques are as long as our paths.
FIBRE_SHARE = {"external_oblique": 0.9, "internal_oblique": 0.9, "iliocostalis_lumborum": 0.9}
ELASTIC = {"gastrocnemius", "soleus", "hamstrings", "iliacus", "psoas_major"}
# Short external rotators, which R16 lacks: points in the pelvis of Delp et al. 1990 (RC16's pelvis and hip centre are hers)
# and in the femur, stature TRUNK_HEIGHT; area in cm², fibre in m, normalised fibre in standing (None: her slack length).
SHORT_ROTATORS = {
    "quadfem_r": {"pelvis": [(-0.1143, -0.1151, 0.052)], "femur_r": [(-0.0381, -0.0359, 0.0366)],
                  "area": 381.0 / SPECIFIC_TENSION, "optimal": 0.054, "slack": 0.024, "fibre": None, "pennation": 0.0},
    # With both gemelli. The first point only makes room for the part inside the pelvis: it bears on no moment arm.
    "obtint_r": {"pelvis": [(-0.085, -0.085, 0.035), (-0.1133, -0.082, 0.0714)], "femur_r": [(-0.0142, -0.0033, 0.0443)],
                 "area": 3.76 + 0.68 + 1.02, "optimal": 0.0877, "slack": None, "fibre": 2.57 / 2.7,
                 "pennation": math.radians(2.5)}}
# Chest ellipsoid of RC16 in the torso: centre, radii, body-fixed x-y-z turn.
CHEST = (np.array([0.0, 0.21, 0.01]), np.array([0.075, 0.17, 0.13]), (0.0, -0.4, 0.2))


def point(kind, body, p, body_2="", weight_2=0.0, coordinate="", low=0.0, high=0.0, width=0.0):
    return {"kind": kind, "body": body, "p": np.asarray(p, float), "body_2": body_2, "weight_2": weight_2,
            "coordinate": coordinate, "low": low, "high": high, "width": width, "curve": []}


def trunk_point(row):
    p = np.array([float(row[a]) for a in "xyz"])
    if row["body"] == "Abdomen":
        in_pelvis = ABDOMEN + p
        share = (in_pelvis[1] - RECTUS_Y[0]) / (RECTUS_Y[1] - RECTUS_Y[0])
        return point("shared", "pelvis", in_pelvis, "thorax", share)
    body = FBLS_BODY[row["body"]]
    p = p * LEG_HEIGHT / TRUNK_HEIGHT if body == "femur_r" else to_body(body, p)
    if row["type"] == "ConditionalPathPoint":
        return point("conditional", body, p, coordinate=row["coordinate"], low=math.radians(-90), high=float(row["range_hi"]),
                     width=math.radians(BLEND_WIDTH_DEG))
    return point("fixed", body, p)


def neutral_place(source):
    """Function: point of a trunk muscle -> place in the pelvis frame, standing, stature 1.75 m."""
    origin, disc = neutral_origins(source)
    rows = {r["body"]: r for r in read_rows(source, "lumbar_bodies.csv")}
    at = lambda name: np.array([float(rows[name]["p" + a]) for a in "xyz"])
    origin["femur_r"] = at("femur_r")
    origin["humerus_r"] = origin["thorax"] + at("humerus_r")

    def place(pt):
        p = pt["p"] * TRUNK_HEIGHT / LEG_HEIGHT if pt["body"] == "femur_r" else pt["p"]
        turn = np.column_stack([to_body(pt["body"], e) for e in np.eye(3)]).T
        return origin[pt["body"]] + turn @ p

    return place, origin, disc


def chest_detour(points, place, origin):
    """A via point on the chest for the segment that would cut through it, or None."""
    centre, radii, turn = CHEST
    R, centre = body_xyz(*turn), origin["thorax"] + centre
    for i in range(len(points) - 1):
        a, b = ((R.T @ (place(p) - centre)) / radii for p in points[i:i + 2])
        d = b - a
        t = np.clip(-(a @ d) / (d @ d), 0, 1)
        nearest = a + t * d
        if 0.02 < t < 0.98 and np.linalg.norm(nearest) < 0.98:
            on_chest = centre + R @ (nearest / np.linalg.norm(nearest) * radii)
            return i + 1, point("fixed", "thorax", on_chest - origin["thorax"])
    return None


def trunk_strengths(source):
    """Function: name, row of RC16 -> F_max in N. Dissected areas for the back, shares of BG19 for the others."""
    shares = {r["name"]: float(r["max_isometric_force_N"]) for r in read_rows(source, "alt_LFB_pose2sim_muscles.csv")}
    psoas = sum(force for name, force in shares.items() if name.startswith("Ps_") and name.endswith("_r"))

    def strength(name, row):
        group = GROUPS[row["group"]]
        if group in DISSECTED:
            tension, factor = DISSECTED[group]
            area = float(row["max_isometric_force_N"]) / tension + NOT_MODELLED.get(name, 0.0)
            return area * factor * SPECIFIC_TENSION
        if group == "rectus_abdominis":
            return RECTUS_AREA * SPECIFIC_TENSION
        return shares[name] * (PSOAS_FORCE / psoas if group == "psoas_major" else 1.0)

    return strength


def move_to_measured_depth(muscles, place, origin, disc):
    by_name = {m["name"]: m for m in muscles}
    lead_iliocostalis_over_aponeurosis(muscles, place, point, by_name["LTpL_L1_r"]["points"][0])
    move_back(muscles, place, disc)
    rectus = by_name["rect_abd_r"]
    rectus["points"].insert(1, point("fixed", "L5", to_body("L5", find_belly(rectus, place, disc) - origin["L5"])))
    for m in muscles:
        if m["group"] in MEASURED_DEPTH and "laminar" not in m["name"]:
            m["note"] = "measured depth"


def set_lengths(muscle, place):
    """Path length in standing, and fibre and tendon that fit it."""
    standing = [place(p) for p in muscle["points"]]
    length = (standing_length(standing, muscle["wrap"]) if muscle["wrap"]
              else sum(np.linalg.norm(b - a) for a, b in zip(standing, standing[1:])))
    optimal, slack, pennation, group = (muscle[key] for key in ("optimal", "slack", "pennation", "group"))
    fibre = STANDING_FIBRE.get(group, 1.0)
    if group in FIBRE_SHARE:
        optimal, slack = FIBRE_SHARE[group], 1.0 - FIBRE_SHARE[group]
    factor = length / (slack + optimal * math.sqrt(fibre**2 - math.sin(pennation) ** 2))
    optimal, slack = factor * optimal, factor * slack
    if group in FIBRE:
        optimal = FIBRE[group]
        slack = length - optimal * math.sqrt(fibre**2 - math.sin(pennation) ** 2)
    muscle |= {"optimal": optimal, "slack": slack, "length": length}


def trunk_muscles(source):
    place, origin, disc = neutral_place(source)
    surfaces = trunk_surfaces(source, origin)
    strength = trunk_strengths(source)
    rows = {}
    for r in read_rows(source, "lumbar_path_points.csv"):
        rows.setdefault(r["muscle"], []).append(r)
    result = []
    for r in read_rows(source, "lumbar_muscles.csv"):
        if r["side"] != "r" or r["group"] not in GROUPS:
            continue
        name = r["name"].replace("-", "_")
        points = [trunk_point(row) for row in rows[r["name"]]]
        note = "sheath" if any(p["kind"] == "shared" for p in points) else ""
        if r["group"] == "latissimus_dorsi":
            detour = chest_detour(points, place, origin)
            if detour:
                points.insert(*detour)
                note = "chest via point"
        optimal, slack, pennation = (float(r[c]) for c in ("optimal_fiber_length_m", "tendon_slack_length_m", "pennation_rad"))
        result.append({"name": name, "group": GROUPS[r["group"]], "force": strength(name, r), "optimal": optimal, "slack": slack,
                       "pennation": pennation, "points": points, "note": note, "wrap": surfaces.get(name)})
    move_to_measured_depth(result, place, origin, disc)
    for muscle in result:
        set_lengths(muscle, place)
    return result


def leg_point(body, p):
    if body == "pelvis":  # keeps its place relative to the hip
        p = OUR_HIP + (p - HIP) * TRUNK_HEIGHT / LEG_HEIGHT
    return point("fixed", body, p)


def patella_point(reference, p):
    moving = point("moving", "femur_r", np.zeros(3), coordinate="knee_angle_r")
    for angle in np.radians(np.arange(-20, 146, 7.5)):
        R, at = reference.patella(angle)
        moving["curve"].append((angle, at + R @ p))
    return moving


def leg_muscles(source):
    reference = LegReference(source)
    result = []
    for name, r in reference.muscles.items():
        if name in ("psoas_r", "iliacus_r"):
            continue
        points = [patella_point(reference, p) if body == "patella_r" else leg_point(body, p)
                  for body, p in reference.points[name]]
        note = ""
        detours = []
        if name in SUBSTITUTES:
            detour = fit_substitute(reference, name)
            index, body, coordinate, curve, note = detour
            moving = point("moving", body, np.zeros(3), coordinate=coordinate)
            moving["curve"] = [(a, leg_point(body, p)["p"]) for a, p in curve]
            points.insert(index, moving)
            detours = [(index, body, coordinate, curve)]
        wrap = leg_surface(reference, name) if name in LEG_WRAPS else None
        length, published = our_length(reference, name, {}, detours), reference.length(name, {})[0]
        optimal, slack, pennation = (float(r[c]) for c in ("optimal_fiber_length_m", "tendon_slack_length_m", "pennation_rad"))
        if wrap:
            length = published
        group = next(g for prefix, g in LEG_GROUPS if name.startswith(prefix))
        result.append({"name": name, "group": group, "force": float(r["max_isometric_force_N"]), "optimal": optimal,
                       "slack": slack + length - published, "pennation": pennation, "length": length,
                       "points": points, "note": note, "wrap": wrap})
        if tendon_kind(result[-1]) == "rigid":
            result[-1]["slack"] += slack * LEG_TENDON_STRAIN
    return result


def short_rotators(source):
    place, _, _ = neutral_place(source)
    result = []
    for name, r in SHORT_ROTATORS.items():
        points = [point("fixed", "pelvis", p) for p in r["pelvis"]]
        points += [point("fixed", "femur_r", np.array(p) * LEG_HEIGHT / TRUNK_HEIGHT) for p in r["femur_r"]]
        at = [place(p) for p in points]
        length = sum(np.linalg.norm(b - a) for a, b in zip(at, at[1:]))
        slack = r["slack"]
        if slack is None:
            slack = length - r["optimal"] * math.sqrt(r["fibre"]**2 - math.sin(r["pennation"]) ** 2)
        # Tabulated like the leg, at its stature: lengths shrink, and the area is volume over fibre length.
        scale = LEG_HEIGHT / TRUNK_HEIGHT
        result.append({"name": name, "group": "short_rotators", "force": r["area"] / scale * SPECIFIC_TENSION,
                       "optimal": r["optimal"] * scale, "slack": slack * scale, "pennation": r["pennation"],
                       "length": length * scale, "points": points, "note": "", "wrap": None})
    return result


def tendon_kind(muscle):
    return "elastic" if muscle["group"] in ELASTIC and muscle["name"] != "bfsh_r" else "rigid"


def convert_muscles(source, target):
    muscles = trunk_muscles(source) + leg_muscles(source) + short_rotators(source)
    write_rows(target, "muscles.csv",
               ["muscle", "group", "pcsa_cm2", "optimal_fiber_length_m", "tendon_slack_length_m", "pennation_rad",
                "max_velocity_lopt_per_s", "tendon", "reference_path_length_m", "substitute"],
               [[m["name"], m["group"], text(m["force"] / SPECIFIC_TENSION, 4), text(m["optimal"]), text(m["slack"]),
                 text(m["pennation"]), text(VMAX), tendon_kind(m), text(m["length"]), m["note"] or "none"] for m in muscles])
    rows, curves = [], []
    for m in muscles:
        for i, p in enumerate(m["points"]):
            rows.append([m["name"], i, p["kind"], p["body"], *map(text, p["p"]), p["body_2"] or "none", text(p["weight_2"]),
                         p["coordinate"] or "none", *(text(p[c]) for c in ("low", "high", "width"))])
            curves += [[m["name"], i, text(angle), *map(text, at)] for angle, at in p["curve"]]
    write_rows(target, "path_points.csv",
               ["muscle", "index", "kind", "body", "x_m", "y_m", "z_m", "body_2", "weight_2_1", "coordinate", "low_rad",
                "high_rad", "blend_width_rad"], rows)
    write_rows(target, "moving_points.csv", ["muscle", "index", "angle_rad", "x_m", "y_m", "z_m"], curves)
    write_wraps(target, muscles)
