// What is seen follows what is in the file: words, colours, and nothing else.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "tests/viz/picture_fixture.h"
#include "viz/charts/run_charts.h"
#include "viz/run_frame.h"
#include "viz/runner_picture.h"

namespace lumbarun::viz {
namespace {

constexpr PictureSize kSize{640, 400};

class PictureTest : public PictureFixture {
 protected:
  static void SetUpTestSuite() {
    PictureFixture::SetUpTestSuite();
    if (has_display()) reference_ = render(test::build_synthetic_run());
  }
  static void TearDownTestSuite() {
    reference_.reset();
    PictureFixture::TearDownTestSuite();
  }

  static Picture render(const RunRecord& record) {
    StageOptions options;
    options.size = kSize;
    options.disc_range = ValueRange{0, 8000};
    return render_runner(record, find_mid_stance_sample(record), options);
  }

  static bool is_same_image(const Picture& a, const Picture& b) {
    return std::memcmp(get_pixel(a, 0, 0), get_pixel(b, 0, 0), 3u * kSize.width * kSize.height) == 0;
  }

  // A run like the synthetic one, with the load of one level at mid-stance multiplied.
  static RunRecord build_loaded_run(std::size_t level, double factor) {
    RunRecord record = test::build_synthetic_run();
    record.discs.compression[find_mid_stance_sample(record) * 6 + level] *= factor;
    return record;
  }

  inline static std::optional<Picture> reference_;
};

TEST_F(PictureTest, IsTheSameTwice) {
  EXPECT_TRUE(is_same_image(*reference_, render(test::build_synthetic_run())));
}

TEST_F(PictureTest, OnlyTheDiscWhoseLoadChangesChanges) {
  const Picture loaded = render(build_loaded_run(5, 2.0));
  const PictureMark in_scene = get_mark(loaded, "L5_S1 main");
  const PictureMark in_panel = get_mark(loaded, "L5_S1 panel");
  // Half sizes of the disc in the scene, of the disc in the panel, and of its label to the right of it,
  // pixels.
  const auto is_allowed = [&](int x, int y) {
    const bool scene = std::abs(x - in_scene.x) < 12 && std::abs(y - in_scene.y) < 9;
    const bool panel = std::abs(x - in_panel.x) < 22 && std::abs(y - in_panel.y) < 14;
    const bool label = x > in_panel.x && std::abs(y - in_panel.y) < 14;
    return scene || panel || label;
  };
  int changed_in_panel = 0;
  int changed_elsewhere = 0;
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      if (std::memcmp(get_pixel(*reference_, x, y), get_pixel(loaded, x, y), 3) == 0) continue;
      if (!is_allowed(x, y)) ++changed_elsewhere;
      if (std::abs(x - in_panel.x) < 22 && std::abs(y - in_panel.y) < 14) ++changed_in_panel;
    }
  }
  EXPECT_GT(changed_in_panel, 60);
  EXPECT_EQ(changed_elsewhere, 0);
  EXPECT_TRUE(has_text(loaded, "7798 N"));
}

TEST_F(PictureTest, WordsNameWhatIsSeen) {
  for (const char* part : {"Synthetic runner", "3.3 m/s", "t = 0.120 s", "17 % of the stride", "right foot",
                           "BW", "Disc compression [N]", "Muscle activation", "8000", "T12/L1", "L1/L2",
                           "L2/L3", "L3/L4", "L4/L5", "L5/S1", "3899 N"}) {
    EXPECT_TRUE(has_text(*reference_, part)) << part;
  }
}

// A posture has one instant and no stride.
TEST_F(PictureTest, OneInstantHasNoShareOfAStride) {
  const Picture picture = render(test::build_synthetic_run({.samples = 1}));
  EXPECT_TRUE(has_text(picture, "one instant"));
  EXPECT_FALSE(has_text(picture, "nan"));
}

