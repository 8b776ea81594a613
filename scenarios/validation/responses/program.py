"""Runs scenarios through `lumbarun sweep`, as a user would: one table of scenarios, one sweep, resumable."""
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import h5py

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOLDER_DIGITS = 10  # of the hash that names a sweep's folder


class Program:
    """The built `lumbarun`, a folder for what it makes, and how many workers it may start."""

    def __init__(self, path, folder, workers):
        self.path, self.folder, self.workers = Path(path).resolve(), Path(folder), workers
        self.folder.mkdir(parents=True, exist_ok=True)
        self.build = hashlib.sha256(self.path.read_bytes()).hexdigest()

    def call(self, *words, check=True):
        done = subprocess.run([str(self.path), *map(str, words)], capture_output=True, text=True)
        if check and done.returncode not in (0, 1):
            raise RuntimeError(f"lumbarun {' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr}")
        return done

    def sweep_file(self, path):
        """Runs a sweep file and merges it; the path of the merged file. What is there of this build and file is not run again."""
        text = Path(path).read_text()
        tables = [Path(path).with_name(name).read_text() for name in re.findall(r'^table = "(.*)"', text, re.MULTILINE)]
        key = hashlib.sha256("".join([self.build, text, *tables]).encode()).hexdigest()[:FOLDER_DIGITS]
        folder = self.folder / f"{Path(path).stem}-{key}"
        merged = folder / "sweep.h5"
        if not merged.exists():
            begun = ["--resume"] if (folder / "sweep").exists() else []
            self.call("sweep", path, "-o", folder / "sweep", "-j", self.workers, *begun)
            self.call("merge", folder / "sweep", "-o", merged)
        return merged

    def sweep(self, name, scenarios, fixed, keep_runs=False, base="easy_run.toml"):
        """Runs `scenarios`, a list of {key: value}, each with `fixed`: the path of the merged file, and of the runs with `keep_runs`."""
        scenarios = [fixed | s for s in scenarios]
        keys = sorted({key for keys in scenarios for key in keys})
        lines = [",".join(keys)] + [",".join(format_value(s.get(key)) for key in keys) for s in scenarios]
        inputs = self.folder / "inputs"
        inputs.mkdir(exist_ok=True)
        (inputs / f"{name}.csv").write_text("\n".join(lines) + "\n")
        shutil.copy(EXAMPLES / base, inputs / base)
        path = inputs / f"{name}.toml"
        path.write_text(f'schema_version = 1\ntitle = "{name}"\nbase = "{base}"\nkeep_runs = {str(keep_runs).lower()}\n\n'
                        f'[[axis]]\ntable = "{name}.csv"\n')
        merged = self.sweep_file(path)
        return merged, [merged.parent / "sweep" / "runs" / f"{i:08d}.h5" for i in range(len(scenarios))]


def format_value(value):
    """A cell of a table of scenarios; empty where the base decides."""
    if value is None:
        return ""
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def read_text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


class MergedSweep:
    """Columns of a merged sweep file."""

    def __init__(self, path):
        self.file = h5py.File(path)
        self.status = [read_text(s) for s in self.file["result/status"][:]]

    def input(self, key):
        return self.file["inputs"][key.replace(".", "_")][:]

    def find_varied_numbers(self):
        """Keys that the sweep varies and that hold numbers."""
        inputs = [data for name, data in self.file["inputs"].items() if name != "scenario"]
        return [read_text(data.attrs["key"]) for data in inputs if data.attrs["varied"] and data.dtype.kind in "fi"]
