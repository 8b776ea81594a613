#include "viz/geometry/mesh_cache.h"

#include <fmt/format.h>
#include <unistd.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

namespace lumbarun::viz {
namespace {

constexpr char kMagic[8] = {'l', 'b', 'm', 'e', 's', 'h', '0', '1'};

// FNV-1a.
std::uint64_t calc_hash(const char* bytes, std::size_t count) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (std::size_t i = 0; i < count; ++i) {
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 1099511628211ULL;
  }
  return hash;
}

class ByteWriter {
 public:
  void add(const void* data, std::size_t count) {
    const auto* first = static_cast<const char*>(data);
    bytes_.insert(bytes_.end(), first, first + count);
  }
  void add_count(std::uint64_t value) { add(&value, sizeof value); }
  const std::vector<char>& get() const { return bytes_; }

 private:
  std::vector<char> bytes_;
};

// Reads on while there is enough; afterwards `is_good()` tells whether there always was.
class ByteReader {
 public:
  explicit ByteReader(const std::vector<char>& bytes) : bytes_(bytes) {}
  void take(void* data, std::size_t count) {
    is_good_ = is_good_ && count <= bytes_.size() - at_;
    if (!is_good_ || count == 0) return;
    std::memcpy(data, bytes_.data() + at_, count);
    at_ += count;
  }
  std::uint64_t take_count() {
    std::uint64_t value = 0;
    take(&value, sizeof value);
    if (value > bytes_.size()) is_good_ = false;
    return is_good_ ? value : 0;
  }
  bool is_good() const { return is_good_; }

 private:
  const std::vector<char>& bytes_;
  std::size_t at_ = 0;
  bool is_good_ = true;
};

std::vector<char> pack(const std::string& key, vtkPolyData* mesh) {
  ByteWriter out;
  out.add(kMagic, sizeof kMagic);
  out.add_count(key.size());
  out.add(key.data(), key.size());
  const vtkIdType points = mesh->GetNumberOfPoints();
  out.add_count(static_cast<std::uint64_t>(points));
  vtkDataArray* normals = mesh->GetPointData()->GetNormals();
  vtkDataArray* shade = mesh->GetPointData()->GetArray(kShadeArray);
  for (vtkIdType i = 0; i < points; ++i) {
    double p[3];
    double n[3];
    mesh->GetPoint(i, p);
    normals->GetTuple(i, n);
    const float values[6] = {float(p[0]), float(p[1]), float(p[2]), float(n[0]), float(n[1]), float(n[2])};
    out.add(values, sizeof values);
    const auto open = static_cast<unsigned char>(shade->GetComponent(i, 0));
    out.add(&open, 1);
  }
  out.add_count(static_cast<std::uint64_t>(mesh->GetNumberOfPolys()));
  vtkNew<vtkIdList> corners;
  for (vtkIdType c = 0; c < mesh->GetPolys()->GetNumberOfCells(); ++c) {
    mesh->GetPolys()->GetCellAtId(c, corners);
    const std::int32_t ids[3] = {std::int32_t(corners->GetId(0)), std::int32_t(corners->GetId(1)),
                                 std::int32_t(corners->GetId(2))};
    out.add(ids, sizeof ids);
  }
  out.add_count(calc_hash(out.get().data(), out.get().size()));
  return out.get();
}

std::optional<Mesh> unpack(const std::string& key, const std::vector<char>& bytes) {
  if (bytes.size() < sizeof(std::uint64_t)) return std::nullopt;
  const std::size_t body = bytes.size() - sizeof(std::uint64_t);
  std::uint64_t hash = 0;
  std::memcpy(&hash, bytes.data() + body, sizeof hash);
  if (hash != calc_hash(bytes.data(), body)) return std::nullopt;
  ByteReader in(bytes);
  char magic[8];
  in.take(magic, sizeof magic);
  std::string name(in.take_count(), ' ');
  in.take(name.data(), name.size());
  if (!in.is_good() || std::memcmp(magic, kMagic, sizeof magic) != 0 || name != key) return std::nullopt;
  vtkNew<vtkPoints> points;
  vtkNew<vtkFloatArray> normals;
  vtkNew<vtkUnsignedCharArray> shade;
  const auto count = static_cast<vtkIdType>(in.take_count());
  points->SetNumberOfPoints(count);
  normals->SetNumberOfComponents(3);
  normals->SetName("Normals");
  normals->SetNumberOfTuples(count);
  shade->SetName(kShadeArray);
  shade->SetNumberOfTuples(count);
  for (vtkIdType i = 0; i < count; ++i) {
    float values[6] = {0};
    unsigned char open = 0;
    in.take(values, sizeof values);
    in.take(&open, 1);
    points->SetPoint(i, values[0], values[1], values[2]);
    normals->SetTuple(i, values + 3);
    shade->SetValue(i, open);
  }
  vtkNew<vtkCellArray> triangles;
  const auto cells = static_cast<vtkIdType>(in.take_count());
  triangles->AllocateExact(cells, 3 * cells);
  for (vtkIdType c = 0; c < cells; ++c) {
    std::int32_t ids[3] = {0};
    in.take(ids, sizeof ids);
    const vtkIdType corners[3] = {ids[0], ids[1], ids[2]};
    triangles->InsertNextCell(3, corners);
  }
  if (!in.is_good()) return std::nullopt;
  Mesh mesh = Mesh::New();
  mesh->SetPoints(points);
  mesh->SetPolys(triangles);
  mesh->GetPointData()->SetNormals(normals);
  mesh->GetPointData()->AddArray(shade);
  return mesh;
}

// Whole or not at all, and without a word: the mesh is in memory anyway.
void store(const std::filesystem::path& path, const std::vector<char>& bytes) {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  const std::filesystem::path draft = path.string() + fmt::format(".{}.tmp", ::getpid());
  std::ofstream file(draft, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file) std::filesystem::rename(draft, path, ignored);
  if (!file || ignored) std::filesystem::remove(draft, ignored);
}

}  // namespace

MeshCache::MeshCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

Mesh MeshCache::fetch(const std::string& key, const std::function<Mesh()>& build) const {
  std::filesystem::path path;
  if (!folder_.empty()) {
    path = folder_ / fmt::format("{:016x}.mesh", calc_hash(key.data(), key.size()));
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (const auto mesh = unpack(key, bytes)) return *mesh;
  }
  Mesh mesh = build();
  add_open_shade(mesh);
  if (!folder_.empty()) store(path, pack(key, mesh));
  return mesh;
}

std::filesystem::path get_cache_folder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0') {
    return std::filesystem::path(cache) / "lumbarun";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    return std::filesystem::path(home) / ".cache" / "lumbarun";
  }
  return {};
}

}  // namespace lumbarun::viz
