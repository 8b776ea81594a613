// The window as its user meets it: clicks, keys and the line to scrub on, through VTK's interactor.
#include <gtest/gtest.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderWindowInteractor.h>

#include <Eigen/Dense>
#include <cstring>
#include <memory>

#include "tests/viz/picture_fixture.h"
#include "viz/stage/column.h"
#include "viz/window/player_style.h"

namespace lumbarun::viz {
namespace {

constexpr PictureSize kSize{640, 400};

class WindowTest : public PictureFixture {
 protected:
  void open(const std::string& camera) {
    StageOptions options;
    options.size = kSize;
    options.camera = parse_camera(camera);
    options.oversampling = 1;
    options.is_on_screen = true;
    options.has_occlusion = false;
    options.detail = Detail::kPlain;
    player_ =
        std::make_unique<Player>(std::vector<const RunRecord*>{&run_}, get_cache(), options, ViewerOptions{});
    interactor_->SetRenderWindow(player_->get_stage().get_window());
    style_->set_player(player_.get());
    interactor_->SetInteractorStyle(style_);
    interactor_->Initialize();
    press("space");  // stands still at the first instant
    player_->tick();
  }

  void TearDown() override {
    style_->set_player(nullptr);
    interactor_->SetRenderWindow(nullptr);
    player_.reset();
  }

  void press(const char* key) {
    interactor_->SetKeySym(key);
    interactor_->InvokeEvent(vtkCommand::KeyPressEvent);
  }

  void click(double x, double y) {
    interactor_->SetEventInformation(static_cast<int>(x), static_cast<int>(y));
    interactor_->InvokeEvent(vtkCommand::LeftButtonPressEvent);
    interactor_->InvokeEvent(vtkCommand::LeftButtonReleaseEvent);
    player_->tick();
  }

  // Where the middle of a muscle's path is in the window.
  PictureMark locate_muscle(std::size_t muscle) {
    std::size_t first = 0;
    for (std::size_t m = 0; m < muscle; ++m) first += static_cast<std::size_t>(run_.muscles.path_row_size[m]);
    const auto points = static_cast<std::size_t>(run_.muscles.path_row_size[muscle]);
    std::vector<Eigen::Vector3d> path;
    for (std::size_t i = 0; i < points; ++i) path.emplace_back(&run_.muscles.path_point[3 * (first + i)]);
    const auto line = calc_muscle_line(path, 10);
    return build_mark("", player_->get_stage().get_main_renderer(), line[5], 1);
  }

  RunRecord run_ = test::build_synthetic_run();
  std::unique_ptr<Player> player_;
  vtkNew<vtkRenderWindowInteractor> interactor_;
  vtkNew<PlayerStyle> style_;
};

TEST_F(WindowTest, ClickOnADiscShowsItsCurve) {
  open("disc:L4_L5");
  EXPECT_EQ(player_->get_curve_title(), "");
  const PictureMark scene = get_mark(player_->get_stage().take_picture(), "L4_L5 main");
  click(scene.x, scene.y);
  EXPECT_EQ(player_->get_curve_title(), "L4/L5: Disc compression [N]");
  const PictureMark panel = get_mark(player_->get_stage().take_picture(), "L1_L2 panel");
  click(panel.x, panel.y);
  EXPECT_EQ(player_->get_curve_title(), "L1/L2: Disc compression [N]");
  click(2, kSize.height - 2);  // the sky
  EXPECT_EQ(player_->get_curve_title(), "L1/L2: Disc compression [N]");
}

TEST_F(WindowTest, ClickOnAMuscleShowsItsCurveAndTheCurveIsDrawn) {
  open("runner");
  const Picture before = player_->get_stage().take_picture();
  // Muscles hide each other: of all of them at least one lies open in its middle, and a click shows that one.
  int found = 0;
  for (std::size_t muscle = 0; muscle < run_.names.muscles.size(); ++muscle) {
    const PictureMark mark = locate_muscle(muscle);
    click(mark.x, mark.y);
    const std::string& title = player_->get_curve_title();
    if (title == run_.names.muscles[muscle] + ": Muscle activation [0 to 1]") ++found;
  }
  EXPECT_GE(found, 3);
  const Picture after = player_->get_stage().take_picture();
  int changed = 0;
  for (int y = 30; y < 106; ++y) {
    for (int x = 13; x < 268; ++x)
      changed += std::memcmp(get_pixel(before, x, y), get_pixel(after, x, y), 3) != 0;
  }
  EXPECT_GT(changed, 2000) << "the panel covers its place";
}

TEST_F(WindowTest, DraggingTheLineMovesTheTimeAndKeysHideLayers) {
  open("runner");
  const Picture start = player_->get_stage().take_picture();
  click(0.35 * kSize.width, 0.030 * kSize.height);  // half way along the line
  const Picture later = player_->get_stage().take_picture();
  EXPECT_TRUE(has_text(start, "0 % of the stride"));
  EXPECT_TRUE(has_text(later, "50 % of the stride"));
  EXPECT_EQ(player_->get_curve_title(), "") << "the line is no place to pick";
  const PictureMark muscle = locate_muscle(0);
  press("m");
  player_->tick();
  click(muscle.x, muscle.y);
  EXPECT_EQ(player_->get_curve_title(), "") << "what is hidden cannot be picked";
}

// Words and lines follow the window's size: the discs' names stay beside the discs.
TEST_F(WindowTest, WordsFollowTheSizeOfTheWindow) {
  open("runner");
  click(0.35 * kSize.width, 0.030 * kSize.height);
  const Picture before = player_->get_stage().take_picture();
  player_->get_stage().get_window()->SetSize(2 * kSize.width, 2 * kSize.height);
  player_->tick();
  const Picture after = player_->get_stage().take_picture();
  ASSERT_EQ(after.image->GetDimensions()[0], 2 * kSize.width);
  // Shrunk to the old size it is nearly the old picture.
  double sum = 0;
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double mean =
            0.25 * (get_pixel(after, 2 * x, 2 * y)[c] + get_pixel(after, 2 * x + 1, 2 * y)[c] +
                    get_pixel(after, 2 * x, 2 * y + 1)[c] + get_pixel(after, 2 * x + 1, 2 * y + 1)[c]);
        sum += std::abs(mean - get_pixel(before, x, y)[c]);
      }
    }
  }
  EXPECT_LT(sum / (3.0 * kSize.width * kSize.height), 3.0);
  click(0.17 * 2 * kSize.width, 0.030 * 2 * kSize.height);  // half of the way back along the line
  EXPECT_TRUE(has_text(player_->get_stage().take_picture(), "23 % of the stride"));
}

