#!/usr/bin/env python3
"""Prints the tables of docs/validation.md, "Disc loads of the demo run": contributions at the compression peaks, and the
peaks under other assumptions. Every variant is a whole run (plan included): python3 scenarios/validation/measure_loads.py
build/release/bin/lumbarun FOLDER. Runs that are in FOLDER already are read, not made again. Needs h5py."""

import pathlib
import subprocess
import sys

import h5py
import numpy as np

VARIANTS = {
    "none": [],
    "exponent 2": ["sharing.exponent=2"],
    "exponent 4": ["sharing.exponent=4"],
    "stress for activation": ["sharing.cost=stress"],
    "activation floor 0.015": ["sharing.activation_floor=0.015"],
    "psoas 10 mm back": ["muscle.psoas_shift_mm=-10"],
    "psoas 10 mm forward": ["muscle.psoas_shift_mm=10"],
    "specific tension 46": ["muscle.specific_tension_n_cm2=46"],
    "specific tension 100": ["muscle.specific_tension_n_cm2=100"],
    "tracking weight × ¼": ["plan.tracking_weight=0.25"],
    "tracking weight × 4": ["plan.tracking_weight=4"],
    "activation dynamics, no foresight": ["sharing.activation_dynamics=true"],
}
LARGEST_LEFT_OUT = 60.0  # N: sources that nowhere reach this are left out


def run(program, folder, name, settings):
    path = folder / (name.replace(" ", "_").replace(",", "").replace("×", "x").replace("¼", "quarter") + ".h5")
    if not path.exists():
        words = [word for setting in settings for word in ("--set", setting)]
        scenario = pathlib.Path(__file__).parents[1] / "examples" / "easy_run.toml"
        subprocess.run([program, "run", scenario, "-o", path, *words], stdout=subprocess.DEVNULL, check=False)
    return h5py.File(path)


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def print_contributions(file):
    group = file["contributions"]
    compression = file["discs/compression"][:]
    peaks = np.nanargmax(compression, axis=0)
    levels = range(compression.shape[1])
    print("peak compression | " + " | ".join(f"{compression[peaks[k], k]:.0f}" for k in levels))
    for at, source in enumerate(group["source"][:]):
        row = np.array([group["compression"][peaks[k], k, at] for k in levels])
        if abs(row).max() >= LARGEST_LEFT_OUT:
            print(f"{text(source)} | " + " | ".join(f"{value:.0f}" for value in row))
    rest = np.abs(group["compression"][:].sum(axis=2) - compression)
    print(f"largest difference of the sum from the load: {np.nanmax(rest):.2g} N")


def print_peaks(name, file):
    compression, shear = file["discs/compression"][:], file["discs/anterior_shear"][:]
    last = shear[:, -1]
    print(f"| {name} | " + " | ".join(f"{peak:.0f}" for peak in np.nanmax(compression, axis=0))
          + f" | {last[np.nanargmax(np.abs(last))]:.0f} | {np.nanmean(compression[:, 4]):.0f} | {text(file.attrs['status'])} |")


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    print_contributions(run(program, folder, "none", []))
    for name, settings in VARIANTS.items():
        print_peaks(name, run(program, folder, name, settings))


if __name__ == "__main__":
    main()
