"""Readers of the measured strides: every source becomes one `Gait` in the project's coordinates and signs.

Angles in rad, translations in m, phase 0 = right foot contact. Left and right are averaged as mirror images half a
stride apart, so a gait holds the pelvis, the trunk and the right limbs only.
"""
import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from . import fourier

TRUNK_EVEN = ["pelvis_tilt", "pelvis_tx", "pelvis_ty", "lumbar_extension"]
TRUNK_ODD = ["pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation"]
LIMB = ["hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle", "mtp_angle",
        "arm_flex", "arm_add", "arm_rot", "elbow_flex"]
COORDINATES = ["pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz",
               "hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r", "ankle_angle_r",
               "subtalar_angle_r", "mtp_angle_r", "lumbar_extension", "lumbar_bending", "lumbar_rotation",
               "arm_flex_r", "arm_add_r", "arm_rot_r", "elbow_flex_r"]

# Runners whose forces were published after a low-pass of 15 to 20 Hz (spectrum; see SOURCES.md): contact too long, peaks too low
SMOOTHED_FORCE = {"HAMNER01", "HAMNER04"}

# Series that may show one and the same person (equal mass, nearly equal arm and trunk motion): left out together.
PERSON = {"HAMNER10": "HAMNER01", "RAJAGOPAL": "HAMNER01"}


@dataclass
class Gait:
    id: str
    runner: str
    speed: float
    cadence: float          # steps per minute; NaN where the source does not tell
    contact_time: float     # s, vertical force above 50 N; NaN where no force was measured
    citation: str
    curves: dict = field(default_factory=dict)      # coordinate -> Fourier coefficients

    @property
    def person(self):
        return PERSON.get(self.runner, self.runner)


def read_table(path):
    """(column names, array) of a .mot/.sto or .csv file; rows are read to the end of the file."""
    lines = Path(path).read_text().splitlines()
    start = next((i + 1 for i, l in enumerate(lines) if l.strip().lower() == "endheader"), 0)
    split = (lambda l: [x.strip() for x in l.split(",")]) if str(path).endswith(".csv") else str.split
    names = split(lines[start])
    rows = [[float(x) if x else np.nan for x in split(l)] for l in lines[start + 1:] if l.strip()]
    return names, np.array([r for r in rows if len(r) == len(names)])


def onsets(time, force, threshold=50.0):
    """Times at which the force rises through and falls below the threshold (linear interpolation)."""
    up, down = [], []
    for k in range(1, len(force)):
        a, b = force[k - 1], force[k]
        if (a < threshold) != (b < threshold):
            t = time[k - 1] + (threshold - a) / (b - a) * (time[k] - time[k - 1])
            (up if b > a else down).append(t)
    return np.array(up), np.array(down)


def contact_spans(time, force):
    """[(rise, fall)] of the contacts that last as long as one of running does."""
    up, down = onsets(time, force)
    falls = ((a, next((d for d in down if 0.1 < d - a < 0.45), None)) for a in up)
    return [(a, b) for a, b in falls if b is not None]


def phase_from_contacts(time, contacts):
    """Stride phase by linear interpolation between contacts, extrapolated with the mean stride at both ends."""
    stride = np.mean(np.diff(contacts))
    padded = np.concatenate([[contacts[0] - stride * 9], contacts, [contacts[-1] + stride * 9]])
    return np.interp(time, padded, np.concatenate([[-9], np.arange(len(contacts)), [len(contacts) + 8]]))


def symmetrise(right, left, trunk):
    """Mean of the right side and the mirrored left side. `left` is given in its own phase (0 = left contact)."""
    curves = {}
    for name, c in trunk.items():
        sign = -1.0 if name in TRUNK_ODD else 1.0
        curves[name] = 0.5 * (c + sign * fourier.shifted(c, 0.5))
    for name, c in right.items():
        curves[name + "_r"] = 0.5 * (c + left[name]) if name in left else c
    for name in ("pelvis_tx", "pelvis_ty", "pelvis_tz"):
        if name in curves:
            curves[name][0] = 0.0
    return curves


