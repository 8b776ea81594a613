// Bones made by our own shapes, right side only where there are two. Each is given in the frame of its body,
// at the size of the reference skeleton (stature 1.75 m; the muscle models' body frames: X forward, Y up, Z
// right). Proportions are estimates from anatomical atlases, tuned by eye; they carry no load and enter no
// number.
#pragma once

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// Distances of the reference skeleton that tell how large a runner's bone is.
inline constexpr double kReferenceHipWidth = 0.167;        // between the hip centers, m
inline constexpr double kReferenceFemurLength = 0.4045;    // hip to knee, m
inline constexpr double kReferenceTibiaLength = 0.4001;    // knee to ankle, m
inline constexpr double kReferenceFootLength = 0.1788;     // heel frame to toe joint, m
inline constexpr double kReferenceShoulderWidth = 0.340;   // between the shoulder centers, m
inline constexpr double kReferenceHumerusLength = 0.2867;  // shoulder to elbow, m

// Joint center of T12/L1 in the thorax frame of the reference skeleton, m.
inline const Eigen::Vector3d kReferenceThoraxBase(-0.0085, 0.118, 0.0);

Mesh build_pelvis();
// Thoracic and cervical vertebrae, ribs, costal cartilage, sternum, clavicles, shoulder blades.
Mesh build_rib_cage();
// The lowest of the rib cage's vertebrae, which the rib cage leaves out: it belongs to the picture of the
// lumbar spine. Its lower endplate is turned by `lower_tilt_deg` about Z from the direction in which it stands.
Mesh build_last_thoracic_vertebra(double disc_height, double lower_tilt_deg);
// How T12 stands in the thorax frame: turn about Z.
double calc_last_thoracic_pitch_deg();
Mesh build_skull();
Mesh build_humerus();
// Radius, ulna and a loosely closed hand.
Mesh build_forearm();
Mesh build_femur();
Mesh build_patella();
// Tibia and fibula.
Mesh build_shank();

}  // namespace lumbarun::viz
