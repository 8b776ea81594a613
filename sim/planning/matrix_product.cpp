#include "sim/planning/matrix_product.h"

#include <Eigen/Core>

namespace {

using Stride = Eigen::OuterStride<>;
using Matrix = Eigen::Map<Eigen::MatrixXd, Eigen::Unaligned, Stride>;
using ConstMatrix = Eigen::Map<const Eigen::MatrixXd, Eigen::Unaligned, Stride>;

bool is_transposed(char letter) { return letter != 'N' && letter != 'n'; }

}  // namespace

extern "C" void dgemm_(const char* trans_a, const char* trans_b, const int* m, const int* n, const int* k,
                       const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
                       const double* beta, double* c, const int* ldc) {
  if (*m <= 0 || *n <= 0) return;
  Matrix C(c, *m, *n, Stride(*ldc));
  if (*beta == 0.0)
    C.setZero();
  else if (*beta != 1.0)
    C *= *beta;
  if (*k <= 0 || *alpha == 0.0) return;
  const bool flip_a = is_transposed(*trans_a), flip_b = is_transposed(*trans_b);
  const ConstMatrix A(a, flip_a ? *k : *m, flip_a ? *m : *k, Stride(*lda));
  const ConstMatrix B(b, flip_b ? *n : *k, flip_b ? *k : *n, Stride(*ldb));
  if (!flip_a && !flip_b) C.noalias() += *alpha * A * B;
  if (flip_a && !flip_b) C.noalias() += *alpha * A.transpose() * B;
  if (!flip_a && flip_b) C.noalias() += *alpha * A * B.transpose();
  if (flip_a && flip_b) C.noalias() += *alpha * A.transpose() * B.transpose();
}
