"""Speed norms: a curve common to all runners plus a constant and a slope per runner, by ridge regression.

y(v, runner) = a + b u + c u^2 + r_runner + s_runner u, u = v - 3.5 m/s. Slopes therefore come from runners seen at
several speeds and are averaged over them, and a runner with a habit of their own moves the norm only by their weight.
A runner measured through an instrument that shifts the level keeps a free constant: only the slope counts.
"""
import numpy as np

REFERENCE_SPEED = 3.5
RIDGE_SLOPE, RIDGE_CURVE, RIDGE_RUNNER, RIDGE_RUNNER_SLOPE = 0.05, 3.0, 0.3, 0.3
RIDGE_FREE = 1e-6        # of a free constant: next to none, keeps the system regular


def polynomial(speed):
    u = np.atleast_1d(speed) - REFERENCE_SPEED
    return np.column_stack([np.ones_like(u), u, u * u])


def fit(speeds, runners, values, weights, ridge=(RIDGE_SLOPE, RIDGE_CURVE, RIDGE_RUNNER, RIDGE_RUNNER_SLOPE), free=()):
    """values (n, m) -> polynomial coefficients (3, m); `free`: runners whose constant is not held near the norm."""
    people = sorted(set(runners))
    one_hot = np.array([[float(r == p) for p in people] for r in runners])
    common = polynomial(np.array(speeds, dtype=float))
    x = np.hstack([common, one_hot, one_hot * common[:, 1:2]])
    w = np.array(weights, dtype=float)[:, None]
    constants = [RIDGE_FREE if p in free else ridge[2] for p in people]
    penalty = np.diag(np.concatenate([[0.0, ridge[0], ridge[1]], constants, np.full(len(people), ridge[3])]))
    beta = np.linalg.solve(x.T @ (w * x) + penalty, x.T @ (w * np.asarray(values)))
    return beta[:3]


def at(coefficients, speed):
    return (polynomial(speed) @ coefficients)[0]


def between(table, speed):
    """Coefficients between tabulated speeds {speed: {name: array}}: the cubic through four speeds, its tangent above the last."""
    speeds = sorted(table)
    inside = min(speed, speeds[-1])
    weights = []
    for i, a in enumerate(speeds):
        value, slope = 1.0, 0.0
        for j, b in enumerate(speeds):
            if j != i:
                slope = slope * (inside - b) / (a - b) + value / (a - b)
                value *= (inside - b) / (a - b)
        weights.append(value + slope * (speed - inside))
    return {n: sum(w * table[s][n] for w, s in zip(weights, speeds)) for n in table[speeds[0]]}
