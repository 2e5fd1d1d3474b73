/* SPDX-License-Identifier: MIT */
#include "tests/host/checks.h"

#include <pthread.h>
#include <stdlib.h>

#define MAX_KEPT 100

struct HostFindings
{
  pthread_mutex_t lock;
  size_t counts[HOST_N_CHECKS];
  HostFinding kept[MAX_KEPT]; /* an entry never changes once n_kept covers it */
  size_t n_kept;
  HostFindingFunc report;
  void *data;
};

static const struct
{
  const char *name;
  const char *rule;
} names[HOST_N_CHECKS] = {
  [HOST_CHECK_THREAD] = { "thread", "R4" },
  [HOST_CHECK_IN_CREATE] = { "in-create", "factory/1" },
  [HOST_CHECK_REENTRANCY] = { "reentrancy", "R6" },
  [HOST_CHECK_TEXT] = { "text", "R8" },
  [HOST_CHECK_STRUCT] = { "struct", "R3" },
  [HOST_CHECK_RESULT] = { "result", "R9" },
  [HOST_CHECK_OP_NUMBER] = { "op-number", "R10" },
  [HOST_CHECK_OP_INSIDE] = { "op-inside", "R10" },
  [HOST_CHECK_OP_TWICE] = { "op-twice", "R10" },
  [HOST_CHECK_OP_UNKNOWN] = { "op-unknown", "R10" },
  [HOST_CHECK_OP_KIND] = { "op-kind", "R10" },
  [HOST_CHECK_OP_MISSING] = { "op-missing", "R10" },
  [HOST_CHECK_LATE_CALL] = { "late-call", "R11" },
  [HOST_CHECK_THREADS] = { "threads", "R13" },
  [HOST_CHECK_LOCALE] = { "locale", "R13" },
  [HOST_CHECK_FOLDER] = { "folder", "R13" },
  [HOST_CHECK_VARIABLES] = { "variables", "R13" },
  [HOST_CHECK_SIGNALS] = { "signals", "R13" },
  [HOST_CHECK_FLOATING] = { "floating", "R13" },
  [HOST_CHECK_MAIN_CONTEXT] = { "main-context", "R13" },
  [HOST_CHECK_VIEW] = { "view", "pages/1" },
  [HOST_CHECK_REVISION] = { "revision", "pages/1" },
  [HOST_CHECK_PAGE] = { "page", "pages/1" },
  [HOST_CHECK_DECISION] = { "decision", "session-gate/1" },
  [HOST_CHECK_URI] = { "uri", "open-uri/1" },
  [HOST_CHECK_ANSWER] = { "answer", "secrets/1, files/1" },
};

HostFindings *
host_findings_new (HostFindingFunc report, void *data)
{
  HostFindings *findings = host_alloc (sizeof *findings);

  pthread_mutex_init (&findings->lock, NULL);
  findings->report = report;
  findings->data = data;
  return findings;
}

void
host_findings_free (HostFindings *findings)
{
  for (size_t i = 0; i < findings->n_kept; i++)
    free (findings->kept[i].text);
  pthread_mutex_destroy (&findings->lock);
  free (findings);
}

void
host_findings_add (HostFindings *findings, HostCheck check, bool by_host, const char *text)
{
  HostFinding finding = { check, by_host, host_strdup (text) };
  bool keep;

  pthread_mutex_lock (&findings->lock);
  findings->counts[check]++;
  keep = findings->n_kept < MAX_KEPT;
  if (keep)
    findings->kept[findings->n_kept++] = finding;
  pthread_mutex_unlock (&findings->lock);

  findings->report (findings->data, &finding);
  if (!keep)
    free (finding.text);
}

size_t
host_findings_count (HostFindings *findings, HostCheck check)
{
  size_t count;

  pthread_mutex_lock (&findings->lock);
  count = findings->counts[check];
  pthread_mutex_unlock (&findings->lock);
  return count;
}

size_t
host_findings_total (HostFindings *findings)
{
  size_t total = 0;

  for (int check = 0; check < HOST_N_CHECKS; check++)
    total += host_findings_count (findings, (HostCheck)check);
  return total;
}

const HostFinding *
host_findings_get (HostFindings *findings, size_t index)
{
  const HostFinding *finding;

  pthread_mutex_lock (&findings->lock);
  finding = index < findings->n_kept ? &findings->kept[index] : NULL;
  pthread_mutex_unlock (&findings->lock);
  return finding;
}

const char *
host_check_name (HostCheck check)
{
  return names[check].name;
}

const char *
host_check_rule (HostCheck check)
{
  return names[check].rule;
}
