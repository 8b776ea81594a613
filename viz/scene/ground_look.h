// How the surfaces look: colour, lines and grain.
#pragma once

#include <vtkImageData.h>
#include <vtkSmartPointer.h>

#include <string>

#include "sim/results/run_record.h"
#include "viz/scene/colors.h"

namespace lumbarun::viz {

// By the preset's name; plain grey for one that is not known.
struct GroundLook {
  Color base;
  Color lines;
  double lane = 0;     // width of a lane between white lines, m; 0: a grid
  double grain = 0;    // how much darker its dark spots are, share
  int grain_size = 8;  // of a spot, mm
  int stretch = 1;     // how much longer than wide a spot is, along the way
};
GroundLook get_ground_look(const std::string& surface_preset);

// Grey spots on white for a square tile of kGrainTile that fits to itself on all sides; the same for the same look.
inline constexpr double kGrainTile = 1.024;  // m
vtkSmartPointer<vtkImageData> build_grain(const GroundLook& look);

// The value of `[section] key = "…"` in the run's resolved scenario; empty if it does not say.
std::string find_scenario_text(const RunRecord& record, const std::string& section, const std::string& key);

}  // namespace lumbarun::viz
