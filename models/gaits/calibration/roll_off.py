"""When the ball of the foot leaves the ground: markers over the metatarsal heads of HAMNER04 and RAJAGOPAL.

    python3 -m calibration.roll_off SHARED          (from models/gaits)

Prints per trial the fraction of contact (vertical force above 50 N) at which the mean height of the markers over the second
(TOE) and fifth (MT5) metatarsal head has risen by RISE above its lowest, and the centre of pressure ahead of the TOE
marker at 75 and 88 % of contact. Forces of both sources are low-passed, which lengthens contact at both ends: by 30 ms
in all, 0.86 of 0.296 s would be 0.90 of 0.266 s.
"""
import os
import sys
from pathlib import Path

import numpy as np

from . import markers, sources

RISE = 0.002         # m, noise of a marker is below 1 mm
GRID = np.linspace(0.0, 1.0, 201)


def trials(shared):
    opensim = Path(shared) / "data/opensim"
    for v in (2, 3, 4, 5):
        folder = opensim / f"keenon_nimblephysics/HamnerSubject04/run{v}00"
        yield f"HAMNER04_{v}", folder / "grf.mot", next(folder.glob("*.trc"))
    folder = opensim / "opensim-org_opensim-models/Pipelines_Rajagopal_ExpData"
    yield "RAJAGOPAL_3_9", folder / "grf_run.mot", folder / "motion_capture_run.trc"


def contacts(forces, marker_file, side):
    """Per contact: mean height of both markers [m] and centre of pressure ahead of TOE [m] over GRID."""
    time, place = markers.read_trc(marker_file)
    if side + "TOE" not in place or side + "MT5" not in place:
        return
    names, g = sources.read_table(forces)
    column = lambda n: g[:, names.index(f"{side}_ground_force_{n}")]
    for a, b in sources.contact_spans(g[:, 0], column("vy")):
        if a < time[0] or b > time[-1]:
            continue
        at = lambda name, axis: np.interp(a + (b - a) * GRID, time, place[side + name][:, axis])
        ahead = np.interp(a + (b - a) * GRID, g[:, 0], column("px")) - at("TOE", 0)
        yield 0.5 * (at("TOE", 1) + at("MT5", 1)), ahead


def leaves_at(height):
    lowest = np.argmin(height)
    return next((x for x, y in zip(GRID[lowest:], height[lowest:]) if y > height[lowest] + RISE), 1.0)


def main():
    shared = sys.argv[1] if len(sys.argv) > 1 else os.environ["LUMBARUN_SHARED"]
    print("| trial | contacts | ball leaves at | centre of pressure ahead of the second head at 75, 88 %, mm |\n|---|---|---|---|")
    for name, forces, marker_file in trials(shared):
        found = [c for side in "RL" for c in contacts(forces, marker_file, side)]
        height, ahead = (np.mean([c[k] for c in found], axis=0) for k in (0, 1))
        at_75, at_88 = 1e3 * np.interp([0.75, 0.88], GRID, ahead)
        print(f"| {name} | {len(found)} | {leaves_at(height):.2f} | {at_75:.0f}, {at_88:.0f} |")


if __name__ == "__main__":
    main()