def fit_columns(columns, phase_right, phase_left, harmonics):
    """Fourier coefficients of OpenSim-named columns {name: samples}; knee sign is left as given."""
    trunk = {n: fourier.fit(phase_right, columns[n], harmonics) for n in TRUNK_EVEN + TRUNK_ODD if n in columns}
    right = {n: fourier.fit(phase_right, columns[n + "_r"], harmonics) for n in LIMB if n + "_r" in columns}
    left = {n: fourier.fit(phase_left, columns[n + "_l"], harmonics) for n in LIMB if n + "_l" in columns}
    return symmetrise(right, left, trunk)


def read_hamner01(root, speed):
    folder = root / "data/opensim/keenon_nimblephysics/HamnerMultipleTrials"
    names, q = read_table(folder / f"run{speed}00_ik.mot")
    gnames, g = read_table(folder / f"run{speed}00_grf.mot")
    t = g[:, 0]
    right, right_off = onsets(t, g[:, gnames.index("ground_force_1_vy")])
    left, _ = onsets(t, g[:, gnames.index("ground_force_2_vy")])
    stride = np.mean(np.diff(right))
    contact = np.mean([off - on for on in right for off in right_off if 0 < off - on < 0.5 * stride])
    columns = dict(zip(names, q.T))
    for side in "rl":
        columns["knee_angle_" + side] = -columns["knee_angle_" + side]
        for locked in ("subtalar_angle_", "mtp_angle_"):
            columns.pop(locked + side)
    curves = fit_columns(columns, phase_from_contacts(q[:, 0], right), phase_from_contacts(q[:, 0], left), 12)
    return Gait(f"HAMNER01_{speed}", "HAMNER01", float(speed), 120.0 / stride, contact,
                "Hamner & Delp 2013 J Biomech 46:780, subject 01, treadmill", curves)


def read_hamner10(root):
    columns = {}
    with open(root / "reference/running_curves_sampled.csv") as f:
        for row in csv.reader(f):
            if row and row[0].startswith("Hamner2010"):
                v = np.array([float(x) for x in row[3:] if x])
                columns[row[1]] = np.radians(v) if row[2] == "deg" else v
    n = len(columns["pelvis_tilt"])
    phase = np.arange(n) / n
    for side in "rl":
        columns["knee_angle_" + side] = -columns["knee_angle_" + side]
    # left contact: 1.213 s, right 0.868 s, stride 60 * 2 / 173.9 s (running_reference.csv, A_Ham_*)
    left_contact = (1.213 - 0.868) / (120.0 / 173.9)
    curves = fit_columns(columns, phase, phase - left_contact, 10)
    return Gait("HAMNER10_3_96", "HAMNER10", 3.96, 173.9, 0.239, "Hamner, Seth & Delp 2010 J Biomech 43:2709, subject 02, treadmill", curves)


def rot(axis, a):
    c, s, o, z = np.cos(a), np.sin(a), np.ones_like(a), np.zeros_like(a)
    m = {"x": [[o, z, z], [z, c, -s], [z, s, c]], "y": [[c, z, s], [z, o, z], [-s, z, c]],
         "z": [[c, -s, z], [s, c, z], [z, z, o]]}[axis]
    return np.moveaxis(np.array(m), (0, 1), (-2, -1))


def read_jk(root):
    names, q = read_table(root / "data/running/jk_4.0mps_rearfoot_mean12.csv")
    col = lambda key: q[:, next(i for i, n in enumerate(names) if n.startswith(key))]
    columns = {n.split(":")[1].split("[")[0]: q[:, i] for i, n in enumerate(names) if n.startswith(("angle", "transl"))}
    # the file's pelvis is Ry(rotation) Rx(obliquity) Rz(tilt); ours is Rz(tilt) Rx(list) Ry(rotation)
    r = rot("y", columns["pelvis_rotation"]) @ rot("x", columns.pop("pelvis_obliquity")) @ rot("z", columns["pelvis_tilt"])
    columns["pelvis_list"] = np.arcsin(r[:, 2, 1])
    columns["pelvis_tilt"] = np.arctan2(-r[:, 0, 1], r[:, 1, 1])
    columns["pelvis_rotation"] = np.arctan2(-r[:, 2, 0], r[:, 2, 2])
    for side in "rl":
        columns["knee_angle_" + side] = -columns["knee_angle_" + side]
    n, stride, speed = len(q), col("duration")[0], col("speed:x")[0]
    phase = np.arange(n) / n
    columns["pelvis_tx"] = columns["pelvis_tx"] - speed * stride * phase
    force_right, force_left = col("GRF:GRF_y_r"), col("GRF:GRF_y_l")
    left, _ = onsets(np.arange(n) / n, force_left, 0.07)
    right, off = onsets(np.arange(-10, n - 10) / n, np.roll(force_right, 10), 0.07)
    curves = fit_columns(columns, phase - right[0], phase - left[0], 12)
    return Gait("JK_4", "JK", speed, 120.0 / stride, (off[0] - right[0]) * stride,
                "Nitschke et al. 2020 Sci Rep 10:17655 (straight running), one rearfoot runner, mean of 12 trials", curves)


