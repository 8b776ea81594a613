#!/usr/bin/env python3
"""Runs the scenarios behind the tables of responses in validation.md and theory.md, and prints the tables.

    python3 measure_responses.py LUMBARUN FOLDER [GROUP ...]

LUMBARUN: the built program; FOLDER: keeps one result file per scenario, runs that are there are not run again; GROUP: effects
trends grade strike cadence unadapted (default: all). One run after the other, about 10 s each. Needs numpy and h5py.

Every scenario is scenarios/examples/easy_run.toml (70 kg, 1.75 m, 3.3 m/s, everyday shoe, asphalt) with the keys given here.
"""
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np

EXAMPLE = Path(__file__).resolve().parent.parent / "scenarios/examples/easy_run.toml"
GRAVITY, MASS, HEIGHT = 9.80665, 70.0, 1.75
STRIDES = 2                         # simulated; the last one is reported
WEIGHT = MASS * GRAVITY
LEG = 0.53 * HEIGHT                 # m, hip to sole (Winter 2009)
HEEL_SHARE = 42.0 / 180.0           # heel's area over the sole's, models/runner/contact_elements.csv
L45, L5S1 = 4, 5

# The conditions of the table of effects: each against the example itself, at every factor on the tracking weight.
EFFECTS = {
    "cadence +10 %": {"stride.cadence_spm": 182.6},
    "worn shoe, 800 km": {"shoe.preset": "worn_trainer"},
    "softer surface, grass": {"surface.preset": "grass"},
    "downhill, −10 %": {"stride.grade_percent": -10},
    "hip flexors tight by 11°": {"condition.hip_flexor_tightness_deg": 11},
    "abdominals at half strength": {"condition.abdominal_strength": 0.5},
    "trunk extensors at 70 %": {"condition.paraspinal_strength": 0.7},
}
TRACKING = [0.25, 1.0, 4.0]


class Runs:
    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def get(self, keys):
        """The result file of the example with these keys."""
        name = ",".join(f"{k.split('.')[1]}={v}" for k, v in sorted(keys.items())) or "example"
        path = self.folder / f"{name}.h5"
        if not path.exists():
            command = [self.program, "run", str(EXAMPLE), "-o", str(path), "--set", f"simulate.strides={STRIDES}"]
            for key, value in keys.items():
                command += ["--set", f"{key}={value}"]
            done = subprocess.run(command, capture_output=True, text=True)
            if not path.exists():
                raise RuntimeError(done.stderr)
        return h5py.File(path)


def status(group):
    text = group.attrs["status"]
    return text.decode() if isinstance(text, bytes) else text


def metric(group, name, index=None):
    """NaN for a failed run that has no such metric; of a foot, the right one."""
    if "metrics" not in group or name not in group["metrics"]:
        return np.nan
    value = np.ravel(group["metrics"][name][()])
    return float(value[0 if index is None else index])


def ground(group):
    """Metrics of the right foot, after the 50 Hz low-pass."""
    names = {"contact": "contact_time", "active": "active_peak_lp50hz", "impact": "impact_peak_lp50hz", "rate": "loading_rate_lp50hz",
             "braking": "braking_peak_lp50hz", "propulsion": "propulsion_peak_lp50hz"}
    return {key: metric(group, name) for key, name in names.items()} | {
        "strike": np.degrees(metric(group, "foot_strike_angle")),
        "L45": metric(group, "peak_compression", L45), "L5S1": metric(group, "peak_compression", L5S1),
        "S45": metric(group, "peak_anterior_shear", L45), "S5S1": metric(group, "peak_anterior_shear", L5S1)}


def vertical(group):
    """Time [s] and vertical force of the right foot [N] from contact on, unfiltered."""
    return group["time"][:], group["ground/force"][:, 0, 1]


def leg_stiffness(group, speed, surface=None):
    """kN/m after Farley & González 1996: peak force over the shortening of the leg, which is the fall of the centre of mass in contact
    (force integrated twice) plus what the leg's turn adds; `surface` [N/m]: its compression is taken off (Ferris et al. 1999)."""
    t, right = vertical(group)
    both = group["ground/force"][:, :, 1].sum(axis=1)
    contact = metric(group, "contact_time")
    a = both / both.mean() * GRAVITY - GRAVITY
    v = np.concatenate([[0.0], np.cumsum(0.5 * (a[1:] + a[:-1]) * np.diff(t))])
    v -= v.mean()
    y = np.concatenate([[0.0], np.cumsum(0.5 * (v[1:] + v[:-1]) * np.diff(t))])
    fall = y[0] - y[t < contact].min()
    peak = right.max()
    angle = np.arcsin(min(1.0, 0.5 * speed * contact / LEG))
    shortening = fall + LEG * (1 - np.cos(angle)) - (peak / surface if surface else 0.0)
    return 1e-3 * peak / shortening, fall


