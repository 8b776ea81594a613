"""Sweeps of every numeric scenario key, one at a time, and the jumps in them."""
import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from jumps import cut, find_jump, find_suspects
from program import MergedSweep
from svg import Panel, draw
from tables import markdown, number

KEYS = Path(__file__).with_name("dense_keys.csv")
FIXED = {"simulate.strides": 1, "output.sample_rate_hz": 500}
POSTURE = "posture_standing.toml"
MOST_CUTS = 25  # intervals looked at closer, the largest steps first

# output: metric, index, factor, unit, least step that counts
OUTPUTS = {
    "active peak": ("active_peak_lp50hz", 0, 1.0, "BW", 0.06),
    "loading rate": ("loading_rate_lp50hz", 0, 1.0, "BW/s", 8.0),
    "braking peak": ("braking_peak_lp50hz", 0, 1.0, "BW", 0.04),
    "contact time": ("contact_time", 0, 1000.0, "ms", 6.0),
    "sole at contact": ("foot_strike_angle", 0, 57.29578, "°", 2.0),
    "compression L5/S1": ("peak_compression", 5, 1.0, "N", 120.0),
}
PICTURES = ("active peak", "sole at contact", "compression L5/S1")


@dataclass
class Key:
    name: str
    unit: str
    base: dict       # further keys of its sweep
    posture: bool
    is_log: bool
    is_integer: bool
    x: list
    y: dict = field(default_factory=dict)  # output: {x: value}
    status: dict = field(default_factory=dict)


def read_schema(program):
    return {k["name"]: k for k in json.loads(program.call("schema", "--json").stdout) if k["type"] in ("number", "integer")}


def place_points(row, schema):
    low, high = float(row["low"] or schema["min"]), float(row["high"] or schema["max"])
    count = int(row["points"])
    points = np.geomspace(low, high, count) if row["scale"] == "log" else np.linspace(low, high, count)
    if schema["type"] == "integer":
        return sorted({int(round(p)) for p in points})
    return [float(f"{p:.6g}") for p in points]


def read_keys(program):
    """The keys to sweep, and [(key, reason)] of what is left out. Every numeric key of the program stands in dense_keys.csv."""
    schema = read_schema(program)
    rows = list(csv.DictReader(KEYS.open()))
    missing = set(schema) ^ {row["key"] for row in rows}
    if missing:
        raise RuntimeError(f"{KEYS.name} and `lumbarun schema` differ: {', '.join(sorted(missing))}")
    keys, left_out = [], []
    for row in rows:
        if row["note"]:
            left_out.append((row["key"], row["note"]))
        if int(row["points"]) == 0:
            continue
        base = dict(pair.split("=") for pair in row["with"].split()) if row["with"] else {}
        about = schema[row["key"]]
        keys.append(Key(row["key"], about["unit"] if about["unit"] != "1" else "", base, row["key"].startswith("posture."), row["scale"] == "log", about["type"] == "integer",
                        place_points(row, about)))
    return keys, left_out


def run_points(program, name, points):
    """Runs [(key, x)] and keeps what came out in the keys."""
    for is_posture in (False, True):
        chosen = [(k, x) for k, x in points if k.posture == is_posture]
        if not chosen:
            continue
        base = POSTURE if is_posture else "easy_run.toml"
        merged, _ = program.sweep(f"{name}-{'postures' if is_posture else 'runs'}", [k.base | {k.name: x} for k, x in chosen],
                                  {} if is_posture else FIXED, base=base)
        sweep = MergedSweep(merged)
        for i, (key, x) in enumerate(chosen):
            key.status[x] = sweep.status[i]
            for output, (metric, index, factor, _, _) in OUTPUTS.items():
                if metric in sweep.file["metrics"] and not sweep.status[i].startswith(("fell", "failed: planning", "failed: sharing")):
                    key.y.setdefault(output, {})[x] = factor * float(np.ravel(sweep.file["metrics"][metric][i])[index])


def get_curve(key, output):
    values = key.y.get(output, {})
    x = np.array(sorted(key.status))
    return x, np.array([values.get(v, np.nan) for v in x])


