// Mouse and keys of the window.
#pragma once

#include <vtkInteractorStyleTrackballCamera.h>

#include "viz/window/player.h"

namespace lumbarun::viz {

class PlayerStyle : public vtkInteractorStyleTrackballCamera {
 public:
  static PlayerStyle* New();
  vtkTypeMacro(PlayerStyle, vtkInteractorStyleTrackballCamera)

  void set_player(Player* player) { player_ = player; }

  void OnExpose() override {
    if (player_ != nullptr) player_->expose();
  }
  void OnChar() override {}  // VTK's own keys
  void OnKeyPress() override;
  void OnLeftButtonDown() override;
  void OnMouseMove() override;
  void OnLeftButtonUp() override;
  void OnMouseWheelForward() override;
  void OnMouseWheelBackward() override;

 private:
  Player* player_ = nullptr;
  int down_[2] = {0, 0};
  bool is_scrubbing_ = false;
};

}  // namespace lumbarun::viz
