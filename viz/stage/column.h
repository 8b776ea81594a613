// One column of the stage: a view of the runner, an inset with the lumbar spine, and their captions.
#pragma once

#include "viz/scene/ground_force.h"
#include "viz/stage/stage.h"

namespace lumbarun::viz {

// Layers of the window, back to front.
enum WindowLayer {
  kMainWindowLayer,
  kArrowWindowLayer,
  kPanelWindowLayer,
  kInsetWindowLayer,
  kTextWindowLayer,
  kWindowLayers
};

// A rectangle in shares of the picture.
struct Region {
  double left, low, right, high;
  double get_width() const { return right - left; }
  double get_height() const { return high - low; }
};

struct ColumnLayout {
  Region main;         // where the runner is drawn
  double shown_right;  // up to here it is free of the panel
  Region panel;
  Region inset;
  double label_column;  // left edge of the disc labels
  double letters;       // height
  bool is_narrow;       // labels without body weights
};

// The run in the first place is the column's own; those after it are drawn through it.
struct ColumnRuns {
  std::vector<const RunRecord*> records;
  std::vector<const Skeleton*> skeletons;
  std::vector<Quantity> discs;
  std::vector<Quantity> muscles;
};

class Column {
 public:
  Column(vtkRenderWindow* window, const ColumnRuns& runs, const ColumnLayout& layout,
         const StageOptions& options, const SceneOptions& scene);

  void add_panels(Overlay& back);
  void add_captions(Overlay& front);
  // Words cost as much as the runner: a window need not write them anew in every frame.
  void update(Overlay& front, const std::vector<Moment>& moments, bool has_new_words);
  // What of this column's run is under a pixel of the window.
  std::optional<Picked> find_picked(int x, int y) const;

  std::vector<PictureMark> get_marks(int oversampling) const;
  RunScene& get_scene() const { return *scenes_.front(); }
  vtkRenderer* get_main_renderer() const { return main_; }
  bool has_occlusion() const { return main_->GetUseSSAO(); }
  void set_layers(unsigned layers);
  void set_draft(bool is_draft);
  // Back to what this camera shows by itself.
  void set_camera(const CameraChoice& camera, Overlay& back);
  void set_side_room(double right) {
    side_room_ = right;
    free_ = calc_free_view();
  }
  void free_camera() { is_free_ = true; }

 private:
  struct Footnote {
    std::string text;
    Color color;
    bool is_bold;
  };

  void show_paper(Overlay& back) const;
  std::string get_title() const;
  double calc_header() const;
  std::vector<Footnote> build_footnotes() const;
  FreeView calc_free_view() const;
  void build_renderers(vtkRenderWindow* window);
  void build_scenes(const SceneOptions& options);
  void aim(const RunFrame& frame, const Eigen::Vector3d& pelvis);
  void update_captions(Overlay& front, const std::vector<Moment>& moments);
  void update_labels(Overlay& front, const std::vector<Moment>& moments);
  std::string get_disc_words(std::size_t sample) const;
  std::string get_disc_number(std::size_t disc, const std::vector<Moment>& moments) const;

  ColumnRuns runs_;
  ColumnLayout layout_;
  StageOptions options_;
  FreeView free_;
  double side_room_ = 0;
  Eigen::AlignedBox3d spine_box_;
  std::size_t paper_ = 0;
  vtkSmartPointer<vtkRenderer> main_;
  vtkSmartPointer<vtkRenderer> arrow_view_;
  vtkSmartPointer<vtkRenderer> inset_view_;
  std::vector<std::unique_ptr<RunScene>> scenes_;
  std::unique_ptr<RunScene> inset_;
  std::vector<std::unique_ptr<GroundForce>> arrows_;
  std::unique_ptr<Framing> framing_;
  bool is_free_ = false;
  std::optional<Eigen::Vector3d> last_pelvis_;
  std::size_t time_text_ = 0;
  std::vector<std::size_t> force_texts_;
  std::vector<std::size_t> number_texts_;
  std::vector<std::size_t> name_texts_;
  std::vector<std::size_t> label_lines_;
};

// What a camera shows of the runner.
SceneLook get_look(const CameraChoice& camera);

// Where a point of the world is in the picture, pixels from its lower left corner.
PictureMark build_mark(const std::string& name, vtkRenderer* renderer, const Eigen::Vector3d& p,
                       int oversampling);

}  // namespace lumbarun::viz
