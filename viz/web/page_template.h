// The page into which a run's numbers are put: viz/web/page.html, carried inside the program.
#pragma once

#include <string>

namespace lumbarun::viz {

const std::string& get_page_template();

}  // namespace lumbarun::viz
