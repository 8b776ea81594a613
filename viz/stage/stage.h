// What a picture, a movie frame and the window show: one run with its panel of discs, or up to four runs side by
// side, or one over the other.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/picture.h"
#include "viz/scene/camera.h"
#include "viz/scene/overlay.h"
#include "viz/scene/run_scene.h"

namespace lumbarun::viz {

enum class CompareMode { kSideBySide, kOverlay, kDifference };
// "side", "overlay" or "difference". @throws BadInput.
CompareMode parse_compare_mode(const std::string& name);

struct StageOptions {
  CameraChoice camera;
  PictureSize size;
  int oversampling = kOversampling;
  bool has_occlusion = true;  // ambient occlusion between the parts
  Detail detail = Detail::kFine;
  bool is_on_screen = false;
  bool has_smooth_edges = true;  // without oversampling: by a filter
  DiscQuantity disc = DiscQuantity::kCompression;
  std::optional<ValueRange> disc_range;  // else from the runs
  MuscleQuantity muscle = MuscleQuantity::kActivation;
  CompareMode mode = CompareMode::kSideBySide;
  bool has_captions = true;
  double foot_room = 0;  // share of the picture's height kept free below the captions
  bool has_muscles = true;
  bool has_ghost = false;
  bool has_disc_arrows = false;
};

// An instant of one run: a sample, and how many whole strides lie before it.
struct Moment {
  std::size_t sample = 0;
  int strides = 0;
};

class Column;

class Stage {
 public:
  // @throws BadInput if a run has not what is to be shown.
  Stage(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& options);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // One moment per run. Without new words the numbers stay as they were.
  void update(const std::vector<Moment>& moments, bool has_new_words = true);
  Picture take_picture();

  vtkRenderWindow* get_window() const { return window_; }
  // Of the first run.
  RunScene& get_scene() const;
  vtkRenderer* get_main_renderer() const;
  // What of the first run is under a pixel of the window.
  std::optional<Picked> find_picked(int x, int y) const;
  void set_layers(unsigned layers);
  // While something moves: without smoothed edges.
  void set_draft(bool is_draft);
  // Back to what this camera shows by itself.
  void set_camera(const CameraChoice& camera);
  // Keeps the left of the picture free, up to a share of its width; of several columns that cannot be asked.
  void set_side_room(double right);
  // After the window has changed its size.
  void fit();
  // From now on the camera only travels, it is not aimed again: the user turns it.
  void free_camera();

 private:
  StageOptions options_;
  vtkSmartPointer<vtkRenderWindow> window_;
  std::vector<std::unique_ptr<Skeleton>> skeletons_;
  std::vector<std::unique_ptr<Column>> columns_;
  std::unique_ptr<Overlay> back_;
  std::unique_ptr<Overlay> front_;
};

}  // namespace lumbarun::viz
