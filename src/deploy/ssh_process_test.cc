// Tests what is made of ssh's own messages; test/system/test_deploy*.py run it against real
// servers.
#include "deploy/ssh_process.h"

#include <gtest/gtest.h>

#include <string>

namespace tamis {
namespace {

TEST(SshFailure, SaysThatAConnectionWasLost) {
  const SshOptions options;
  for (const std::string line :
       {"client_loop: send disconnect: Broken pipe", "Timeout, server db1 not responding.",
        "Connection to db1 closed by remote host.", "Connection reset by 10.0.0.1 port 22"}) {
    EXPECT_EQ(SshFailure(options, line + "\r\n", "no answer"), "the connection was lost: " + line);
  }
}

TEST(SshFailure, SaysWhatIsWrongWithAHostKey) {
  const SshOptions options;
  EXPECT_EQ(SshFailure(options, "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\n", ""),
            "the host key has changed");
  EXPECT_EQ(SshFailure(options, "Host key verification failed.\n", ""),
            "the host key is not known");
}

TEST(SshFailure, TakesTheLastLineElse) {
  const SshOptions options;
  EXPECT_EQ(SshFailure(options, "a\nPermission denied (publickey).\n", "no answer"),
            "Permission denied (publickey).");
  EXPECT_EQ(SshFailure(options, "", "no answer"), "no answer");
}

}  // namespace
}  // namespace tamis
