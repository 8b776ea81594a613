#!/usr/bin/env python3
"""Builds the tables of this folder from the measured strides named in SOURCES.md.

    python3 fit_norms.py [SHARED]                            SHARED: folder with the third-party data, default $LUMBARUN_SHARED
    python3 fit_norms.py --without PERSON FOLDER [SHARED]    the norm alone, fitted without that person, into FOLDER

Method: SOURCES.md. Needs numpy only; about three minutes.
"""
import os
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from calibration import forces, fourier, markers, norms, reconcile, sources, tables, temporal  # noqa: E402

TABLE_SPEEDS = [2.0, 3.0, 4.0, 5.0]
CHECK_SPEEDS = [2.0, 2.5, 3.0, 3.3, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0]
# mean pelvis tilt and trunk lean of the norm (rad): source frames differ by up to 16 deg, so both are set, see SOURCES.md
PELVIS_TILT_MEAN = np.radians(-7.0)
TRUNK_LEAN_MEAN = np.radians(-5.0)
# weight of a source per coordinate group; a missing entry is 1
FRONTAL = {"pelvis_list", "pelvis_rotation", "pelvis_tz", "hip_adduction_r", "hip_rotation_r", "lumbar_bending",
           "lumbar_rotation", "subtalar_angle_r"}


def weight(gait, name):
    if gait.runner == "JK" and name in FRONTAL:
        return 0.3          # unusually large frontal and transverse motion
    if gait.runner == "RBDS001":
        return {"ankle_angle_r": 0.0, "knee_angle_r": 0.5}.get(name, 0.7)     # forefoot striker
    if gait.runner in ("HAMNER10", "RAJAGOPAL"):
        return 0.5          # probably one person
    return 1.0


def align(gait):
    """Copy with pelvis tilt and trunk lean moved to the common means; the direction of the thigh in the world is kept."""
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
        if not rows:
            continue        # subtalar and toe joint when the one runner who has them is left out
        norm[name] = norms.fit([g.speed for g, _ in rows], [g.runner for g, _ in rows],
                               [c[name] for _, c in rows], [weight(g, name) for g, _ in rows])
    for name in {"subtalar_angle_r", "mtp_angle_r"} & set(norm):       # one runner, foot-frame offset unknown: shape only
        norm[name] = stance_zeroed(norm[name])
    return norm


def stance_zeroed(polynomial):
    stance = fourier.basis(np.linspace(0.06, 0.2, 15))
    polynomial = polynomial * np.array([[1.0], [0.0], [0.0]])
    polynomial[0, 0] -= np.mean(stance @ polynomial[0])
    return polynomial


class Norm:
    """Everything fitted from one set of runners: curves, force pattern, cadence, contact time."""

    def __init__(self, gaits, contact):
        self.curves, self.force = fit_gaits(gaits), forces.force_norm(contact)
        self.cadence, self.contact_time = temporal.fit({g.person for g in gaits})

    def pattern(self, v, samples=200):
        return forces.pattern_at(self.force, v, temporal.cadence(self.cadence, v), temporal.contact(self.contact_time, v), samples)

    def measured(self, v):
        return {name: norms.at(p, v) for name, p in self.curves.items()}

    def reconciled(self, v):
        return reconcile.reconcile(self.measured(v), self.pattern(v), v)


def curve_errors(gait, norm_gait):
    """{coordinate: (rms, rms about the mean)} of a measured gait against the norm at its speed."""
    phase, out = np.arange(100) / 100, {}
    for name, c in align(gait).items():
        if name in ("subtalar_angle_r", "mtp_angle_r"):
            continue        # norm made from this one runner, offset free
        d = fourier.basis(phase) @ (c - norm_gait[name])
        if name == "pelvis_ty":
            d = d - d.mean()
        out[name] = (np.sqrt(np.mean(d ** 2)), d.std())
    return out


def error_rows(gaits, contact, table):
    rows = []
    for person in sorted({g.person for g in gaits}):
        rest = Norm([g for g in gaits if g.person != person], [r for r in contact if r[0] != person])
        for g in (g for g in gaits if g.person == person):
            fit, left_out = curve_errors(g, norms.between(table, g.speed)), curve_errors(g, rest.reconciled(g.speed))
            rows += [(g, n, *fit[n], *left_out[n]) for n in sources.COORDINATES if n in fit]
    return rows


def main():
    arguments = sys.argv[1:]
    left_out = arguments[1:3] if arguments[:1] == ["--without"] else []
    rest = arguments[3 if left_out else 0:]
    shared = Path(rest[0] if rest else os.environ["LUMBARUN_SHARED"])
    gaits = sources.read_ready_made(shared) + markers.read_rajagopal(shared) + markers.read_hamner04(shared)
    contact = forces.read_forces(shared)
    if left_out:
        write_norm_without(left_out[0], gaits, contact, Path(left_out[1]))
    else:
        write_tables(gaits, contact)


def write_norm_without(person, gaits, contact, folder):
    """Subtalar and toe joint are those of JK, whoever is left out: nobody else has them."""
    norm = Norm([g for g in gaits if g.person != person], [r for r in contact if r[0] != person])
    norm.curves = {name: p for name, p in fit_gaits(gaits).items() if name in ("subtalar_angle_r", "mtp_angle_r")} | norm.curves
    folder.mkdir(parents=True, exist_ok=True)
    tables.write_running_norm(folder / "running_norm.csv", {v: norm.reconciled(v) for v in TABLE_SPEEDS}, sources.COORDINATES)
    temporal.write(folder / "cadence_norm.csv", norm.cadence, norm.contact_time)


def write_tables(gaits, contact):
    norm = Norm(gaits, contact)
    table = {v: norm.reconciled(v) for v in TABLE_SPEEDS}
    check = []
    for v in CHECK_SPEEDS:
        check.append((v, "measured", norm.pattern(v), tables.landing(norm.measured(v), norm.pattern(v), True)))
        check.append((v, "norm", norm.pattern(v), tables.landing(norms.between(table, v), norm.pattern(v), False)))
    tables.write_running_norm(HERE / "running_norm.csv", table, sources.COORDINATES)
    temporal.write(HERE / "cadence_norm.csv", norm.cadence, norm.contact_time)
    tables.write_measured(HERE / "measured_strides.csv", HERE / "measured_sources.csv", gaits, sources.COORDINATES)
    tables.write_landing_check(HERE / "landing_check.csv", check)
    tables.write_corrections(HERE / "corrections.csv", [(v, norm.measured(v), table[v]) for v in TABLE_SPEEDS])
    tables.write_errors(HERE / "norm_error.csv", error_rows(gaits, contact, table))


if __name__ == "__main__":
    main()
