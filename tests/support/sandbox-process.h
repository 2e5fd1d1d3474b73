/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A sandbox beside this program, spoken to over its control interface: one of its own, that is
 * stopped when this is freed, or one that somebody else started. Everything waits at most a few
 * seconds and says what it waited for.
 */
typedef struct _SandboxProcess SandboxProcess;

/* @folder: an empty folder for what the sandbox writes (ca.pem, trust.json, urls.json). @many: how
 * many installations there are besides those of the world. */
SandboxProcess *sandbox_process_start (const char *program,
                                       const char *folder,
                                       guint many,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same with another world: @world is a seed (tests/sandbox/README.md). */
SandboxProcess *sandbox_process_start_world (const char *program,
                                             const char *folder,
                                             const char *world,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One that runs already, maybe on the other side of Wine. @folder: what it was given as --dir */
SandboxProcess *sandbox_process_attach (const char *folder,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_process_free (SandboxProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxProcess, sandbox_process_free)

const char *sandbox_process_get_folder (SandboxProcess *self);
/* Members of urls.json. */
const char *sandbox_process_get_ttcloud_url (SandboxProcess *self);
const char *sandbox_process_get_ttecomm_url (SandboxProcess *self);

/* Text of a file that the sandbox wrote. */
char *sandbox_process_read (SandboxProcess *self,
                            const char *name,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Moves the world's clock to the morning of @date (YYYY-MM-DD). */
gboolean sandbox_process_travel (SandboxProcess *self,
                                 const char *date,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Which day it is in the world, by the calendar of TTecomm. */
gboolean sandbox_process_get_today (SandboxProcess *self,
                                    GDate *today,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* How far the world's clock is ahead, in seconds. */
gboolean sandbox_process_get_offset (SandboxProcess *self,
                                     gint64 *seconds,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Every request to the API meets the fault of that name (tests/sandbox/README.md), until healed. */
gboolean sandbox_process_set_fault (SandboxProcess *self,
                                    const char *name,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sandbox_process_heal (SandboxProcess *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many subscriptions @name ("purchase_invoice") has happened to in this world; with
 * @subscription ("INSTALLATION/RS") (nullable) how often to that one. */
gboolean sandbox_process_count_events (SandboxProcess *self,
                                       const char *name,
                                       const char *subscription,
                                       guint *n,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the process, as an outage would; when this returns nobody answers any more. */
void sandbox_process_stop (SandboxProcess *self);

G_END_DECLS
