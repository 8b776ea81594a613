"""Heel pad and midsole in static series, as the contact law has them (sim/contact/contact_law.h), beside bench tests."""
from tables import markdown, number

REFERENCE = 1500.0       # N, force of the secant stiffnesses
EXPONENT = 1.5           # of pad and midsole, models/foot_contact_builder.cpp
PAD = 900.0              # kN/m, foot.pad_stiffness_kn_m
# name, midsole kN/m or None, pad too, published (force N, secant, tangent N/mm), source
BENCHES = [
    ("soft shoe and pad", 181.0, True, ((500, 102, 159), (1500, 151, 236)), "Liu & Nigg 2000 J Biomech 33:219, table 2 (seen)"),
    ("hard shoe and pad", 398.0, True, ((500, 204, 281), (1500, 276, 381)), "Liu & Nigg 2000 (seen)"),
    ("maximal midsole alone; four midsoles of 40 mm", 120.0, False, ((1500, 94, 210),), "Ly et al. 2010 after Nikooyan & Zadpoor 2011, table 3: 85–100, 180–242 (seen, units inferred)"),
]


def calc_deflection(force, midsole, with_pad):
    """mm, without bottoming-out, which at these forces takes off less than 2 %."""
    layers = [midsole] + ([PAD] if with_pad else [])
    return sum(REFERENCE / k * (force / REFERENCE) ** (1.0 / EXPONENT) for k in layers)


def bench_table():
    rows = []
    for name, midsole, with_pad, published, source in BENCHES:
        for force, secant, tangent in published:
            x = calc_deflection(force, midsole, with_pad)
            ours_secant, ours_tangent = force / x, EXPONENT * force / x
            rows.append([name, str(force), f"{number(ours_secant)} / {number(ours_tangent)}", f"{secant} / {tangent}", source])
    return markdown(["", "N", "secant / tangent, N/mm", "published", "source"], rows)
