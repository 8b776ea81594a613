// Runs sweeps with the built program, in the foreground or as a process to be killed.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/scenarios/command_line.h"

namespace lumbarun::test {

class SweepLine : public CommandLine {
 protected:
  // A sweep of the machinery: `samples` scenarios of `work_ms`, with curves.
  void write_synthetic(const std::string& name, int samples, double work_ms,
                       const std::string& more = "") const {
    write_bytes(
        get_path(name),
        "title = \"machinery\"\n[design]\nkind = \"latin_hypercube\"\nsamples = " + std::to_string(samples) +
            "\nseed = 11\n"
            "[[axis]]\nkey = \"stride.speed_m_s\"\nrange = [2.5, 4.0]\n"
            "[[axis]]\nkey = \"runner.mass_kg\"\nrange = [60, 80]\n"
            "[[axis]]\nkey = \"shoe.preset\"\nvalues = [\"everyday\", \"racing_flat\"]\n"
            "[machinery_test]\nmodel = \"ishigami\"\nsamples = 40\nwork_ms = " +
            std::to_string(work_ms) + "\n" + more);
  }

  // Starts `lumbarun` with these arguments in the folder of the test.
  pid_t start(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words = {LUMBARUN_BIN_DIR "/lumbarun"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const std::string log = get_path("background.txt");
    const pid_t process = fork();
    if (process == 0) {
      const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
      dup2(file, 1);
      dup2(file, 2);
      if (chdir(folder_.c_str()) == 0) execv(pointers[0], pointers.data());
      _exit(127);
    }
    return process;
  }

  static int wait_for(pid_t process) {
    int status = 0;
    waitpid(process, &status, 0);
    return status;
  }

  // Processes whose parent this one is.
  static std::vector<pid_t> find_children(pid_t parent) {
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const std::string name = entry.path().filename().string();
      if (name.find_first_not_of("0123456789") != std::string::npos) continue;
      std::ifstream stream(entry.path() / "stat");
      std::string line;
      std::getline(stream, line);
      const std::size_t end = line.rfind(')');
      if (end == std::string::npos) continue;
      char state = 0;
      long found = 0;
      if (std::sscanf(line.c_str() + end + 1, " %c %ld", &state, &found) == 2 && found == parent &&
          state != 'Z') {
        children.push_back(static_cast<pid_t>(std::stol(name)));
      }
    }
    return children;
  }

  // Merges and returns the bytes of the file.
  std::string merge(const std::string& sweep_folder) const {
    const CommandOutcome outcome = run("merge " + sweep_folder + " -o merged.h5");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.output << outcome.messages;
    return read_bytes(get_path("merged.h5"));
  }

  // Number behind "name": in `status --json`.
  long get_status_number(const std::string& sweep_folder, const std::string& name) const {
    const std::string json = run("status --json " + sweep_folder).output;
    const std::size_t place = json.find("\"" + name + "\": ");
    return place == std::string::npos ? -1 : std::stol(json.substr(place + name.size() + 4));
  }
};

}  // namespace lumbarun::test
