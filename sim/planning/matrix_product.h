// The matrix product that the linear solver behind Ipopt spends its time in.
//
// MUMPS factorises dense fronts with the BLAS routine dgemm. Debian's default BLAS is the reference one, written for
// reading: at the planner's sizes its dgemm took two thirds of a plan, and OpenBLAS chooses kernels by CPU, so that results
// would depend on the machine. This is the same routine with Eigen's kernels: C := alpha op(A) op(B) + beta C.
// A program that links lumbarun_planning exports it, and the dynamic linker gives a program's symbols precedence over those
// of libraries; sim/planning/CMakeLists.txt sees to the export.
#pragma once

// Arguments as in the reference (Dongarra et al. 1990, ACM Trans. Math. Softw. 16:1): all column-major; op is transposition
// where its letter is T or C; op(A) m x k, op(B) k x n, C m x n; leading dimensions lda, ldb, ldc. With beta = 0 C is not read.
extern "C" void dgemm_(const char* trans_a, const char* trans_b, const int* m, const int* n, const int* k,
                       const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
                       const double* beta, double* c, const int* ldc);
