"""Makes a measured gait and Newton's law agree: smallest smooth correction of leg and pelvis curves such that

  1. the centre of mass accelerates as the vertical and fore-aft force pattern says (free flight included),
  2. the sole meets the ground at phase 0, stays at the depth the load presses it to, and leaves at the contact time,
  3. points near the ground do not slide or bounce, and the swinging foot clears the ground.

Filtered marker data violate all three by a few degrees and 10-30 ms. Gauss-Newton on Fourier coefficients; the prior
(sigma per coordinate, growing stiffer with the harmonic) keeps the correction small and is reported by the caller.
"""
from dataclasses import dataclass

import numpy as np

from . import body, fourier

GRAVITY = 9.81
# prior sigma of a correction (rad or m)
SIGMA = {"hip_flexion_r": np.radians(3), "knee_angle_r": np.radians(3), "ankle_angle_r": np.radians(3),
         "mtp_angle_r": np.radians(6), "subtalar_angle_r": np.radians(4), "hip_adduction_r": np.radians(2),
         "pelvis_ty": 0.010, "pelvis_tx": 0.010}
SMOOTH_HARMONIC = 4.0    # the prior tightens as 1 + (h / SMOOTH_HARMONIC)^2
SIGMA_VERTICAL, SIGMA_FORE_AFT = 0.4, 0.3      # m/s^2
SIGMA_HEIGHT, SIGMA_SLIDE, SIGMA_CLEAR = 0.0005, 0.10, 0.004   # m, m/s, m
CLEARANCE, NEAR = 0.012, 0.008   # m
MAX_DEPTH = 0.010                # m, sole compression at peak load


@dataclass
class Pattern:
    """Force pattern of one step: phases and vertical / fore-aft force in BW of the right foot over one stride."""
    stride_time: float
    contact_time: float
    vertical: np.ndarray
    fore_aft: np.ndarray



def soft_min(values, scale):
    low = values.min(axis=1, keepdims=True)
    return (low - scale * np.log(np.mean(np.exp(-(values - low) / scale), axis=1, keepdims=True)))[:, 0]


def spectral_second(y, stride_time):
    n = y.size
    k = np.fft.fftfreq(n, 1.0 / n)
    return np.real(np.fft.ifft(-(2 * np.pi * k / stride_time) ** 2 * np.fft.fft(y)))


def spectral_first(y, stride_time):
    n = y.shape[0]
    k = np.fft.fftfreq(n, 1.0 / n).reshape([-1] + [1] * (y.ndim - 1))
    return np.real(np.fft.ifft(2j * np.pi * k / stride_time * np.fft.fft(y, axis=0), axis=0))


def ground_residuals(points, pattern, speed, phase):
    t = phase * pattern.stride_time
    contact = phase < pattern.contact_time / pattern.stride_time
    height = points[:, :, 1]
    depth = MAX_DEPTH * (pattern.vertical / pattern.vertical.max()) ** (2.0 / 3.0)
    lowest = soft_min(height, 0.003)
    stance = np.where(contact, lowest + depth, 0.0) / SIGMA_HEIGHT
    velocity = spectral_first(points, pattern.stride_time)
    velocity[:, :, 0] += speed
    near = 1.0 / (1.0 + np.exp((height + 0.5 * depth[:, None]) / (0.25 * NEAR))) * contact[:, None]
    slide = near * velocity[:, :, 0] / SIGMA_SLIDE
    bounce = near * velocity[:, :, 1] / (2 * SIGMA_SLIDE)
    swing = (phase > pattern.contact_time / pattern.stride_time + 0.06) & (phase < 0.96)
    clear = np.where(swing, np.maximum(0.0, CLEARANCE - lowest), 0.0) / SIGMA_CLEAR
    late = np.where((phase >= 0.97) | (~contact & ~swing & (phase < 0.5)), np.maximum(0.0, 0.001 - lowest), 0.0) / SIGMA_HEIGHT
    scale = 1.0 / np.sqrt(phase.size)
    return [stance * scale, slide.ravel() * scale, bounce.ravel() * scale, clear * scale, late * scale], t


def residuals(coefficients, pattern, speed, phase):
    com, points, _ = body.kinematics(body.angles(coefficients, phase))
    step = lambda f: f + np.roll(f, phase.size // 2)
    ay = spectral_second(com[:, 1], pattern.stride_time)
    ax = spectral_second(com[:, 0], pattern.stride_time)
    scale = 1.0 / np.sqrt(phase.size)
    out = [(ay - GRAVITY * (step(pattern.vertical) - 1.0)) / SIGMA_VERTICAL * scale,
           (ax - GRAVITY * step(pattern.fore_aft)) / SIGMA_FORE_AFT * scale]
    return np.concatenate(out + ground_residuals(points, pattern, speed, phase)[0])


def free_columns(name):
    """Even trunk coordinates carry even harmonics only (left-right symmetry)."""
    h = fourier.harmonic_of_column()
    return np.where((h % 2 == 0) if name in ("pelvis_tx", "pelvis_ty") else h >= 0)[0]


def reconcile(coefficients, pattern, speed, iterations=12, samples=200):
    """Corrected copy of {coordinate: coefficients}; pelvis_ty gets the height above the ground as its mean."""
    phase = np.arange(samples) / samples
    c = {k: np.array(v) for k, v in coefficients.items()}
    for name in SIGMA:
        c.setdefault(name, np.zeros(fourier.COLUMNS))
    index = [(n, j) for n in SIGMA for j in free_columns(n)]
    index = [(n, j) for n, j in index if not (n == "pelvis_tx" and j == 0)]
    harmonic = fourier.harmonic_of_column()
    weight = np.array([0.0 if (n == "pelvis_ty" and j == 0) else (1 + (harmonic[j] / SMOOTH_HARMONIC) ** 2) / SIGMA[n] for n, j in index])
    c["pelvis_ty"][0] -= body.kinematics(body.angles(c, phase))[1][:, :, 1].min()
    x, start = np.zeros(len(index)), c

    def at(x):
        new = {k: v.copy() for k, v in start.items()}
        for (n, j), value in zip(index, x):
            new[n][j] += value
        return new

    cost = lambda r, x: r @ r + np.sum((weight * x) ** 2)
    r = residuals(at(x), pattern, speed, phase)
    damping = 1e-3
    for _ in range(iterations):
        jac = np.empty((r.size, x.size))
        for k in range(x.size):
            step = np.zeros(x.size)
            step[k] = 1e-6
            jac[:, k] = (residuals(at(x + step), pattern, speed, phase) - r) / 1e-6
        h = jac.T @ jac + np.diag(weight ** 2)
        g = jac.T @ r + weight ** 2 * x
        for _ in range(8):
            trial = x - np.linalg.solve(h + damping * np.diag(np.diag(h)), g)
            r_new = residuals(at(trial), pattern, speed, phase)
            if cost(r_new, trial) < cost(r, x):
                damping = max(damping / 5, 1e-6)
                break
            damping *= 5
        else:
            break
        done = cost(r, x) - cost(r_new, trial) < 1e-4 * cost(r, x)
        x, r = trial, r_new
        if done:
            break
    return at(x)