TEST_F(WindowTest, CamerasShowWhatTheirStillsShow) {
  open("runner");
  RunScene& scene = player_->get_stage().get_scene();
  EXPECT_EQ(scene.get_layers(), kWholeRunner);
  press("4");
  player_->tick();
  EXPECT_EQ(scene.get_layers() & (kLimbsLayer | kGroundLayer | kForceLayer), 0u);
  EXPECT_NE(scene.get_layers() & kMusclesLayer, 0u);
  press("m");
  EXPECT_EQ(scene.get_layers() & kMusclesLayer, 0u);
  press("1");
  EXPECT_EQ(scene.get_layers(), kWholeRunner);
}

TEST_F(WindowTest, StillIsTheRunnerWithoutTheWindowsOwnLine) {
  open("runner");
  press("m");
  player_->tick();
  const Picture still = player_->take_still();
  EXPECT_EQ(still.image->GetDimensions()[0], kSize.width);
  EXPECT_TRUE(has_text(still, "Synthetic runner"));
  StageOptions options;
  options.size = kSize;
  options.has_muscles = true;
  const Picture window = player_->get_stage().take_picture();
  // The line to scrub on, in the window only.
  const int y = static_cast<int>(0.030 * kSize.height);
  int dark = 0;
  for (int x = 20; x < 400; ++x) dark += get_pixel(still, x, y)[0] < 160;
  EXPECT_LT(dark, 40);
  dark = 0;
  for (int x = 20; x < 400; ++x) dark += get_pixel(window, x, y)[0] < 160;
  EXPECT_GT(dark, 300);
}

TEST_F(WindowTest, OneInstantStandsStillAndTellsItsLoads) {
  run_ = test::build_synthetic_run({.samples = 1});
  open("disc:L4_L5");
  const int frames = player_->get_frames();
  press("space");
  player_->tick();
  player_->tick();
  EXPECT_LE(player_->get_frames(), frames + 1);
  const PictureMark scene = get_mark(player_->get_stage().take_picture(), "L4_L5 main");
  click(scene.x, scene.y);
  EXPECT_TRUE(has_text(player_->get_stage().take_picture(), "one instant"));
}

// While it moves the runner is drawn in fewer pixels; at rest it is what it was.
TEST_F(WindowTest, DraftIsLikeTheFullPictureAndLeavesNothingBehind) {
  open("runner");
  Stage& stage = player_->get_stage();
  stage.set_draft(0);
  const Picture full = stage.take_picture();
  stage.set_draft(0.5);
  const Picture draft = stage.take_picture();
  stage.set_draft(0);
  const Picture again = stage.take_picture();
  const std::size_t size = 3u * kSize.width * kSize.height;
  EXPECT_EQ(std::memcmp(get_pixel(full, 0, 0), get_pixel(again, 0, 0), size), 0);
  double sum = 0;
  double panel = 0;
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double difference = std::abs(get_pixel(full, x, y)[c] - get_pixel(draft, x, y)[c]);
        sum += difference;
        if (x > 460 && x < 620 && y > 20) panel = std::max(panel, difference);
      }
    }
  }
  EXPECT_GT(sum, 0);
  EXPECT_LT(sum / static_cast<double>(size), 4.0);
  EXPECT_LT(panel, 30) << "the panel stays sharp";
}

TEST_F(WindowTest, NothingIsDrawnWhileNothingChanges) {
  open("runner");
  const int frames = player_->get_frames();
  player_->tick();
  player_->tick();
  EXPECT_EQ(player_->get_frames(), frames);
  press("Right");
  player_->tick();
  EXPECT_EQ(player_->get_frames(), frames + 1);
}

}  // namespace
}  // namespace lumbarun::viz
