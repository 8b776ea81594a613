// Shapes against closed forms.
#include <gtest/gtest.h>
#include <vtkDataArray.h>
#include <vtkPointData.h>

#include <cmath>
#include <filesystem>
#include <numbers>

#include "tests/results/temporary_folder.h"
#include "viz/geometry/mesh_cache.h"
#include "viz/geometry/reduce.h"
#include "viz/geometry/solid.h"

namespace lumbarun::viz {
namespace {

constexpr double kPi = std::numbers::pi;

// Signed: negative if the triangles face inwards.
double calc_volume(const Mesh& mesh) {
  double volume = 0;
  for (vtkIdType i = 0; i < mesh->GetNumberOfCells(); ++i) {
    vtkIdType count = 0;
    const vtkIdType* corner = nullptr;
    mesh->GetCellPoints(i, count, corner);
    const auto at = [&](int k) { return Vector3d(mesh->GetPoint(corner[k])); };
    volume += at(0).dot(at(1).cross(at(2))) / 6;
  }
  return volume;
}

// Largest angle, as 1 − cosine, between the mesh's normals and those of a sphere about `center`.
double calc_worst_normal(const Mesh& mesh, const Vector3d& center) {
  double worst = 0;
  for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); ++i) {
    const Vector3d outward = (Vector3d(mesh->GetPoint(i)) - center).normalized();
    const Vector3d normal(mesh->GetPointData()->GetNormals()->GetTuple3(i));
    worst = std::max(worst, 1 - outward.dot(normal));
  }
  return worst;
}

TEST(Solid, EllipsoidHasItsVolume) {
  const Vector3d radii(0.021, 0.034, 0.015);
  const Matrix3d R = build_turn({0.3, -0.5, 0.8}, 37);
  Solid solid;
  solid.add_ellipsoid({0.1, -0.2, 0.05}, radii, 0, R);
  EXPECT_NEAR(calc_volume(solid.build_mesh(0.001)) / (4 * kPi / 3 * radii.prod()), 1.0, 0.01);
}

TEST(Solid, ConeWithRoundEndsHasItsVolume) {
  // Cylinder and two half spheres.
  const double r = 0.012;
  const double length = 0.083;
  Solid solid;
  solid.add_cone({0.01, 0.02, 0.03}, r, Vector3d(0.01, 0.02, 0.03) + length * Vector3d(2, -1, 2) / 3, r, 0);
  EXPECT_NEAR(calc_volume(solid.build_mesh(0.001)) / (kPi * r * r * length + 4 * kPi / 3 * r * r * r), 1.0,
              0.01);
}

TEST(Solid, CutTakesAway) {
  const double radius = 0.03;
  Solid solid;
  solid.add_ellipsoid({0, 0, 0}, {radius, radius, radius}, 0);
  solid.cut_ellipsoid({0, 0, 0}, {0.5 * radius, 0.5 * radius, 0.5 * radius}, 0);
  EXPECT_NEAR(calc_volume(solid.build_mesh(0.001)) / (4 * kPi / 3 * std::pow(radius, 3) * (1 - 0.125)), 1.0,
              0.01);
}

TEST(Solid, BlendOnlyAdds) {
  Solid sharp;
  Solid melted;
  for (auto [solid, blend] : {std::pair{&sharp, 0.0}, {&melted, 0.01}}) {
    solid->add_ellipsoid({0, 0, 0}, {0.02, 0.02, 0.02}, 0);
    solid->add_ellipsoid({0.03, 0, 0}, {0.02, 0.02, 0.02}, blend);
  }
  const double added = calc_volume(melted.build_mesh(0.001)) / calc_volume(sharp.build_mesh(0.001)) - 1;
  EXPECT_GT(added, 0.003);
  EXPECT_LT(added, 0.05);
}

TEST(Solid, NormalsStandOnTheSurface) {
  Solid solid;
  solid.add_ellipsoid({0.02, 0.01, -0.03}, {0.025, 0.025, 0.025}, 0);
  EXPECT_LT(calc_worst_normal(solid.build_mesh(0.001), {0.02, 0.01, -0.03}), 1e-3);
}

TEST(Tube, HasTheVolumeOfItsCylinder) {
  TubeShape shape;
  for (int i = 0; i <= 20; ++i) {
    shape.points.emplace_back(0.3 + 0.005 * i, 0.1 - 0.003 * i, 0.004 * i);
    shape.radii.push_back(0.007);
  }
  shape.sides = 64;
  const double length = (shape.points.back() - shape.points.front()).norm();
  // The section is a polygon: its area over the circle's.
  const double polygon = std::sin(2 * kPi / shape.sides) * shape.sides / (2 * kPi);
  EXPECT_NEAR(calc_volume(build_tube(shape)) / (polygon * kPi * 0.007 * 0.007 * length), 1.0, 1e-6);
}

TEST(Mesh, MirrorKeepsVolumeAndFlipsTheSide) {
  Solid solid;
  solid.add_ellipsoid({0.01, 0.02, 0.08}, {0.02, 0.03, 0.01}, 0);
  const Mesh right = solid.build_mesh(0.001);
  const Mesh left = mirrored(right);
  EXPECT_NEAR(calc_volume(left), calc_volume(right), 1e-12);
  double a[6];
  double b[6];
  right->GetBounds(a);
  left->GetBounds(b);
  EXPECT_NEAR(a[4], -b[5], 1e-7);
  EXPECT_NEAR(a[5], -b[4], 1e-7);
  EXPECT_NEAR(a[0], b[0], 1e-7);
}

