"""Plans at 50, 100 and 200 knots: time, iterations, balance between knots, and what becomes of the results."""
import json

import h5py
import numpy as np

from program import EXAMPLES, read_text
from tables import markdown, number

KNOTS = (50, 100, 200)
SCENARIOS = {"demo, 3.3 m/s": {}, "26 runners, 3.5 m/s": {"runner.mass_kg": 67.9, "stride.speed_m_s": 3.5, "stride.cadence_spm": 171.4,
                                                         "surface.preset": "treadmill"}}
REPEATS = 2  # the second with the files of program and tables in memory; a plan starts from nothing each time


def run_once(program, keys, path):
    """Seconds of the planning stage, as `run --json` tells them."""
    words = [word for key, value in keys.items() for word in ("--set", f"{key}={value}")]
    done = program.call("run", EXAMPLES / "easy_run.toml", "-o", path, "--json", "--set", "simulate.strides=2", *words)
    return json.loads(done.stdout)["stage_seconds"]["plan gait"]


def write_knots(program):
    rows = []
    for label, scenario in SCENARIOS.items():
        for knots in KNOTS:
            path = program.folder / "knots.h5"
            times = [run_once(program, scenario | {"plan.knots": knots}, path) for _ in range(REPEATS)]
            with h5py.File(path) as run:
                plan = lambda name: float(run["plan"][name][()])
                cells = [f"{plan('iterations'):.0f}", number(plan("residual_force_rms")), number(plan("residual_force_max")),
                         number(float(np.ravel(run["metrics/active_peak_lp50hz"][()])[0])),
                         number(float(run["metrics/peak_compression"][5]), 4), read_text(run.attrs["status"]).split(":")[0]]
            rows.append([label, str(knots), *[number(t) for t in times], *cells])
    return markdown(["scenario", "knots", "plan s", "again s", "iterations", "residual RMS N", "largest N", "active peak BW", "L5/S1 N", "status"],
                    rows)
