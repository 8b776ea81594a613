// Tests that draw: on a display of their own, or skipped with the reason why there is none.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "sim/core/errors.h"
#include "tests/viz/synthetic_run.h"
#include "viz/geometry/mesh_cache.h"
#include "viz/picture.h"
#include "viz/virtual_display.h"

namespace lumbarun::viz {

class PictureFixture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    try {
      display_ = std::make_unique<VirtualDisplay>();
    } catch (const BadInput& error) {
      reason_ = error.what();
    }
  }
  static void TearDownTestSuite() { display_.reset(); }
  void SetUp() override {
    if (!display_) GTEST_SKIP() << reason_;
  }
  static bool has_display() { return display_ != nullptr; }

  // Shapes are built once for all tests, and not into the user's folder.
  static MeshCache get_cache() {
    return MeshCache(std::filesystem::temp_directory_path() / "lumbarun-test-cache" / "lumbarun");
  }

  static bool has_text(const Picture& picture, const std::string& part) {
    return std::any_of(picture.texts.begin(), picture.texts.end(),
                       [&](const std::string& text) { return text.find(part) != std::string::npos; });
  }

  static PictureMark get_mark(const Picture& picture, const std::string& name) {
    const auto mark = std::find_if(picture.marks.begin(), picture.marks.end(),
                                   [&](const PictureMark& m) { return m.name == name; });
    return mark == picture.marks.end() ? PictureMark{"no such mark", 0, 0} : *mark;
  }

  static const unsigned char* get_pixel(const Picture& picture, int x, int y) {
    return static_cast<const unsigned char*>(picture.image->GetScalarPointer(x, y, 0));
  }
  static const unsigned char* get_pixel(const Picture& picture, const PictureMark& mark) {
    return get_pixel(picture, static_cast<int>(mark.x), static_cast<int>(mark.y));
  }

 private:
  inline static std::unique_ptr<VirtualDisplay> display_;
  inline static std::string reason_;
};

}  // namespace lumbarun::viz
