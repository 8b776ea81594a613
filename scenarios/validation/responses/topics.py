"""What a topic of the trends is: scenarios, the columns to show, and rows beside published effects."""
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Topic:
    name: str
    title: str
    cases: dict                    # label: {key: value}, against the example easy_run.toml
    columns: dict                  # head: (name in measures.py, digits)
    rows: Callable                 # {label: numbers} -> [Row]
    note: str = ""
    surfaces: dict = field(default_factory=dict)  # label: kN/m under the whole sole, taken off the leg's shortening


FORCE = {"active peak BW": ("active", 3), "impact BW": ("impact50", 3), "loading rate BW/s": ("rate", 3), "braking BW": ("braking", 3),
         "propulsion BW": ("propulsion", 3), "contact s": ("contact", 3), "strike °": ("strike", 3)}