def average_rate(group):
    """BW/s after Lieberman et al. 2010: from 200 N to 90 % of the impact peak, or of the force at 6.2 % of contact without one."""
    t, force = vertical(group)
    early = np.flatnonzero(t < 0.05)
    peaks = [k for k in early[1:-1] if force[k] >= force[k - 1] and force[k] > force[k + 1]]
    end = peaks[0] if peaks else int(np.searchsorted(t, 0.062 * metric(group, "contact_time")))
    top = 0.9 * force[end]
    first = int(np.argmax(force > 200.0))
    last = max(first + 1, int(np.argmax(force > top)))
    return (force[last] - force[first]) / (t[last] - t[first]) / WEIGHT, force[end] / WEIGHT if peaks else np.nan


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def number(value, form):
    return "–" if np.isnan(value) else form.format(value).replace("-", "−")


def effects(runs):
    print("Change of peak load in % at tracking weight ×¼, ×1, ×4\n")
    base = {w: ground(runs.get({} if w == 1 else {"plan.tracking_weight": w})) for w in TRACKING}
    rows = []
    for label, keys in EFFECTS.items():
        results = [(w, runs.get(keys | ({} if w == 1 else {"plan.tracking_weight": w}))) for w in TRACKING]
        row = [label]
        for name in ("L45", "L5S1", "S45", "S5S1"):
            change = [100 * (ground(f)[name] / base[w][name] - 1) for w, f in results]
            stable = min(change) > 0.5 or max(change) < -0.5
            text = ", ".join(number(x, "{:+.1f}") for x in change)
            row.append(f"**{text}**" if stable else text)
        row.append("; ".join(sorted({status(f).split(":")[0] for _, f in results})))
        rows.append(row)
    table(["", "compression L4/5", "L5/S1", "shear L4/5", "L5/S1", "status"], rows)
    table(["tracking weight", "compression L4/5 N", "L5/S1 N", "shear L4/5 N", "L5/S1 N"],
          [[f"×{w:g}"] + [number(base[w][k], "{:.0f}") for k in ("L45", "L5S1", "S45", "S5S1")] for w in TRACKING])


def describe(runs, cases):
    rows = []
    for label, keys in cases.items():
        f = runs.get(keys)
        g = ground(f)
        rows.append([label, number(g["active"], "{:.2f}"), number(g["braking"], "{:.2f}"), number(g["propulsion"], "{:.2f}"),
                     number(g["contact"], "{:.3f}"), number(g["rate"], "{:.0f}"), number(g["strike"], "{:.1f}"),
                     number(g["L45"], "{:.0f}"), number(g["L5S1"], "{:.0f}"), status(f).split(":")[0]])
    table(["", "active peak BW", "braking BW", "propulsion BW", "contact s", "loading rate BW/s", "strike °", "L4/5 N", "L5/S1 N", "status"], rows)


def grade(runs):
    describe(runs, {"level": {}} | {f"grade {g:+d} %": {"stride.grade_percent": g} for g in (15, 10, -10, -15)})
    print("3 m/s, ±9° (Gottschall & Kram 2005)\n")
    at = lambda keys: {"stride.speed_m_s": 3.0} | keys
    describe(runs, {"level": at({}), "uphill 8.5°": at({"stride.grade_percent": 15}), "downhill 8.5°": at({"stride.grade_percent": -15})})


def strike(runs):
    describe(runs, {name: {"stride.strike": name} for name in ("rearfoot", "midfoot", "forefoot")})


def cadence(runs):
    describe(runs, {"norm's 166": {}, "183 (+10 %)": {"stride.cadence_spm": 182.6}, "150 (−10 %)": {"stride.cadence_spm": 149.4}})


