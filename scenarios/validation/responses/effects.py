"""What conditions do to the lumbar discs, at three weights of tracking; and adapted against unadapted runs. For docs/validation.md."""
import h5py
import numpy as np

from measures import L5S1, L45
from program import read_text
from tables import change, markdown, number

STEADY = 0.5  # %: an effect is claimed if it has one sign and more than this at every weight
TRACKING = (0.25, 1.0, 4.0)
LOADS = {"compression L4/5": ("peak_compression", L45), "L5/S1": ("peak_compression", L5S1),
         "anterior shear L4/5": ("peak_anterior_shear", L45), "anterior shear L5/S1": ("peak_anterior_shear", L5S1)}
CONDITIONS = {
    "cadence +10 %": {"stride.cadence_spm": 182.6},
    "worn shoe, 800 km": {"shoe.preset": "worn_trainer"},
    "softer surface, grass": {"surface.preset": "grass"},
    "downhill, −10 %": {"stride.grade_percent": -10.0},
    "hip flexors tight by 11°": {"condition.hip_flexor_tightness_deg": 11.0},
    "abdominals at half strength": {"condition.abdominal_strength": 0.5},
    "trunk extensors at 70 %": {"condition.paraspinal_strength": 0.7},
}
HABITS = [("shoe", "everyday", name) for name in ("worn_trainer", "racing_flat", "minimalist", "barefoot", "maximal")] + [
    ("surface", "asphalt", name) for name in ("concrete", "track", "sprung_floor", "grass", "treadmill", "sand")]
SIDE_BY_SIDE = {"active peak BW": ("active_peak_lp50hz", 0, 1.0), "loading rate BW/s": ("loading_rate_lp50hz", 0, 1.0),
                "contact s": ("contact_time", 0, 1.0), "strike °": ("foot_strike_angle", 0, np.degrees(1.0)),
                "L4/5 N": ("peak_compression", L45, 1.0), "L5/S1 N": ("peak_compression", L5S1, 1.0)}


def read_metric(group, name, index):
    """NaN for a failed run that has no such metric."""
    if "metrics" not in group or name not in group["metrics"]:
        return np.nan
    return float(np.ravel(group["metrics"][name][()])[index])


def write_effects(program):
    scenarios = [keys | {"plan.tracking_weight": w} for keys in [{}, *CONDITIONS.values()] for w in TRACKING]
    _, paths = program.sweep("effects", scenarios, {"simulate.strides": 2}, keep_runs=True)
    runs = [h5py.File(p) for p in paths]
    loads = np.array([[read_metric(run, *LOADS[name]) for name in LOADS] for run in runs]).reshape(-1, len(TRACKING), len(LOADS))
    base, rows = loads[0], []
    for i, label in enumerate(CONDITIONS, start=1):
        row = [label]
        for k in range(len(LOADS)):
            effects = [change(loads[i, w, k], base[w, k]) for w in range(len(TRACKING))]
            text = ", ".join(f"{e:+.1f}".replace("-", "−") if np.isfinite(e) else "–" for e in effects)
            row.append(f"**{text}**" if min(effects) > STEADY or max(effects) < -STEADY else text)
        status = sorted({read_text(runs[i * len(TRACKING) + w].attrs["status"]).split(":")[0] for w in range(len(TRACKING))})
        rows.append(row + ["; ".join(status)])
    text = markdown(["", *LOADS, "status"], rows)
    levels = [f"{name} " + ", ".join(number(base[w, k]) for w in range(len(TRACKING))) for k, name in enumerate(LOADS)]
    return text + "\nThe run itself, N at tracking weight ×¼, ×1, ×4: " + "; ".join(levels) + ".\n"


def write_unadapted(program):
    scenarios = [{f"{kind}.preset": name, f"habitual.{kind}": habit} for kind, habit, name in HABITS]
    _, paths = program.sweep("unadapted", scenarios, {"simulate.strides": 5}, keep_runs=True)
    rows = []
    for (_, habit, name), path in zip(HABITS, paths):
        with h5py.File(path) as run:
            row = [f"{habit} → {name}"]
            for metric, index, factor in SIDE_BY_SIDE.values():
                row.append(" / ".join(number(factor * read_metric(group, metric, index)) for group in (run, run["unadapted"])))
            rows.append(row + [read_text(run["unadapted"].attrs["status"])])
    return markdown(["adapted / first unadapted stride", *SIDE_BY_SIDE, "unadapted"], rows)
