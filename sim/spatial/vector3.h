// Vectors and matrices of three over any kernel scalar (double, Lanes8, tape::Var). Plain structs instead of
// Eigen, because the tape folds their exact zeros and the lanes need no traits.
#pragma once

#include <Eigen/Core>
#include <array>

namespace lumbarun {

template <class T>
struct Vector3 {
  T x{0.0}, y{0.0}, z{0.0};

  friend Vector3 operator+(const Vector3& a, const Vector3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
  friend Vector3 operator-(const Vector3& a, const Vector3& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
  friend Vector3 operator-(const Vector3& a) { return {-a.x, -a.y, -a.z}; }
  friend Vector3 operator*(const Vector3& a, const T& s) { return {a.x * s, a.y * s, a.z * s}; }
  friend Vector3 operator*(const T& s, const Vector3& a) { return a * s; }
  Vector3& operator+=(const Vector3& b) { return *this = *this + b; }
  Vector3& operator-=(const Vector3& b) { return *this = *this - b; }

  template <class U>
  Vector3<U> cast() const {
    return {U(x), U(y), U(z)};
  }
};

template <class T>
T dot(const Vector3<T>& a, const Vector3<T>& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

template <class T>
Vector3<T> cross(const Vector3<T>& a, const Vector3<T>& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

inline Eigen::Vector3d to_eigen(const Vector3<double>& a) { return {a.x, a.y, a.z}; }
inline Vector3<double> from_eigen(const Eigen::Vector3d& a) { return {a.x(), a.y(), a.z()}; }

// Columns are the axes of the rotated frame expressed in the base frame when the matrix is a rotation R_AB.
template <class T>
struct Matrix3 {
  std::array<Vector3<T>, 3> column;

  static Matrix3 identity() {
    return {{{{T(1.0), T(0.0), T(0.0)}, {T(0.0), T(1.0), T(0.0)}, {T(0.0), T(0.0), T(1.0)}}}};
  }
  static Matrix3 zero() { return {}; }

  friend Vector3<T> operator*(const Matrix3& a, const Vector3<T>& v) {
    return a.column[0] * v.x + a.column[1] * v.y + a.column[2] * v.z;
  }
  friend Matrix3 operator*(const Matrix3& a, const Matrix3& b) {
    return {{a * b.column[0], a * b.column[1], a * b.column[2]}};
  }
  friend Matrix3 operator+(const Matrix3& a, const Matrix3& b) {
    return {{a.column[0] + b.column[0], a.column[1] + b.column[1], a.column[2] + b.column[2]}};
  }
  friend Matrix3 operator-(const Matrix3& a, const Matrix3& b) {
    return {{a.column[0] - b.column[0], a.column[1] - b.column[1], a.column[2] - b.column[2]}};
  }
  friend Matrix3 operator*(const Matrix3& a, const T& s) {
    return {{a.column[0] * s, a.column[1] * s, a.column[2] * s}};
  }
  Matrix3 transposed() const {
    const auto& c = column;
    return {{{{c[0].x, c[1].x, c[2].x}, {c[0].y, c[1].y, c[2].y}, {c[0].z, c[1].z, c[2].z}}}};
  }
  template <class U>
  Matrix3<U> cast() const {
    return {{column[0].template cast<U>(), column[1].template cast<U>(), column[2].template cast<U>()}};
  }
};

// Aᵀ v without forming the transpose.
template <class T>
Vector3<T> transpose_times(const Matrix3<T>& a, const Vector3<T>& v) {
  return {dot(a.column[0], v), dot(a.column[1], v), dot(a.column[2], v)};
}

inline Eigen::Matrix3d to_eigen(const Matrix3<double>& a) {
  Eigen::Matrix3d m;
  m << to_eigen(a.column[0]), to_eigen(a.column[1]), to_eigen(a.column[2]);
  return m;
}
inline Matrix3<double> from_eigen(const Eigen::Matrix3d& m) {
  return {{from_eigen(Eigen::Vector3d(m.col(0))), from_eigen(Eigen::Vector3d(m.col(1))),
           from_eigen(Eigen::Vector3d(m.col(2)))}};
}

}  // namespace lumbarun
