#include "scenarios/output_path.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace fs = std::filesystem;

void check_output_path(const std::string& path) {
  LUMBARUN_THROW_UNLESS(!path.empty(), "-o: the output path is empty");
  LUMBARUN_THROW_UNLESS(!fs::is_directory(path), "-o {}: cannot write the result: this is a directory", path);
  LUMBARUN_THROW_UNLESS(!fs::exists(path) || fs::is_regular_file(path),
                        "-o {}: cannot write the result: this is not a regular file", path);
  const fs::path folder = fs::path(path).parent_path();
  LUMBARUN_THROW_UNLESS(folder.empty() || fs::is_directory(folder),
                        "-o {}: cannot write the result: there is no folder {}", path, folder.string());
  const std::string probe = path + ".probe";
  const int file = open(probe.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  LUMBARUN_THROW_UNLESS(file >= 0 || errno == EEXIST, "-o {}: cannot write the result: {}", path,
                        std::strerror(errno));
  if (file >= 0) {
    close(file);
    unlink(probe.c_str());
  }
}

}  // namespace lumbarun
