#include "models/table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "models/muscle_tables.h"
#include "sim/core/errors.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

class TableFile : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ =
        std::filesystem::temp_directory_path() / ("lumbarun_table_" + test + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

std::string message_of(const TableErrors& errors) {
  try {
    errors.throw_if_any();
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

TEST_F(TableFile, ReadsNumbersByColumnName) {
  TableErrors errors;
  const Table table =
      Table::read(write("a.csv", "mass_kg,name\n1.5e1,x\r\n-2,y\n"), {"name", "mass_kg"}, errors);
  EXPECT_EQ(table.row_count(), 2);
  EXPECT_EQ(table.read_number(0, "mass_kg", errors), 15.0);
  EXPECT_EQ(table.read_number(1, "mass_kg", errors), -2.0);
  EXPECT_EQ(table.get_text(1, "name"), "y");
  EXPECT_TRUE(errors.is_empty());
}

TEST_F(TableFile, ReportsEveryMistakeWithItsPlace) {
  TableErrors errors;
  const Table table =
      Table::read(write("b.csv", "mas_kg,body\n1;5,pelvis\n2\n-3,femur\n"), {"mass_kg", "body"}, errors);
  table.read_choice(1, "body", {"femur_r", "pelvis"}, errors);
  const std::string message = message_of(errors);
  EXPECT_NE(message.find("b.csv:1: column 'mass_kg' is missing"), std::string::npos) << message;
  EXPECT_NE(message.find("b.csv:1: unknown column 'mas_kg'; the nearest known one is 'mass_kg'"),
            std::string::npos);
  EXPECT_NE(message.find("b.csv:3: 1 cells where the header has 2"), std::string::npos);
  EXPECT_NE(message.find("b.csv:4: column 'body': unknown 'femur'; the nearest known one is 'femur_r'"),
            std::string::npos);
}

TEST_F(TableFile, RefusesWhatIsNotAPositiveNumber) {
  TableErrors errors;
  const Table table = Table::read(write("c.csv", "l_m\n0.1x\nnan\n-0.1\n"), {"l_m"}, errors);
  for (int row = 0; row < 3; ++row) table.read_positive(row, "l_m", errors);
  const std::string message = message_of(errors);
  EXPECT_NE(message.find("c.csv:2: column 'l_m': '0.1x' is not a number"), std::string::npos) << message;
  EXPECT_NE(message.find("c.csv:3: column 'l_m': 'nan' is not a number"), std::string::npos) << message;
  EXPECT_NE(message.find("c.csv:4: column 'l_m': -0.1 must be greater than 0"), std::string::npos) << message;
}

TEST_F(TableFile, MissingTablesAreReportedTogether) {
  try {
    read_skeleton_tables(folder_);
    FAIL() << "an empty folder was accepted";
  } catch (const BadInput& error) {
    for (const char* name :
         {"bodies.csv", "joints.csv", "coordinates.csv", "levels.csv", "contact_elements.csv"}) {
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << name;
    }
  }
}

TEST_F(TableFile, AParentMustStandAboveItsChild) {
  std::filesystem::copy(test::runner_folder(), folder_, std::filesystem::copy_options::recursive);
  std::ifstream stream(folder_ / "joints.csv");
  std::string text((std::istreambuf_iterator<char>(stream)), {});
  stream.close();
  const size_t at = text.find("\nL5,sacrum,");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 11, "\nL5,thorax,");
  write("joints.csv", text);
  EXPECT_THROW(read_skeleton_tables(folder_), BadInput);
}

// Every kind of mistake in four tables at once, each named by file, line and column.
TEST_F(TableFile, MistakesOfAllTablesAreReportedTogether) {
  std::filesystem::copy(test::runner_folder(), folder_, std::filesystem::copy_options::recursive);
  const auto edit = [&](const char* name, const std::string& from, const std::string& to) {
    std::ifstream stream(folder_ / name);
    std::string text((std::istreambuf_iterator<char>(stream)), {});
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    write(name, text.replace(at, from.size(), to));
  };
  edit("joints.csv", "\nL4,L5,", "\nL4,L3,");  // L3 hangs on L4
  edit("joints.csv", "\nhumerus_r,thorax,", "\nhumerus_r,torax,");
  edit("bodies.csv", "com_x_m", "com_x");
  edit("contact_elements.csv", "calcn_r", "foot_r");
  edit("path_points.csv", "soleus_r,0,fixed,tibia_r", "soleus_r,0,fixed,shank_r");
  edit("muscles.csv", "soleus_r,soleus,103.2474,0.044", "soleus_r,soleus,103.2474,-0.044");
  edit("muscles.csv", "elastic", "springy");
  try {
    read_runner_tables(folder_);
    FAIL() << "broken tables were accepted";
  } catch (const BadInput& error) {
    const std::string message = error.what();
    for (const char* part :
         {"joints.csv:10: column 'parent': the parents form a cycle: L4 <- L3 <- L4",
          "column 'parent': unknown 'torax'; the nearest known one is 'thorax'",
          "bodies.csv:1: column 'com_x_m' is missing",
          "bodies.csv:1: unknown column 'com_x'; the nearest known one is 'com_x_m'",
          "contact_elements.csv:2: column 'body': unknown 'foot_r'", "column 'body': unknown 'shank_r'",
          "column 'optimal_fiber_length_m': -0.044 must be greater than 0",
          "column 'tendon': unknown 'springy'"}) {
      EXPECT_NE(message.find(part), std::string::npos) << part << "\nin\n" << message;
    }
    EXPECT_EQ(message.find("'com_x_m': '' is not a number"), std::string::npos) << message;  // said once
  }
}

TEST_F(TableFile, MuscleMistakesAreReportedTogether) {
  std::filesystem::copy(test::runner_folder(), folder_, std::filesystem::copy_options::recursive);
  const SkeletonTables skeleton = read_skeleton_tables(folder_);
  const auto edit = [&](const char* name, const std::string& from, const std::string& to) {
    std::ifstream stream(folder_ / name);
    std::string text((std::istreambuf_iterator<char>(stream)), {});
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    write(name, text.replace(at, from.size(), to));
  };
  edit("path_points.csv", "soleus_r,0,fixed,tibia_r", "soleus_r,0,fixed,tibia");
  edit("path_points.csv", "conditional,pelvis", "conditonal,pelvis");
  edit("muscles.csv", "iliacus_r,iliacus,", "iliacus_r,iliacus,-");
  edit("moving_points.csv", "gaslat_r,1,-0.174533", "gaslat_r,0,-0.174533");
  try {
    read_muscle_tables(folder_, skeleton);
    FAIL() << "broken tables were accepted";
  } catch (const BadInput& error) {
    const std::string message = error.what();
    for (const char* part : {"column 'body': unknown 'tibia'; the nearest known one is 'tibia_r'",
                             "unknown 'conditonal'; the nearest known one is 'conditional'",
                             "column 'pcsa_cm2': -17.019 must be greater than 0",
                             "column 'index': is not a moving point of this muscle"}) {
      EXPECT_NE(message.find(part), std::string::npos) << part << "\nin\n" << message;
    }
  }
}

}  // namespace
}  // namespace lumbarun