def find_all_suspects(keys):
    """{key name: intervals}, the largest steps first, no more than MOST_CUTS in all."""
    found = []
    for key in keys:
        for output, (_, _, _, _, floor) in OUTPUTS.items():
            if output not in key.y or key.is_integer:
                continue
            x, y = get_curve(key, output)
            for interval in find_suspects(x, y, floor):
                step = abs(key.y[output][interval[1]] - key.y[output][interval[0]]) / floor
                found.append((step, key, interval))
    found.sort(key=lambda f: -f[0])
    chosen = []
    for _, key, interval in found:
        if (key, interval) not in [(k, i) for k, i in chosen]:
            chosen.append((key, interval))
    return chosen[:MOST_CUTS], max(0, len(chosen) - MOST_CUTS)


def find_jumps(suspects):
    """[(key, output, part, size)], and by key."""
    jumps = []
    for key, interval in suspects:
        for output, (_, _, _, _, floor) in OUTPUTS.items():
            if output in key.y:
                jump = find_jump(interval, *get_curve(key, output), floor)
                if jump:
                    jumps.append((key, output, *jump))
    return jumps


def write_dense(program, images):
    keys, left_out = read_keys(program)
    run_points(program, "dense", [(k, x) for k in keys for x in k.x])
    suspects, ignored = find_all_suspects(keys)
    if suspects:
        run_points(program, "closer", [(k, float(f"{x:.8g}")) for k, interval in suspects for x in cut(interval)])
    jumps = find_jumps(suspects)
    failures = [(k, x, s) for k in keys for x, s in k.status.items() if not s.startswith("ok")]
    text = (f"{len(keys)} keys, {sum(len(k.status) for k in keys)} runs; {len(suspects)} intervals looked at closer"
            f"{f', {ignored} more were not' if ignored else ''}: {len({(k.name, part) for k, _, part, _ in jumps})} jumps. "
            f"{len(failures)} runs fell or failed.\n\n")
    text += write_jumps(jumps) + write_failures(failures) + write_ranges(keys)
    text += draw_pictures(keys, jumps, images)
    return text + "Left out, in whole or at the ends of the range:\n\n" + markdown(["key", "why"], [[f"`{k}`", why] for k, why in left_out])


def write_jumps(jumps):
    if not jumps:
        return ""
    rows = [[f"`{k.name}`", f"{part[0]:g} … {part[1]:g} {k.unit}", output, f"{size:+.3g} {OUTPUTS[output][3]}".replace("-", "−")]
            for k, output, part, size in sorted(jumps, key=lambda j: (j[0].name, j[2]))]
    return "Jumps:\n\n" + markdown(["key", "between", "result", "step"], rows) + "\n"


def write_failures(failures):
    if not failures:
        return ""
    return "Fell or failed:\n\n" + markdown(["key", "value", "status"], [[f"`{k.name}`", f"{x:g}", s] for k, x, s in failures]) + "\n"


def write_ranges(keys):
    """How far each key moves each result over its range."""
    rows = []
    for key in keys:
        cells = []
        for output in OUTPUTS:
            _, y = get_curve(key, output)
            cells.append(f"{number(np.nanmin(y))} … {number(np.nanmax(y))}" if np.isfinite(y).any() else "–")
        rows.append([f"`{key.name}`", f"{min(key.x):g} … {max(key.x):g} {key.unit}", *cells])
    return "Least and largest result over the range:\n\n" + markdown(
        ["key", "range", *[f"{o} {OUTPUTS[o][3]}" for o in OUTPUTS]], rows) + "\n"


def draw_pictures(keys, jumps, images):
    text = ""
    for output in PICTURES:
        panels = []
        for key in keys:
            x, y = get_curve(key, output)
            if np.isfinite(y).any() and not key.posture:
                panels.append(Panel(key.name, key.unit, x, y, [part for k, o, part, _ in jumps if k is key and o == output], key.is_log))
        name = output.lower().replace("/", "").replace(" ", "_") + ".svg"
        (images / name).write_text(draw(panels, output[0].upper() + output[1:], OUTPUTS[output][3]))
        text += f"![{output}](images/responses/{name})\n"
    return text + "\n"
