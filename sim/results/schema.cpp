#include "sim/results/schema.h"

#include <numeric>

#include "sim/core/errors.h"

namespace lumbarun::results {
namespace {

std::vector<double> calc_station_numbers(const RunRecord& record) {
  const auto& rows = record.muscles.path_row_size;
  std::vector<double> numbers(static_cast<std::size_t>(std::accumulate(rows.begin(), rows.end(), 0)));
  std::iota(numbers.begin(), numbers.end(), 0.0);
  return numbers;
}

template <typename Item>
std::vector<std::string> get_item_names(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

std::vector<ArrayField> build_motion_and_ground_fields() {
  using enum Axis;
  using R = RunRecord&;
  using Array = std::vector<double>&;
  return {
      {"motion",
       "q",
       {kTime, kCoordinate},
       "see coordinate_unit",
       "generalized coordinates",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.motion.q; }},
      {"motion",
       "u",
       {kTime, kCoordinate},
       "see speed_unit",
       "generalized speeds, time derivatives of q",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.motion.u; }},
      {"motion",
       "generalized_force",
       {kTime, kCoordinate},
       "see force_unit",
       "net generalized force at each coordinate",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.motion.generalized_force; }},
      {"motion",
       "body_position",
       {kTime, kBody, kComponent},
       "m",
       "origin of the body frame in the world",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.motion.body_position; }},
      {"motion",
       "body_quaternion",
       {kTime, kBody, kQuaternion},
       "1",
       "orientation R_WB of the body frame in the world as unit quaternion w, x, y, z",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.motion.body_quaternion; }},
      {"ground",
       "force",
       {kTime, kFoot, kComponent},
       "N",
       "force of the ground on the foot, in the world",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.ground.force; }},
      {"ground",
       "center_of_pressure",
       {kTime, kFoot, kComponent},
       "m",
       "center of pressure in the world, undefined in flight",
       Need::kAlways,
       true,
       [](R r) -> Array { return r.ground.center_of_pressure; }},
      {"ground",
       "free_moment",
       {kTime, kFoot},
       "N m",
       "moment of the ground on the foot about the plane normal at the center of pressure, undefined in "
       "flight",
       Need::kIfPresent,
       true,
       [](R r) -> Array { return r.ground.free_moment; }},
  };
}

std::vector<ArrayField> build_muscle_fields() {
  using enum Axis;
  using R = RunRecord&;
  using Array = std::vector<double>&;
  return {
      {"muscles",
       "activation",
       {kTime, kMuscle},
       "1",
       "activation, 0 to 1",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.muscles.activation; }},
      {"muscles",
       "force",
       {kTime, kMuscle},
       "N",
       "tendon force",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.muscles.force; }},
      {"muscles",
       "fiber_length",
       {kTime, kMuscle},
       "m",
       "length of the muscle fibers",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.muscles.fiber_length; }},
      {"muscles",
       "path_length",
       {kTime, kMuscle},
       "m",
       "length of the path from origin to insertion",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.muscles.path_length; }},
      {"muscles",
       "max_isometric_force",
       {kMuscle},
       "N",
       "maximum isometric force",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.muscles.max_isometric_force; }},
      {"muscles",
       "path_point",
       {kTime, kStation, kComponent},
       "m",
       "path points of all muscles in the world at each time, muscle after muscle from origin to insertion; "
       "row_size gives the number of points of each muscle, constant in time (CF contiguous ragged)",
       Need::kAlways,
       false,
       [](R r) -> Array { return r.muscles.path_point; },
       Precision::kSingle},
  };
}

