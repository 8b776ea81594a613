#!/usr/bin/env python3
"""Writes the tables of this folder from third-party anatomy tables that are not part of this project.

usage: convert_tables.py FOLDER    FOLDER holds lumbar_*.csv, alt_LFB_*.csv and leg_*.csv (named in SOURCES.md)
"""

import os
import sys

from convert_masses import body_rows
from convert_muscles import convert_muscles
from convert_skeleton import convert_skeleton

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    here = os.path.dirname(os.path.abspath(__file__))
    convert_skeleton(sys.argv[1], here, body_rows(sys.argv[1]))
    convert_muscles(sys.argv[1], here)
