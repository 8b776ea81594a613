"""Measured contact of the same strides: contact time, cadence and the shape of the force over one contact."""
from pathlib import Path

import numpy as np

from . import norms, sources
from .reconcile import Pattern

GRID = np.linspace(0.0, 1.0, 51)      # fraction of contact
# duration in which the force falls from the 50 N threshold to zero, as a fraction of contact (estimate)
TAIL = 0.03


def contacts(time, fore_aft, vertical, body_weight):
    """[(contact time, vertical shape, fore-aft shape)] per contact, forces in BW."""
    found = []
    for a, b in sources.contact_spans(time, vertical):
        x = a + (b - a) * GRID
        found.append((b - a, np.interp(x, time, vertical) / body_weight, np.interp(x, time, fore_aft) / body_weight))
    return found


def read_forces(root):
    """[(runner, speed, mean contact time, vertical shape, fore-aft shape)]."""
    root, out = Path(root), []

    def add(runner, speed, path, mass, columns):
        names, g = sources.read_table(path)
        found = [c for fx, fy in columns for c in contacts(g[:, 0], g[:, names.index(fx)], g[:, names.index(fy)], mass * 9.81)]
        out.append((runner, speed) + tuple(np.mean([f[k] for f in found], axis=0) for k in range(3)))

    opensim = root / "data/opensim"
    for v in (2, 3):
        add("HAMNER01", v, opensim / f"keenon_nimblephysics/HamnerMultipleTrials/run{v}00_grf.mot", 72.84,
            [(f"ground_force_{k}_vx", f"ground_force_{k}_vy") for k in (1, 2)])
    both = [(f"{k}_ground_force_vx", f"{k}_ground_force_vy") for k in "RL"]
    for v in (2, 3, 4, 5):
        add("HAMNER04", v, opensim / f"keenon_nimblephysics/HamnerSubject04/run{v}00/grf.mot", 80.47, both)
    add("HAMNER01", 3.9, opensim / "opensim-org_opensim-models/Pipelines_Rajagopal_ExpData/grf_run.mot", 72.84, both)
    names, q = sources.read_table(root / "data/running/jk_4.0mps_rearfoot_mean12.csv")
    col = lambda key: q[:, next(i for i, n in enumerate(names) if n.startswith(key))]
    t = np.arange(-10, len(q) - 10) / len(q) * 0.77125
    bw = 75 * 9.81       # mass unknown, forces are in BW
    found = contacts(t, bw * np.roll(col("GRF:GRF_x_r"), 10), bw * np.roll(col("GRF:GRF_y_r"), 10), bw)
    found += contacts(t, bw * col("GRF:GRF_x_l"), bw * col("GRF:GRF_y_l"), bw)
    out.append(("JK", 4.0) + tuple(np.mean([f[k] for f in found], axis=0) for k in range(3)))
    names, q = sources.read_table(root / "data/running/IntroductionExamples_RBDS003runT35.csv")
    t = np.arange(-5, len(q)) * (120 / 162.7) / (2 * len(q))
    pad = lambda v: np.concatenate([np.zeros(5), v])
    bw = 65.4 * 9.81
    found = contacts(t, bw * pad(col("GRF:GRF_x_r")), bw * pad(col("GRF:GRF_y_r")), bw)
    out.append(("RBDS003", 3.5) + found[0])
    return out


def force_norm(rows):
    """Polynomial coefficients over speed of the two shapes, vertical scaled to unit mean over the contact.

    A low-pass of 15 Hz takes 1 % off the vertical peak of a run and a fifth to a third off the braking one: of smoothed fore-aft forces
    only how they change with speed counts. Left out of the fit each time, RBDS001, RBDS003 and JK are met better so (SOURCES.md).
    """
    speeds, runners = [r[1] for r in rows], [r[0] for r in rows]
    vertical = np.array([r[3] / np.mean(r[3]) for r in rows])
    fore_aft = np.array([r[4] for r in rows])
    weights = [0.5 if r[0] == "JK" else 1.0 for r in rows]
    ridge = (0.05, 4.0, 0.3, 0.3)
    return (norms.fit(speeds, runners, vertical, weights, ridge),
            norms.fit(speeds, runners, fore_aft, weights, ridge, sources.SMOOTHED_FORCE))


def pattern_at(norm, speed, cadence_spm, contact_time, samples=200):
    stride = 120.0 / cadence_spm
    duty = contact_time / stride
    phase = np.arange(samples) / samples
    x = (phase + 0.5) % 1.0 - 0.5                      # so that the tail before phase 0 is sampled too
    shape = lambda y: np.interp(x / duty, np.concatenate([[-TAIL], GRID, [1 + TAIL]]), np.concatenate([[0.0], y, [0.0]]), left=0.0, right=0.0)
    vertical, fore_aft = shape(norms.at(norm[0], speed)), shape(norms.at(norm[1], speed))
    vertical *= 0.5 / np.mean(vertical)                # two feet carry one body weight
    fore_aft -= vertical * np.mean(fore_aft) / np.mean(vertical)
    return Pattern(stride, contact_time, vertical, fore_aft)
