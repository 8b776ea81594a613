// Three contracts.
//   LUMBARUN_ASSERT(c)               our assumption, checked in debug builds only
//   LUMBARUN_DEMAND(c)               our assumption, checked always -> LogicFailure
//   LUMBARUN_THROW_UNLESS(c, fmt…)   the user's input, message with the values -> BadInput
#pragma once

#include <fmt/format.h>

#include "sim/core/errors.h"

namespace lumbarun::internal {

[[noreturn]] inline void throw_broken_assumption(const char* condition, const char* file, int line) {
  throw LogicFailure(
      fmt::format("{}:{}: assumption '{}' does not hold; please report this", file, line, condition));
}

}  // namespace lumbarun::internal

#define LUMBARUN_DEMAND(condition)                                                   \
  do {                                                                               \
    if (!(condition)) {                                                              \
      ::lumbarun::internal::throw_broken_assumption(#condition, __FILE__, __LINE__); \
    }                                                                                \
  } while (false)

#ifdef NDEBUG
#define LUMBARUN_ASSERT(condition) \
  do {                             \
    (void)sizeof(!(condition));    \
  } while (false)
#else
#define LUMBARUN_ASSERT(condition) LUMBARUN_DEMAND(condition)
#endif

#define LUMBARUN_THROW_UNLESS(condition, ...)               \
  do {                                                      \
    if (!(condition)) {                                     \
      throw ::lumbarun::BadInput(fmt::format(__VA_ARGS__)); \
    }                                                       \
  } while (false)
