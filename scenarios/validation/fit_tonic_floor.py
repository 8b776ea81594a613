#!/usr/bin/python3
"""The normal tonic floor (sim/tissue/tonic_floor.h): the least activation of every trunk fascicle at which the pressure in
L4/5 of relaxed standing is 0.50 MPa (Wilke et al. 1999, the man of wilke.toml). Fitted to standing alone, by bisection.

    scenarios/validation/fit_tonic_floor.py [build/release/bin/lumbarun]
"""
import json
import os
import subprocess
import sys
import tempfile

TARGET_PA = 0.50e6
HERE = os.path.dirname(os.path.abspath(__file__))


def standing_pressure(program, floor, folder):
    command = [program, "run", os.path.join(HERE, "posture_standing.toml"), "--json", "-o", os.path.join(folder, "standing.h5"),
               "--set", f"sharing.activation_floor={floor:.17g}"]
    summary = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["summary"]
    return summary["metrics"]["peak_pressure"]["value"]["L4_L5"]


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "..", "build", "release", "bin", "lumbarun")
    with tempfile.TemporaryDirectory() as folder:
        low, high = 0.0, 0.1
        print(f"floor {low:.4f}: {1e-6 * standing_pressure(program, low, folder):.3f} MPa")
        while high - low > 1e-5:
            middle = 0.5 * (low + high)
            pressure = standing_pressure(program, middle, folder)
            print(f"floor {middle:.5f}: {1e-6 * pressure:.4f} MPa")
            low, high = (middle, high) if pressure < TARGET_PA else (low, middle)
    print(f"tonic floor {0.5 * (low + high):.4f}")


if __name__ == "__main__":
    main()
