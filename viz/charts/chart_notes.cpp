#include "viz/charts/chart_notes.h"

#include <algorithm>

#include "viz/run_frame.h"

namespace lumbarun::viz {
namespace {

constexpr Color kQuiet = {0.35, 0.38, 0.42};

void add_status(Drawing& drawing, const RunRecord& record, double x) {
  const std::string note = get_status_note(record, 70);
  if (!note.empty())
    drawing.words.push_back({note, x, drawing.height - 2, 7.5, WordAlign::kLeft, false, false, kWarning});
}

}  // namespace

std::string build_plain_name(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

void add_notes(Drawing& drawing, const RunRecord& record) {
  drawing.words.push_back({record.header.title, 44, 15, 8.5, WordAlign::kLeft, false, false, kQuiet});
  add_status(drawing, record, 44);
}

void add_bar_notes(Drawing& drawing, const RunRecord& record) {
  drawing.words.push_back({record.header.title, 8, 31, 8.5, WordAlign::kLeft, false, false, kQuiet});
  if (get_status_note(record, 70).empty()) return;
  drawing.height += 10;
  add_status(drawing, record, 8);
}

}  // namespace lumbarun::viz
