// What is in the scene and where: the free part of a view, stances, runners drawn through each other.
#include <gtest/gtest.h>
#include <vtkCamera.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkRenderer.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "tests/viz/synthetic_run.h"
#include "viz/scene/camera.h"
#include "viz/scene/ground_force.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// A point of the world in shares of the view's width and height.
Eigen::Vector2d project(vtkRenderer* renderer, double aspect, const Vector3d& p) {
  vtkMatrix4x4* matrix = renderer->GetActiveCamera()->GetCompositeProjectionTransformMatrix(aspect, -1, 1);
  const double in[4] = {p.x(), p.y(), p.z(), 1};
  double out[4];
  matrix->MultiplyPoint(in, out);
  return {0.5 + 0.5 * out[0] / out[3], 0.5 + 0.5 * out[1] / out[3]};
}

TEST(Camera, BoxStaysInTheFreePartOfTheView) {
  const Eigen::AlignedBox3d box(Vector3d(-0.4, -0.9, -0.3), Vector3d(0.5, 0.8, 0.3));
  const FreeView free{0.05, 0.12, 0.68, 0.86};
  for (CameraName name :
       {CameraName::kRunner, CameraName::kSagittal, CameraName::kFrontal, CameraName::kFollow}) {
    for (double aspect : {0.7, 1.6, 2.4}) {
      vtkNew<vtkRenderer> renderer;
      aim_camera(renderer, name, box, aspect, free);
      Eigen::AlignedBox2d shown;
      for (int i = 0; i < 8; ++i)
        shown.extend(project(renderer, aspect, box.corner(static_cast<Eigen::AlignedBox3d::CornerType>(i))));
      // aim_camera() goes a little nearer than the corners ask for: 6 % of the distance, about as much of the picture.
      const Eigen::Vector2d rim = 0.08 * Eigen::Vector2d(free.right - free.left, free.high - free.low);
      EXPECT_GT(shown.min().x(), free.left - rim.x());
      EXPECT_LT(shown.max().x(), free.right + rim.x());
      EXPECT_GT(shown.min().y(), free.low - rim.y());
      EXPECT_LT(shown.max().y(), free.high + rim.y());
      // In its middle, and as large as it can be.
      EXPECT_NEAR(project(renderer, aspect, box.center()).x(), 0.5 * (free.left + free.right), 1e-9);
      EXPECT_NEAR(project(renderer, aspect, box.center()).y(), 0.5 * (free.low + free.high), 1e-9);
      const double fill =
          std::max(shown.sizes().x() / (free.right - free.left), shown.sizes().y() / (free.high - free.low));
      EXPECT_GT(fill, 0.85);
    }
  }
}

TEST(GroundForce, OnlyStancesUnderWayAreShownAndInFlightTheLastOne) {
  const std::vector<Stance> stances = {{Side::kRight, 0, 20}, {Side::kRight, 65, 70}, {Side::kLeft, 30, 50}};
  using Shown = std::vector<std::size_t>;
  EXPECT_EQ(find_shown_stances(stances, 10), (Shown{0}));
  EXPECT_EQ(find_shown_stances(stances, 25), (Shown{0}));
  EXPECT_EQ(find_shown_stances(stances, 40), (Shown{2}));
  EXPECT_EQ(find_shown_stances(stances, 60), (Shown{2}));
  EXPECT_EQ(find_shown_stances({{Side::kRight, 10, 20}}, 5), (Shown{}));
  EXPECT_EQ(find_shown_stances({{Side::kRight, 0, 20}, {Side::kLeft, 15, 40}}, 17), (Shown{0, 1}))
      << "walking";
}

TEST(GroundForce, StancesAreWhereTheCentreOfPressureIsDefined) {
  const RunRecord record = test::build_synthetic_run();
  const std::vector<Stance> stances = find_stances(record);
  ASSERT_GE(stances.size(), 2u);
  for (const Stance& stance : stances) {
    EXPECT_TRUE(find_center_of_pressure(record, stance.first, stance.side));
    EXPECT_TRUE(find_center_of_pressure(record, stance.last, stance.side));
    if (stance.last + 1 < record.time.size()) {
      EXPECT_FALSE(find_center_of_pressure(record, stance.last + 1, stance.side));
    }
  }
}

TEST(Mesh, ShrinksAlongItsNormals) {
  const Eigen::AlignedBox3d box(Vector3d(1, 2, 3), Vector3d(1.2, 2.4, 3.6));
  const Mesh large = build_box(box);
  const Mesh small = shrunk(large, 0.004);
  ASSERT_EQ(small->GetNumberOfPoints(), 24);
  for (vtkIdType i = 0; i < small->GetNumberOfPoints(); ++i) {
    const Vector3d p(large->GetPoint(i)), q(small->GetPoint(i));
    EXPECT_NEAR((p - q).norm(), 0.004, 1e-6);
    EXPECT_GT((p - q).dot(p - box.center()), 0) << "inwards";
  }
}

}  // namespace
}  // namespace lumbarun::viz
