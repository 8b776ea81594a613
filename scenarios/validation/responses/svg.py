"""Small multiples of one-dimensional responses, as SVG. The program's own charts show one sweep's inputs together; here each panel is a
sweep of its own, with its jumps."""
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import numpy as np

WIDTH, HEIGHT, GAP_X, GAP_Y, COLUMNS = 190, 120, 60, 62, 4  # pixels
TEXT, LINE, FAILED, JUMP = "#1a202c", "#2b6cb0", "#c53030", "#dd6b20"


@dataclass
class Panel:
    title: str
    unit: str                 # of x
    x: np.ndarray
    y: np.ndarray             # nan where the run failed
    jumps: list = field(default_factory=list)  # (x from, x to)
    is_log: bool = False


def draw(panels, title, y_unit):
    """SVG text of all panels on one scale of y."""
    finite = np.concatenate([p.y[np.isfinite(p.y)] for p in panels])
    low, high = float(finite.min()), float(finite.max())
    pad = 0.05 * (high - low or 1.0)
    rows = -(-len(panels) // COLUMNS)
    size = COLUMNS * (WIDTH + GAP_X) + 10, rows * (HEIGHT + GAP_Y) + 40
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" font-family="sans-serif" font-size="10" fill="{TEXT}">',
             f'<rect width="{size[0]}" height="{size[1]}" fill="white"/>',
             f'<text x="10" y="18" font-size="13">{escape(title)}, {escape(y_unit)}</text>']
    for i, panel in enumerate(panels):
        x0, y0 = 48 + (i % COLUMNS) * (WIDTH + GAP_X), 44 + (i // COLUMNS) * (HEIGHT + GAP_Y)
        parts += draw_panel(panel, x0, y0, low - pad, high + pad)
    return "\n".join(parts + ["</svg>\n"])


def draw_panel(panel, x0, y0, low, high):
    axis = np.log(panel.x) if panel.is_log else panel.x
    place = lambda x: x0 + WIDTH * ((np.log(x) if panel.is_log else x) - axis.min()) / (np.ptp(axis) or 1.0)
    height = lambda y: y0 + HEIGHT * (high - y) / (high - low)
    parts = [f'<rect x="{x0}" y="{y0}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#cbd5e0"/>',
             f'<text x="{x0}" y="{y0 - 5}">{escape(panel.title)}</text>',
             f'<text x="{x0}" y="{y0 + HEIGHT + 12}">{panel.x.min():g}</text>',
             f'<text x="{x0 + WIDTH}" y="{y0 + HEIGHT + 12}" text-anchor="end">{panel.x.max():g} {escape(panel.unit)}</text>',
             f'<text x="{x0 - 4}" y="{y0 + 8}" text-anchor="end">{high:.3g}</text>',
             f'<text x="{x0 - 4}" y="{y0 + HEIGHT}" text-anchor="end">{low:.3g}</text>']
    for left, right in panel.jumps:
        parts.append(f'<rect x="{place(left):.1f}" y="{y0}" width="{max(1.5, place(right) - place(left)):.1f}" height="{HEIGHT}" fill="{JUMP}" '
                     'opacity="0.35"/>')
    known = np.isfinite(panel.y)
    points = " ".join(f"{place(x):.1f},{height(y):.1f}" for x, y in zip(panel.x[known], panel.y[known]))
    parts.append(f'<polyline points="{points}" fill="none" stroke="{LINE}"/>')
    parts += [f'<circle cx="{place(x):.1f}" cy="{height(y):.1f}" r="1.8" fill="{LINE}"/>' for x, y in zip(panel.x[known], panel.y[known])]
    parts += [f'<path d="M{place(x) - 3:.1f} {y0 + HEIGHT - 8} l6 6 m0 -6 l-6 6" stroke="{FAILED}"/>' for x in panel.x[~known]]
    return parts
