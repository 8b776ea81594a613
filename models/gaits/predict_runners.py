#!/usr/bin/env python3
"""Three measured runners, each predicted from mass, height, speed, cadence, strike, shoe and surface preset alone, and once more with
his measured contact time as well.

    python3 predict_runners.py LUMBARUN [SHARED] [--norms FOLDER]

LUMBARUN: the built program; SHARED: third-party data, default $LUMBARUN_SHARED. With --norms each runner is also predicted from the
norm that was fitted without him, FOLDER/PERSON/running_norm.csv and cadence_norm.csv (fit_norms.py --without); where they are
absent the row is left out. Needs numpy and h5py.

Compared is the last stride of two of the forward simulation. Forces: as in calibrate_weights.py, over contact from the 50 N rise, RMS in
% of the measured peak, once as they are and once after the best rigid shift in time; hip, knee and ankle flexion over the whole
stride, RMS with and without the mean; joint moments of JK only, of the whole joint, 75 kg taken.
"""
import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

import calibrate_weights as forces  # noqa: E402
from calibration import sources  # noqa: E402

RUNNERS = {
    "RBDS001": (forces.Runner("RBDS001", 62.0, 1.81, 3.53, 171.2, "treadmill_rigid", ("_r",), "IntroductionExamples_RBDS001runT35.csv", True),
                "forefoot"),
    "RBDS003": (forces.RUNNERS[1], "rearfoot"),
    "JK": (forces.RUNNERS[0], "rearfoot"),
}
JOINTS = {"hip_flexion": 1.0, "knee_angle": -1.0, "ankle_angle": 1.0}      # sign of the measured column in ours
SHIFT_S = 0.04


def predict(program, runner, strike, models, extra):
    """{"force": 2 x samples [BW of the mean], "angle", "moment": {joint: samples}, "status"} of one stride from right contact."""
    keys = runner.keys() | {"stride.strike": strike, "simulate.strides": 2} | extra
    with forces.finished_run(program, keys, models) as f:
        names = [n.decode() for n in f["motion/coordinate"][:]]
        column = lambda path, joint: on_grid(f[path][:, names.index(joint + "_r")])
        force = np.array([forces.low_pass(on_grid(f["ground/force"][:, 0, k]), runner.stride_s) for k in (0, 1)])
        return {"force": force / (2 * np.mean(force[1])), "status": f.attrs["status"],
                "angle": {j: column("motion/q", j) for j in JOINTS},
                "moment": {j: column("motion/generalized_force", j) for j in JOINTS}}


def on_grid(y):
    return np.interp(np.arange(forces.SAMPLES) / forces.SAMPLES, np.arange(len(y)) / len(y), y, period=1.0)


def measured_joints(runner, shared, kind, signs):
    """{joint: samples} over a stride of the right leg; half-stride files: the left leg's half follows."""
    names, q = sources.read_table(Path(shared) / "data/running" / runner.file)
    column = lambda key: q[:, next(i for i, n in enumerate(names) if n.startswith(key))]
    out = {}
    for joint, sign in signs.items():
        right = column(f"{kind}:{joint}_r")
        if len(right) < 100:
            right = np.concatenate([right, column(f"{kind}:{joint}_l")])
        out[joint] = sign * forces.spline(right, forces.SAMPLES)
    return out


def shifted_rms(planned, measured, window, runner):
    """Smallest RMS over rigid shifts of the plan up to SHIFT_S, and that shift [s]."""
    reach = int(SHIFT_S / runner.stride_s * forces.SAMPLES)
    errors = {k: np.sqrt(np.mean((np.roll(planned, k) - measured)[window] ** 2)) for k in range(-reach, reach + 1, 2)}
    best = min(errors, key=errors.get)
    return errors[best], best * runner.stride_s / forces.SAMPLES


def report(label, runner, strike, program, shared, models, has_own_contact=False):
    measured, measured_s = forces.from_contact(forces.measured_force(runner, shared), runner)
    outcome = predict(program, runner, strike, models, {"stride.contact_time_ms": f"{1e3 * measured_s:.1f}"} if has_own_contact else {})
    planned, planned_s = forces.from_contact(outcome["force"], runner)
    window = slice(0, int(1.1 * max(measured_s, planned_s) / runner.stride_s * forces.SAMPLES))
    text = []
    for k in (1, 0):
        peak = np.abs(measured[k]).max()
        plain = np.sqrt(np.mean((planned[k] - measured[k])[window] ** 2))
        best, shift = shifted_rms(planned[k], measured[k], window, runner)
        text.append(f"{100 * plain / peak:.1f} ({100 * best / peak:.1f}, {1e3 * shift:+.0f} ms)")
    pairs = zip(forces.describe(planned, planned_s, runner), forces.describe(measured, measured_s, runner))
    forms = ["{:.0f} / {:.0f}", "{:.2f} / {:.2f}", "{:.0f} / {:.0f}", "{:.3f} / {:.3f}", "{:.3f} / {:.3f}"]
    text += [form.format(*pair) for form, pair in zip(forms, pairs)]
    angles = measured_joints(runner, shared, "angle", JOINTS)
    errors = {j: np.degrees(outcome["angle"][j] - angles[j]) for j in JOINTS}
    text.append(", ".join(f"{np.sqrt(np.mean(e ** 2)):.1f} ({e.std():.1f})" for e in errors.values()))
    print("| " + " | ".join([label] + text + [outcome["status"].split(":")[0]]) + " |", flush=True)
    return outcome


def report_moments(runner, shared, outcome):
    moments = measured_joints(runner, shared, "moment", JOINTS)
    print("\n| JK, N m | RMS | predicted least, largest | measured least, largest |\n|---|---|---|---|")
    for joint in JOINTS:
        ours, theirs = outcome["moment"][joint], moments[joint]
        print(f"| {joint} | {np.sqrt(np.mean((ours - theirs) ** 2)):.0f} | {ours.min():.0f}, {ours.max():.0f} | "
              f"{theirs.min():.0f}, {theirs.max():.0f} |", flush=True)


def copy_models(person, norms, folder):
    """models/ with the norm that leaves this person out; None if it has not been fitted."""
    tables = [Path(norms) / person / name for name in ("running_norm.csv", "cadence_norm.csv")]
    if not all(path.exists() for path in tables):
        return None
    models = Path(folder) / person
    shutil.copytree(HERE.parent, models)
    for path in tables:
        shutil.copy(path, models / "gaits" / path.name)
    return models


def main():
    arguments = sys.argv[1:]
    norms = arguments.pop(arguments.index("--norms") + 1) if "--norms" in arguments else None
    arguments = [a for a in arguments if a != "--norms"]
    program = arguments[0]
    shared = arguments[1] if len(arguments) > 1 else os.environ["LUMBARUN_SHARED"]
    print("| predicted / measured | vertical RMS % (shifted) | fore-aft RMS % (shifted) | contact ms | active peak BW | loading rate BW/s | "
          "braking BW | propulsion BW | hip, knee, ankle RMS ° (about the mean) | status |\n" + "|---" * 10 + "|")
    outcomes = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (runner, strike) in RUNNERS.items():
            outcomes[name] = report(name, runner, strike, program, shared, None)
            report(name + ", with his contact time", runner, strike, program, shared, None, True)
            models = copy_models(name, norms, folder) if norms else None
            if models:
                report(name + ", not in the norm", runner, strike, program, shared, models)
    report_moments(RUNNERS["JK"][0], shared, outcomes["JK"])


if __name__ == "__main__":
    main()
