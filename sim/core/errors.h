// The two roots of every exception: the user's mistake and ours.
#pragma once

#include <stdexcept>
#include <string>

namespace lumbarun {

// The input is wrong. The message is complete for a reader who never saw the source: file, line, key, value,
// allowed range, nearest valid choice.
class BadInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// An assumption of the program itself is wrong: a bug to report.
class LogicFailure : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace lumbarun
