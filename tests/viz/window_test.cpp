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
