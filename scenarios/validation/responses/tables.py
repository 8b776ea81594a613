"""Rows of our effects beside published ones, their verdicts, and Markdown."""
from dataclasses import dataclass

import numpy as np

NONE_BELOW = 5.0      # %: an effect that a paper did not find is met by ours if it is smaller than this
SIZE_FACTOR = 2.0     # the size is right within half and twice the published one, where no bar is published
VALUE_SHARE = 0.2     # and a value (no effect) within ± 20 %
LEAST_EFFECT = 0.5    # %: below it ours has no direction


@dataclass
class Row:
    """`ours` and `published` in `unit`. kind: change (in %, 0 = no effect found), difference (in `unit`, 0 is no effect), value."""
    quantity: str
    setting: str
    ours: float
    published: float | None
    unit: str
    source: str
    kind: str = "change"
    sign: int | None = None    # of a published effect without a size
    low: float | None = None   # bar
    high: float | None = None
    none_below: float = NONE_BELOW  # of a difference, in `unit`
    least: float = LEAST_EFFECT

    def direction(self):
        if not np.isfinite(self.ours):
            return "no result"
        if self.kind == "value":
            return "–"
        sign = self.sign if self.sign is not None else int(np.sign(self.published))
        if sign == 0:
            return "right" if abs(self.ours) < self.none_below else "**wrong**"
        if abs(self.ours) < self.least:
            return "**none**"
        return "right" if np.sign(self.ours) == sign else "**wrong**"

    def size(self):
        if not np.isfinite(self.ours) or self.published is None and self.low is None:
            return "–"
        if self.low is not None:
            return "inside" if self.low <= self.ours <= self.high else "**outside**"
        if self.kind == "value":
            return "inside" if abs(self.ours / self.published - 1) <= VALUE_SHARE else "**outside**"
        if self.published == 0:
            return "–"
        ratio = self.ours / self.published
        return "inside" if 1 / SIZE_FACTOR <= ratio <= SIZE_FACTOR else "**outside**"


def change(new, old):
    return 100 * (new / old - 1) if old else np.nan


def number(value, digits=3):
    if value is None or not np.isfinite(value):
        return "–"
    return f"{value:.{digits}g}".replace("-", "−") if abs(value) < 1000 else f"{value:.0f}"


def published_text(row):
    if row.published is not None and row.published != 0:
        text = number(row.published) if row.kind == "value" else f"{row.published:+.3g}".replace("-", "−")
    elif row.published == 0 or row.sign == 0:
        text = "no effect"
    else:
        text = "rises" if row.sign > 0 else "falls"
    if row.low is not None:
        text += f" ({number(row.low)} … {number(row.high)})"
    return text


def ours_text(row):
    if row.kind == "value" or not np.isfinite(row.ours):
        return number(row.ours)
    return f"{row.ours:+.3g}".replace("-", "−")


def markdown(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def effects_table(rows):
    head = ["quantity", "setting", "lumbarun", "published", "unit", "direction", "size", "source"]
    return markdown(head, [[r.quantity, r.setting, ours_text(r), published_text(r), r.unit, r.direction(), r.size(), r.source]
                           for r in rows])


def numbers_table(label, measured, columns):
    """`measured`: {name: numbers}; `columns`: {head: (name, digits)}."""
    rows = []
    for name, numbers in measured.items():
        cells = [number(numbers.get(key, np.nan), digits) for key, digits in columns.values()]
        rows.append([name, *cells, numbers["status"].split(":")[0]])
    return markdown([label, *columns, "status"], rows)
