// Counts every operator new of the program. Include it from exactly one source of a test program.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

namespace lumbarun::oracles {

inline std::atomic<long> allocation_count{0};

inline void* allocate_counted(std::size_t size, std::size_t alignment) {
  ++allocation_count;
  const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
  void* p = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}

// Allocations during the call of `work`.
template <class Work>
long count_allocations(const Work& work) {
  const long before = allocation_count;
  work();
  return allocation_count - before;
}

}  // namespace lumbarun::oracles

// Not inlined: the compiler would see free() meet operator new and warn of a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  return lumbarun::oracles::allocate_counted(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return lumbarun::oracles::allocate_counted(size, static_cast<std::size_t>(alignment));
}
// std::stable_sort asks this way; without it the sanitizer's own would meet our delete.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return ::operator new(size);
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
