#pragma once

#include <string>

namespace lumbarun {

std::string get_program_version();  // "0.1.0"

// Commit this program was built from, with "-dirty" if files were changed; "unknown" outside a git checkout.
std::string get_git_hash();

}  // namespace lumbarun
