#include "sim/planning/matrix_product.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace {

struct Case {
  char trans_a, trans_b;
  int m, n, k;
  double alpha, beta;
};

// Three loops over matrices that stand in larger ones; what lies outside them must stay as it is.
void expect_product(const Case& of, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0.0, 1.0);
  const bool flip_a = of.trans_a != 'N', flip_b = of.trans_b != 'N';
  const int lda = (flip_a ? of.k : of.m) + 3, ldb = (flip_b ? of.n : of.k) + 1, ldc = of.m + 2;
  const auto fill = [&](int rows, int columns) {
    std::vector<double> values(static_cast<size_t>(rows) * static_cast<size_t>(columns));
    for (double& value : values) value = normal(random);
    return values;
  };
  const auto a = fill(lda, flip_a ? of.m : of.k), b = fill(ldb, flip_b ? of.k : of.n);
  std::vector<double> c = fill(ldc, of.n);
  if (of.beta == 0.0) c[0] = std::numeric_limits<double>::quiet_NaN();  // must not be read
  std::vector<double> expected = c;
  for (int j = 0; j < of.n; ++j) {
    for (int i = 0; i < of.m; ++i) {
      double sum = 0.0;
      for (int l = 0; l < of.k; ++l)
        sum += a[flip_a ? l + i * lda : i + l * lda] * b[flip_b ? j + l * ldb : l + j * ldb];
      double& at = expected[i + j * ldc];
      at = of.alpha * sum + (of.beta == 0.0 ? 0.0 : of.beta * at);
    }
  }
  dgemm_(&of.trans_a, &of.trans_b, &of.m, &of.n, &of.k, &of.alpha, a.data(), &lda, b.data(), &ldb, &of.beta,
         c.data(), &ldc);
  for (size_t i = 0; i < c.size(); ++i) ASSERT_NEAR(c[i], expected[i], 1e-12 * (1 + of.k)) << i;
}

TEST(MatrixProduct, IsThatOfThreeLoops) {
  unsigned seed = 0;
  for (char trans_a : {'N', 'T', 'C'}) {
    for (char trans_b : {'N', 'T'}) {
      for (const auto& [alpha, beta] :
           {std::pair{1.0, 1.0}, {-1.0, 1.0}, {0.7, 0.0}, {0.0, -2.0}, {2.0, 0.5}}) {
        for (const auto& [m, n, k] : {std::tuple{1, 1, 1}, {7, 5, 3}, {33, 2, 65}, {64, 48, 16}, {5, 4, 0}})
          expect_product({trans_a, trans_b, m, n, k, alpha, beta}, ++seed);
      }
    }
  }
}

TEST(MatrixProduct, LeavesEmptyMatricesAlone) {
  const int zero = 0, one = 1;
  const double factor = 0.0;
  double value = 3.0;
  dgemm_("N", "N", &zero, &one, &one, &factor, &value, &one, &value, &one, &factor, &value, &one);
  dgemm_("N", "N", &one, &zero, &one, &factor, &value, &one, &value, &one, &factor, &value, &one);
  EXPECT_EQ(value, 3.0);
}

// What libraries get when they ask for dgemm_ is ours, although the BLAS has another one.
TEST(MatrixProduct, IsWhatLibrariesCall) {
  void* library = dlopen("libblas.so.3", RTLD_NOW | RTLD_GLOBAL);
  ASSERT_NE(library, nullptr) << dlerror();
  void* ours = reinterpret_cast<void*>(&dgemm_);
  EXPECT_NE(dlsym(library, "dgemm_"), nullptr);
  EXPECT_NE(dlsym(library, "dgemm_"), ours);
  EXPECT_EQ(dlsym(RTLD_DEFAULT, "dgemm_"), ours);
  dlclose(library);
}

}  // namespace
