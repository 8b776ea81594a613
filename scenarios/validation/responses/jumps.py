"""Where a response jumps: its change over a short interval is more than its neighbours' trend explains, and stays so when looked at closer.

    bend at an inner point i     c_i = |y_i − chord from i−1 to i+1|
    suspect                      c_i > floor and c_i > BEND_FACTOR · median of all c: the larger of the two steps beside i
    looked at closer             the interval is halved where its step is, twice
    jump                         one part of an interval cut in four holds more than STEP_SHARE of the interval's variation, and more than the
                                 floor: a smooth response, however steep or bent, spreads over the parts
Both sides of a point are looked at, so a single point out of line counts like a step.
"""
import numpy as np

BEND_FACTOR = 3.0
STEP_SHARE = 0.7
CUTS = 4  # parts of an interval


def calc_bends(x, y):
    bends = np.full(len(x), np.nan)
    for i in range(1, len(x) - 1):
        share = (x[i] - x[i - 1]) / (x[i + 1] - x[i - 1])
        bends[i] = abs(y[i] - (1 - share) * y[i - 1] - share * y[i + 1])
    return bends


def find_suspects(x, y, floor):
    """Intervals (left, right) of neighbouring points to look at closer. `x` rising; points without a result left out."""
    known = np.isfinite(y)
    x, y = x[known], y[known]
    if len(x) < 4:
        return []
    bends = calc_bends(x, y)
    limit = max(floor, BEND_FACTOR * np.nanmedian(bends))
    suspects = set()
    for i in range(1, len(x) - 1):
        if bends[i] > limit:
            left = i - 1 if abs(y[i] - y[i - 1]) > abs(y[i + 1] - y[i]) else i
            suspects.add((float(x[left]), float(x[left + 1])))
    return sorted(suspects)


def cut(interval):
    """The inner points of an interval in four."""
    left, right = interval
    return [left + (right - left) * k / CUTS for k in range(1, CUTS)]


def find_jump(interval, x, y, floor):
    """The part of `interval` that holds the jump, and its size; None if the response only bends there."""
    inside = (x >= interval[0]) & (x <= interval[1]) & np.isfinite(y)
    x, y = x[inside], y[inside]
    if len(x) < CUTS:
        return None
    steps = np.diff(y)
    at = int(np.argmax(np.abs(steps)))
    if abs(steps[at]) > floor and abs(steps[at]) > STEP_SHARE * np.abs(steps).sum():
        return (float(x[at]), float(x[at + 1])), float(steps[at])
    return None
