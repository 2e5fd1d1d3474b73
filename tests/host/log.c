/* SPDX-License-Identifier: MIT */
/* prosoft.log/1 and prosoft.thread-check/1: the two that any thread may call at any time. */
#include "tests/host/host-private.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *
severity_name (prosoft_log_severity_t severity)
{
  static const char *const severities[]
      = { "debug", "info", "warning", "error", "HOST-MISBEHAVING", "PLUGIN-MISBEHAVING" };

  return severity >= 0 && severity <= PROSOFT_LOG_PLUGIN_MISBEHAVING ? severities[severity] : "?";
}

/* A line stays one line, and a terminal is not told to do anything. */
static char *
tame (const char *text)
{
  char *copy = host_strdup (text);

  for (char *at = copy; *at != '\0'; at++)
    if ((unsigned char)*at < 0x20 || *at == 0x7f)
      *at = ' ';
  return copy;
}

/* For the search through all that the tests made a plug-in say: see tests/harness/leaks.py. */
static void
witness (const char *line)
{
  const char *folder = getenv ("HARNESS_WITNESS");
  char *path = folder != NULL ? host_format ("%s/module.log", folder) : NULL;
  FILE *file = path != NULL ? host_append_to_file (path) : NULL;

  if (file != NULL)
    {
      fprintf (file, "%s\n", line);
      fclose (file);
    }
  free (path);
}

void
host_write_log (Host *host, prosoft_log_severity_t severity, const char *domain, const char *text)
{
  struct timespec now;
  long day;
  char *line, *said = tame (text), *speaker = tame (domain);

  clock_gettime (CLOCK_REALTIME, &now);
  day = (long)(now.tv_sec % 86400);
  line = host_format ("%02ld:%02ld:%02ld.%03ld %s %s: %s\n", day / 3600, day / 60 % 60, day % 60,
                      now.tv_nsec / 1000000, severity_name (severity), speaker, said);
  pthread_mutex_lock (&host->log_lock);
  fputs (line, host->log_file);
  fflush (host->log_file);
  witness (text);
  pthread_mutex_unlock (&host->log_lock);
  free (line);
  free (said);
  free (speaker);
}

void
host_log (Host *host, prosoft_log_severity_t severity, const char *format, ...)
{
  va_list arguments;
  char *text;

  if (severity < host->log_threshold)
    return;
  va_start (arguments, format);
  text = host_format_va (format, arguments);
  va_end (arguments);
  host_write_log (host, severity, "host", text);
  free (text);
}

static void PROSOFT_ABI
log_line (const prosoft_host_t *table,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  Host *host = host_of (table);

  if (!host_accept_any (host, "log.log")
      || !host_text_good (host, "the domain of a log line", domain, false)
      || !host_text_good (host, "a log line", text, false))
    return;
  if (strpbrk (text, "\r\n") != NULL)
    host_blame_plugin (host, HOST_CHECK_TEXT, "a log line of \"%s\" has a line feed in it", domain);
  if (severity < PROSOFT_LOG_DEBUG || severity > PROSOFT_LOG_PLUGIN_MISBEHAVING)
    host_blame_plugin (host, HOST_CHECK_RESULT, "a log line of severity %d", (int)severity);
  if (severity >= host->log_threshold)
    host_write_log (host, severity, domain, text);
  else
    witness (text);
}

const prosoft_host_log_t host_log_table = { log_line };

static int32_t PROSOFT_ABI
is_main_thread (const prosoft_host_t *table)
{
  Host *host = host_of (table);

  host_accept_any (host, "thread_check.is_main_thread");
  return pthread_equal (pthread_self (), host->main) ? 1 : 0;
}

const prosoft_host_thread_check_t host_thread_check_table = { is_main_thread };
