/* SPDX-License-Identifier: MIT */
/* What a sandbox leaves in its folder for hosts: urls.json, ca.pem, trust.json. */
#pragma once

#include <glib.h>

#include "tests/host/host.h"

G_BEGIN_DECLS

typedef struct
{
  char *ttcloud_url; /* (owned) */
  char *ttecomm_url; /* (owned) */
  char *control_url; /* (owned) */
  char *ca;          /* (owned) PEM */
  char *trust;       /* (owned) JSON */
  gint64 offset;     /* seconds that the sandbox's clock is ahead; kept when it cannot be asked */
} HostSandbox;

/* Reads the folder. A sandbox that ended has taken urls.json away: then what was `remembered`
 * (nullable: a file) of its last run is taken, so that a host can see it unreachable. */
HostSandbox *host_sandbox_read (const char *directory,
                                const char *remembered,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void host_sandbox_free (HostSandbox *sandbox);

/* Asks GET /sandbox/clock how far the clock is ahead. FALSE: it does not answer, `offset` stays. */
gboolean host_sandbox_ask_clock (HostSandbox *sandbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the file that host_sandbox_read() remembers from. */
gboolean host_sandbox_remember (const HostSandbox *sandbox,
                                const char *path,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets the environment keys that make a host use the sandbox. */
void host_sandbox_apply (const HostSandbox *sandbox, Host *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostSandbox, host_sandbox_free)

G_END_DECLS
