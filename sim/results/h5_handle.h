// Ownership of HDF5 identifiers, and errors as exceptions.
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace lumbarun::results {

// HDF5 refused. Only inside sim/results: the writer and the reader translate it for their users.
class H5Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Closes its identifier when it goes out of scope.
class H5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  H5Handle() = default;
  // Takes ownership of `id`; `what` names the object in the error if HDF5 returned none.
  H5Handle(hid_t id, Close close, const std::string& what) : id_(id), close_(close) {
    if (id_ < 0) throw H5Failure(what);
  }
  H5Handle(H5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  H5Handle& operator=(H5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~H5Handle() {
    if (id_ >= 0) close_(id_);
  }

  // Closes now, where an error can still be told. @throws H5Failure
  void close() {
    if (id_ >= 0 && close_(std::exchange(id_, -1)) < 0) throw H5Failure("cannot be closed");
  }

  operator hid_t() const { return id_; }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

// Throws unless HDF5 returned success.
inline void check_h5(herr_t result, const std::string& what) {
  if (result < 0) throw H5Failure(what);
}

// Keeps HDF5 from printing its error stack while in scope: exceptions tell the user instead.
class H5Silence {
 public:
  H5Silence() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~H5Silence() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
  H5Silence(const H5Silence&) = delete;
  H5Silence& operator=(const H5Silence&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

// UTF-8 text of any length, the string type that netCDF, h5py and xarray all read as text.
inline H5Handle build_text_type() {
  H5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
  check_h5(H5Tset_size(type, H5T_VARIABLE), "text type");
  check_h5(H5Tset_cset(type, H5T_CSET_UTF8), "text type");
  return type;
}

}  // namespace lumbarun::results
