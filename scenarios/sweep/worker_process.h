// A child process of this program with a line of talk each way.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace lumbarun {

class WorkerProcess {
 public:
  // Starts this program again with these arguments. @throws BadInput if it cannot be started.
  explicit WorkerProcess(const std::vector<std::string>& arguments);
  // Ends its input and waits for it.
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  void send(const std::string& line) const;
  // Ends its input: the worker finishes what it is at and exits.
  void finish();
  void kill() const;

  int get_output() const { return output_; }  // to poll
  // Reads what has arrived; false when the worker has closed its side.
  bool receive();
  std::optional<std::string> take_line();
  // Waits for its end: "" if it exited with 0, else how it ended.
  std::string wait();

 private:
  pid_t process_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string arrived_;
};

}  // namespace lumbarun