// The mean posture of one instant is that instant: a ghost that lies where the bones are must not shine through them.
TEST_F(PictureTest, GhostIsHiddenWhereItCoincides) {
  const RunRecord record = test::build_synthetic_run({.samples = 1});
  StageOptions options;
  options.size = kSize;
  options.camera = parse_camera("disc:L3_L4");
  const Picture plain = render_runner(record, 0, options);
  options.has_ghost = true;
  EXPECT_TRUE(is_same_image(plain, render_runner(record, 0, options)));
  const RunRecord run = test::build_synthetic_run();
  const Picture ghost = render_runner(run, 20, options);
  options.has_ghost = false;
  EXPECT_FALSE(is_same_image(render_runner(run, 20, options), ghost)) << "where it is apart it shows";
}

// Only the arrow of the disc that was asked for, and its numbers.
TEST_F(PictureTest, CloseUpOfADiscShowsItsForce) {
  RunRecord record = test::build_synthetic_run();
  StageOptions options;
  options.size = kSize;
  options.camera = parse_camera("disc:L3_L4");
  const std::size_t sample = find_mid_stance_sample(record);
  const Picture before = render_runner(record, sample, options);
  const std::size_t at = sample * 6 + 3;
  const std::string words =
      fmt::format("L3/L4: {:.0f} N compression, {:.0f} N shear", record.discs.compression[at],
                  std::hypot(record.discs.anterior_shear[at], record.discs.lateral_shear[at]));
  EXPECT_TRUE(has_text(before, words));
  // Turning the force of the disc below changes neither bones nor arrows, only that disc's own number could.
  std::swap(record.discs.anterior_shear[at + 1], record.discs.lateral_shear[at + 1]);
  EXPECT_TRUE(is_same_image(before, render_runner(record, sample, options)));
  std::swap(record.discs.anterior_shear[at], record.discs.lateral_shear[at]);
  EXPECT_FALSE(is_same_image(before, render_runner(record, sample, options)));
}

TEST_F(PictureTest, UndefinedLoadIsNotDrawnAsANumber) {
  const Picture picture = render(build_loaded_run(3, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_TRUE(has_text(picture, "undefined"));
  EXPECT_FALSE(has_text(picture, "nan"));
  const PictureMark mark = get_mark(picture, "L3_L4 panel");
  const unsigned char* rgb = get_pixel(picture, mark);
  EXPECT_NEAR(rgb[0], rgb[1], 12);  // grey, which the scale does not hold
  EXPECT_NEAR(rgb[1], rgb[2], 12);
}

TEST_F(PictureTest, FailureIsWrittenIntoThePicture) {
  RunRecord record = test::build_synthetic_run();
  record.header.status =
      "failed: reserves, reserve of T12_L1_rotation reaches 40.9 % of its peak net moment at 0.1 s";
  EXPECT_TRUE(has_text(render(record), "failed: reserves, reserve of T12_L1_rotation reaches 40.9 %"));
  EXPECT_TRUE(has_text(render_load_chart(record, kSize), "failed: reserves"));
  EXPECT_FALSE(has_text(*reference_, "failed"));
}

TEST_F(PictureTest, MuscleActivationShows) {
  RunRecord record = test::build_synthetic_run();
  std::fill(record.muscles.activation.begin(), record.muscles.activation.end(), 1.0);
  EXPECT_FALSE(is_same_image(*reference_, render(record)));
}

TEST_F(PictureTest, MissingPathsAreRefused) {
  RunRecord record = test::build_synthetic_run();
  record.muscles.path_point.clear();
  EXPECT_THROW(render(record), BadInput);
}

TEST_F(PictureTest, ChartNamesItsCurvesAndFollowsTheLoads) {
  const RunRecord record = test::build_synthetic_run();
  const Picture chart = render_load_chart(record, kSize);
  for (const char* part : {"Ground force [BW]", "Disc compression [BW]", "Stride from right foot contact [%]",
                           "right foot, normal", "left foot, forward", "T12/L1", "L5/S1", "1 BW = 686 N"}) {
    EXPECT_TRUE(has_text(chart, part)) << part;
  }
  EXPECT_TRUE(is_same_image(chart, render_load_chart(record, kSize)));
  EXPECT_FALSE(is_same_image(chart, render_load_chart(build_loaded_run(2, 1.2), kSize)));
}

}  // namespace
}  // namespace lumbarun::viz
