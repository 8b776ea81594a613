"""Makes a measured gait and Newton's law agree: smallest smooth correction of leg and pelvis curves such that

  1. the centre of mass accelerates as the vertical and fore-aft force pattern says (free flight included),
  2. the heel meets the ground at phase 0, heel and forefoot lie as deep as their share of the load presses them,
  3. over a stride the ground force turns the body neither forward nor backward about its centre of mass,
  4. points near the ground do not slide, the loaded foot is flat, and the swinging foot clears the ground.

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
         "pelvis_ty": 0.010, "pelvis_tx": 0.010, "lumbar_extension": np.radians(3)}
SIGMA_MEAN = {"hip_flexion_r": np.radians(5)}      # source models place the thigh at zero up to 6 deg apart
SMOOTH_HARMONIC = 4.0    # the prior tightens as 1 + (h / SMOOTH_HARMONIC)^2
SIGMA_VERTICAL, SIGMA_FORE_AFT = 0.4, 0.3      # m/s^2
SIGMA_BALANCE = 0.008            # m, arm of the mean ground force about the centre of mass
SIGMA_HEIGHT, SIGMA_SLIDE, SIGMA_CLEAR, SIGMA_ROLL, SIGMA_TOE = 0.0007, 0.10, 0.004, 0.003, 0.003   # m, m/s, m, m, m
CLEARANCE, NEAR = 0.012, 0.002   # m
# Depth of a loaded region, m at one BW of 70 kg, growing with load^(1/LAW_EXPONENT): the project's contact law, everyday shoe on a rigid floor.
# The ball carries together with the midfoot until that has left, from then on alone.
LAW_EXPONENT = 1.5               # of pad and midsole, models/foot_contact_builder.cpp
HEEL_DEPTH, TOE_DEPTH, BALL_FRACTION, BALL_DEPTH = 0.0051, 0.0089, [0.45, 0.65], [0.0044, 0.0059]
# Share of the load under the forefoot against the fraction of contact: centre of pressure of HAMNER04 and RAJAGOPAL at
# 2-5 m/s, 25, 50, 103, 147, 176, 203 mm from the heel marker at 5, 10, 20, 30, 40, 50 % of contact (the first two lie
# under the heel pad)
CONTACT_FRACTION, FORE_SHARE = [0.0, 0.12, 0.22, 0.32, 0.47, 1.0], [0.0, 0.0, 0.44, 0.72, 1.0, 1.0]
# Share of the forefoot's load under the toes: centre of pressure ahead of the second metatarsal head, roll_off.py
TOE_FRACTION, TOE_SHARE = [0.0, 0.62, 0.75, 0.88, 1.0], [0.0, 0.0, 0.2, 0.6, 1.0]
LOADED_BW = 0.05
HEEL, METATARSAL, TOE = [0, 1], [4, 5], [6]      # indices into body.SOLE + toe


@dataclass
class Pattern:
    """Force pattern of one step: phases and vertical / fore-aft force in BW of the right foot over one stride."""
    stride_time: float
    contact_time: float
    vertical: np.ndarray
    fore_aft: np.ndarray



def spectral_second(y, stride_time):
    n = y.size
    k = np.fft.fftfreq(n, 1.0 / n)
    return np.real(np.fft.ifft(-(2 * np.pi * k / stride_time) ** 2 * np.fft.fft(y)))


def spectral_first(y, stride_time):
    n = y.shape[0]
    k = np.fft.fftfreq(n, 1.0 / n).reshape([-1] + [1] * (y.ndim - 1))
    return np.real(np.fft.ifft(2j * np.pi * k / stride_time * np.fft.fft(y, axis=0), axis=0))


def sole_levels(points):
    """Heights of heel, ball and toes, m."""
    return [points[:, k, 1].mean(axis=1) for k in (HEEL, METATARSAL, TOE)]


def load_shares(pattern, phase):
    """Contact flags, fraction of contact, loads under heel, ball and toes in BW."""
    fraction = phase * pattern.stride_time / pattern.contact_time
    fore = np.interp(fraction, CONTACT_FRACTION, FORE_SHARE)
    toe = np.interp(fraction, TOE_FRACTION, TOE_SHARE)
    return fraction < 1.0, fraction, [pattern.vertical * share for share in (1 - fore, fore * (1 - toe), fore * toe)]


def depths(loads, fraction):
    """Depths at which heel, ball and toes carry their loads, m."""
    at_one_bw = (HEEL_DEPTH, np.interp(fraction, BALL_FRACTION, BALL_DEPTH), TOE_DEPTH)
    return [d * np.maximum(load, 0.0) ** (1 / LAW_EXPONENT) for d, load in zip(at_one_bw, loads)]


def stance_errors(points, pattern, phase):
    """Height of heel, ball and toes above the depth of their load, m; NaN where they carry less than 0.05 BW."""
    contact, fraction, loads = load_shares(pattern, phase)
    return [np.where(contact & (load > LOADED_BW), level + depth, np.nan)
            for level, depth, load in zip(sole_levels(points), depths(loads, fraction), loads)]


def ground_residuals(points, inclination, pattern, speed, phase):
    """Heights of heel, ball and toes under their share of the load, no sliding, a flat foot, clearance in swing."""
    contact, fraction, loads = load_shares(pattern, phase)
    height = points[:, :, 1]
    levels = sole_levels(points)
    fore_load = loads[1] + loads[2]
    may_touch = [False, False, fore_load > LOADED_BW]        # toes lie beside a loaded ball
    residual = [np.where(np.isnan(error), np.where(free, 0.0, np.minimum(0.0, level)), error) / SIGMA_HEIGHT
                for error, level, free in zip(stance_errors(points, pattern, phase), levels, may_touch)]
    residual.append(np.where(phase == 0, height[:, HEEL].min(axis=1), 0.0) / SIGMA_HEIGHT * np.sqrt(phase.size) / 4)
    flat = (loads[1] > 0.5 * pattern.vertical) & contact
    residual.append(np.where(flat, height[:, 5] - height[:, 4], 0.0) / SIGMA_ROLL)
    residual.append(np.where(flat & (fraction < 0.6), levels[2] - levels[1], 0.0) / SIGMA_TOE)
    # of the material point: where a sphere rolls, its lowest point moves on while the sole stands
    turning = spectral_first(inclination, pattern.stride_time)[:, [0] * len(body.SOLE) + [1]]
    velocity = spectral_first(points[:, :, 0], pattern.stride_time) + speed + body.ELEMENT_RADIUS * turning
    near = contact[:, None] / (1.0 + np.exp((height - NEAR) / NEAR))
    residual.append((near * velocity / SIGMA_SLIDE).ravel())
    swing = (fraction > 1.15) & (phase < 0.96)
    lowest = height.min(axis=1)
    residual.append(np.where(swing, np.maximum(0.0, CLEARANCE - lowest), 0.0) / SIGMA_CLEAR)
    residual.append(np.where(~contact & ~swing, np.maximum(0.0, 0.001 - lowest), 0.0) / SIGMA_HEIGHT)
    return [r / np.sqrt(phase.size) for r in residual]


def residuals(coefficients, pattern, speed, phase):
    com, points, inclination = body.kinematics(body.angles(coefficients, phase))
    step = lambda f: f + np.roll(f, phase.size // 2)
    ay = spectral_second(com[:, 1], pattern.stride_time)
    ax = spectral_second(com[:, 0], pattern.stride_time)
    scale = 1.0 / np.sqrt(phase.size)
    out = [(ay - GRAVITY * (step(pattern.vertical) - 1.0)) / SIGMA_VERTICAL * scale,
           (ax - GRAVITY * step(pattern.fore_aft)) / SIGMA_FORE_AFT * scale]
    out.append([1e-3 * balance_arm_mm(com, points, pattern, phase) / SIGMA_BALANCE])
    return np.concatenate(out + ground_residuals(points, inclination, pattern, speed, phase))


def balance_arm_mm(com, points, pattern, phase):
    """Mean pitching moment of the ground force about the centre of mass, per body weight."""
    loads = load_shares(pattern, phase)[2]
    arms = [points[:, k, 0].mean(axis=1) - com[:, 0] for k in (HEEL, METATARSAL, TOE)]
    height = com[:, 1] - points[:, :, 1].min()
    return 2e3 * np.mean(sum(arm * load for arm, load in zip(arms, loads)) + height * pattern.fore_aft)


def free_columns(name):
    """Even trunk coordinates carry even harmonics only (left-right symmetry); of the lumbar spine only the mean moves."""
    h = fourier.harmonic_of_column()
    if name == "lumbar_extension":
        return np.array([0])
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
    sigma = lambda n, j: SIGMA_MEAN.get(n, SIGMA[n]) if j == 0 else SIGMA[n]
    weight = np.array([0.0 if (n == "pelvis_ty" and j == 0) else (1 + (harmonic[j] / SMOOTH_HARMONIC) ** 2) / sigma(n, j) for n, j in index])
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