TEST(SmoothLine, PassesThroughItsPoints) {
  const std::vector<Vector3d> points = {{0, 0, 0}, {0.1, 0.03, 0}, {0.15, 0.2, 0.1}, {0.3, 0.1, 0.05}};
  const std::vector<Vector3d> line = calc_smooth_line(points, 7);
  ASSERT_EQ(line.size(), 22u);
  for (std::size_t i = 0; i < points.size(); ++i) EXPECT_LT((line[7 * i] - points[i]).norm(), 1e-12);
}

TEST(Solid, HollowIsDarkerThanTheOutside) {
  // A ball with a deep narrow hole: open outside, hidden within.
  Solid solid;
  solid.add_ellipsoid({0, 0, 0}, {0.03, 0.03, 0.03}, 0);
  solid.cut_cone({0, 0, 0}, 0.006, {0, 0.05, 0}, 0.006, 0);
  const Mesh mesh = solid.build_mesh(0.001);
  vtkDataArray* shade = mesh->GetPointData()->GetArray(kShadeArray);
  ASSERT_NE(shade, nullptr);
  // Across the hole (12 mm wide) a way of 3 mm meets nothing, one of 8 mm ends 4 mm before the other wall, one of
  // 16 mm inside it: 255 (1 − 0.75 (0.35 · 0.5 + 0.25)).
  const double in_the_hole = 255 * (1 - 0.75 * (0.35 * 0.5 + 0.25));
  int checked = 0;
  for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); ++i) {
    const Vector3d p(mesh->GetPoint(i));
    if (p.y() < -0.01) {
      EXPECT_GE(shade->GetComponent(i, 0), 253);
    }
    if (p.y() < 0.006 || p.y() > 0.012 || std::hypot(p.x(), p.z()) > 0.01) continue;
    EXPECT_NEAR(shade->GetComponent(i, 0), in_the_hole, 6);
    ++checked;
  }
  EXPECT_GT(checked, 50);
}

TEST(Solid, FarPartsDoNotMoveTheSurface) {
  // What lies outside a block is left out of it: the parts together must give what each gives alone.
  Solid both;
  both.add_ellipsoid({0, 0, 0}, {0.02, 0.02, 0.02}, 0);
  both.add_ellipsoid({0.2, 0.1, 0}, {0.015, 0.015, 0.015}, 0.01);
  const double volume = 4 * kPi / 3 * (std::pow(0.02, 3) + std::pow(0.015, 3));
  EXPECT_NEAR(calc_volume(both.build_mesh(0.001)) / volume, 1.0, 0.01);
}

class MeshCacheTest : public test::TemporaryFolder {
 protected:
  static Mesh build_ball() {
    Solid solid;
    solid.add_ellipsoid({0.01, 0, 0}, {0.02, 0.02, 0.02}, 0);
    return solid.build_mesh(0.002);
  }
  Mesh fetch(const std::string& key) {
    return MeshCache(get_path("cache")).fetch(key, [&] {
      ++built_;
      return build_ball();
    });
  }
  std::filesystem::path get_only_file() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(get_path("cache")))
      files.push_back(entry.path());
    EXPECT_EQ(files.size(), 1u);
    return files.front();
  }
  int built_ = 0;
};

TEST_F(MeshCacheTest, SecondTimeComesFromTheFileAndIsTheSame) {
  const Mesh first = fetch("ball");
  const Mesh second = fetch("ball");
  EXPECT_EQ(built_, 1);
  ASSERT_EQ(first->GetNumberOfPoints(), second->GetNumberOfPoints());
  ASSERT_EQ(first->GetNumberOfPolys(), second->GetNumberOfPolys());
  for (vtkIdType i = 0; i < first->GetNumberOfPoints(); ++i) {
    EXPECT_EQ(Vector3d(first->GetPoint(i)), Vector3d(second->GetPoint(i)));
    EXPECT_EQ(Vector3d(first->GetPointData()->GetNormals()->GetTuple3(i)),
              Vector3d(second->GetPointData()->GetNormals()->GetTuple3(i)));
  }
  EXPECT_EQ(calc_volume(first), calc_volume(second));
  fetch("another ball");
  EXPECT_EQ(built_, 2);
}

TEST_F(MeshCacheTest, DamagedFileIsBuiltAgain) {
  fetch("ball");
  const std::string path = get_only_file();
  std::string bytes = read_bytes(path);
  write_bytes(path, bytes.substr(0, bytes.size() / 2));
  fetch("ball");
  EXPECT_EQ(built_, 2);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
  write_bytes(path, bytes);
  EXPECT_NEAR(calc_volume(fetch("ball")), calc_volume(build_ball()), 1e-12);
  EXPECT_EQ(built_, 3);
}

TEST_F(MeshCacheTest, WithoutAFolderNothingIsKept) {
  const MeshCache none;
  for (int i = 0; i < 2; ++i)
    none.fetch("ball", [&] {
      ++built_;
      return build_ball();
    });
  EXPECT_EQ(built_, 2);
}

TEST(Reduced, KeepsVolumeAndNormals) {
  Solid solid;
  solid.add_ellipsoid({0.02, 0.01, -0.03}, {0.025, 0.025, 0.025}, 0);
  const Mesh mesh = solid.build_mesh(0.001);
  const Mesh small = reduced(mesh, 800);
  EXPECT_LT(small->GetNumberOfPolys(), mesh->GetNumberOfPolys() / 4);
  EXPECT_GT(small->GetNumberOfPolys(), 600);
  EXPECT_NEAR(calc_volume(small) / calc_volume(mesh), 1.0, 0.03);  // flat triangles are no ball
  EXPECT_LT(calc_worst_normal(small, {0.02, 0.01, -0.03}), 2e-2);
}

}  // namespace
}  // namespace lumbarun::viz
