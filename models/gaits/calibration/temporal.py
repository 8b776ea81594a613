"""Cadence and contact time against speed."""
import csv

import numpy as np

from . import norms

# (group, weight = number of runners (novices: a third), speed m/s, cadence steps/min, contact time s or None); rows of published means.
# Contact times above 50 N; those of Hamner's runners are left out, the low-pass of their forces lengthens them (SOURCES.md).
# S001: evaluated from the published force records, 25 to 30 contacts each, low-passed at 50 Hz.
PUBLISHED = [
    ("Fukuchi 2017, 26 runners", 26, 3.5, 171.4, 0.224),
    ("van Oeveren 2017, 12 novices", 4, 2.4, 154.0, None),
    ("van Oeveren 2017, 12 novices", 4, 2.6, 158.0, None),
    ("van Oeveren 2017, 12 novices", 4, 2.9, 160.0, None),
    ("Karamanidis 2005, 9 young runners", 9, 2.65, 157.0, 0.271),
    ("Cavanagh 1980, 12 rearfoot runners", 12, 4.5, None, 0.188),
    ("Dorschky 2019, P01", 1, 3.47, 163.0, None),
    ("Fukuchi 2017, S008", 1, 3.5, 162.2, 0.244),
    ("Fukuchi 2017, S001", 1, 2.5, 156.5, 0.280),
    ("Fukuchi 2017, S001", 1, 3.5, 171.5, 0.223),
    ("Fukuchi 2017, S001", 1, 4.5, 182.6, 0.194),
    ("Hamner 2010, subject 02", 1, 3.96, 173.9, None),
    ("Hamner 2013, subject 04", 1, 2.0, 151.5, None),
    ("Hamner 2013, subject 04", 1, 3.0, 162.5, None),
    ("Hamner 2013, subject 04", 1, 4.0, 173.0, None),
    ("Hamner 2013, subject 04", 1, 5.0, 192.0, None),
    ("Hamner 2013, subject 01", 1, 2.0, 154.8, None),
    ("Hamner 2013, subject 01", 1, 3.0, 166.4, None),
    ("Hamner 2013, subject 01", 1, 3.9, 174.6, None),
    ("Nitschke 2020, JK", 1, 4.0, 155.6, 0.216),
]
PERSON_OF_GROUP = {"Hamner 2010, subject 02": "HAMNER01", "Hamner 2013, subject 01": "HAMNER01",
                   "Hamner 2013, subject 04": "HAMNER04", "Nitschke 2020, JK": "JK", "Fukuchi 2017, S001": "RBDS001"}
TABLE_SPEEDS = np.arange(2.0, 6.01, 0.25)


def fit(people_kept):
    """Polynomials of cadence and log contact time; rows of a named single runner count only while that runner is kept."""
    kept = [r for r in PUBLISHED if PERSON_OF_GROUP.get(r[0]) is None or PERSON_OF_GROUP[r[0]] in people_kept]

    def polynomial(column, log):
        rows = [r for r in kept if r[column] is not None]
        y = np.array([[np.log(r[column]) if log else r[column]] for r in rows])
        u = np.array([r[2] for r in rows])
        groups = [r[0] for r in rows]
        people, n = sorted(set(groups)), np.array([r[1] for r in rows], dtype=float)
        x = np.hstack([norms.polynomial(np.log(u / 3.5) + 3.5 if log else u),
                       [[float(g == p) for p in people] for g in groups]])
        # a group's own offset is free up to the spread of its mean: variance between runners / number of runners
        size = {r[0]: r[1] for r in rows}
        penalty = np.diag([0, 0, 40.0 if log else 4.0] + [0.05 * size[p] for p in people])
        return np.linalg.solve(x.T @ x + penalty, x.T @ y)[:3]
    return polynomial(3, False), polynomial(4, True)


def cadence(coefficients, speed):
    return float(norms.at(coefficients, speed)[0])


def contact(coefficients, speed):
    return float(np.exp(norms.at(coefficients, np.log(speed / 3.5) + 3.5)[0]))


def write(path, cadence_coefficients, contact_coefficients):
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["speed_m_s", "cadence_spm", "step_length_m", "contact_time_s", "extrapolated"])
        for v in TABLE_SPEEDS:
            c = cadence(cadence_coefficients, v)
            w.writerow([f"{v:.2f}", f"{c:.2f}", f"{v * 60 / c:.4f}", f"{contact(contact_coefficients, v):.4f}",
                        "yes" if v > 5.0 else "no"])
