"""Joint angles from markers: subject 04 of Hamner & Delp 2013, measured at 2, 3, 4 and 5 m/s, and the run of Rajagopal 2016.

The joint tree and the first guess of the marker places come from the scaled model of subject 01 (same laboratory, same
marker set). One sparse Gauss-Newton problem over all trials of a runner: body scales and marker places are common to all
frames, the pose belongs to each frame; poses are eliminated frame by frame (Schur complement).
"""
import xml.etree.ElementTree as ElementTree

import numpy as np

from . import sources
from .body import ANKLE_AXIS, turn

BODIES = ["pelvis", "torso", "femur_r", "tibia_r", "calcn_r", "humerus_r", "ulna_r", "femur_l", "tibia_l", "calcn_l",
          "humerus_l", "ulna_l"]
SCALES = ["pelvis", "torso", "femur", "tibia", "calcn", "humerus", "ulna"]
POSE = ["pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz", "lumbar_extension",
        "lumbar_bending", "lumbar_rotation"] + [n + s for s in ("_r", "_l") for n in (
            "hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "arm_flex", "arm_add",
            "arm_rot", "elbow_flex")]
# joint origins in the parent of the scaled model, m (right side; thigh of the walker knee near extension)
HIP = np.array([-0.0742, -0.0902, 0.0762])
KNEE, ANKLE, SUBTALAR = np.array([-0.0053, -0.4023, 0.0]), np.array([0.0, -0.44, 0.0]), np.array([-0.0448, -0.0444, 0.0082])
LUMBAR, SHOULDER, ELBOW = np.array([-0.1057, 0.1112, 0.0]), np.array([0.0037, 0.3526, 0.1911]), np.array([0.0133, -0.3156, -0.0099])
SIGMA_MARKER = 0.010       # m, measurement and soft tissue
SIGMA_PLACE = {True: 0.015, False: 0.060}      # m, landmark / free cluster marker
SIGMA_SCALE = 0.10
WEAK_ANGLE = np.radians(60)                    # prior of a pose angle, keeps gimbal directions finite


def read_model_markers(path):
    """{marker: (body, place, is landmark)} of the bodies in the tree."""
    found = {}
    for m in ElementTree.parse(path).getroot().iter("Marker"):
        body = m.find("socket_parent_frame").text.split("/")[-1]
        if body in BODIES:
            place = np.array([float(x) for x in m.find("location").text.split()])
            cluster = m.get("name")[1:3] in ("TH", "TB", "UA", "FA")
            found[m.get("name")] = (body, place, not cluster)
    return found


def read_trc(path):
    """(time, {marker: (frames, 3) m})."""
    lines = path.read_text().splitlines()
    names = [n for n in lines[3].split("\t")[2:] if n.strip()]
    rows = [l.split("\t") for l in lines[5:] if l.strip()]
    rows = np.array([[float(x) if x.strip() else np.nan for x in (r + [""] * 500)[: 2 + 3 * len(names)]] for r in rows])
    return rows[:, 1], {n.strip(): rows[:, 2 + 3 * i: 5 + 3 * i] / 1000.0 for i, n in enumerate(names)}


