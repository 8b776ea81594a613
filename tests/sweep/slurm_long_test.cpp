// `lumbarun submit --slurm` against a real Slurm of one node, started by the test as root on this machine with all its state
// in the test's folder, and stopped after it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/sweep/sweep_line.h"

namespace lumbarun {
namespace {

using test::CommandOutcome;
using ::testing::HasSubstr;

constexpr int kControllerPort = 26817;
constexpr int kNodePort = 26818;

class Slurm : public test::SweepLine {
 protected:
  void SetUp() override {
    SweepLine::SetUp();
    if (geteuid() != 0) GTEST_SKIP() << "a private Slurm needs root";
    for (const char* program : {"slurmctld", "slurmd", "munged", "sbatch", "scontrol"}) {
      if (std::system((std::string("command -v ") + program + " > /dev/null 2>&1").c_str()) != 0) {
        GTEST_SKIP() << "needs slurmctld, slurmd and munge";
      }
    }
    write_configuration();
    if (!start_daemons())
      GTEST_SKIP() << "Slurm does not start here: " << read_bytes(get_path("slurmctld.log")).substr(0, 2000);
  }

  void TearDown() override {
    for (const pid_t process : daemons_) kill(process, SIGTERM);
    for (const pid_t process : daemons_) wait_for(process);
    SweepLine::TearDown();
  }

  std::string get_environment() const { return "SLURM_CONF='" + get_path("slurm.conf") + "' "; }

  std::string ask(const std::string& command) const {
    const std::string path = get_path("answer.txt");
    [[maybe_unused]] const int status =
        std::system((get_environment() + command + " > '" + path + "' 2>&1").c_str());
    return read_bytes(path);
  }

