#!/usr/bin/env python3
"""Ground forces of planned gaits against two measured runners.

    python3 calibrate_weights.py LUMBARUN [SHARED] [--vary]

LUMBARUN: the built program; SHARED: folder with the third-party data, default $LUMBARUN_SHARED. Prints one row per runner for the
frozen weights; with --vary also for each weight halved and doubled (nine times two runs). Needs numpy and h5py.

What is compared, after the 50 Hz low-pass where the source was not filtered yet: force over contact from the 50 N rise (RMS in % of
the measured peak), contact time, peaks, largest loading rate. Measured forces are divided by their mean, see SOURCES.md: steady
running carries one body weight. What was tried: sim/planning/TUNING.md.
"""
import contextlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from calibration import sources  # noqa: E402

GRAVITY = 9.80665       # m/s2
CUTOFF_HZ = 50.0
THRESHOLD_N = 50.0
SAMPLES = 2000          # per stride
WEIGHTS = ["tracking", "acceleration", "effort", "landing"]


@dataclass
class Runner:
    id: str
    mass_kg: float          # JK: unknown, its forces are in body weights
    height_m: float
    speed_m_s: float
    cadence_spm: float
    surface: str
    columns: tuple          # fore-aft and vertical force, right (and left, half a stride later)
    file: str
    filtered: bool

    @property
    def stride_s(self):
        return 120.0 / self.cadence_spm

    def keys(self):
        return {"runner.mass_kg": self.mass_kg, "runner.height_m": self.height_m, "stride.speed_m_s": self.speed_m_s,
                "stride.cadence_spm": self.cadence_spm, "surface.preset": f'"{self.surface}"', "simulate.strides": 1}


RUNNERS = [
    Runner("JK", 75.0, 1.75, 4.0, 155.6, "asphalt", ("_r", "_l"), "jk_4.0mps_rearfoot_mean12.csv", False),
    Runner("RBDS003", 65.4, 1.77, 3.5, 162.7, "treadmill_rigid", ("_r",), "IntroductionExamples_RBDS003runT35.csv", True),
]


def spline(y, count):
    """Periodic cubic spline through y at `count` points of the period; y: one period, last point is not the first."""
    n = len(y)
    ring = 4 * np.eye(n) + np.roll(np.eye(n), 1, 0) + np.roll(np.eye(n), -1, 0)
    bend = np.linalg.solve(ring, 6 * (np.roll(y, 1) - 2 * y + np.roll(y, -1)))
    s = np.arange(count) * n / count
    i = s.astype(int)
    u, j = s - i, (i + 1) % n
    return (1 - u) * y[i] + u * y[j] + ((1 - u) ** 3 - (1 - u)) * bend[i] / 6 + (u ** 3 - u) * bend[j] / 6


def low_pass(y, stride_s):
    """Zero-lag Butterworth, order 2 forward and backward, of one period."""
    f = np.fft.rfftfreq(len(y), stride_s / len(y))
    return np.fft.irfft(np.fft.rfft(y) / (1 + (f / CUTOFF_HZ) ** 4), len(y))


