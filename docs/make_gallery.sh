#!/usr/bin/env bash
# Draws docs/gallery.md's pictures from the example scenarios: ./dev gallery, or docs/make_gallery.sh BUILD_FOLDER.
# Small stills go to docs/images (committed); movie and page stay in out/gallery.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
lumbarun=${1:-build/release}/bin/lumbarun
out=out/gallery
images=docs/images
mkdir -p "$out" "$images"

for scenario in easy_run worn_on_asphalt new_on_track posture_lift; do
  "$lumbarun" run "scenarios/examples/$scenario.toml" -o "$out/$scenario.h5"
done
easy=$out/easy_run.h5
worn=$out/worn_on_asphalt.h5
new=$out/new_on_track.h5

draw() { "$lumbarun" render "$@"; }
draw "$easy" --size 960x600 --png "$images/runner.png"
draw "$easy" --size 800x500 --camera follow --phase 0.3 --png "$images/follow.png"
draw "$easy" --size 720x450 --camera lumbar --png "$images/lumbar.png"
draw "$easy" --size 800x500 --camera disc:L5_S1 --ghost --png "$images/disc.png"
draw "$worn" "$new" --size 1120x630 --png "$images/compare.png"
draw "$worn" "$new" --size 800x500 --compare difference --camera sagittal --png "$images/difference.png"
draw "$easy" --size 960x600 --chart "$images/loads.png"
draw "$easy" --charts "$out/charts"
for chart in compression_map compression_contributions disc_shear muscle_groups; do cp "$out/charts/$chart.svg" "$images/$chart.svg"; done
draw "$easy" --view --seconds 2 --size 1000x600 --pick L5_S1 --png "$images/window.png"
draw "$out/posture_lift.h5" --size 800x500 --png "$images/lift.png" --charts "$out/lift_charts"
cp "$out/lift_charts/disc_loads.svg" "$images/lift_loads.svg"
draw "$worn" "$new" --mp4 "$out/compare.mp4"
draw "$easy" --html "$out/easy_run.html"

# A sweep: charts only. Its 320 runs take half an hour or more: they are made once, an interrupted sweep goes on.
sweep=$out/training
[ -f "$sweep.h5" ] || {
  "$lumbarun" sweep scenarios/examples/training_sweep.toml -o "$sweep" -j 2 $([ -d "$sweep" ] && echo --resume)
  "$lumbarun" merge "$sweep" -o "$sweep.h5"
}
draw "$sweep.h5" --charts "$out/sweep_charts"
for chart in tornado.svg surface.svg response.png; do
  cp "$out/sweep_charts/${chart%.*}_peak_compression_L5_S1.${chart#*.}" "$images/sweep_$chart"
done
cp "$out/sweep_charts/parallel_coordinates.svg" "$images/sweep_parallel.svg"
