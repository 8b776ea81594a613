#pragma once

namespace lumbarun {

// DESIGN: one meaning per exit code, the same for every command.
enum ExitCode : int {
  kExitOk = 0,
  kExitRunFailed = 1,  // the run fell or failed; its file is written and says why
  kExitBadInput = 2,   // nothing was written
  kExitOurBug = 3,
  kExitInterrupted = 75,  // a sweep that --resume goes on with
};

}  // namespace lumbarun
