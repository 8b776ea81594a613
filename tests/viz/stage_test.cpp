// What is compared, hidden and played, and pictures that must stay as they were looked at.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "tests/viz/picture_fixture.h"
#include "viz/charts/run_charts.h"
#include "viz/movie/movie.h"
#include "viz/runner_picture.h"

namespace lumbarun::viz {
namespace {

constexpr PictureSize kSize{480, 300};

class StageTest : public PictureFixture {
 protected:
  static StageOptions build_options(const std::string& camera) {
    StageOptions options;
    options.size = kSize;
    options.camera = parse_camera(camera);
    options.disc_range = ValueRange{0, 6000};
    return options;
  }

  RunRecord run_ = test::build_synthetic_run();
};

TEST_F(StageTest, DifferenceIsColouredBySignAndWrittenWithIt) {
  RunRecord more = run_;
  for (std::size_t i = 0; i < more.discs.compression.size(); ++i)
    more.discs.compression[i] += i % 6 < 3 ? 1000 : -1000;
  StageOptions options = build_options("sagittal");
  options.disc_range.reset();
  options.mode = CompareMode::kDifference;
  const Picture picture = render_runs({&run_, &more}, {12, 12}, options, get_cache());
  EXPECT_TRUE(has_text(picture, "+1000 N"));
  EXPECT_TRUE(has_text(picture, "-1000 N"));
  EXPECT_TRUE(has_text(picture, "Difference of disc compression [N]"));
  const unsigned char* raised = get_pixel(picture, get_mark(picture, "L1_L2 panel"));
  const unsigned char* lowered = get_pixel(picture, get_mark(picture, "L4_L5 panel"));
  EXPECT_GT(raised[0], raised[2] + 40);    // orange
  EXPECT_GT(lowered[2], lowered[0] + 40);  // blue
}

TEST_F(StageTest, ComparedRunsShareOneScaleAndKeepTheirTitles) {
  RunRecord other = test::build_synthetic_run({.samples = 51});
  other.header.title = "Another runner";
  for (double& value : other.discs.compression) value *= 2;
  StageOptions options = build_options("runner");
  options.disc_range.reset();
  const Picture picture = render_runs({&run_, &other}, {0, 0}, options, get_cache());
  EXPECT_TRUE(has_text(picture, "Synthetic runner"));
  EXPECT_TRUE(has_text(picture, "Another runner"));
  const Quantity quantity = calc_disc_quantity(other, DiscQuantity::kCompression);
  EXPECT_TRUE(has_text(picture, fmt::format("{:.0f}", calc_range({&quantity}).high)));
}

TEST_F(StageTest, UndefinedFrameHidesTheRunnerAndSaysSo) {
  run_.motion.body_position[9 * run_.names.bodies.size() * 3] = std::nan("");
  Stage stage({&run_}, get_cache(), build_options("runner"));
  stage.update({{8, 0}});
  const Picture before = stage.take_picture();
  stage.update({{9, 0}});
  const Picture picture = stage.take_picture();
  EXPECT_FALSE(has_text(before, "undefined"));
  EXPECT_TRUE(has_text(picture, "undefined"));
  EXPECT_TRUE(stage.get_scene().get_discs().empty());
  stage.update({{8, 0}});
  const Picture after = stage.take_picture();
  EXPECT_EQ(std::memcmp(before.image->GetScalarPointer(), after.image->GetScalarPointer(),
                        3u * kSize.width * kSize.height),
            0);
}

TEST_F(StageTest, UnknownLevelAndTooManyRunsAreRefused) {
  EXPECT_THROW(render_runner(run_, 0, build_options("disc:L6_S1"), get_cache()), BadInput);
  EXPECT_THROW(
      render_runs({&run_, &run_, &run_, &run_, &run_}, {0, 0, 0, 0, 0}, build_options("runner"), get_cache()),
      BadInput);
}

TEST(Moments, StridesRepeatOnOneClock) {
  const RunRecord a = test::build_synthetic_run();
  RunRecord b = a;
  for (double& t : b.time) t *= 0.5;
  const double stride = a.time.back();
  const auto moments = calc_moments({&a, &b}, 1.25 * stride);
  EXPECT_EQ(moments[0].strides, 1);
  EXPECT_NEAR(a.time[moments[0].sample], 0.25 * stride, 0.51 * a.time[1]);
  EXPECT_EQ(moments[1].strides, 2);
  EXPECT_NEAR(b.time[moments[1].sample], 0.25 * stride, 0.51 * b.time[1]);
  const auto phases = calc_phase_moments({&a, &b}, 1.25 * stride);
  EXPECT_EQ(phases[0].sample, phases[1].sample);
}

// Pictures that were looked at. LUMBARUN_UPDATE_GOLDEN=1 writes them anew: then look at them.
class GoldenTest : public StageTest {
 protected:
  static void compare(const Picture& picture, const std::string& name) {
    const std::string path = std::string(LUMBARUN_SOURCE_DIR) + "/tests/viz/golden/" + name + ".png";
    if (std::getenv("LUMBARUN_UPDATE_GOLDEN") != nullptr) write_file(path, write_png(picture));
    ASSERT_TRUE(std::filesystem::exists(path)) << path;
    vtkNew<vtkPNGReader> reader;
    reader->SetFileName(path.c_str());
    reader->Update();
    int size[3];
    picture.image->GetDimensions(size);
    ASSERT_EQ(reader->GetOutput()->GetDimensions()[0], size[0]);
    ASSERT_EQ(reader->GetOutput()->GetDimensions()[1], size[1]);
    // As an eye from afar: means of 8 × 8 pixels. Fonts and drivers may differ in single pixels, a missing bone or
    // another colour does not pass.
    constexpr int kBlock = 8;
    double worst = 0;
    double sum = 0;
    int count = 0;
    for (int y = 0; y + kBlock <= size[1]; y += kBlock) {
      for (int x = 0; x + kBlock <= size[0]; x += kBlock) {
        for (int c = 0; c < 3; ++c) {
          double difference = 0;
          for (int k = 0; k < kBlock * kBlock; ++k) {
            difference +=
                picture.image->GetScalarComponentAsDouble(x + k % kBlock, y + k / kBlock, 0, c) -
                reader->GetOutput()->GetScalarComponentAsDouble(x + k % kBlock, y + k / kBlock, 0, c);
          }
          difference = std::abs(difference) / (kBlock * kBlock);
          worst = std::max(worst, difference);
          sum += difference;
          ++count;
        }
      }
    }
    EXPECT_LT(worst, 40) << name;  // of 255
    EXPECT_LT(sum / count, 0.8) << name;
  }
};

TEST_F(GoldenTest, Runner) {
  compare(render_runner(run_, find_mid_stance_sample(run_), build_options("runner"), get_cache()), "runner");
}

TEST_F(GoldenTest, Lumbar) {
  compare(render_runner(run_, find_mid_stance_sample(run_), build_options("lumbar"), get_cache()), "lumbar");
}

TEST_F(GoldenTest, Disc) {
  compare(render_runner(run_, find_mid_stance_sample(run_), build_options("disc:L4_L5"), get_cache()),
          "disc");
}

TEST_F(GoldenTest, Comparison) {
  RunRecord more = run_;
  more.header.title = "More load";
  for (double& value : more.discs.compression) value *= 1.4;
  const std::size_t sample = find_mid_stance_sample(run_);
  compare(render_runs({&run_, &more}, {sample, sample}, build_options("runner"), get_cache()), "comparison");
}

TEST_F(GoldenTest, Chart) { compare(render_load_chart(run_, kSize), "chart"); }

}  // namespace
}  // namespace lumbarun::viz
