"""Checks of result files through h5py; prints what is wrong, one line each, and exits 1 then.

usage: check_run_files.py same FILE FILE     every dataset and attribute has the same type, shape and bytes
       check_run_files.py numbers FILE       no NaN or infinity but where _FillValue declares it
"""

import sys

import h5py
import numpy as np


def datasets_of(file):
    found = {}
    file.visititems(lambda name, item: found.update({name: item}) if isinstance(item, h5py.Dataset) else None)
    return found


def bytes_of(value):
    array = np.asarray(value)
    return repr(array.tolist()).encode() if array.dtype.kind == "O" else array.tobytes()


def plain_attributes(item):
    # References to dimension scales are addresses in the file.
    return {name: bytes_of(value) for name, value in item.attrs.items()
            if name not in ("DIMENSION_LIST", "REFERENCE_LIST")}


def find_differences(a, b):
    first, second = datasets_of(a), datasets_of(b)
    yield from (f"{name}: in one file only" for name in sorted(first.keys() ^ second.keys()))
    for name in sorted(first.keys() & second.keys()):
        x, y = first[name], second[name]
        if (x.dtype, x.shape) != (y.dtype, y.shape):
            yield f"{name}: {x.dtype}{x.shape} and {y.dtype}{y.shape}"
        elif bytes_of(x[()]) != bytes_of(y[()]):
            yield f"{name}: bytes differ"
        if plain_attributes(x) != plain_attributes(y):
            yield f"{name}: attributes differ"
    if plain_attributes(a) != plain_attributes(b):
        yield "root attributes differ"


def find_undeclared(file):
    for name, item in datasets_of(file).items():
        if item.dtype.kind != "f" or "_FillValue" in item.attrs:
            continue
        wrong = np.count_nonzero(~np.isfinite(item[()]))
        if wrong:
            yield f"{name}: {wrong} of {item.size} are not finite"


if __name__ == "__main__":
    files = [h5py.File(path) for path in sys.argv[2:]]
    count = sum(len(datasets_of(file)) for file in files)
    problems = list({"same": find_differences, "numbers": find_undeclared}[sys.argv[1]](*files))
    if count == 0:
        problems.append("no datasets")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
