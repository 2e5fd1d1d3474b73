/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "tests/sandbox/world.h"

G_BEGIN_DECLS

/**
 * TtecommSandbox:
 *
 * A TTcloud and TTecomm to run against (design.md, section 7): the API on HTTPS, web pages and the
 * control interface on plain loopback HTTP. Everything runs in the thread-default main context of
 * the thread that starts it, which has to iterate it; stop and unref it in that thread too.
 */
#define TTECOMM_TYPE_SANDBOX (ttecomm_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (TtecommSandbox, ttecomm_sandbox, TTECOMM, SANDBOX, GObject)

typedef struct
{
  SandboxWorldOptions world;
  guint api_port; /* 0: any that is free */
  guint web_port;
  guint control_port;
} TtecommSandboxOptions;

/**
 * TtecommSandbox::stopped:
 *
 * Somebody asked for the end over the control interface, and it has come.
 */

/**
 * ttecomm_sandbox_start:
 * @directory: (nullable): made when it is not there; receives ca.pem, trust.json and, last,
 *   urls.json, each whole or not at all
 * @options: (nullable)
 *
 * Returns: (transfer full): a sandbox that listens, or %NULL
 */
TtecommSandbox *ttecomm_sandbox_start (const char *directory,
                                       const TtecommSandboxOptions *options,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends every connection and removes urls.json. Without effect the second time. */
void ttecomm_sandbox_stop (TtecommSandbox *self);

/* Origins, without a slash at the end; what the three files hold. Borrowed. */
const char *ttecomm_sandbox_get_api_url (TtecommSandbox *self);
const char *ttecomm_sandbox_get_web_url (TtecommSandbox *self);
const char *ttecomm_sandbox_get_control_url (TtecommSandbox *self);
const char *ttecomm_sandbox_get_ca_pem (TtecommSandbox *self);
const char *ttecomm_sandbox_get_trust (TtecommSandbox *self);

G_END_DECLS
