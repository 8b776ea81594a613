#include "models/attachment_noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

double norm(const Vector3<double>& d) { return std::sqrt(dot(d, d)); }

MuscleTables read_tables() {
  return read_muscle_tables(test::runner_folder(), read_skeleton_tables(test::runner_folder()));
}

// Calls `see(displacement, fascicle, body)` for every tabulated point.
template <class See>
void visit_displacements(const MuscleTables& from, const MuscleTables& to, See&& see) {
  for (std::size_t m = 0; m < from.size(); ++m) {
    for (std::size_t k = 0; k < from[m].points.size(); ++k) {
      see(to[m].points[k].p_B - from[m].points[k].p_B, m, from[m].points[k].body);
    }
  }
}

TEST(AttachmentNoise, PointsOnOneBodyMoveTogether) {
  const MuscleTables tables = read_tables();
  std::map<std::pair<std::size_t, std::string>, Vector3<double>> seen;
  visit_displacements(tables, add_attachment_noise(tables, 0.007, 3),
                      [&](const Vector3<double>& d, std::size_t m, const std::string& body) {
                        const auto [it, is_new] = seen.emplace(std::pair{m, body}, d);
                        EXPECT_LT(norm(d - it->second), 1e-15) << tables[m].muscle.name << " on " << body;
                      });
  double sum = 0.0, squares = 0.0;
  for (const auto& [place, d] : seen) {
    sum += d.x + d.y + d.z;
    squares += dot(d, d);
  }
  // 3 n normal numbers: mean and standard deviation lie within four standard errors.
  const double n = 3.0 * static_cast<double>(seen.size());
  EXPECT_LT(std::abs(sum / n), 4 * 0.007 / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(squares / n), 0.007, 4 * 0.007 / std::sqrt(2 * n));
}

TEST(AttachmentNoise, OneSeedOneSetInProportion) {
  const MuscleTables tables = read_tables();
  const MuscleTables one = add_attachment_noise(tables, 0.004, 8),
                     two = add_attachment_noise(tables, 0.008, 8);
  double largest = 0.0;
  visit_displacements(one, two, [&](const Vector3<double>& rest, std::size_t, const std::string&) {
    largest = std::max(largest, norm(rest));
  });
  EXPECT_GT(largest, 0.004);
  visit_displacements(
      tables, add_attachment_noise(tables, 0.0, 8),
      [](const Vector3<double>& d, std::size_t, const std::string&) { EXPECT_EQ(norm(d), 0.0); });
  std::vector<double> single;
  visit_displacements(tables, one, [&](const Vector3<double>& d, std::size_t, const std::string&) {
    single.push_back(norm(d));
  });
  std::size_t next = 0;
  visit_displacements(tables, two, [&](const Vector3<double>& d, std::size_t, const std::string&) {
    EXPECT_NEAR(norm(d), 2 * single[next++], 1e-15);
  });
  double differs = 0.0;
  visit_displacements(one, add_attachment_noise(tables, 0.004, 9),
                      [&](const Vector3<double>& d, std::size_t, const std::string&) { differs += norm(d); });
  EXPECT_GT(differs, 0.0);
}

}  // namespace
}  // namespace lumbarun
