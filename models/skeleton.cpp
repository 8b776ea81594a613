#include "models/skeleton.h"

#include <algorithm>
#include <numeric>

#include "models/soft_tissue.h"
#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

// Shoe as a body on the calcaneus: centre and radii of gyration in the calcn frame (estimate: half a 0.28 m
// shoe ahead of the heel, 4 cm below the calcaneus origin).
const Vector3<double> kShoeCenter = {0.09, -0.04, 0.0};
const Vector3<double> kShoeGyration = {0.03, 0.08, 0.08};

// Hip to ankle over stature in joints.csv: (0.4105 + 0.4001) m / 1.70 m.
constexpr double kLegShareOfHeight = 0.4768;

// Loads are compact: radius of gyration (estimates).
const Vector3<double> kCarriedGyration = {0.12, 0.12, 0.12}, kGestationalGyration = {0.08, 0.08, 0.08};
// Centre of the gestational mass from mid-disc L3/4, along the disc: ahead of the spine at the navel (estimate).
const Vector3<double> kGestationalCenter = {0.14, 0.0, 0.0};

RigidInertia make_inertia(double mass, const Vector3<double>& com, const Vector3<double>& gyration) {
  RigidInertia inertia{mass, com, Matrix3<double>::zero()};
  inertia.inertia.column[0].x = mass * gyration.x * gyration.x;
  inertia.inertia.column[1].y = mass * gyration.y * gyration.y;
  inertia.inertia.column[2].z = mass * gyration.z * gyration.z;
  return inertia;
}

Transform<double> mirrored_frame(const Transform<double>& X) {
  return {mirrored(X.rotation), mirrored(X.translation)};
}

// The mirror image of a joint: rotations about in-plane axes and slides along Z change sense.
JointRow mirrored_joint(const JointRow& right) {
  JointRow left = {get_left_name(right.child), get_left_name(right.parent), mirrored_frame(right.X_PF),
                   mirrored_frame(right.X_CM), right.axes};
  for (JointAxis& axis : left.axes) {
    axis.coordinate = get_left_name(axis.coordinate);
    const bool along_z = axis.axis == Axis::kZ;
    if (along_z == (axis.kind == JointKind::kSlide)) axis.sign = -axis.sign;
  }
  return left;
}

class SkeletonBuilder {
 public:
  SkeletonBuilder(const SkeletonTables& tables, const PersonParameters& person, double shoe_mass_kg,
                  const ExtraMotion& extra)
      : tables_(tables), person_(person), extra_(extra), shoe_mass_(shoe_mass_kg) {
    for (const JointRow& joint : tables.joints) {
      const double share = get_mass(joint.child).mass_share;
      total_share_ += is_right_name(joint.child) ? 2.0 * share : share;
    }
  }

  Model build() {
    const std::vector<JointRow> joints = shaped_joints();
    for (size_t first = 0; first < joints.size();) {
      size_t end = first;
      while (end < joints.size() && is_right_name(joints[end].child)) ++end;
      if (end == first) {
        add(joints[first], joints[first].child, joints[first].parent, false);
        ++first;
        continue;
      }
      for (size_t i = first; i < end; ++i) add(joints[i], joints[i].child, joints[i].parent, false);
      for (size_t i = first; i < end; ++i)
        add(mirrored_joint(joints[i]), joints[i].child, joints[i].parent, true);
      first = end;
    }
    return std::move(model_);
  }

 private:
  const SegmentMass& get_mass(const std::string& right) const {
    return tables_.get_body(right).mass[static_cast<int>(person_.sex)];
  }

  double scale_of(const std::string& right, bool is_left) const {
    return calc_length_scale(tables_.get_body(right), person_, is_left);
  }

