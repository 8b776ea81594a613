// The passive lumbar spine as tabulated under models/runner/: discs.csv, ligaments.csv (columns and sources:
// SOURCES.md; written by spine_tables.py). Positions in the disc frame of their level in neutral standing, m.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "models/table.h"
#include "sim/core/levels.h"
#include "sim/spatial/vector3.h"

namespace lumbarun {

struct DiscRow {
  double area = 0.0;              // m², of a man of 70 kg
  double ap_length = 0.0;         // m
  double width = 0.0;             // m
  double height = 0.0;            // m, in the middle
  double posterior_height = 0.0;  // m
  double axial_stiffness = 0.0;   // N/m
  double axial_damping = 0.0;     // N s/m
  double facet_angle_deg = 0.0;   // of the joint from the sagittal plane
  double facet_x = 0.0;           // m, of the right joint
  double facet_z = 0.0;           // m
  double facet_gap = 0.0;         // m, between the articular surfaces
  double tip_gap = 0.0;           // m, between inferior process and lamina
  double facet_stiffness = 0.0;   // N/m
};

struct LigamentRow {
  int level = 0;     // of kLevelNames
  std::string name;  // ALL, PLL, LF, ISL, SSL, CL, ITL
  bool is_paired = false;
  Vector3<double> p_I, p_S;  // m, right one of a pair
  double stiffness = 0.0;    // N/m
  double slack = 0.0;        // m, slack length less the length in standing
  double toe = 0.0;          // m
};

struct SpineTables {
  std::array<DiscRow, kLevelCount> discs;  // order of kLevelNames
  std::vector<LigamentRow> ligaments;
};

SpineTables read_spine_tables(const std::filesystem::path& folder, TableErrors& errors);

}  // namespace lumbarun