std::vector<ArrayField> build_disc_fields() {
  using enum Axis;
  using R = RunRecord&;
  using Array = std::vector<double>&;
  const std::vector<Axis> per_level = {kTime, kLevel};
  return {
      {"discs", "compression", per_level, "N",
       "compression, -F_y of the superior on the inferior vertebra in the disc frame", Need::kAlways, false,
       [](R r) -> Array { return r.discs.compression; }},
      {"discs", "anterior_shear", per_level, "N", "anterior shear, +F_x in the disc frame", Need::kAlways,
       false, [](R r) -> Array { return r.discs.anterior_shear; }},
      {"discs", "lateral_shear", per_level, "N", "lateral shear to the right, +F_z in the disc frame",
       Need::kAlways, false, [](R r) -> Array { return r.discs.lateral_shear; }},
      {"discs", "flexion_moment", per_level, "N m", "flexion moment, -M_z in the disc frame", Need::kAlways,
       false, [](R r) -> Array { return r.discs.flexion_moment; }},
      {"discs", "lateral_bending_moment", per_level, "N m",
       "lateral bending moment to the right, +M_x in the disc frame", Need::kAlways, false,
       [](R r) -> Array { return r.discs.lateral_bending_moment; }},
      {"discs", "axial_torque", per_level, "N m", "axial torque to the left, +M_y in the disc frame",
       Need::kAlways, false, [](R r) -> Array { return r.discs.axial_torque; }},
      {"discs", "intradiscal_pressure", per_level, "Pa", "pressure in the nucleus", Need::kIfPresent, false,
       [](R r) -> Array { return r.discs.intradiscal_pressure; }},
      {"discs",
       "moment_share",
       {kTime, kLevel, kDiscShare, kComponent},
       "N m",
       "moment of each part of the disc load, in the disc frame",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.discs.moment_share; }},
      {"discs",
       "force_share",
       {kTime, kLevel, kDiscShare, kComponent},
       "N",
       "force of each part of the disc load, in the disc frame",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.discs.force_share; }},
      {"ligaments",
       "strain",
       {kTime, kLigament},
       "1",
       "strain from the slack length",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.ligaments.strain; }},
      {"ligaments",
       "force",
       {kTime, kLigament},
       "N",
       "tension",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.ligaments.force; }},
  };
}

using ArrayGetter = std::vector<double>& (*)(RunRecord&);

template <auto Part, auto Member>
ArrayGetter get_member() {
  return [](RunRecord& r) -> std::vector<double>& { return r.*Part.*Member; };
}

template <auto Part>
void add_contribution_fields(const std::string& group, Axis source, const std::string& what,
                             std::vector<ArrayField>& fields) {
  using C = ContributionRecord;
  const std::vector<Axis> axes = {Axis::kTime, Axis::kLevel, source};
  const auto add = [&](const char* name, const char* unit, const char* long_name, ArrayGetter get) {
    fields.push_back({group, name, axes, unit, std::string(long_name) + what, Need::kIfPresent, false, get});
  };
  add("compression", "N", "compression by ", get_member<Part, &C::compression>());
  add("anterior_shear", "N", "anterior shear by ", get_member<Part, &C::anterior_shear>());
  add("lateral_shear", "N", "lateral shear to the right by ", get_member<Part, &C::lateral_shear>());
  add("flexion_moment", "N m", "flexion moment by ", get_member<Part, &C::flexion_moment>());
  add("lateral_bending_moment", "N m", "lateral bending moment to the right by ",
      get_member<Part, &C::lateral_bending_moment>());
  add("axial_torque", "N m", "axial torque to the left by ", get_member<Part, &C::axial_torque>());
}

