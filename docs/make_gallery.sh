#!/usr/bin/env bash
# Draws docs/gallery.md's pictures from the example scenarios: ./dev gallery, or docs/make_gallery.sh BUILD_FOLDER.
# Small stills go to docs/images (committed); movie and page stay in out/gallery.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
lumbarun=${1:-build/release}/bin/lumbarun
out=out/gallery
images=docs/images
mkdir -p "$out" "$images"

for scenario in easy_run track_run; do
  [ -f "$out/$scenario.h5" ] || "$lumbarun" run "scenarios/examples/$scenario.toml" -o "$out/$scenario.h5"
done
easy=$out/easy_run.h5
track=$out/track_run.h5

draw() { "$lumbarun" render "$@"; }
draw "$easy" --size 960x600 --png "$images/runner.png"
draw "$easy" --size 800x500 --camera follow --phase 0.3 --png "$images/follow.png"
draw "$easy" --size 720x450 --camera lumbar --png "$images/lumbar.png"
draw "$easy" --size 800x500 --camera disc:L5_S1 --ghost --png "$images/disc.png"
draw "$easy" "$track" --size 1120x630 --png "$images/compare.png"
draw "$easy" "$track" --size 800x500 --compare difference --camera sagittal --png "$images/difference.png"
draw "$easy" --size 960x600 --chart "$images/loads.png"
draw "$easy" --charts "$out/charts"
for chart in compression_map disc_shear muscle_groups; do cp "$out/charts/$chart.svg" "$images/$chart.svg"; done
draw "$easy" --view --seconds 2 --size 800x500 --png "$images/window.png"
draw "$easy" "$track" --mp4 "$out/compare.mp4"
draw "$easy" --html "$out/easy_run.html"