def frames(q, scale):
    """{body: (R, p)} for arrays of poses; scale: {body family: factor}."""
    get = lambda n: q[:, POSE.index(n)]
    ball = lambda names: sources.rot("z", get(names[0])) @ sources.rot("x", get(names[1])) @ sources.rot("y", get(names[2]))
    mirror = np.diag([1.0, 1.0, -1.0])
    out = {}
    r0 = ball(["pelvis_tilt", "pelvis_list", "pelvis_rotation"])
    p0 = np.stack([get("pelvis_tx"), get("pelvis_ty"), get("pelvis_tz")], axis=1)
    out["pelvis"] = (r0, p0)
    r1 = r0 @ ball(["lumbar_extension", "lumbar_bending", "lumbar_rotation"])
    out["torso"] = (r1, p0 + r0 @ (LUMBAR * scale["pelvis"]))
    for s in ("r", "l"):
        m = (lambda r: r) if s == "r" else (lambda r: mirror @ r @ mirror)
        f = np.array([1.0, 1.0, 1.0 if s == "r" else -1.0])
        named = lambda *ns: [n + "_" + s for n in ns]
        femur = r0 @ m(ball(named("hip_flexion", "hip_adduction", "hip_rotation")))
        hip = p0 + r0 @ (HIP * f * scale["pelvis"])
        tibia, knee = femur @ sources.rot("z", -get("knee_angle_" + s)), hip + femur @ (KNEE * f * scale["femur"])
        talus = tibia @ m(turn(ANKLE_AXIS, get("ankle_angle_" + s)))
        ankle = knee + tibia @ (ANKLE * f * scale["tibia"])
        humerus = r1 @ m(ball(named("arm_flex", "arm_add", "arm_rot")))
        shoulder = out["torso"][1] + r1 @ (SHOULDER * f * scale["torso"])
        ulna = humerus @ m(turn(np.array([0.226047, 0.022269, 0.973862]), get("elbow_flex_" + s)))
        out["femur_" + s], out["tibia_" + s] = (femur, hip), (tibia, knee)
        out["calcn_" + s] = (talus, ankle + talus @ (SUBTALAR * f * scale["calcn"]))
        out["humerus_" + s] = (humerus, shoulder)
        out["ulna_" + s] = (ulna, shoulder + humerus @ (ELBOW * f * scale["humerus"]))
    return out


class Problem:
    def __init__(self, model, observed):
        """observed: {marker: (frames, 3)}; NaN where a marker is missing in a trial."""
        self.names = [n for n in model if n in observed and n not in ("RFAradius", "RFAulna", "LFAradius", "LFAulna")]
        self.body = [model[n][0] for n in self.names]
        self.place = np.array([model[n][1] for n in self.names])
        self.sigma_place = np.array([SIGMA_PLACE[model[n][2]] for n in self.names])
        self.data = np.stack([observed[n] for n in self.names], axis=1)
        self.valid = ~np.isnan(self.data)

    def split(self, x):
        return dict(zip(SCALES, 1.0 + x[: len(SCALES)])), self.place + x[len(SCALES):].reshape(-1, 3)

    def residuals(self, q, x):
        scale, place = self.split(x)
        pose = frames(q, scale)
        predicted = np.stack([pose[b][1] + pose[b][0] @ p for b, p in zip(self.body, place)], axis=1)
        return np.where(self.valid, (predicted - self.data) / SIGMA_MARKER, 0.0).reshape(len(q), -1)

    def solve(self, q, iterations=25):
        x = np.zeros(len(SCALES) + 3 * len(self.names))
        prior_x = 1.0 / np.concatenate([np.full(len(SCALES), SIGMA_SCALE), np.repeat(self.sigma_place, 3)])
        prior_q = np.array([0.0 if n.startswith("pelvis_t") else 1.0 / WEAK_ANGLE for n in POSE])
        for _ in range(iterations):
            r = self.residuals(q, x)
            jq = np.stack([(self.residuals(q + 1e-6 * e, x) - r) / 1e-6 for e in np.eye(len(POSE))], axis=2)
            jx = np.stack([(self.residuals(q, x + 1e-6 * e) - r) / 1e-6 for e in np.eye(x.size)], axis=2)
            hqq = np.einsum("frk,frl->fkl", jq, jq) + np.diag(prior_q ** 2 + 1e-9)
            hqx = np.einsum("frk,frl->fkl", jq, jx)
            gq = np.einsum("frk,fr->fk", jq, r)
            eliminated = np.linalg.solve(hqq, np.concatenate([hqx, gq[:, :, None]], axis=2))
            hxx = np.einsum("frk,frl->kl", jx, jx) + np.diag(prior_x ** 2) * len(q) ** 0.5
            gx = np.einsum("frk,fr->k", jx, r) + prior_x ** 2 * len(q) ** 0.5 * x
            schur = hxx - np.einsum("fkl,fkm->lm", hqx, eliminated[:, :, :-1])
            dx = -np.linalg.solve(schur, gx - np.einsum("fkl,fk->l", hqx, eliminated[:, :, -1]))
            dq = -eliminated[:, :, -1] - eliminated[:, :, :-1] @ dx
            limit = min(1.0, 0.4 / np.abs(np.delete(dq, [3, 4, 5], axis=1)).max())
            q, x = q + limit * dq, x + limit * dx
            if np.abs(dq).max() < 5e-4:
                break
        r = self.residuals(q, x)
        return q, x, SIGMA_MARKER * np.sqrt(np.sum(r ** 2) / (np.sum(self.valid) / 3))


