// Everything about the evaluation of one tape that does not depend on the point: straight-line scalar code on
// a pool of doubles and lane sweeps over the reduced derivative graph. Built once, const afterwards.
#pragma once

#include <vector>

#include "sim/tape/lane_sweep.h"
#include "sim/tape/tape.h"

namespace lumbarun::tape {

// A one-argument operation: pool[value], pool[first], pool[second] = f, f', f'' at pool[source].
struct UnaryOp {
  OpCode code;
  int function;  // of kFunction
  int source;
  int value, first, second;
};

// Operations of one level depend only on levels before it; within a level functions come first.
struct PlanLevel {
  std::vector<UnaryOp> functions;
  PoolProgram arithmetic;
};

struct EvaluationPlan {
  std::vector<double> pool;  // start: constants in place
  int first_input = 0;       // pool slots of the inputs and of the output weights, contiguous
  int first_weight = 0;
  std::vector<PlanLevel> values;
  std::vector<Term> outputs;
  PoolProgram partials, curvature;
  std::vector<LaneSweep> jacobian, hessian;
  int row_count = LaneSweep::kFixedRowCount;  // rows that the largest sweep needs
};

EvaluationPlan build_evaluation_plan(const Tape& tape);

}  // namespace lumbarun::tape
