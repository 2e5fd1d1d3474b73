/* SPDX-License-Identifier: MIT */
/*
 * What a person does with a host, as functions that wait: start, open a file, see the page, sign
 * in, buy, ask for a remote session. For the command line, the demo and tests. Uses GLib for JSON
 * and errors; the loop stays the host's own. One thread.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "tests/host/host.h"

G_BEGIN_DECLS

typedef struct _HostDriver HostDriver;

#define HOST_DRIVER_ERROR (host_driver_error_quark ())
GQuark host_driver_error_quark (void);

typedef enum
{
  HOST_DRIVER_ERROR_SETUP,   /* folders, sandbox, module */
  HOST_DRIVER_ERROR_FILE,    /* the .nbt cannot be opened */
  HOST_DRIVER_ERROR_PAGE,    /* what was rendered is no page */
  HOST_DRIVER_ERROR_ACTION,  /* not on the page, disabled, or refused */
  HOST_DRIVER_ERROR_FAILED,  /* an operation ended with an error */
  HOST_DRIVER_ERROR_TIMEOUT, /* nothing came within the time */
} HostDriverError;

/* Borrowed for host_driver_new() only. */
typedef struct
{
  const char *module;          /* path */
  const char *id;              /* (nullable): of the plug-in; else the module's first */
  const char *home;            /* folder for data, cache, secrets and the log */
  const char *sandbox;         /* (nullable): folder of a sandbox */
  const char *locale;          /* (nullable): BCP 47; else "en" */
  const char *prosoft_version; /* (nullable) */
  const char *address;         /* (nullable): who is to be signed in; else anybody may be */
  const char *browser;         /* (nullable): command line; the address to open is appended */
  gboolean log_to_stderr;      /* else to home/host.log */
} HostDriverOptions;

typedef gboolean (*HostDriverPredicate) (JsonObject *page, gpointer data);

/* Called before each step of host_driver_buy() with what is done, and after it with what the page
 * shows of it ("" when that is nothing). */
typedef void (*HostDriverStep) (const char *step, const char *shown, gpointer data);

/* Makes the folders, reads the sandbox, loads and starts the module. */
HostDriver *host_driver_new (const HostDriverOptions *options,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stops the plug-in. Returns how many findings there were about it (checks.h). */
gsize host_driver_stop (HostDriver *driver);
void host_driver_free (HostDriver *driver);

/* (transfer none) */
Host *host_driver_get_host (HostDriver *driver);

/* Reads the sandbox's clock again and tells the plug-in. */
gboolean host_driver_sync_clock (HostDriver *driver, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens the plug-in's page; with @file (nullable) the project first. */
gboolean
host_driver_open (HostDriver *driver, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The page as it is now. Borrowed until the next call of the driver. */
JsonObject *host_driver_get_page (HostDriver *driver, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until the page is as it should be. @what: for the error, eg: "the page to say ...". */
gboolean host_driver_wait_page (HostDriver *driver,
                                HostDriverPredicate predicate,
                                gpointer data,
                                const char *what,
                                guint timeout_ms,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until the page is no longer loading. */
gboolean host_driver_wait_loaded (HostDriver *driver, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until nothing on the page is under way that nobody has to do anything for. FALSE: it still
 * is after @timeout_ms, or @error. */
gboolean host_driver_wait_rest (HostDriver *driver,
                                guint timeout_ms,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Invokes an action and waits for its completion. @message: (out) (optional) (transfer full)
 * (nullable): what the completion says to the person. An action that the page does not offer, or
 * that ends with an error, is an error. */
gboolean host_driver_invoke (HostDriver *driver,
                             const char *action,
                             const char *inputs,
                             char **message,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Signs in through the browser command, unless the page says that the options' address is (anybody,
 * when they have none). */
gboolean host_driver_sign_in (HostDriver *driver, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks the gate: @installation, or the open project when NULL. Borrowed until the driver is freed.
 * NULL with an error when no decision came; that refuses the session like any other "no". */
const HostDecision *host_driver_check (HostDriver *driver,
                                       const char *installation,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Basket, quote, terms, payment in the browser, and the wait until it is paid. One of @services is
 * SERVICE for the open project, or SERVICE@INSTALLATION for another that the page offers. @po
 * (nullable) is the buyer's own reference for the invoice. An order that an earlier run left
 * waiting is paid instead, under the reference it has. */
gboolean host_driver_buy (HostDriver *driver,
                          const char *const *services,
                          const char *po,
                          HostDriverStep step,
                          gpointer data,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostDriver, host_driver_free)

G_END_DECLS
