#include "sim/sharing/emg_envelopes.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sim/core/errors.h"

namespace lumbarun {
namespace {

class EmgFile : public ::testing::Test {
 protected:
  ~EmgFile() override { std::filesystem::remove(path_); }
  std::string write(const std::string& text) {
    std::ofstream(path_) << text;
    return path_;
  }
  std::string get_error(const std::string& text) {
    try {
      read_emg_envelopes(write(text));
    } catch (const BadInput& error) {
      return error.what();
    }
    return "";
  }
  std::string path_ = (std::filesystem::temp_directory_path() / ("emg_" + std::to_string(getpid()))).string();
};

TEST_F(EmgFile, ReadsTablesOfTimeAndOfPhase) {
  const EmgEnvelopes csv =
      read_emg_envelopes(write("time_s,multifidus_r, psoas_major\n0,0.1,0.5\n0.1,0.3,0.1\n"));
  EXPECT_EQ(csv.channels, (std::vector<std::string>{"multifidus_r", "psoas_major"}));
  EXPECT_NEAR(calc_emg_values(csv, 0.025, 0.1)[0], 0.15, 1e-15);
  EXPECT_NEAR(calc_emg_values(csv, 0.025, 0.1)[1], 0.40, 1e-15);
  const EmgEnvelopes sto = read_emg_envelopes(
      write("emg\nversion=1\nendheader\nstride_percent\tmultifidus\n0\t0\n50\t1\n100\t0\n"));
  EXPECT_NEAR(calc_emg_values(sto, 0.18, 0.72)[0], 0.5, 1e-15);
  EXPECT_NEAR(calc_emg_values(sto, 0.54, 0.72)[0], 0.5, 1e-15);
}

TEST_F(EmgFile, NamesWhatIsWrong) {
  const std::string head = "time,multifidus_r\n";
  EXPECT_NE(get_error(head + "0,0.1\n0.01,\n0.02,0.1\n").find(":3: column multifidus_r: '' is no number"),
            std::string::npos);
  EXPECT_NE(get_error(head + "0,0.1\n0.01,nan\n").find("gaps must be filled"), std::string::npos);
  EXPECT_NE(
      get_error(head + "0,0.1\n0.01,0.1\n0.02,0.1\n0.09,0.1\n0.1,0.1\n").find("gap from 0.02 to 0.09 s"),
      std::string::npos);
  EXPECT_NE(get_error(head + "0,0.1\n0.01,0.1\n0.01,0.1\n").find("does not increase after 0.01"),
            std::string::npos);
  EXPECT_NE(get_error(head + "0,0.1\n0.01,1.7\n").find("1.7 is not in 0 … 1"), std::string::npos);
  EXPECT_NE(get_error(head + "0,0.1\n0.01\n").find("1 cells where the head line has 2"), std::string::npos);
  EXPECT_NE(get_error("when,multifidus_r\n0,0.1\n1,0.2\n").find("first column is 'when'"), std::string::npos);
  EXPECT_THROW(read_emg_envelopes("/nowhere/emg.csv"), BadInput);
}

TEST_F(EmgFile, ThatEndsBeforeTheStrideIsRefused) {
  const EmgEnvelopes emg = read_emg_envelopes(write("time,multifidus_r\n0,0.1\n0.1,0.1\n0.2,0.1\n"));
  EXPECT_NO_THROW(calc_emg_values(emg, 0.25, 0.72));
  EXPECT_THROW(calc_emg_values(emg, 0.40, 0.72), BadInput);
}

TEST_F(EmgFile, ChannelsAreGroupsSidesOrFascicles) {
  const auto build = [](const char* name, const char* group, BodySide side, double force) {
    Muscle muscle;
    muscle.name = name;
    muscle.group = group;
    muscle.side = side;
    muscle.max_isometric_force = force;
    muscle.optimal_fiber_length = 0.1;
    return muscle;
  };
  const std::vector<Muscle> muscles = {build("mf_1_r", "multifidus", BodySide::kRight, 100.0),
                                       build("mf_2_r", "multifidus", BodySide::kRight, 300.0),
                                       build("mf_1_l", "multifidus", BodySide::kLeft, 100.0)};
  EmgEnvelopes emg;
  emg.channels = {"multifidus", "multifidus_r", "mf_1_l"};
  const auto targets = build_emg_targets(emg, muscles, 5.0);
  EXPECT_EQ(targets[0].muscles, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(targets[1].muscles, (std::vector<int>{0, 1}));
  EXPECT_NEAR(targets[1].share[1], 0.75, 1e-15);
  EXPECT_EQ(targets[2].muscles, (std::vector<int>{2}));
  EXPECT_NEAR(calc_mean_activation(targets[1], Eigen::Vector3d(0.2, 0.6, 0.9)), 0.5, 1e-15);
  emg.channels = {"multifidis"};
  try {
    build_emg_targets(emg, muscles, 5.0);
    FAIL();
  } catch (const BadInput& error) {
    EXPECT_NE(std::string(error.what()).find("nearest: multifidus"), std::string::npos);
  }
}

}  // namespace
}  // namespace lumbarun
