#!/usr/bin/python3
"""How the disc pressure of the static postures depends on what is not well known. Prints the table of docs/validation.md.

    scenarios/validation/sensitivity.py [build/release/bin/lumbarun]

Disc area and pressure correction act on the pressure alone (p = F / (0.66 A)); everything else is a scenario key. The tonic
floor stays what it is: nothing is fitted again.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
POSTURES = ["standing", "flexed", "lift_round_back", "lift_bent_knees", "hold_close"]
MEASURED_MPA = [0.5, 1.1, 2.3, 1.7, 1.1]
LOADED = POSTURES[2:]
# name, factor on the pressure, keys for all postures, keys (with their presets' value moved) for the loaded ones
ROWS = [
    ("as shipped", 1.0, {}, {}),
    ("area 15.6 cm² (smallest published) for 18", 18.0 / 15.6, {}, {}),
    ("area 21 cm²", 18.0 / 21.0, {}, {}),
    ("correction 0.8 for 0.66", 0.66 / 0.8, {}, {}),
    ("no correction, p = F/A", 0.66, {}, {}),
    ("specific tension 46 N/cm² for 60", 1.0, {"muscle.specific_tension_n_cm2": 46}, {}),
    ("specific tension 100 N/cm²", 1.0, {"muscle.specific_tension_n_cm2": 100}, {}),
    ("exponent 2 for 3", 1.0, {"sharing.exponent": 2}, {}),
    ("tonic floor 0.015 for 0", 1.0, {"sharing.activation_floor": 0.015}, {}),
    ("abdominal pressure 5 kPa for 0", 1.0, {"condition.intra_abdominal_pressure_kpa": 5}, {}),
    ("disc preload 0 for 500 N", 1.0, {"condition.disc_preload_n": 0}, {}),
    ("height 1.68 m for 1.75", 1.0, {"runner.height_m": 1.68}, {}),
    ("load 50 mm closer", 1.0, {}, {"posture.load_forward_mm": -50}),
    ("load 50 mm further", 1.0, {}, {"posture.load_forward_mm": 50}),
]
LOAD_FORWARD_MM = {"lift_round_back": 400, "lift_bent_knees": 350, "hold_close": 250}


def pressure_mpa(program, posture, keys, folder):
    command = [program, "run", os.path.join(HERE, f"posture_{posture}.toml"), "--json", "-o", os.path.join(folder, "p.h5")]
    for key, value in keys.items():
        command += ["--set", f"{key}={value}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    summary = json.loads(done.stdout)["summary"]
    flag = "" if summary["status"] == "ok" else "*" if summary["status"].startswith("ok") else "**"
    return 1e-6 * summary["metrics"]["peak_pressure"]["value"]["L4_L5"], flag


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "..", "build", "release", "bin", "lumbarun")
    print("| MPa at L4/5 (over standing) | " + " | ".join(p.replace("_", " ") for p in POSTURES) + " |")
    print("|---" * (len(POSTURES) + 1) + "|")
    ratios = [p / MEASURED_MPA[0] for p in MEASURED_MPA]
    print("| measured | " + " | ".join(f"{p:.2f} ({r:.1f})" for p, r in zip(MEASURED_MPA, ratios)) + " |")
    with tempfile.TemporaryDirectory() as folder:
        for name, factor, keys, moved in ROWS:
            cells, standing = [], None
            for posture in POSTURES:
                own = dict(keys)
                if posture in LOADED:
                    own.update({key: LOAD_FORWARD_MM[posture] + by for key, by in moved.items()})
                pressure, flag = pressure_mpa(program, posture, own, folder)
                standing = standing or pressure
                cells.append(f"{factor * pressure:.2f} ({pressure / standing:.1f}){flag}")
            print(f"| {name} | " + " | ".join(cells) + " |")
    print("\n\\* with a warning for its reserves, \\*\\* failed by them.")


if __name__ == "__main__":
    main()