  // Joints with the person's sacral slope and lordosis in their frames.
  std::vector<JointRow> shaped_joints() const {
    std::vector<JointRow> joints = tables_.joints;
    const auto joint_of = [&](const std::string& child) -> JointRow& {
      return *std::find_if(joints.begin(), joints.end(), [&](const JointRow& j) { return j.child == child; });
    };
    double default_sum = 0.0;
    for (const LevelRow& level : tables_.levels) default_sum += level.segment_angle_deg;
    double pitch = -person_.sacral_slope_deg;
    joint_of(tables_.levels.front().inferior).X_PF.rotation = rotation_about(Axis::kZ, deg_to_rad(pitch));
    for (const LevelRow& level : tables_.levels) {
      const double angle = level.segment_angle_deg * person_.lordosis_deg / default_sum;
      JointRow& joint = joint_of(level.superior);
      joint.X_PF.rotation = rotation_about(Axis::kZ, deg_to_rad(0.5 * angle));
      const bool is_thorax = &level == &tables_.levels.back();
      const double disc_in_superior = is_thorax ? pitch + 0.5 * angle : -0.5 * angle;
      joint.X_CM.rotation = rotation_about(Axis::kZ, deg_to_rad(disc_in_superior));
      const std::string axial = level.level + "_axial";
      const std::vector<std::string>& slides = extra_.axial_coordinates;
      if (std::find(slides.begin(), slides.end(), axial) != slides.end())
        joint.axes.insert(joint.axes.begin(), {axial, JointKind::kSlide, Axis::kY, 1.0});
      pitch += angle;
    }
    return joints;
  }

  void add(JointRow joint, const std::string& right_child, const std::string& right_parent, bool is_left) {
    const double child_scale = scale_of(right_child, is_left);
    BodyIndex parent;
    if (joint.parent != "ground") {
      parent = model_.get_body(joint.parent);
      joint.X_PF.translation = joint.X_PF.translation * scale_of(right_parent, is_left);
    }
    joint.X_CM.translation = joint.X_CM.translation * child_scale;
    const SegmentMass& mass = get_mass(right_child);
    const Vector3<double> com = is_left ? mirrored(mass.com) : mass.com;
    const double segment_mass = mass.mass_share / total_share_ * person_.mass_kg;
    const double soft_share = extra_.soft_tissue ? get_soft_share(right_child) : 0.0;
    RigidInertia inertia =
        make_inertia((1.0 - soft_share) * segment_mass, com * child_scale, mass.gyration * child_scale);
    if (right_child == "calcn_r" && shoe_mass_ > 0.0) {
      inertia =
          combined(inertia, make_inertia(shoe_mass_, kShoeCenter * child_scale, kShoeGyration * child_scale));
    }
    if (right_child == "thorax" && person_.carried_mass_kg > 0.0) {
      inertia = combined(inertia, make_inertia(person_.carried_mass_kg, person_.p_carried, kCarriedGyration));
    }
    if (right_child == "L3" && person_.gestational_mass_kg > 0.0) {
      inertia = combined(inertia, make_inertia(person_.gestational_mass_kg, kGestationalCenter * child_scale,
                                               kGestationalGyration));
    }
    const BodyIndex body = model_.add_body(joint.child, parent, joint.X_PF, joint.axes, joint.X_CM, inertia);
    if (soft_share > 0.0) {
      const std::string name = get_soft_body_name(joint.child);
      model_.add_body(
          name, body, {}, build_soft_axes(name, is_left), {},
          make_inertia(soft_share * segment_mass, com * child_scale, mass.gyration * child_scale));
    }
  }

  const SkeletonTables& tables_;
  const PersonParameters& person_;
  const ExtraMotion& extra_;
  double shoe_mass_ = 0.0;
  double total_share_ = 0.0;
  Model model_;
};

void check_range(const char* what, double value, double low, double high, const char* unit) {
  LUMBARUN_THROW_UNLESS(value >= low && value <= high, "{} {} {} is outside {} ... {} {}", what, value, unit,
                        low, high, unit);
}

void check_body_mass_index(const PersonParameters& person) {
  constexpr double kLow = 15.0, kHigh = 40.0;  // kg/m²
  const double area = person.height_m * person.height_m;
  const double index = person.mass_kg / area;
  LUMBARUN_THROW_UNLESS(
      index >= kLow && index <= kHigh,
      "body mass {} kg at body height {} m: body mass index {:.1f} kg/m² is outside {} ... {} kg/m²; at "
      "this height {:.1f} ... {:.1f} kg are allowed",
      person.mass_kg, person.height_m, index, kLow, kHigh, std::max(35.0, kLow * area),
      std::min(140.0, kHigh * area));
}

}  // namespace

