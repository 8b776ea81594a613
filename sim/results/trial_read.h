// Reads a file on trial, in a process of its own.
//
// HDF5 1.10 itself breaks down on some damaged files (segmentation faults, reads without end). A trial read turns that
// into an error of the file: only a file that the trial survives is read in this process.
#pragma once

#include <functional>
#include <string>

namespace lumbarun::results {

// Time of the clock a trial may take: this and one second per megabyte (estimates; 24 MB are read in 0.1 s).
inline constexpr unsigned kShortestTrial_s = 10;

// What `read` throws in the trial does not matter here: it will throw again.
//
// @throws BadInput  naming the file, if `read` ends its process or does not end in time.
void demand_survives_reading(const std::string& path, const std::function<void()>& read);

}  // namespace lumbarun::results
