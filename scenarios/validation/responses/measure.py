#!/usr/bin/env python3
"""Measures how the model responds to stride, shoe and surface, and writes docs/responses.md and two tables of docs/validation.md.

    python3 measure.py LUMBARUN FOLDER [--only trends|robustness|dense|knots|effects|unadapted ...] [--topic NAME ...] [-j N] [--update]

LUMBARUN: the built program. FOLDER: keeps sweeps, one per build and question; what is there is not run again, an interrupted sweep goes
on. --topic: only these trends. --update: write the page and its pictures instead of printing. README.md in this folder says more. Needs
numpy and h5py.
"""
import argparse
from pathlib import Path

from dense import write_dense
from effects import write_effects, write_unadapted
from knots import write_knots
from program import Program
from robustness import write_robustness
from trends import write_trends

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = {"trends": "responses.md", "effects": "validation.md", "unadapted": "validation.md", "knots": "responses.md",
         "robustness": "responses.md", "dense": "responses.md"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--only", nargs="+", choices=PAGES, default=list(PAGES))
    parser.add_argument("--topic", nargs="+", default=[])
    parser.add_argument("-j", "--jobs", type=int, default=2)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    program = Program(options.program, options.folder, options.jobs)
    images = DOCS / "images" / "responses" if options.update else Path(options.folder) / "images"
    images.mkdir(parents=True, exist_ok=True)
    write = {"trends": lambda: write_trends(program, options.topic), "effects": lambda: write_effects(program),
             "unadapted": lambda: write_unadapted(program), "knots": lambda: write_knots(program),
             "robustness": lambda: write_robustness(program), "dense": lambda: write_dense(program, images)}
    for part in options.only:
        text = write[part]()
        if options.update:
            update_page(DOCS / PAGES[part], part, text)
        else:
            print(text, flush=True)


def update_page(path, part, text):
    """Puts the text between the part's markers."""
    page = path.read_text()
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    path.write_text(page[:page.index(begin) + len(begin)] + text.rstrip("\n") + "\n" + page[page.index(end):])


if __name__ == "__main__":
    main()
