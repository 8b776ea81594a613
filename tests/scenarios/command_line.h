// Runs the built `lumbarun` through the shell, as a user would.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "tests/results/temporary_folder.h"

namespace lumbarun::test {

struct CommandOutcome {
  int exit_code = -1;
  std::string output;    // standard output
  std::string messages;  // standard error
};

class CommandLine : public TemporaryFolder {
 protected:
  // `prefix` stands before the program, e.g. an environment variable.
  CommandOutcome run(const std::string& arguments, const std::string& prefix = "") const {
    const std::string line = "cd '" + folder_.string() + "' && " + prefix +
                             " '" LUMBARUN_BIN_DIR "/lumbarun' " + arguments + " > out.txt 2> err.txt";
    const int status = std::system(line.c_str());
    return {WEXITSTATUS(status), read_bytes(get_path("out.txt")), read_bytes(get_path("err.txt"))};
  }
};

}  // namespace lumbarun::test
