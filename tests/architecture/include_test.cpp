// The one-way house (docs/architecture.md): a room includes only what stands below it, and each heavy
// dependency has one door.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;    // path from the repository root
  std::string target;  // what stands between the quotes or brackets
};

// Room -> the rooms directly below it. What those may include is allowed too.
const std::map<std::string, std::vector<std::string>>& rooms() {
  static const std::map<std::string, std::vector<std::string>> table = {
      {"sim/core", {}},
      {"sim/signal", {"sim/core"}},
      {"sim/tape", {"sim/core"}},
      {"sim/spatial", {"sim/core"}},
      {"sim/multibody", {"sim/spatial", "sim/tape"}},
      {"sim/tissue", {"sim/multibody"}},
      {"sim/contact", {"sim/multibody"}},
      {"sim/dynamics", {"sim/tissue", "sim/contact"}},
      {"sim/planning", {"sim/dynamics", "sim/tape"}},
      {"sim/forward", {"sim/dynamics", "sim/planning"}},
      {"sim/equilibrium", {"sim/dynamics"}},
      {"sim/sharing", {"sim/dynamics"}},
      {"sim/loads", {"sim/sharing", "sim/signal"}},
      {"sim/statistics", {"sim/core"}},
      {"sim/charts", {"sim/statistics"}},
      {"sim/results", {"sim/core"}},
      {"sim/sweeps", {"sim/charts", "sim/results"}},
      {"sim/interop", {"sim/tissue", "sim/contact"}},
      {"models", {"sim/dynamics", "sim/signal", "sim/statistics"}},
      {"scenarios", {"models", "sim/forward", "sim/equilibrium", "sim/loads", "sim/sweeps"}},
      {"viz", {"sim/sweeps"}},
  };
  return table;
}

// Header pattern -> where it may be included.
const std::vector<std::pair<std::regex, std::string>>& doors() {
  static const std::vector<std::pair<std::regex, std::string>> table = {
      {std::regex("boost/numeric/odeint.*"), "sim/forward"},
      {std::regex("(coin/)?Ip[A-Z].*\\.hpp"), "sim/planning"},
      {std::regex("hdf5.*\\.h|H5.*\\.h"), "sim/results"},
      {std::regex("vtk.*\\.h"), "viz"},
      {std::regex("toml\\+\\+/.*|toml\\.hpp"), "models|scenarios"},
      {std::regex("CLI/.*"), "scenarios|viz"},
      {std::regex("pugixml.*"), "sim/interop"},
  };
  return table;
}

std::string room_of(const std::string& path) {
  static const std::regex pattern("(sim/[^/]+|models|scenarios|viz)/.*");
  std::smatch match;
  return std::regex_match(path, match, pattern) ? match[1].str() : "";
}

std::set<std::string> calc_allowed(const std::string& room) {
  std::set<std::string> allowed = {room};
  for (const std::string& below : rooms().at(room)) {
    allowed.merge(calc_allowed(below));
  }
  return allowed;
}

// Empty when the include is in order, else what is wrong with it.
std::string calc_breach(const Include& include) {
  const std::string room = room_of(include.file);
  const std::string target_room = room_of(include.target);
  if (!rooms().contains(room)) {
    return include.file + ": the room '" + room + "' is not in the table of docs/architecture.md";
  }
  if (!target_room.empty() && !calc_allowed(room).contains(target_room)) {
    return include.file + " includes \"" + include.target + "\": " + room + " may not look into " +
           target_room;
  }
  for (const auto& [pattern, where] : doors()) {
    if (std::regex_match(include.target, pattern) && !std::regex_match(room, std::regex(where))) {
      return include.file + " includes <" + include.target + ">: only " + where + " may";
    }
  }
  return "";
}

std::vector<Include> read_includes() {
  static const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
  const fs::path root = LUMBARUN_SOURCE_DIR;
  std::vector<Include> includes;
  for (const char* top : {"sim", "models", "scenarios", "viz"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ifstream stream(entry.path());
      std::smatch match;
      for (std::string line; std::getline(stream, line);) {
        if (std::regex_match(line, match, pattern)) {
          includes.push_back({fs::relative(entry.path(), root).generic_string(), match[1].str()});
        }
      }
    }
  }
  return includes;
}

TEST(Includes, KeepToTheOneWayHouse) {
  const std::vector<Include> includes = read_includes();
  ASSERT_GT(includes.size(), 20u) << "no sources found below " << LUMBARUN_SOURCE_DIR;
  for (const Include& include : includes) {
    EXPECT_EQ(calc_breach(include), "");
  }
}

TEST(Includes, IpoptHasOneDoor) {
  std::set<std::string> files;
  for (const Include& include : read_includes()) {
    if (std::regex_match(include.target, doors()[1].first)) files.insert(include.file);
  }
  EXPECT_LE(files.size(), 1u) << "more than one file includes Ipopt: " << ::testing::PrintToString(files);
}

TEST(Includes, ProjectHeadersAreNamedFromTheRoot) {
  const fs::path root = LUMBARUN_SOURCE_DIR;
  for (const Include& include : read_includes()) {
    const bool own_neighbour = fs::exists((root / include.file).parent_path() / include.target);
    EXPECT_TRUE(!own_neighbour || fs::exists(root / include.target))
        << include.file << " includes \"" << include.target << "\" without its path from the root";
  }
}

TEST(Includes, BreachesAreFound) {
  EXPECT_NE(calc_breach({"sim/core/a.h", "sim/spatial/transform.h"}), "");
  EXPECT_NE(calc_breach({"sim/contact/a.cpp", "sim/tissue/disc.h"}), "");
  EXPECT_NE(calc_breach({"sim/planning/a.cpp", "sim/forward/simulate.h"}), "");
  EXPECT_NE(calc_breach({"viz/a.cpp", "sim/dynamics/equations.h"}), "");
  EXPECT_NE(calc_breach({"sim/dynamics/a.cpp", "boost/numeric/odeint.hpp"}), "");
  EXPECT_NE(calc_breach({"scenarios/a.cpp", "hdf5.h"}), "");
  EXPECT_NE(calc_breach({"scenarios/a.cpp", "vtkActor.h"}), "");
  EXPECT_NE(calc_breach({"sim/forward/a.cpp", "IpTNLP.hpp"}), "");
  EXPECT_NE(calc_breach({"sim/core/a.cpp", "toml++/toml.h"}), "");
  EXPECT_NE(calc_breach({"sim/cellar/a.cpp", "vector"}), "");
  EXPECT_EQ(calc_breach({"sim/dynamics/a.cpp", "sim/core/units.h"}), "");
  EXPECT_EQ(calc_breach({"sim/results/a.cpp", "hdf5.h"}), "");
}

}  // namespace
}  // namespace lumbarun
