// kill -9 of workers and parents at random moments: after --resume the file is the one of an undisturbed sweep.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/sweep/sweep_line.h"

namespace lumbarun {
namespace {

class Killed : public test::SweepLine {};

TEST_F(Killed, WorkersAndParentsAtTwentyRandomMoments) {
  constexpr int kScenarios = 200;
  constexpr int kJobs = 2;
  write_synthetic("s.toml", kScenarios, 3);
  ASSERT_EQ(run("sweep s.toml -o quiet -j 2").exit_code, 0);
  const std::string wanted = merge("quiet");

  std::mt19937 random(20240607);
  int worker_kills = 0;
  int parent_kills = 0;
  int folder = 0;
  while (worker_kills + parent_kills < 20) {
    const std::string name = "dir" + std::to_string(folder++);
    long kills = 0;  // in this folder
    bool is_over = false;
    while (!is_over) {
      const pid_t parent = start({"sweep", "s.toml", "-o", name, "-j", std::to_string(kJobs), "--resume"});
      for (int i = 0; i < 500 && find_children(parent).empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 250));
      const auto workers = find_children(parent);
      const bool hit_worker = random() % 2 == 0 && !workers.empty();
      if (kill(hit_worker ? workers[random() % workers.size()] : parent, SIGKILL) == 0) {
        ++(hit_worker ? worker_kills : parent_kills);
        ++kills;
      }
      is_over = WIFEXITED(wait_for(parent));
      for (const pid_t worker : workers) {  // orphans finish the scenario they are at
        for (int i = 0; i < 1000 && kill(worker, 0) == 0; ++i) {
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
      }
    }
    ASSERT_EQ(run("sweep s.toml -j 2 --resume -o " + name).exit_code, 0)
        << read_bytes(get_path("background.txt"));
    EXPECT_TRUE(merge(name) == wanted) << name << " after " << kills << " kills";
    EXPECT_LE(get_status_number(name, "repeated"), kills * kJobs)
        << "at most one scenario per worker was done twice";
    EXPECT_EQ(get_status_number(name, "ok"), kScenarios);
  }
  EXPECT_GT(worker_kills, 3);
  EXPECT_GT(parent_kills, 3);
}

}  // namespace
}  // namespace lumbarun
