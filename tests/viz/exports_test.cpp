// Files for other programs: ParaView, glTF readers, browsers.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkXMLPolyDataReader.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "sim/core/errors.h"
#include "tests/results/temporary_folder.h"
#include "tests/viz/synthetic_run.h"
#include "viz/exports/exports.h"
#include "viz/web/web_data.h"
#include "viz/web/web_page.h"

namespace lumbarun::viz {
namespace {

class ExportTest : public test::TemporaryFolder {
 protected:
  static MeshCache get_cache() {
    return MeshCache(std::filesystem::temp_directory_path() / "lumbarun-test-cache" / "lumbarun");
  }
  static FrameParts build_parts(const RunRecord& record) {
    return {record, get_cache(), DiscQuantity::kCompression, MuscleQuantity::kActivation};
  }
  RunRecord record_ = test::build_synthetic_run({.samples = 11});
};

TEST_F(ExportTest, SeriesHoldsEveryInstantWithItsLoads) {
  FrameParts parts = build_parts(record_);
  write_vtp_series(record_, parts, 3, get_path("series"));
  const std::string list = read_bytes(get_path("series/run.pvd"));
  for (const char* part : {"timestep=\"0\"", "run_0000.vtp", "run_0002.vtp"})
    EXPECT_NE(list.find(part), std::string::npos) << list;
  vtkNew<vtkXMLPolyDataReader> reader;
  reader->SetFileName(get_path("series/run_0001.vtp").c_str());
  reader->Update();
  vtkDataArray* load = reader->GetOutput()->GetPointData()->GetArray("Disc compression [N]");
  ASSERT_NE(load, nullptr);
  double largest = 0;
  for (vtkIdType i = 0; i < load->GetNumberOfTuples(); ++i)
    largest = std::max(largest, std::isfinite(load->GetComponent(i, 0)) ? load->GetComponent(i, 0) : 0);
  double expected = 0;
  for (std::size_t level = 0; level < 6; ++level)
    expected = std::max(expected, record_.discs.compression[5 * 6 + level]);
  EXPECT_NEAR(largest, expected, 1e-9);
}

TEST_F(ExportTest, InstantWithoutPosesIsLeftOutOfTheSeries) {
  for (std::size_t i = 0; i < 3; ++i)
    record_.motion.body_position[5 * record_.names.bodies.size() * 3 + i] = std::nan("");
  FrameParts parts = build_parts(record_);
  write_vtp_series(record_, parts, 3, get_path("series"));
  EXPECT_FALSE(std::filesystem::exists(get_path("series/run_0001.vtp")));
  EXPECT_TRUE(std::filesystem::exists(get_path("series/run_0002.vtp")));
}

TEST_F(ExportTest, GltfIsConsistent) {
  FrameParts parts = build_parts(record_);
  const std::string bytes = build_gltf(parts, 4);
  const auto get_word = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  };
  ASSERT_GT(bytes.size(), 100000u);
  EXPECT_EQ(bytes.substr(0, 4), "glTF");
  EXPECT_EQ(get_word(8), bytes.size());
  const std::uint32_t json_size = get_word(12);
  EXPECT_EQ(json_size % 4, 0u);
  const std::string json = bytes.substr(20, json_size);
  EXPECT_EQ(get_word(20 + json_size), bytes.size() - 28 - json_size);
  for (const char* name : {"\"L5_S1\"", "\"skull\"", "\"muscles\"", "\"shoe_l_midsole\""})
    EXPECT_NE(json.find(name), std::string::npos) << name;
  EXPECT_NE(json.find("\"byteLength\":" + std::to_string(get_word(20 + json_size)) + "}]}"),
            std::string::npos);
}

TEST(WebData, Base64OfAnyLength) {
  for (const auto& [count, text] :
       {std::pair{0, ""}, {1, "QQ=="}, {2, "QUE="}, {3, "QUFB"}, {4, "QUFBQQ=="}}) {
    WebData data;
    data.add_unsigned_bytes(std::vector<std::uint8_t>(static_cast<std::size_t>(count), 65));
    EXPECT_EQ(data.get_base64(), text);
  }
}

TEST(WebData, TitlesCannotEndTheScript) {
  EXPECT_EQ(to_json(std::string("</script>\"\\\n")), "\"\\u003c/script>\\\"\\\\\\u000a\"");
}

TEST_F(ExportTest, PageCarriesEverythingAndLoadsNothing) {
  record_.header.title = "A </script> title";
  const std::string page = build_web_page(record_, get_cache(), DiscQuantity::kCompression);
  EXPECT_LT(page.size(), 10u * 1024 * 1024);
  for (const char* outside : {"http://", "https://", "src=", "@import"})
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  EXPECT_NE(page.find("L5/S1"), std::string::npos);
  EXPECT_NE(page.find("A \\u003c/script> title"), std::string::npos);
  record_.muscles.path_point.clear();
  EXPECT_THROW(build_web_page(record_, get_cache(), DiscQuantity::kCompression), BadInput);
}

// What a browser makes of the page after some seconds, with a script of our own at its end.
std::string open_page(const std::string& path) {
  const std::string command =
      "chromium --headless --no-sandbox --disable-gpu --use-gl=angle --use-angle=swiftshader "
      "--enable-unsafe-swiftshader "
      "--virtual-time-budget=30000 --window-size=900,600 --dump-dom file://" +
      path + " 2>/dev/null";
  std::string text;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 65536> buffer;
  while (std::size_t count = pipe == nullptr ? 0 : std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), count);
  if (pipe != nullptr) ::pclose(pipe);
  return text;
}

TEST_F(ExportTest, BrowserPlaysThePageAndPicksADisc) {
  if (std::system("command -v chromium >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package chromium";
  std::string page = build_web_page(record_, get_cache(), DiscQuantity::kCompression);
  // Complaints are collected before the page's own script runs; the check runs when it has drawn some frames.
  const std::string watch =
      "<script>window.complaints=[];window.onerror=m=>complaints.push(m);console.error=console.warn=(...m)=>"
      "complaints.push(m.join(' '));</script>";
  page.insert(page.find("<script>"), watch);
  // A busy machine draws few frames: the check waits until the page has drawn some and has moved. The pick itself
  // must show its chart at once.
  const std::string check =
      "<script>{const L=window.lumbarun,b=document.body.dataset,wait=()=>{if(!(b.frames>3&&b.share>0)){"
      "setTimeout(wait,100);return;}L.state.is_playing=false;const at=L.locate_disc(5);L.pick(at[0],at[1]);"
      "b.report='complaints '+complaints.length+' '+complaints.join(';')+' picked '"
      "+document.getElementById('pickedTitle').textContent+' shown '"
      "+document.getElementById('pickedChart').style.display;};wait();}</script>";
  page.insert(page.rfind("</body>"), check);
  write_bytes(get_path("page.html"), page);
  const std::string dom = open_page(get_path("page.html"));
  const std::size_t at = dom.find("data-report=\"");
  ASSERT_NE(at, std::string::npos) << "the page drew no moving frames";
  EXPECT_EQ(dom.substr(at + 13, dom.find('"', at + 13) - at - 13),
            "complaints 0  picked L5/S1: Disc compression [N] shown block");
}

}  // namespace
}  // namespace lumbarun::viz
