// The skeleton as tabulated under models/runner/: bodies.csv, joints.csv, coordinates.csv, levels.csv and
// contact_elements.csv (columns and sources: models/runner/SOURCES.md). Paired bodies are tabulated on the
// right.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "models/spine_tables.h"
#include "sim/multibody/model.h"

namespace lumbarun {

enum class Sex { kMale = 0, kFemale = 1 };

struct SegmentMass {
  double mass_share = 0.0;   // of body mass
  Vector3<double> com;       // m at the reference height, in the body frame
  Vector3<double> gyration;  // m, radii of gyration about x, y, z through the centre of mass
};

struct BodyRow {
  std::string name;
  double reference_height = 0.0;    // m: lengths of this body scale with height / reference_height
  std::array<SegmentMass, 2> mass;  // by Sex
};

struct JointRow {
  std::string child, parent;  // parent "ground": the world
  Transform<double> X_PF;     // joint frame in the parent body, lengths at the parent's reference height
  Transform<double> X_CM;     // joint frame in the child body, lengths at the child's reference height
  std::vector<JointAxis> axes;
};

struct LevelRow {
  std::string level, inferior, superior;
  double segment_angle_deg = 0.0;  // lordosis between the two endplates at the default lordosis
};

// A point of the bare sole that a contact element sits under.
struct ContactElementRow {
  std::string name, body;
  Vector3<double> p_B;      // m at the body's reference height
  double heel_share = 0.0;  // 0: forefoot stack height under it, 1: heel stack height
  double ball_share = 0.0;  // 1: ahead of the arch, metatarsal heads and toes
  double area_cm2 = 0.0;    // of the sole that it stands for
};

struct SkeletonTables {
  std::vector<BodyRow> bodies;                      // right and middle bodies, parents first
  std::vector<JointRow> joints;                     // same order as bodies
  std::array<LevelRow, 6> levels;                   // caudal to cranial: L5_S1 ... T12_L1
  std::vector<ContactElementRow> contact_elements;  // right foot
  SpineTables spine;

  const BodyRow& get_body(const std::string& name) const;
};

class TableErrors;

// Throws BadInput with every mistake of every table; with `errors` they are added there.
SkeletonTables read_skeleton_tables(const std::filesystem::path& folder);
SkeletonTables read_skeleton_tables(const std::filesystem::path& folder, TableErrors& errors);

}  // namespace lumbarun
