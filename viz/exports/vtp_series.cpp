#include <fmt/format.h>
#include <vtkAppendPolyData.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>
#include <vtkXMLPolyDataWriter.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sim/core/contracts.h"
#include "viz/exports/exports.h"
#include "viz/picture.h"

namespace lumbarun::viz {
namespace {

// The part with the arrays that all parts share.
Mesh dress(const FramePart& part, const std::string& load_name) {
  Mesh mesh = Mesh::New();
  mesh->CopyStructure(part.mesh);
  const vtkIdType count = mesh->GetNumberOfPoints();
  mesh->GetPointData()->SetNormals(part.mesh->GetPointData()->GetNormals());
  vtkNew<vtkDoubleArray> load;
  load->SetName(load_name.c_str());
  load->SetNumberOfTuples(count);
  load->Fill(part.value);
  mesh->GetPointData()->AddArray(load);
  vtkDataArray* own = part.mesh->GetPointData()->GetArray("rgb");
  if (own != nullptr) {
    mesh->GetPointData()->AddArray(own);
    return mesh;
  }
  vtkNew<vtkUnsignedCharArray> rgb;
  rgb->SetName("rgb");
  rgb->SetNumberOfComponents(3);
  rgb->SetNumberOfTuples(count);
  for (int c = 0; c < 3; ++c)
    rgb->FillComponent(c, std::lround(255 * part.color[static_cast<std::size_t>(c)]));
  mesh->GetPointData()->AddArray(rgb);
  return mesh;
}

std::string write_vtp(const std::vector<FramePart>& parts, const std::string& load_name) {
  vtkNew<vtkAppendPolyData> append;
  for (const FramePart& part : parts) append->AddInputData(dress(part, load_name));
  vtkNew<vtkXMLPolyDataWriter> writer;
  writer->SetInputConnection(append->GetOutputPort());
  writer->SetDataModeToAppended();
  writer->EncodeAppendedDataOff();
  writer->WriteToOutputStringOn();
  writer->Write();
  return writer->GetOutputString();
}

}  // namespace

void write_vtp_series(const RunRecord& record, FrameParts& parts, int frames, const std::string& folder) {
  LUMBARUN_THROW_UNLESS(record.time.size() > 1, "the run has no stride to export (status: {})",
                        record.header.status);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  LUMBARUN_THROW_UNLESS(std::filesystem::is_directory(folder), "cannot make the folder {}: {}", folder,
                        error.message());
  const std::string load_name =
      fmt::format("{} [{}]", parts.get_disc_quantity().title, parts.get_disc_quantity().unit);
  std::string list;
  for (int i = 0; i < frames; ++i) {
    const double time = record.time.back() * i / std::max(1, frames - 1);
    const std::size_t sample = find_sample_at_time(record, time);
    if (!has_poses(record, sample)) continue;
    const std::string name = fmt::format("run_{:04}.vtp", i);
    write_file(folder + "/" + name, write_vtp(parts.build(sample), load_name));
    list +=
        fmt::format("    <DataSet timestep=\"{:.6g}\" part=\"0\" file=\"{}\"/>\n", record.time[sample], name);
  }
  write_file(folder + "/run.pvd",
             "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"0.1\" "
             "byte_order=\"LittleEndian\">\n  <Collection>\n" +
                 list + "  </Collection>\n</VTKFile>\n");
}

}  // namespace lumbarun::viz
