#!/usr/bin/env python3
"""Builds the tables of this folder from the measured strides named in SOURCES.md.

    python3 fit_norms.py [SHARED]        SHARED: folder with the third-party data, default $LUMBARUN_SHARED

Method: README part of SOURCES.md. Needs numpy only.
"""
import os
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from calibration import forces, norms, reconcile, sources, tables, temporal  # noqa: E402

TABLE_SPEEDS = [2.0, 3.0, 4.0, 5.0]
# mean pelvis tilt and trunk lean of the norm (rad): source frames differ by up to 16 deg, so both are set, see SOURCES.md
PELVIS_TILT_MEAN = np.radians(-10.0)
TRUNK_LEAN_MEAN = np.radians(-7.0)
# weight of a source per coordinate group; a missing entry is 1
FRONTAL = {"pelvis_list", "pelvis_rotation", "pelvis_tz", "hip_adduction_r", "hip_rotation_r", "lumbar_bending",
           "lumbar_rotation", "subtalar_angle_r"}


def weight(gait, name):
    if gait.runner == "JK" and name in FRONTAL:
        return 0.3          # unusually large frontal and transverse motion
    if gait.runner == "RBDS001":
        return {"ankle_angle_r": 0.0, "knee_angle_r": 0.5}.get(name, 0.7)     # forefoot striker
    return 1.0


def align(gait):
    """Copy with pelvis tilt and trunk lean moved to the common means; thigh direction in the world is kept."""
    c = {k: v.copy() for k, v in gait.curves.items()}
    tilt = c["pelvis_tilt"][0] if "pelvis_tilt" in c else PELVIS_TILT_MEAN
    c["hip_flexion_r"][0] += tilt - PELVIS_TILT_MEAN
    if "pelvis_tilt" in c:
        c["pelvis_tilt"][0] = PELVIS_TILT_MEAN
    if "lumbar_extension" in c:
        c["lumbar_extension"][0] = TRUNK_LEAN_MEAN - PELVIS_TILT_MEAN
    return c


def fit_gaits(gaits):
    """{coordinate: (3, columns) polynomial over speed}."""
    curves, norm = [align(g) for g in gaits], {}
    for name in sources.COORDINATES:
        rows = [(g, c) for g, c in zip(gaits, curves) if name in c and weight(g, name) > 0]
        norm[name] = norms.fit([g.speed for g, _ in rows], [g.runner for g, _ in rows],
                               [c[name] for _, c in rows], [weight(g, name) for g, _ in rows])
    for name in ("subtalar_angle_r", "mtp_angle_r"):       # one runner, foot-frame offset unknown: shape only
        norm[name] = stance_zeroed(norm[name])
    return norm


def stance_zeroed(polynomial):
    from calibration import fourier
    stance = fourier.basis(np.linspace(0.06, 0.2, 15))
    polynomial = polynomial * np.array([[1.0], [0.0], [0.0]])
    polynomial[0, 0] -= np.mean(stance @ polynomial[0])
    return polynomial


def gait_at(norm, speed):
    return {name: norms.at(p, speed) for name, p in norm.items()}


def main():
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["LUMBARUN_SHARED"])
    gaits, contact = sources.read_all(shared), forces.read_forces(shared)
    norm, force = fit_gaits(gaits), forces.force_norm(contact)
    cadence, contact_time = temporal.fit(gaits, contact)
    final = {}
    for v in TABLE_SPEEDS:
        pattern = forces.pattern_at(force, v, temporal.cadence(cadence, v), temporal.contact(contact_time, v))
        final[v] = reconcile.reconcile(gait_at(norm, v), pattern, v)
        print(v, *tables.landing_report(final[v], gait_at(norm, v), pattern, v), sep="\n  ")
    tables.write_running_norm(HERE / "running_norm.csv", final, norm)
    temporal.write(HERE / "cadence_norm.csv", cadence, contact_time)


if __name__ == "__main__":
    main()