def measured_force(runner, shared):
    """(fore-aft, vertical) over one stride of the right foot [body weights of the standing runner]."""
    names, q = sources.read_table(Path(shared) / "data/running" / runner.file)
    column = lambda key: q[:, next(i for i, n in enumerate(names) if n.startswith(key))]
    curves = []
    for axis in "xy":
        sides = [column(f"GRF:GRF_{axis}{side}") for side in runner.columns]
        if len(sides) == 2:
            y = 0.5 * (sides[0] + np.roll(sides[1], len(q) // 2))
        else:
            y = np.concatenate([sides[0], np.zeros(len(q))])     # the file holds half a stride, the rest is swing
        y = spline(y, SAMPLES)
        curves.append(y if runner.filtered else low_pass(y, runner.stride_s))
    return np.array(curves) / (2 * np.mean(curves[1]))


@contextlib.contextmanager
def finished_run(program, keys, models=None):
    """The open result file of a scenario of these keys; `models`: other tables than the program's."""
    import h5py
    with tempfile.TemporaryDirectory() as folder:
        scenario, result = Path(folder) / "run.toml", Path(folder) / "run.h5"
        scenario.write_text("schema_version = 1\n")
        command = [program, "run", str(scenario), "-o", str(result)]
        for key, value in keys.items():
            command += ["--set", f"{key}={value}"]
        environment = os.environ | ({"LUMBARUN_DATA_DIR": str(models)} if models else {})
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if not result.exists():
            raise RuntimeError(done.stderr)
        with h5py.File(result) as f:
            yield f


def planned_force(program, runner, factors):
    """(fore-aft, vertical) as above, and the status of the plan."""
    keys = runner.keys() | {f"plan.{name}_weight": x for name, x in factors.items()}
    with finished_run(program, keys) as f:
        force = f["plan/ground_force"][:]            # knot of one step, foot, component [N]
    stride = np.concatenate([force[:, 0, :2], force[:, 1, :2]])     # the left foot's step is the right foot's next one
    curves = np.array([low_pass(spline(stride[:, k], SAMPLES), runner.stride_s) for k in (0, 1)])
    return curves / (2 * np.mean(curves[1]))


def from_contact(curves, runner):
    """Rolled so that sample 0 is the rise through the threshold, and the contact time [s]."""
    on = curves[1] * runner.mass_kg * GRAVITY > THRESHOLD_N
    gap = max((k for k in range(SAMPLES) if on[k] and not on[k - 1]),
              key=lambda k: next(n for n in range(SAMPLES) if not on[(k + n) % SAMPLES]))
    length = next(n for n in range(SAMPLES) if not on[(gap + n) % SAMPLES])
    return np.roll(curves, -gap, axis=1), length * runner.stride_s / SAMPLES


def describe(curves, contact_s, runner):
    dt = runner.stride_s / SAMPLES
    early = int(0.05 / dt)
    return [1e3 * contact_s, curves[1][early:].max(), np.max(np.diff(curves[1][:early])) / dt, curves[0].min(), curves[0].max()]


def compare(program, runner, shared, factors):
    measured, measured_s = from_contact(measured_force(runner, shared), runner)
    planned, planned_s = from_contact(planned_force(program, runner, factors), runner)
    window = slice(0, int(1.1 * max(measured_s, planned_s) / runner.stride_s * SAMPLES))
    error = [100 * np.sqrt(np.mean((planned[k] - measured[k])[window] ** 2)) / np.abs(measured[k]).max() for k in (1, 0)]
    pairs = zip(describe(planned, planned_s, runner), describe(measured, measured_s, runner))
    return error, list(pairs)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--vary"]
    program = arguments[0]
    shared = arguments[1] if len(arguments) > 1 else os.environ["LUMBARUN_SHARED"]
    trials = [{}]
    if "--vary" in sys.argv:
        trials += [{name: factor} for name in WEIGHTS for factor in (0.5, 2.0)]
    print(f"{'weights':18s} {'runner':8s} {'Fy %':>5s} {'Fx %':>5s}  contact ms   active BW    rate BW/s    braking BW     propulsion BW")
    for factors in trials:
        label = ", ".join(f"{k} x{v:g}" for k, v in factors.items()) or "frozen"
        for runner in RUNNERS:
            (vertical, fore_aft), pairs = compare(program, runner, shared, factors)
            formats = ["{:.0f}/{:.0f}", "{:.2f}/{:.2f}", "{:.0f}/{:.0f}", "{:.3f}/{:.3f}", "{:.3f}/{:.3f}"]
            values = "   ".join(form.format(*pair) for form, pair in zip(formats, pairs))
            print(f"{label:18s} {runner.id:8s} {vertical:5.1f} {fore_aft:5.1f}  {values}", flush=True)


if __name__ == "__main__":
    main()