  // Waits until the job has left the queue; false after 90 s.
  bool wait_for_job(const std::string& id) const {
    for (int i = 0; i < 900; ++i) {
      const std::string queue = ask("squeue -h -j " + id);
      if (queue.empty() || queue.find("Invalid job id") != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }

 private:
  void write_configuration() {
    char name_of_host[256] = "";
    gethostname(name_of_host, sizeof name_of_host - 1);
    std::string host = name_of_host;
    host = host.substr(0, host.find('.'));
    for (const char* name : {"state", "spool", "munge"}) std::filesystem::create_directories(folder_ / name);
    std::filesystem::permissions(folder_ / "munge", std::filesystem::perms::owner_all);
    write_bytes(get_path("munge/key"), std::string(1024, 'k'));
    std::filesystem::permissions(folder_ / "munge/key", std::filesystem::perms::owner_read);
    const std::string socket = get_path("munge/socket");
    write_bytes(
        get_path("slurm.conf"),
        "ClusterName=test\nSlurmctldHost=" + host +
            "(127.0.0.1)\nSlurmUser=root\nSlurmdUser=root\nAuthType=auth/munge\nAuthInfo=socket=" + socket +
            "\nCredType=cred/munge\nSlurmctldPort=" + std::to_string(kControllerPort) +
            "\nSlurmdPort=" + std::to_string(kNodePort) + "\nStateSaveLocation=" + get_path("state") +
            "\nSlurmdSpoolDir=" + get_path("spool") + "\nSlurmctldPidFile=" + get_path("slurmctld.pid") +
            "\nSlurmdPidFile=" + get_path("slurmd.pid") + "\nSlurmctldLogFile=" + get_path("slurmctld.log") +
            "\nSlurmdLogFile=" + get_path("slurmd.log") +
            "\nProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nJobAcctGatherType=jobacct_gather/"
            "none\n"
            "AccountingStorageType=accounting_storage/none\nSelectType=select/cons_tres\n"
            "SelectTypeParameters=CR_CPU\nReturnToService=2\nMpiDefault=none\nSwitchType=switch/none\n"
            "SchedulerParameters=sched_interval=1,batch_sched_delay=0\nMinJobAge=300\nKillWait=5\nNodeName=" +
            host + " NodeAddr=127.0.0.1 CPUs=2 RealMemory=1100 State=UNKNOWN\nPartitionName=all Nodes=" +
            host + " Default=YES MaxTime=INFINITE State=UP\n");
  }

  bool start_daemons() {
    daemons_.push_back(start_daemon("munged --foreground --force --key-file='" + get_path("munge/key") +
                                    "' --socket='" + get_path("munge/socket") + "' --pid-file='" +
                                    get_path("munge/pid") + "' --log-file='" + get_path("munge/log") +
                                    "' --seed-file='" + get_path("munge/seed") + "'"));
    for (int i = 0; i < 50 && !std::filesystem::exists(get_path("munge/socket")); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    daemons_.push_back(start_daemon("slurmctld -D -i -f '" + get_path("slurm.conf") + "'"));
    daemons_.push_back(start_daemon("slurmd -D -f '" + get_path("slurm.conf") + "'"));
    for (int i = 0; i < 200; ++i) {
      if (ask("sinfo -h -o %T").find("idle") == 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }

  pid_t start_daemon(const std::string& command) const {
    const std::string line = "exec " + command;
    const std::string log = get_path("daemons.txt");
    const pid_t process = fork();
    if (process == 0) {
      const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
      dup2(file, 1);
      dup2(file, 2);
      setenv("SLURM_CONF", get_path("slurm.conf").c_str(), 1);
      execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
    return process;
  }

  std::vector<pid_t> daemons_;
};

std::string find_word_after(const std::string& text, const std::string& words) {
  const std::size_t begin = text.find(words);
  if (begin == std::string::npos) return "";
  const std::size_t end = text.find('\n', begin);
  return text.substr(begin + words.size(), end - begin - words.size());
}

TEST_F(Slurm, ArrayAndMergeGiveTheFileOfASweepAtHome) {
  write_synthetic("s.toml", 40, 10);
  ASSERT_EQ(run("sweep s.toml -o home -j 2").exit_code, 0);
  const std::string wanted = merge("home");

  const CommandOutcome outcome =
      run("submit s.toml --slurm --tasks 3 --time 10 --memory 100M -o cluster", get_environment());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.messages;
  const std::string array = find_word_after(outcome.output, "array job ");
  const std::string merge_job = find_word_after(outcome.output, "merge job ");
  ASSERT_FALSE(array.empty());
  ASSERT_FALSE(merge_job.empty());
  EXPECT_TRUE(wait_for_job(array)) << ask("squeue");
  EXPECT_TRUE(wait_for_job(merge_job)) << ask("squeue");
  EXPECT_TRUE(read_bytes(get_path("cluster/sweep.h5")) == wanted)
      << ask("cat '" + get_path("cluster") + "'/slurm-*.log");
}

// An element that is requeued while it works goes on where it was.
TEST_F(Slurm, RequeuedElementLosesNothing) {
  write_synthetic("s.toml", 60, 60);
  ASSERT_EQ(run("sweep s.toml -o home -j 2").exit_code, 0);
  const std::string wanted = merge("home");
  const CommandOutcome outcome =
      run("submit s.toml --slurm --tasks 1 --cpus 2 --time 10 --memory 100M -o cluster", get_environment());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.messages;
  const std::string array = find_word_after(outcome.output, "array job ");
  for (int i = 0; i < 300 && get_status_number("cluster", "ok") < 5; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_GE(get_status_number("cluster", "ok"), 5) << ask("squeue");
  EXPECT_EQ(ask("scontrol requeue " + array), "");
  // A requeued job waits two minutes before it may begin again, unless it is told to.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  ask("scontrol update jobid=" + array + " StartTime=now");
  ask("scontrol release " + array);
  for (int i = 0; i < 1800 && !std::filesystem::exists(get_path("cluster/sweep.h5")); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_TRUE(read_bytes(get_path("cluster/sweep.h5")) == wanted)
      << ask("scontrol show job " + array) << ask("cat '" + get_path("cluster") + "'/slurm-*.log");
  EXPECT_LE(get_status_number("cluster", "repeated"), 2);
}

TEST_F(Slurm, RefusalOfSbatchIsTold) {
  write_synthetic("s.toml", 4, 0);
  const CommandOutcome outcome =
      run("submit s.toml --slurm --tasks 1 --sbatch=--partition=none -o cluster", get_environment());
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.messages, HasSubstr("sbatch did not take"));
  EXPECT_THAT(outcome.messages, HasSubstr("invalid partition"));
}

}  // namespace
}  // namespace lumbarun
