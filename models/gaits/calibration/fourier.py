"""Periodic curves as coefficient vectors [a0, a1, b1, ..., aK, bK]: q(p) = a0 + sum a_h cos(2 pi h p) + b_h sin(2 pi h p).

Phase p runs from 0 (right foot contact) to 1 (next right foot contact). Derivatives are with respect to phase.
"""
import numpy as np

HARMONICS = 12
COLUMNS = 1 + 2 * HARMONICS


def harmonic_of_column(harmonics=HARMONICS):
    return np.array([0] + [h for h in range(1, harmonics + 1) for _ in (0, 1)])


def basis(phase, order=0, harmonics=HARMONICS):
    """Matrix B with q = B c; order = 0, 1, 2 gives q, dq/dp, d2q/dp2."""
    phase = np.asarray(phase, dtype=float)
    b = np.zeros((phase.size, 1 + 2 * harmonics))
    b[:, 0] = 1.0 if order == 0 else 0.0
    for h in range(1, harmonics + 1):
        w = 2 * np.pi * h
        c, s = np.cos(w * phase), np.sin(w * phase)
        pair = [(c, s), (-w * s, w * c), (-w * w * c, -w * w * s)][order]
        b[:, 2 * h - 1], b[:, 2 * h] = pair
    return b


def fit(phase, values, harmonics, remove_drift=True):
    """Least squares over scattered samples (phase may exceed one stride); a linear drift is fitted and dropped.

    Columns above `harmonics` are zero, so that all sources share one length.
    """
    b = basis(phase, harmonics=harmonics)
    if remove_drift:
        b = np.column_stack([b, phase - np.mean(phase)])
    c = np.linalg.lstsq(b, values, rcond=None)[0][: 1 + 2 * harmonics]
    return np.concatenate([c, np.zeros(COLUMNS - c.size)])


def shifted(c, shift):
    """Coefficients of q(p + shift)."""
    out = np.array(c, dtype=float)
    for h in range(1, HARMONICS + 1):
        w = 2 * np.pi * h * shift
        a, b = c[2 * h - 1], c[2 * h]
        out[2 * h - 1] = a * np.cos(w) + b * np.sin(w)
        out[2 * h] = b * np.cos(w) - a * np.sin(w)
    return out
