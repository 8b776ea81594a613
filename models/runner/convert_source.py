"""Reading of the third-party anatomy tables and the small geometry that the conversion needs."""

import csv
import math
import os

import numpy as np


def read_rows(folder, name):
    with open(os.path.join(folder, name), newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def text(value, digits=6):
    """Shortest decimal text of a length, mass share or angle; -0 becomes 0."""
    rounded = round(float(value), digits)
    return f"{rounded + 0.0:.{digits}f}".rstrip("0").rstrip(".") or "0"


def rotation(axis, angle):
    c, s = math.cos(angle), math.sin(angle)
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    R = np.eye(3)
    R[i, i], R[i, j], R[j, i], R[j, j] = c, -s, s, c
    return R


def body_xyz(x, y, z):
    """Body-fixed X-Y-Z angles, the orientation triplets of OpenSim files."""
    return rotation("x", x) @ rotation("y", y) @ rotation("z", z)


class Spline:
    """Forsythe-Malcolm-Moler cubic through (x, y): end third derivatives from four end points, linear outside."""

    def __init__(self, x, y):
        self.x, self.y = np.asarray(x, float), np.asarray(y, float)
        self._solve()

    def _solve(self):
        x, y, n = self.x, self.y, len(self.x)
        h, slope = np.diff(x), np.diff(y) / np.diff(x)
        A, r = np.zeros((n, n)), np.zeros(n)
        for i in range(1, n - 1):
            A[i, i - 1], A[i, i], A[i, i + 1] = h[i - 1], 2 * (h[i - 1] + h[i]), h[i]
            r[i] = slope[i] - slope[i - 1]
        third = lambda i: ((slope[i + 2] - slope[i + 1]) / (x[i + 3] - x[i + 1])
                           - (slope[i + 1] - slope[i]) / (x[i + 2] - x[i])) / (x[i + 3] - x[i])
        A[0, 0], A[0, 1], r[0] = -h[0], h[0], h[0] ** 2 * third(0)
        A[-1, -1], A[-1, -2], r[-1] = -h[-1], h[-1], -h[-1] ** 2 * third(n - 4)
        c = np.linalg.solve(A, r)
        self.b = slope - h * (2 * c[:-1] + c[1:])
        self.c, self.d = 3 * c, np.diff(c) / h
        self.b_end = slope[-1] + h[-1] * (c[-2] + 2 * c[-1])

    def __call__(self, x):
        if x <= self.x[0]:
            return self.y[0] + self.b[0] * (x - self.x[0])
        if x >= self.x[-1]:
            return self.y[-1] + self.b_end * (x - self.x[-1])
        i = int(np.searchsorted(self.x, x, side="right")) - 1
        t = x - self.x[i]
        return self.y[i] + t * (self.b[i] + t * (self.c[i] + t * self.d[i]))


def parse_function(description):
    """'const(v)', 'linear(a,b)' or 'SimmSpline[x=...|y=...]' as a callable of one coordinate."""
    if description.startswith("const"):
        value = float(description[6:-1])
        return lambda q: value
    if description.startswith("linear"):
        a, b = (float(v) for v in description[7:-1].split(","))
        return lambda q: a * q + b
    abscissae, ordinates = description[description.index("[") + 1:-1].split("|")
    return Spline([float(v) for v in abscissae[2:].split()], [float(v) for v in ordinates[2:].split()])