void check_person(const PersonParameters& person) {
  check_range("body mass", person.mass_kg, 35.0, 140.0, "kg");
  check_range("body height", person.height_m, 1.40, 2.10, "m");
  check_body_mass_index(person);
  check_range("lordosis", person.lordosis_deg, 20.0, 80.0, "deg");
  check_range("sacral slope", person.sacral_slope_deg, 15.0, 65.0, "deg");
  check_range("age", person.age_years, 18.0, 90.0, "years");
  check_range("leg length difference", person.leg_length_difference_mm, -60.0, 60.0, "mm");
  check_range("carried mass", person.carried_mass_kg, 0.0, 0.5 * person.mass_kg, "kg (half the body mass)");
  check_range("gestational mass", person.gestational_mass_kg, 0.0, 20.0, "kg");
}

Model build_skeleton(const SkeletonTables& tables, const PersonParameters& person, double shoe_mass_kg,
                     const ExtraMotion& extra) {
  check_person(person);
  LUMBARUN_THROW_UNLESS(shoe_mass_kg >= 0.0, "shoe mass {} kg must not be negative", shoe_mass_kg);
  return SkeletonBuilder(tables, person, shoe_mass_kg, extra).build();
}

double calc_length_scale(const BodyRow& body, const PersonParameters& person, bool is_left) {
  const double scale = person.height_m / body.reference_height;
  if (body.name != "femur_r" && body.name != "tibia_r") return scale;
  const double change = 0.5e-3 * person.leg_length_difference_mm / (kLegShareOfHeight * person.height_m);
  return scale * (is_left ? 1.0 - change : 1.0 + change);
}

std::string get_left_name(const std::string& right) {
  return is_right_name(right) ? right.substr(0, right.size() - 1) + "l" : right;
}

Matrix3<double> mirrored(const Matrix3<double>& R) {
  const auto& c = R.column;
  return {{{{c[0].x, c[0].y, -c[0].z}, {c[1].x, c[1].y, -c[1].z}, {-c[2].x, -c[2].y, c[2].z}}}};
}

std::array<LumbarLevel, 6> calc_lumbar_levels(const Model& model, const SkeletonTables& tables) {
  std::array<LumbarLevel, 6> levels;
  for (int i = 0; i < 6; ++i) {
    const LevelRow& row = tables.levels[i];
    LumbarLevel& level = levels[i];
    level.name = row.level;
    level.inferior = model.get_body(row.inferior);
    level.superior = model.get_body(row.superior);
    level.extension = model.get_coordinate(row.level + "_extension");
    level.bending = model.get_coordinate(row.level + "_bending");
    level.rotation = model.get_coordinate(row.level + "_rotation");
    level.axial = model.find_coordinate(row.level + "_axial").value_or(CoordinateIndex());
    const CoordinateIndex first = level.axial.is_valid() ? level.axial : level.extension;
    level.X_IF = model.body(level.inferior).X_LB.inverse() * model.link(first).X_PF;
    level.X_SM = model.body(level.superior).X_LB.inverse();
    // The joint frame is turned by half the segment angle against the inferior endplate.
    level.segment_angle_deg =
        2.0 * rad_to_deg(std::atan2(level.X_IF.rotation.column[0].y, level.X_IF.rotation.column[0].x));
  }
  return levels;
}

std::vector<ContactPlacement> calc_contact_placements(const Model& model, const SkeletonTables& tables,
                                                      const PersonParameters& person) {
  std::vector<ContactPlacement> placements;
  for (const bool is_left : {false, true}) {
    for (const ContactElementRow& row : tables.contact_elements) {
      const Vector3<double> p_B = row.p_B * calc_length_scale(tables.get_body(row.body), person, is_left);
      placements.push_back({is_left ? get_left_name(row.name) : row.name,
                            model.get_body(is_left ? get_left_name(row.body) : row.body),
                            is_left ? mirrored(p_B) : p_B, row.heel_share, row.ball_share, row.area_cm2});
    }
  }
  return placements;
}

}  // namespace lumbarun
