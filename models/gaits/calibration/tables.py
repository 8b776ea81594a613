"""The committed tables and the landing check that is printed beside them."""
import csv

import numpy as np

from . import body, fourier, reconcile

LENGTHS = {"pelvis_tx", "pelvis_ty", "pelvis_tz"}


def landing_report(final, measured, pattern, speed, samples=200):
    phase = np.arange(samples) / samples
    lines = []
    for label, c in (("measured  ", measured), ("reconciled", final)):
        c = {k: v.copy() for k, v in c.items()}
        com, points, foot = body.kinematics(body.angles(c, phase))
        lowest = points[:, :, 1].min(axis=1)
        duty = pattern.contact_time / pattern.stride_time
        stance = (phase > 0.02) & (phase < 0.8 * duty)
        height = lowest - (0.0 if label == "reconciled" else lowest[stance].mean() + 0.006)
        heel = points[0, :2, 1].min() - (lowest - height)[0]
        pitch = np.degrees(np.arctan2(foot[:, 1, 0], foot[:, 0, 0]))
        ay = reconcile.spectral_second(com[:, 1], pattern.stride_time)
        step = pattern.vertical + np.roll(pattern.vertical, samples // 2)
        flight = step == 0
        arrival = arrival_phase(phase, height)
        lines.append(f"{label} heel at contact {1e3 * heel:6.1f} mm  sole reaches ground {1e3 * arrival * pattern.stride_time:6.1f} ms"
                     f"  stance spread {1e3 * np.ptp(height[stance]):5.1f} mm  foot pitch {pitch[0]:5.1f} deg"
                     f"  knee {np.degrees(c['knee_angle_r'] @ fourier.basis([0.0])[0]):5.1f}"
                     f"  flight ay {ay[flight].mean():6.2f}+-{ay[flight].std():.2f} m/s2  implied force rms {np.std(ay / 9.81 + 1 - step):.3f} BW"
                     f"  peak {ay.max() / 9.81 + 1:.2f}/{step.max():.2f} BW  com range {1e3 * np.ptp(com[:, 1]):.0f} mm"
                     f"  swing clearance {1e3 * height[(phase > duty + 0.06) & (phase < 0.95)].min():.0f} mm")
    for name in reconcile.SIGMA:
        d = fourier.basis(phase) @ (final[name] - measured.get(name, 0 * final[name]))
        k = 1e3 if name in LENGTHS else 57.2958
        lines.append(f"correction {name:16s} mean {k * d.mean():7.2f}  rms about mean {k * d.std():6.2f}  max {k * np.abs(d - d.mean()).max():6.2f} {'mm' if name in LENGTHS else 'deg'}")
    return lines


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


def write_running_norm(path, final, norm):
    """pelvis_ty keeps its shape only: its mean belongs to the runner's leg length."""
    speeds = sorted(final)
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["coordinate", "unit", "harmonic", "coefficient"] + [f"at_{v:.1f}_m_s".replace(".", "_") for v in speeds])
        for name in norm:
            for j, h in enumerate(fourier.harmonic_of_column()):
                kind = "sin" if j > 0 and j % 2 == 0 else "cos"
                w.writerow([name, "m" if name in LENGTHS else "rad", h, kind] + [f"{value(final[v], name, j):.6f}" for v in speeds])
