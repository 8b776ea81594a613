// A worker process: takes scenarios from its standard input, one at a time, and writes each to its own journal.
//
//   in    "<number> <offset in scenarios.tsv> <attempt>\n"
//   out   "ready <journal>\n", then per scenario "done <number> <code> <seconds> <status>\n"; "stop <reason>\n" if it cannot go on
//
// When the input ends it finishes the scenario it is at and exits; interrupts it leaves to its parent.
#pragma once

#include <string>

#include "scenarios/sweep/journal.h"
#include "scenarios/sweep/manifest.h"

namespace lumbarun {

// Runs one scenario. Whatever goes wrong becomes a status that begins with "failed".
JournalResult run_manifest_line(const Manifest& manifest, const ManifestLine& line);

// Returns the exit code of the process.
int run_sweep_worker(const std::string& folder, const std::string& journal_name);

}  // namespace lumbarun