def first_pose(observed, count):
    q = np.zeros((count, len(POSE)))
    pelvis = np.nanmean(np.stack([observed[n] for n in ("RASI", "LASI", "RPSI", "LPSI")]), axis=0)
    q[:, 3:6] = pelvis + np.array([0.08, -0.06, 0.0])
    for s in "rl":
        q[:, POSE.index("elbow_flex_" + s)] = 1.7
        q[:, POSE.index("knee_angle_" + s)] = 0.8
        q[:, POSE.index("hip_flexion_" + s)] = 0.5
    return q


def solve_trials(folder_model, trials):
    """{speed: columns of joint angles} for the trials {speed: (time, markers)} of one runner."""
    model = read_model_markers(folder_model)
    names = {n for _, m in trials.values() for n in m}
    joined = {n: np.concatenate([m.get(n, np.full((len(t), 3), np.nan)) for t, m in trials.values()]) for n in names}
    count = sum(len(t) for t, _ in trials.values())
    q, _, rms = Problem(model, joined).solve(first_pose(joined, count))
    print(f"inverse kinematics: marker rms {1e3 * rms:.1f} mm over {count} frames")
    columns, start = {}, 0
    for v, (t, _) in trials.items():
        columns[v] = dict(zip(POSE, q[start: start + len(t)].T))
        start += len(t)
    return columns


def gait_of_trial(name, runner, speed, time, columns, force_path, citation):
    names, g = sources.read_table(force_path)
    right, off = sources.onsets(g[:, 0], g[:, names.index("R_ground_force_vy")])
    left, _ = sources.onsets(g[:, 0], g[:, names.index("L_ground_force_vy")])
    right, left = [x[np.concatenate([[True], np.diff(x) > 0.3])] for x in (right, left)]
    stride = np.mean(np.diff(right))
    contact = np.mean([b - a for a in right for b in off if 0.1 < b - a < 0.5 * stride])
    curves = sources.fit_columns(columns, sources.phase_from_contacts(time, right),
                                 sources.phase_from_contacts(time, left), 12)
    return sources.Gait(name, runner, speed, 120.0 / stride, contact, citation, curves)


def read_hamner04(root):
    folder = root / "data/opensim/keenon_nimblephysics"
    trials = {v: read_trc(folder / f"HamnerSubject04/run{v}00/markers.trc") for v in (2, 3, 4, 5)}
    columns = solve_trials(folder / "HamnerMultipleTrials/final.osim", trials)
    citation = "Hamner & Delp 2013 J Biomech 46:780, subject 04, treadmill; angles computed here from markers"
    return [gait_of_trial(f"HAMNER04_{v}", "HAMNER04", float(v), trials[v][0], columns[v],
                          folder / f"HamnerSubject04/run{v}00/grf.mot", citation) for v in trials]


def read_rajagopal(root):
    folder = root / "data/opensim/opensim-org_opensim-models/Pipelines_Rajagopal_ExpData"
    trials = {3.9: read_trc(folder / "motion_capture_run.trc")}
    columns = solve_trials(root / "data/opensim/keenon_nimblephysics/HamnerMultipleTrials/final.osim", trials)
    citation = "Rajagopal et al. 2016 IEEE TBME 63:2068, running trial, treadmill; angles computed here from markers"
    return [gait_of_trial("RAJAGOPAL_3_9", "RAJAGOPAL", 3.9, trials[3.9][0], columns[3.9], folder / "grf_run.mot", citation)]