def read_rbds(root, number, speed, cadence, contact_time):
    """Half strides of both legs at equal phase: the right leg's stride is the right half followed by the left half."""
    names, q = read_table(root / f"data/running/IntroductionExamples_RBDS{number}runT35.csv")
    col = lambda key: q[:, next(i for i, n in enumerate(names) if n.startswith(key))]
    n, curves = len(q), {}
    # 50 N crossing of the right force, in samples (force in BW; both runners weigh about 64 kg)
    shift = onsets(np.arange(n), col("GRF:GRF_y_r"), 50.0 / (64 * 9.81))[0][0] / (2 * n)
    for name, sign in (("hip_flexion", 1), ("knee_angle", -1), ("ankle_angle", 1)):
        full = sign * np.concatenate([col(f"angle:{name}_r"), col(f"angle:{name}_l")])
        curves[name + "_r"] = fourier.fit(np.arange(2 * n) / (2 * n) - shift, full, 12, remove_drift=False)
    return Gait(f"RBDS{number}_3_5", f"RBDS{number}", speed, cadence, contact_time,
                "Fukuchi, Fukuchi & Duarte 2017 PeerJ 5:e3298, treadmill", curves)


def read_rbds001_full(root, leg_gait):
    """Pelvis and hip of RBDS001 at 3.5 m/s from a full inverse-kinematics file without forces.

    The stride comes from the autocorrelation of the right knee, phase 0 from matching the knee to the same runner's
    stride-normalised curve.
    """
    names, q = read_table(root / "data/opensim/aaronsfox_pfjrf-methods/RBDS001/RBDS001_T35_ik_complex.mot")
    t, columns = q[:, 0], dict(zip(names, q.T))
    for n in names[1:]:
        if not n.startswith("pelvis_t") or n == "pelvis_tilt":
            columns[n] = np.radians(columns[n])
    target = leg_gait.curves["knee_angle_r"]
    best = None
    for stride in np.linspace(0.66, 0.74, 81):
        c = fourier.fit((t - t[0]) / stride, columns["knee_angle_r"], 12)
        residual = np.std(columns["knee_angle_r"] - fourier.basis((t - t[0]) / stride) @ c)
        if best is None or residual < best[0]:
            best = (residual, stride, c)
    _, stride, c = best
    grid = np.arange(400) / 400
    error = [np.std(fourier.basis(grid + s) @ c - fourier.basis(grid) @ target) for s in grid]
    phase = (t - t[0]) / stride - grid[int(np.argmin(error))]
    curves = fit_columns(columns, phase, phase - 0.5, 12)
    return Gait("RBDS001_3_5", "RBDS001", 3.5, 120.0 / stride, np.nan,
                "Fukuchi, Fukuchi & Duarte 2017 PeerJ 5:e3298, subject 001 (forefoot), treadmill", curves)


def read_ready_made(root):
    """The sources that come as joint angles."""
    root = Path(root)
    rbds001 = read_rbds(root, "001", 3.53, 171.2, np.nan)
    return [read_hamner01(root, 2), read_hamner01(root, 3), read_rbds(root, "003", 3.5, 162.7, 0.208),
            read_rbds001_full(root, rbds001), read_hamner10(root), read_jk(root)]