def trends(runs):
    print("Leg stiffness over stride frequency, 2.5 m/s (Farley & González 1996: 7.0 and 16.3 kN/m at −26 and +36 %)\n")
    rows = []
    for spm in (130, 145, 158, 172, 190, 215):
        f = runs.get({"stride.speed_m_s": 2.5, "stride.cadence_spm": spm})
        k, fall = leg_stiffness(f, 2.5)
        rows.append([f"{spm}", number(k, "{:.1f}"), number(100 * fall, "{:.1f}"), number(metric(f, "contact_time"), "{:.3f}"), status(f).split(":")[0]])
    table(["steps/min", "k_leg kN/m", "fall of the centre of mass cm", "contact s", "status"], rows)

    print("Leg stiffness over surface stiffness K under the whole shoe\n")
    rows = []
    for speed, ks in ((3.7, (945.7, 216.8, 75.4)), (3.0, (533.0, 43.0))):
        for k_surface in ks:
            keys = {"stride.speed_m_s": speed, "surface.stiffness_kn_m": round(k_surface * HEEL_SHARE, 2), "surface.energy_return": 0.9}
            f = runs.get(keys)
            k, fall = leg_stiffness(f, speed, 1e3 * k_surface)
            whole, _ = leg_stiffness(f, speed)
            rows.append([f"{speed}", f"{k_surface}", number(k, "{:.1f}"), number(whole, "{:.1f}"), number(100 * fall, "{:.1f}"),
                         number(metric(f, "contact_time"), "{:.3f}"), number(metric(f, "active_peak_lp50hz"), "{:.2f}"), status(f).split(":")[0]])
    table(["m/s", "K kN/m", "k_leg kN/m", "leg and surface kN/m", "fall cm", "contact s", "active peak BW", "status"], rows)

    print("Impact, 3.5 m/s, asphalt (Lieberman et al. 2010)\n")
    rows = []
    for label, shoe, kind in (("shod, rearfoot", "everyday", "rearfoot"), ("barefoot, rearfoot", "barefoot", "rearfoot"),
                              ("barefoot, forefoot", "barefoot", "forefoot"), ("shod, forefoot", "everyday", "forefoot")):
        f = runs.get({"stride.speed_m_s": 3.5, "shoe.preset": shoe, "stride.strike": kind})
        rate, peak = average_rate(f)
        g = ground(f)
        rows.append([label, number(rate, "{:.0f}"), number(peak, "{:.2f}"), number(g["rate"], "{:.0f}"), number(g["strike"], "{:.1f}"),
                     number(g["active"], "{:.2f}"), number(g["contact"], "{:.3f}"), status(f).split(":")[0]])
    table(["", "average rate BW/s", "impact BW", "largest rate, 50 Hz, BW/s", "strike °", "active BW", "contact s", "status"], rows)

    print("Treadmill against overground, 3.5 m/s\n")
    describe(runs, {name: {"stride.speed_m_s": 3.5, "surface.preset": name} for name in ("asphalt", "treadmill", "treadmill_rigid", "track")})


def unadapted(runs):
    cases = [("shoe", "everyday", name) for name in ("worn_trainer", "racing_flat", "minimalist", "barefoot", "maximal")]
    cases += [("surface", "asphalt", name) for name in ("concrete", "track", "sprung_floor", "grass", "treadmill", "sand")]
    rows = []
    for kind, habit, name in cases:
        f = runs.get({f"{kind}.preset": name, f"habitual.{kind}": habit, "simulate.strides": 5})
        u = f["unadapted"]
        row = [f"{habit} → {name}"]
        for key, form in (("active", "{:.2f}"), ("rate", "{:.0f}"), ("contact", "{:.3f}"), ("strike", "{:.1f}"), ("L45", "{:.0f}"), ("L5S1", "{:.0f}")):
            row.append(number(ground(f)[key], form) + " / " + number(ground(u)[key], form))
        rows.append(row + [status(u)])
    table(["adapted / first unadapted stride", "active peak BW", "loading rate BW/s", "contact s", "strike °", "L4/5 N", "L5/S1 N", "unadapted status"], rows)


GROUPS = {"effects": effects, "trends": trends, "grade": grade, "strike": strike, "cadence": cadence, "unadapted": unadapted}


def main():
    runs = Runs(sys.argv[1], sys.argv[2])
    for name in sys.argv[3:] or GROUPS:
        print(f"### {name}\n")
        GROUPS[name](runs)


if __name__ == "__main__":
    main()
