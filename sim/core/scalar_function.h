// A smooth function of one variable with its first two derivatives: the one door through which tables,
// exponentials and smooth switches enter kernels that run on double, SIMD lanes and the derivative tape
// alike.
#pragma once

#include <cmath>
#include <memory>

namespace lumbarun {

struct ScalarDerivatives {
  double value = 0.0;
  double first = 0.0;
  double second = 0.0;
};

class ScalarFunction {
 public:
  virtual ~ScalarFunction() = default;
  virtual ScalarDerivatives calc(double x) const = 0;
};

using ScalarFunctionPtr = std::shared_ptr<const ScalarFunction>;

inline double evaluate(const ScalarFunctionPtr& f, double x) { return f->calc(x).value; }

// exp(x).
class Exponential final : public ScalarFunction {
 public:
  ScalarDerivatives calc(double x) const override {
    const double e = std::exp(x);
    return {e, e, e};
  }
};

}  // namespace lumbarun
