"""The committed tables and the landing check that is printed beside them."""
import csv

import numpy as np

from . import body, fourier, reconcile

LENGTHS = {"pelvis_tx", "pelvis_ty", "pelvis_tz"}


def landing(c, pattern, free_height, samples=200):
    """Numbers of the landing check; free_height: the runner may be moved up or down as a whole."""
    phase = np.arange(samples) / samples
    com, points, inclination = body.kinematics(body.angles(c, phase))
    height = points[:, :, 1].min(axis=1)
    duty = pattern.contact_time / pattern.stride_time
    error = np.concatenate(reconcile.stance_errors(points, pattern, phase))
    shift = np.nanmean(error) if free_height else 0.0
    height = height - shift
    error = error - shift
    step = pattern.vertical + np.roll(pattern.vertical, samples // 2)
    implied = reconcile.spectral_second(com[:, 1], pattern.stride_time) / reconcile.GRAVITY + 1.0
    flight = step == 0
    return {"heel_at_contact_mm": 1e3 * (points[0, :2, 1].min() - shift),
            "sole_arrives_ms": 1e3 * arrival_phase(phase, height) * pattern.stride_time,
            "stance_height_rms_mm": 1e3 * np.sqrt(np.nanmean(error ** 2)), "stance_height_max_mm": 1e3 * np.nanmax(np.abs(error)),
            "foot_angle_at_contact_deg": np.degrees(inclination[0, 0]),
            "knee_at_contact_deg": np.degrees(fourier.basis([0.0])[0] @ c["knee_angle_r"]),
            "flight_acceleration_m_s2": reconcile.GRAVITY * (implied[flight].mean() - 1.0) if flight.any() else np.nan,
            "flight_acceleration_sd_m_s2": reconcile.GRAVITY * implied[flight].std() if flight.any() else np.nan,
            "implied_force_rms_bw": np.std(implied - step), "implied_peak_bw": implied.max(),
            "balance_arm_mm": reconcile.balance_arm_mm(com, points, pattern, phase), "com_range_mm": 1e3 * np.ptp(com[:, 1]),
            "swing_clearance_mm": 1e3 * height[(phase > duty + 0.06) & (phase < 0.95)].min()}


def write_landing_check(path, rows):
    """rows: [(speed, 'measured' | 'norm', pattern, landing)]."""
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["speed_m_s", "gait", "cadence_spm", "contact_time_s"] + list(rows[0][3]))
        for v, label, pattern, numbers in rows:
            w.writerow([f"{v:.1f}", label, f"{120 / pattern.stride_time:.1f}", f"{pattern.contact_time:.3f}"] +
                       [f"{x:.2f}" for x in numbers.values()])


def write_corrections(path, rows):
    """rows: [(speed, measured, reconciled)]; what reconciling changed, mean and deviation about it."""
    phase = np.arange(200) / 200
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["speed_m_s", "coordinate", "unit", "mean", "rms_about_mean", "largest_about_mean"])
        for v, measured, final in rows:
            for name in reconcile.SIGMA:
                d = fourier.basis(phase) @ (final[name] - measured.get(name, 0 * final[name]))
                k, unit = (1e3, "mm") if name in LENGTHS else (np.degrees(1.0), "deg")
                mean = 0.0 if name in LENGTHS else d.mean()
                w.writerow([f"{v:.1f}", name, unit] + [f"{k * x:.2f}" for x in (mean, d.std(), np.abs(d - d.mean()).max())])


def arrival_phase(phase, height):
    """Last crossing of the ground by the falling sole near phase 0 (stride fraction, negative = early)."""
    shifted = np.roll(height, phase.size // 2)
    x = phase - 0.5
    falling = [k for k in range(1, x.size) if shifted[k - 1] > 0 >= shifted[k] and abs(x[k]) < 0.15]
    if not falling:
        return np.nan
    k = falling[-1]
    return x[k - 1] + shifted[k - 1] / (shifted[k - 1] - shifted[k]) * (x[k] - x[k - 1])


def value(gait, name, column):
    return 0.0 if (name, column) == ("pelvis_ty", 0) else gait[name][column] + 0.0


def coefficient_rows(names):
    for name in names:
        for j, h in enumerate(fourier.harmonic_of_column()):
            yield name, j, [name, "m" if name in LENGTHS else "rad", h, "sin" if j > 0 and j % 2 == 0 else "cos"]


def write_running_norm(path, final, names):
    """pelvis_ty keeps its shape only: its mean belongs to the runner's leg length."""
    speeds = sorted(final)
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["coordinate", "unit", "harmonic", "coefficient"] + [f"at_{v:.1f}_m_s".replace(".", "_") for v in speeds])
        for name, j, head in coefficient_rows(names):
            w.writerow(head + [f"{value(final[v], name, j):.6f}" for v in speeds])


def write_measured(path_strides, path_sources, gaits, names):
    with open(path_strides, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["coordinate", "unit", "harmonic", "coefficient"] + [g.id for g in gaits])
        for name, j, head in coefficient_rows(names):
            w.writerow(head + [f"{value(g.curves, name, j):.5f}" if name in g.curves else "" for g in gaits])
    with open(path_sources, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["id", "person", "speed_m_s", "cadence_spm", "contact_time_s", "source"])
        for g in gaits:
            w.writerow([g.id, g.person, f"{g.speed:.2f}", f"{g.cadence:.1f}", "" if np.isnan(g.contact_time) else f"{g.contact_time:.3f}",
                        g.citation.replace(",", ";")])


def write_errors(path, rows):
    """rows: [(gait, coordinate, fit rms, fit rms about mean, left-out rms, left-out rms about mean)]."""
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["person", "source", "speed_m_s", "coordinate", "unit", "fit_rms", "fit_shape_rms", "left_out_rms", "left_out_shape_rms"])
        for g, name, *errors in rows:
            w.writerow([g.person, g.id, f"{g.speed:.2f}", name, "m" if name in LENGTHS else "rad"] + [f"{e:.4f}" for e in errors])