std::vector<ArrayField> build_contribution_and_sharing_fields() {
  using S = SharingRecord;
  using E = EmgRecord;
  constexpr auto sharing = &RunRecord::sharing;
  constexpr auto emg = &RunRecord::emg;
  std::vector<ArrayField> fields;
  add_contribution_fields<&RunRecord::contributions>(
      "contributions", Axis::kContributionSource, "cut of the body above the disc; sources sum to the load",
      fields);
  add_contribution_fields<&RunRecord::induced>(
      "induced", Axis::kInducedSource,
      "the acceleration that each source induces (ground force a source of its own); sources sum to "
      "contribution 'inertia'",
      fields);
  const auto add = [&](const char* group, const char* name, std::vector<Axis> axes, const char* unit,
                       const char* long_name, bool may_be_undefined, ArrayGetter get) {
    fields.push_back(
        {group, name, std::move(axes), unit, long_name, Need::kIfPresent, may_be_undefined, get});
  };
  const std::vector<Axis> time = {Axis::kTime}, channel = {Axis::kEmgChannel},
                          both = {Axis::kTime, Axis::kEmgChannel};
  add("sharing", "iterations", time, "1", "iterations of the solver", false,
      get_member<sharing, &S::iterations>());
  add("sharing", "kkt_residual", time, "1", "largest equilibrium residual over the largest moment", false,
      get_member<sharing, &S::kkt_residual>());
  add("sharing", "objective", time, "1", "cost of activations and reserves", false,
      get_member<sharing, &S::objective>());
  add("sharing", "active_lower", time, "1", "muscles at their lower bound", false,
      get_member<sharing, &S::active_lower>());
  add("sharing", "active_upper", time, "1", "muscles at their upper bound", false,
      get_member<sharing, &S::active_upper>());
  add("sharing", "smallest_stiffness", time, "N m/rad", "least eigenvalue of the lumbar column's stiffness",
      false, get_member<sharing, &S::smallest_stiffness>());
  add("sharing", "missing_stiffness", time, "N m/rad", "stiffness that the muscles could not give", false,
      get_member<sharing, &S::missing_stiffness>());
  add("sharing", "critical_gain", time, "1",
      "least muscle stiffness gain that holds the lumbar column, undefined where none does", true,
      get_member<sharing, &S::critical_gain>());
  add("emg", "envelope", both, "1", "measured envelope", false, get_member<emg, &E::envelope>());
  add("emg", "activation", both, "1", "mean activation of the channel's muscles", false,
      get_member<emg, &E::activation>());
  add("emg", "correlation", channel, "1", "correlation of envelope and activation, undefined if one is flat",
      true, get_member<emg, &E::correlation>());
  add("emg", "best_correlation", channel, "1", "the same at the best shift within 150 ms", true,
      get_member<emg, &E::best_correlation>());
  add("emg", "lag", channel, "s", "that shift, positive where the activation comes after the envelope", true,
      get_member<emg, &E::lag>());
  return fields;
}

std::vector<ArrayField> build_reserve_and_plan_fields() {
  using enum Axis;
  using R = RunRecord&;
  using Array = std::vector<double>&;
  return {
      {"reserves",
       "moment",
       {kTime, kReserveCoordinate},
       "N m",
       "moment that muscles could not balance",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.reserves.moment; }},
      {"reserves",
       "net_moment",
       {kTime, kReserveCoordinate},
       "N m",
       "moment that muscles were asked to balance",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.reserves.net_moment; }},
      {"reserves",
       "rotation",
       {kTime, kReserveCoordinate},
       "rad",
       "rotation of the disc that carries the reserve moment",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.reserves.rotation; }},
      {"reserves",
       "peak_share",
       {kReserveCoordinate},
       "1",
       "peak reserve moment over peak net moment",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.reserves.peak_share; }},
      {"plan",
       "q",
       {kKnot, kCoordinate},
       "see coordinate_unit",
       "planned generalized coordinates",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.plan.q; }},
      {"plan",
       "ground_force",
       {kKnot, kFoot, kComponent},
       "N",
       "planned force of the ground on the foot",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.plan.ground_force; }},
      {"plan",
       "root_residual_force",
       {kResidualTime, kComponent},
       "N",
       "force that the plan lacks at the pelvis between its knots, in the world",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.plan.root_residual_force; }},
      {"plan",
       "root_residual_moment",
       {kResidualTime, kComponent},
       "N m",
       "moment that the plan lacks at the pelvis between its knots, in the world",
       Need::kIfPresent,
       false,
       [](R r) -> Array { return r.plan.root_residual_moment; }},
  };
}

}  // namespace

