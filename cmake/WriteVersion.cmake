# Writes OUTPUT, a source file that defines the git hash of SOURCE_DIR, only when it has changed. Run at every build.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND git describe --always --dirty --abbrev=12 --match=none
                WORKING_DIRECTORY "${SOURCE_DIR}" OUTPUT_VARIABLE hash OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT hash)
  set(hash "unknown")
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT
"#include \"scenarios/version.h\"

namespace lumbarun {

std::string get_program_version() { return \"@VERSION@\"; }
std::string get_git_hash() { return \"@hash@\"; }

}  // namespace lumbarun
" @ONLY)
