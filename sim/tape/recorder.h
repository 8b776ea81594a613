// What Var's operators talk to while a tape is being recorded.
#pragma once

#include <unordered_map>

#include "sim/tape/tape.h"

namespace lumbarun::tape {

class Recorder {
 public:
  explicit Recorder(Tape& tape);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // The recorder of this thread; LogicFailure when none is active.
  static Recorder& active();

  Var input();
  Var push(OpCode code, int a, int b, double constant);
  Var push_function(const ScalarFunctionPtr& f, int a);

 private:
  struct Key {
    OpCode code;
    int a, b;
    uint64_t constant_bits;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const;
  };

  Tape& tape_;
  std::unordered_map<Key, int, KeyHash> known_;
};

}  // namespace lumbarun::tape
