#include "viz/window/player_style.h"

#include <vtkObjectFactory.h>
#include <vtkRenderWindowInteractor.h>

#include <cstdlib>

namespace lumbarun::viz {

vtkStandardNewMacro(PlayerStyle);

void PlayerStyle::OnKeyPress() {
  const std::string key = Interactor->GetKeySym() == nullptr ? "" : Interactor->GetKeySym();
  key == "q" || key == "Escape" ? Interactor->TerminateApp() : player_->press(key);
}

void PlayerStyle::OnLeftButtonDown() {
  Interactor->GetEventPosition(down_[0], down_[1]);
  is_scrubbing_ = player_->scrub(down_[0], down_[1]);
  if (!is_scrubbing_) vtkInteractorStyleTrackballCamera::OnLeftButtonDown();
}

void PlayerStyle::OnMouseMove() {
  const int* at = Interactor->GetEventPosition();
  if (is_scrubbing_) {
    player_->scrub(at[0], at[1]);
    return;
  }
  if (State != VTKIS_NONE) player_->turn_by_hand();
  vtkInteractorStyleTrackballCamera::OnMouseMove();
}

void PlayerStyle::OnLeftButtonUp() {
  const int* at = Interactor->GetEventPosition();
  constexpr int kStill = 4;  // pixels: a click, not a drag
  if (!is_scrubbing_ && std::abs(at[0] - down_[0]) + std::abs(at[1] - down_[1]) < kStill)
    player_->pick(at[0], at[1]);
  if (!is_scrubbing_) vtkInteractorStyleTrackballCamera::OnLeftButtonUp();
  is_scrubbing_ = false;
}

void PlayerStyle::OnMouseWheelForward() {
  player_->turn_by_hand();
  vtkInteractorStyleTrackballCamera::OnMouseWheelForward();
}

void PlayerStyle::OnMouseWheelBackward() {
  player_->turn_by_hand();
  vtkInteractorStyleTrackballCamera::OnMouseWheelBackward();
}

}  // namespace lumbarun::viz
