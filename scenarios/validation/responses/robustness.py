"""How many scenarios of the whole input space come to a gait, and what stops the others."""
from collections import Counter
from pathlib import Path

import numpy as np

from program import MergedSweep, read_text
from tables import markdown, number

SWEEP = Path(__file__).with_name("robustness.toml")
GOAL = 98.0  # % of plans that converge


def classify(status):
    """Reason of a status without its numbers."""
    if status.startswith("failed: planning"):
        return "no plan: " + status.split(": ", 2)[-1]
    if "fell at" in status:
        return "fell in the first stride" if status.startswith("failed") else "fell later"
    return status.split(" of ")[0].split(", ")[0]


def calc_shift(values, is_failed):
    """How far the failed scenarios lie from the others in one input, in its standard deviations."""
    if not is_failed.any() or np.std(values) == 0:
        return 0.0
    return (values[is_failed].mean() - values[~is_failed].mean()) / np.std(values)


def write_robustness(program):
    sweep = MergedSweep(program.sweep_file(SWEEP))
    reasons = [classify(s) for s in sweep.status]
    count = len(reasons)
    is_planned = np.array([not r.startswith("no plan") for r in reasons])
    is_upright = is_planned & np.array([not r.startswith("fell") for r in reasons])
    text = (f"{count} scenarios: {100 * is_planned.mean():.1f} % of the plans converged (goal {GOAL:g} %), {100 * is_upright.mean():.1f} % of all ran "
            f"upright, {100 * np.mean([r.startswith('ok') for r in reasons]):.1f} % ended `ok` or `ok: warning`.\n\n")
    text += markdown(["outcome", "scenarios"], [[f"`{r}`", str(n)] for r, n in Counter(reasons).most_common()]) + "\n"
    text += write_shifts(sweep, {"no plan": ~is_planned, "no plan or fell": ~is_upright,
                                 "failed: reserves": np.array([r.startswith("failed: reserves") for r in reasons])})
    return text + write_failures(sweep, is_upright)


def write_shifts(sweep, groups):
    rows = []
    for name, is_failed in groups.items():
        shifts = {}
        for key in sweep.find_varied_numbers():
            values = sweep.input(key)
            if np.isfinite(values).all():
                shifts[key] = calc_shift(values, is_failed)
        largest = sorted(shifts, key=lambda k: -abs(shifts[k]))[:5] if is_failed.any() else []
        rows.append([name, str(int(is_failed.sum())), ", ".join(f"{k} {shifts[k]:+.1f}".replace("-", "−") for k in largest) or "–"])
    return "Inputs in which they differ most from the others, in standard deviations of the input:\n\n" + markdown(["", "scenarios", "inputs"], rows) + "\n"


def write_failures(sweep, is_upright):
    """The scenarios without a complete stride, with what they asked for."""
    keys = ["stride.speed_m_s", "stride.cadence_spm", "stride.grade_percent", "stride.trunk_lean_deg", "runner.mass_kg", "runner.height_m"]
    words = ["shoe.preset", "surface.preset"]
    rows = []
    for i in np.flatnonzero(~is_upright):
        cells = [number(float(sweep.input(k)[i])) for k in keys] + [read_text(sweep.input(k)[i]) for k in words]
        rows.append([str(i), *cells, sweep.status[i]])
    return markdown(["scenario", *[k.split(".")[1] for k in keys + words], "status"], rows) if rows else ""
