#pragma once

namespace lumbarun::results {

// How many bytes the file spends on a number. Single (relative rounding 6e-8) where that is far below what the numbers are
// used for: positions that are only drawn.
enum class Precision { kDouble, kSingle };

}  // namespace lumbarun::results
