"""Writes discs.csv and ligaments.csv from published dimensions and stiffnesses (sources: SOURCES.md).

Disc frame of a level: origin mid-disc, X anterior, Y cranial, Z right, in neutral standing. SI units."""

import csv
import math
import pathlib

LEVELS = ["T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1"]
MM = 1e-3

# Disc: antero-posterior length and heights in the middle, in front, behind; T12/L1 continues the series (estimate).
AP_LENGTH = [29.0, 30.23, 32.03, 32.86, 33.08, 31.33]
HEIGHT = [8.5, 10.0, 11.59, 12.45, 13.82, 12.99]
FRONT = [9.0, 10.82, 13.09, 15.21, 18.14, 18.71]
BACK = [6.5, 7.31, 8.58, 9.08, 10.14, 8.51]
# Lower endplate width of the superior vertebra; canal depth, transverse process span of the same vertebra.
WIDTH = [42.0, 43.3, 45.5, 48.0, 49.5, 49.4]
CANAL = [18.0, 19.0, 18.2, 17.5, 18.6, 19.7]
TRANSVERSE = [65.0, 71.2, 76.1, 85.7, 79.4, 92.5]
# Area over that of L4/5, 18 cm2 in a man of 70 kg.
AREA_RATIO = [0.745, 0.835, 0.938, 0.987, 1.000, 0.897]
AXIAL_STIFFNESS = [1800.0, 2130.0, 2000.0, 2000.0, 1870.0, 1470.0]  # N/mm
AXIAL_DAMPING = 1700.0  # N s/m
# Facets: angle from the sagittal plane, half distance between the joints.
FACET_ANGLE = [15.0, 26.0, 29.0, 37.0, 48.0, 53.0]
FACET_HALF_SPACING = [13.0, 13.5, 14.0, 15.5, 18.0, 21.0]
FACET_GAP, FACET_STIFFNESS = 0.5, 250.0  # mm, N/mm
TIP_GAP_SHARE = 0.31  # of the disc's height behind

# Stiffness of the linear part, N/mm, cranial to caudal; slack: what the ends part from standing before it starts; toe width.
STIFFNESS = {
    "ALL": [32.9, 32.4, 20.8, 39.5, 40.5, 13.2],
    "PLL": [10.0, 17.1, 36.6, 10.6, 25.8, 21.8],
    "LF": [24.2, 23.0, 25.1, 34.5, 27.2, 20.2],
    "ISL": [12.1, 10.0, 9.6, 18.1, 8.7, 16.3],
    "SSL": [15.1, 23.0, 24.8, 34.8, 18.0, 17.8],
    "CL": [34.0] * 6,
    "ITL": [50.0] * 6,
}
SLACK = {"ALL": 1.0, "PLL": 1.0, "LF": 3.0, "CL": 2.5, "ITL": 1.5}  # mm
TOE = {"ALL": 1.0, "PLL": 1.0, "LF": 3.0, "ISL": 2.0, "SSL": 2.0, "CL": 1.0, "ITL": 1.0}  # mm
FLEXION_RANGE = [8.0, 8.0, 10.0, 12.0, 13.0, 9.0]  # deg, voluntary flexion; ISL and SSL start at half of it


def build_points(i):
    """Ends (inferior, superior) in mm; paired ligaments on the right."""
    half, canal = 0.5 * AP_LENGTH[i], CANAL[i]
    facet_x, facet_z = -(half + 0.9 * canal), FACET_HALF_SPACING[i]
    side = 0.5 * TRANSVERSE[i] - 6.0
    return {
        "ALL": [(half, -0.5 * FRONT[i], 0.0), (half, 0.5 * FRONT[i], 0.0)],
        "PLL": [(-half, -0.5 * BACK[i], 0.0), (-half, 0.5 * BACK[i], 0.0)],
        "LF": [(-(half + canal), -9.5, 0.0), (-(half + canal), 9.5, 0.0)],
        "ISL": [(-(half + canal + 16.0), -6.5, 0.0), (-(half + canal + 16.0), 6.5, 0.0)],
        "SSL": [(-(half + canal + 30.0), -11.0, 0.0), (-(half + canal + 30.0), 11.0, 0.0)],
        "CL": [(facet_x, -2.0, facet_z + 4.0), (facet_x - 2.0, 6.0, facet_z - 4.0)],
        "ITL": [(-(half + 3.0), -11.0, side), (-(half + 3.0), 11.0, side)],
    }


def build_slack(name, i, points):
    if name in SLACK:
        return SLACK[name]
    return -points[0][0] * math.radians(0.5 * FLEXION_RANGE[i])


def rounded(x):
    return f"{x:.7g}"


def write(path, header, rows):
    with open(path, "w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    folder = pathlib.Path(__file__).parent
    discs, ligaments = [], []
    for i, level in enumerate(LEVELS):
        facet_x = -(0.5 * AP_LENGTH[i] + 0.9 * CANAL[i])
        discs.append([level] + [rounded(x) for x in (
            18e-4 * AREA_RATIO[i], AP_LENGTH[i] * MM, WIDTH[i] * MM, HEIGHT[i] * MM, BACK[i] * MM,
            AXIAL_STIFFNESS[i] / MM, AXIAL_DAMPING, FACET_ANGLE[i], facet_x * MM, FACET_HALF_SPACING[i] * MM,
            FACET_GAP * MM, TIP_GAP_SHARE * BACK[i] * MM, FACET_STIFFNESS / MM)])
        for name, points in build_points(i).items():
            ligaments.append([level, name, "yes" if points[0][2] != 0.0 else "no"] +
                             [rounded(x * MM) for p in points for x in p] +
                             [rounded(STIFFNESS[name][i] / MM), rounded(build_slack(name, i, points) * MM),
                              rounded(TOE[name] * MM)])
    write(folder / "discs.csv", ["level", "area_m2", "ap_length_m", "width_m", "height_m", "posterior_height_m",
                                 "axial_stiffness_n_m", "axial_damping_n_s_m", "facet_angle_deg", "facet_x_m",
                                 "facet_z_m", "facet_gap_m", "tip_gap_m", "facet_stiffness_n_m"], discs)
    write(folder / "ligaments.csv", ["level", "ligament", "paired", "inferior_x_m", "inferior_y_m", "inferior_z_m",
                                     "superior_x_m", "superior_y_m", "superior_z_m", "stiffness_n_m", "slack_m",
                                     "toe_m"], ligaments)


if __name__ == "__main__":
    main()