AxisScale calc_axis_scale(Axis axis, const RunRecord& record) {
  const RunNames& names = record.names;
  switch (axis) {
    case Axis::kTime:
      return {"time", "s", "time from right foot contact", {}, record.time};
    case Axis::kLevel:
      return {"level", "1", "intervertebral level, cranial to caudal", names.levels, {}};
    case Axis::kMuscle:
      return {"muscle", "1", "muscle or fascicle", names.muscles, {}};
    case Axis::kCoordinate:
      return {"coordinate", "1", "generalized coordinate", names.coordinates, {}};
    case Axis::kBody:
      return {"body", "1", "body", names.bodies, {}};
    case Axis::kFoot:
      return {"foot", "1", "foot", names.feet, {}};
    case Axis::kComponent:
      return {"component", "1", "vector component", {"x", "y", "z"}, {}};
    case Axis::kQuaternion:
      return {"quaternion", "1", "quaternion component", {"w", "x", "y", "z"}, {}};
    case Axis::kLigament:
      return {"ligament", "1", "ligament", names.ligaments, {}};
    case Axis::kDiscShare:
      return {"share", "1", "part of the disc load", names.disc_shares, {}};
    case Axis::kReserveCoordinate:
      return {"reserve_coordinate", "1", "coordinate that muscles balance", names.reserve_coordinates, {}};
    case Axis::kStation:
      return {"station", "1", "index of a path point", {}, calc_station_numbers(record)};
    case Axis::kKnot:
      return {"knot", "s", "time of the plan's knots", {}, record.plan.knot_time};
    case Axis::kResidualTime:
      return {
          "residual_time", "s", "time of samples between the plan's knots", {}, record.plan.residual_time};
    case Axis::kCostTerm:
      return {"cost_term", "1", "term of the plan's cost", get_item_names(record.plan.cost_terms), {}};
    case Axis::kEnergyTerm:
      return {"energy_term", "1", "term of the ledger", get_item_names(record.energy), {}};
    case Axis::kContributionSource:
      return {"source", "1", "part of the load by the cut of the body above", names.contribution_sources, {}};
    case Axis::kInducedSource:
      return {"induced_source", "1", "cause of the acceleration", names.induced_sources, {}};
    case Axis::kEmgChannel:
      return {"emg_channel", "1", "measured muscle or group", names.emg_channels, {}};
  }
  throw LogicFailure("an axis has no dimension scale");
}

std::vector<Axis> get_axes(ValueAxis axis) {
  switch (axis) {
    case ValueAxis::kScalar:
      return {};
    case ValueAxis::kFoot:
      return {Axis::kFoot};
    case ValueAxis::kLevel:
      return {Axis::kLevel};
  }
  throw LogicFailure("a value axis has no dimension");
}

const std::vector<ArrayField>& get_array_fields() {
  static const std::vector<ArrayField> kFields = [] {
    std::vector<ArrayField> all;
    for (const auto& part : {build_motion_and_ground_fields(), build_muscle_fields(), build_disc_fields(),
                             build_contribution_and_sharing_fields(), build_reserve_and_plan_fields()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return kFields;
}

const std::vector<TextField>& get_text_fields() {
  using R = RunRecord&;
  using Words = std::vector<std::string>&;
  static const std::vector<TextField> kFields = {
      {"motion", "coordinate_unit", Axis::kCoordinate, "unit of the coordinate",
       [](R r) -> Words { return r.names.coordinate_units; }},
      {"plan", "coordinate_unit", Axis::kCoordinate, "unit of the coordinate",
       [](R r) -> Words { return r.names.coordinate_units; }},
      {"muscles", "group", Axis::kMuscle, "group the fascicle belongs to",
       [](R r) -> Words { return r.names.muscle_groups; }},
      {"muscles", "side", Axis::kMuscle, "side of the body",
       [](R r) -> Words { return r.names.muscle_sides; }},
  };
  return kFields;
}

}  // namespace lumbarun::results
