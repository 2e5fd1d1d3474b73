/* SPDX-License-Identifier: MIT */
/* The other half of platform-posix.c: processes, and what becomes of them. */
#define _GNU_SOURCE
#include "tests/check/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define REPORT_FD 3
#define GRACE_MS 3000

typedef struct Stream
{
  int fd;
  size_t used;
  char bytes[8192];
} Stream;

typedef struct Run
{
  pid_t child;
  Stream report;
  Stream output;
  PlatformLine on_line;
  void *data;
  PlatformEnd *end;
} Run;

_Noreturn void
platform_quit (int status)
{
  _exit (status);
}

/* In the new process: nothing of the checker's but its standard error for what the plug-in says. */
static _Noreturn void
become_child (const char *const *arguments, int report, int output)
{
  const char *argv[32] = { "prosoft-check" };
  struct rlimit no_core = { 0, 0 };
  int nothing = open ("/dev/null", O_RDONLY);
  size_t count = 0;

  while (count < 30 && arguments[count] != NULL)
    {
      argv[count + 1] = arguments[count];
      count++;
    }
  setpgid (0, 0);
  setrlimit (RLIMIT_CORE, &no_core);
  dup2 (nothing, 0);
  dup2 (output, 1);
  dup2 (output, 2);
  dup2 (report, REPORT_FD);
  execv ("/proc/self/exe", (char *const *)argv);
  _exit (71);
}

static bool
start (Run *run, const char *const *arguments)
{
  int report[2], output[2];

  if (pipe2 (report, O_CLOEXEC) != 0)
    return false;
  if (pipe2 (output, O_CLOEXEC) != 0)
    {
      close (report[0]);
      close (report[1]);
      return false;
    }
  fflush (NULL);
  run->child = fork ();
  if (run->child == 0)
    {
      /* Out of the way of the number that the child expects. */
      int far_report = fcntl (report[1], F_DUPFD_CLOEXEC, 10);

      become_child (arguments, far_report, output[1]);
    }
  close (report[1]);
  close (output[1]);
  run->report.fd = report[0];
  run->output.fd = output[0];
  return run->child > 0;
}

static void
take_lines (Run *run)
{
  Stream *stream = &run->report;
  char *line = stream->bytes, *end;

  while ((end = memchr (line, '\n', stream->used - (size_t)(line - stream->bytes))) != NULL)
    {
      *end = '\0';
      run->on_line (run->data, line);
      line = end + 1;
    }
  stream->used -= (size_t)(line - stream->bytes);
  memmove (stream->bytes, line, stream->used);
  if (stream->used == sizeof stream->bytes)
    stream->used = 0; /* no line of ours is that long */
}

/* Only the end is kept. */
static void
keep_tail (Run *run)
{
  Stream *stream = &run->output;
  size_t limit = sizeof run->end->output - 1;

  if (stream->used > limit)
    {
      memmove (stream->bytes, stream->bytes + stream->used - limit, limit);
      stream->used = limit;
    }
}

static void
read_stream (Run *run, Stream *stream)
{
  ssize_t got
      = read (stream->fd, stream->bytes + stream->used, sizeof stream->bytes - stream->used);

  if (got <= 0)
    {
      if (got < 0 && errno == EINTR)
        return;
      close (stream->fd);
      stream->fd = -1;
      return;
    }
  stream->used += (size_t)got;
  if (stream == &run->report)
    take_lines (run);
  else
    keep_tail (run);
}

static bool
has_ended (Run *run, int *status)
{
  return waitpid (run->child, status, WNOHANG) == run->child;
}

/* Until the process is gone; what it started may hold the pipes open for ever. */
static int
watch (Run *run, int timeout_ms)
{
  int64_t deadline = platform_now_us () + (int64_t)timeout_ms * 1000;
  int status = 0;
  bool over = false;

  while (!over)
    {
      struct pollfd fds[] = { { run->report.fd, POLLIN, 0 }, { run->output.fd, POLLIN, 0 } };
      int ready;

      over = has_ended (run, &status);
      if (!over && platform_now_us () >= deadline)
        {
          run->end->timed_out = true;
          kill (-run->child, SIGKILL);
          kill (run->child, SIGKILL);
        }
      /* Both gone and not ended yet: it is a matter of a moment. */
      ready = poll (fds, 2, over ? 0 : run->report.fd < 0 ? 1 : 20);
      for (int rounds = 0; ready > 0 && rounds < 64; rounds++)
        {
          if (fds[0].revents != 0 && run->report.fd >= 0)
            read_stream (run, &run->report);
          if (fds[1].revents != 0 && run->output.fd >= 0)
            read_stream (run, &run->output);
          fds[0].fd = run->report.fd;
          fds[1].fd = run->output.fd;
          ready = poll (fds, 2, 0);
        }
    }
  kill (-run->child, SIGKILL);
  return status;
}

static void
describe_end (PlatformEnd *end, int status)
{
  end->killed = WIFSIGNALED (status);
  end->code = end->killed ? WTERMSIG (status) : WEXITSTATUS (status);
  if (end->killed)
    snprintf (end->reason, sizeof end->reason, "signal %d (%s)", end->code, strsignal (end->code));
  else
    snprintf (end->reason, sizeof end->reason, "exit status %d", end->code);
}

bool
platform_run (const char *const *arguments,
              int timeout_ms,
              PlatformLine on_line,
              void *data,
              PlatformEnd *end)
{
  Run *run = calloc (1, sizeof *run);
  bool started;

  if (run == NULL)
    return false;
  memset (end, 0, sizeof *end);
  run->on_line = on_line;
  run->data = data;
  run->end = end;
  started = start (run, arguments);
  if (started)
    {
      describe_end (end, watch (run, timeout_ms + GRACE_MS));
      memcpy (end->output, run->output.bytes, run->output.used);
      if (run->report.fd >= 0)
        close (run->report.fd);
      if (run->output.fd >= 0)
        close (run->output.fd);
    }
  free (run);
  return started;
}

/* --- in the child ---------------------------------------------------------------------------- */

void
platform_report (const char *line)
{
  char bytes[2048];
  size_t size = strlen (line);
  ssize_t written;

  if (size > sizeof bytes - 1)
    size = sizeof bytes - 1;
  memcpy (bytes, line, size);
  bytes[size] = '\n';
  do
    written = write (REPORT_FD, bytes, size + 1);
  while (written < 0 && errno == EINTR);
}

/* Of the process: set once before anything else runs. */
static PlatformFault fault_func;

static void
on_signal (int number, siginfo_t *info, void *context)
{
  bool of_memory = number == SIGSEGV || number == SIGBUS;

  fault_func (number == SIGALRM ? NULL : strsignal (number), of_memory ? info->si_addr : NULL);
  _exit (72);
}

static void
on_exit_of_process (void)
{
  fault_func ("exit", NULL);
  _exit (73);
}

void
platform_guard_process (int limit_ms, PlatformFault on_fault)
{
  static const int numbers[]
      = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGALRM };
  struct itimerval limit = { { 0, 0 }, { limit_ms / 1000, limit_ms % 1000 * 1000 } };
  struct sigaction action = { 0 };
  stack_t stack = { 0 };

  fault_func = on_fault;
  fcntl (REPORT_FD, F_SETFD, FD_CLOEXEC);
  stack.ss_size = 128 * 1024;
  stack.ss_sp = malloc (stack.ss_size);
  if (stack.ss_sp != NULL)
    sigaltstack (&stack, NULL);
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    sigaction (numbers[i], &action, NULL);
  setitimer (ITIMER_REAL, &limit, NULL);
  atexit (on_exit_of_process);
}
