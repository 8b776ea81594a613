"""Describes every dataset of a result file as other people's readers see it, one line each:

    path | dimensions | shape | units | has long_name | _FillValue declared | sum of the finite numbers

usage: describe_run_file.py h5py|xarray FILE
"""

import sys

import numpy as np


def text_of(dims, shape, units, has_name, has_fill, values):
    numbers = np.asarray(values)
    is_number = numbers.dtype.kind in "fi"
    total = f"{np.nansum(numbers, dtype=float):.12g}" if is_number else "".join(map(str, numbers.ravel()))
    return f"{','.join(dims)}|{','.join(map(str, shape))}|{units}|{int(has_name)}|{int(has_fill)}|{total}"


def describe_with_h5py(path):
    import h5py

    def visit(name, item):
        if not isinstance(item, h5py.Dataset):
            return
        dims = []
        for axis in item.dims:
            if h5py.h5ds.is_scale(item.id):
                dims.append(item.name.split("/")[-1])
                continue
            (scale,) = axis.values()  # exactly one per axis
            assert scale.parent == item.parent, f"{name}: scale of another group"
            dims.append(scale.name.split("/")[-1])
        values = item.asstr()[()] if h5py.check_string_dtype(item.dtype) else item[()]
        print(f"/{name}|" + text_of(dims, item.shape, item.attrs["units"], item.attrs["long_name"] != "",
                                   "_FillValue" in item.attrs, values))

    with h5py.File(path) as file:
        assert file.attrs["Conventions"] == "CF-1.10"
        file.visititems(visit)


def describe_with_xarray(path):
    import h5py
    import xarray

    with h5py.File(path) as file:
        groups = ["/"] + [f"/{name}" for name in file if isinstance(file[name], h5py.Group)]
    for group in groups:
        with xarray.open_dataset(path, engine="h5netcdf", group=group) as data:
            for name, item in data.variables.items():
                print(f"{group.rstrip('/')}/{name}|" + text_of(
                    item.dims, item.shape, item.attrs.get("units"), item.attrs.get("long_name", "") != "",
                    "_FillValue" in item.encoding, item.values))


if __name__ == "__main__":
    {"h5py": describe_with_h5py, "xarray": describe_with_xarray}[sys.argv[1]](sys.argv[2])
