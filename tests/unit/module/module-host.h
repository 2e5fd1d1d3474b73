/* SPDX-License-Identifier: MIT */
/* The real module, the one of this build, in the host of tests/host, which checks the rules. */
#pragma once

#include "tests/harness/harness.h"
#include "tests/host/host.h"
#include "tests/unit/module/silent-server.h"

G_BEGIN_DECLS

/* (transfer full) */
char *module_dup_path (void);
GBytes *module_load_data (const char *name);

/* A host with folders of its own in the test's directory. @options: (nullable); its log file is
 * taken care of. */
Host *module_host_new (HostOptions *options);

/* Everything the plug-in logged through @host, and the host's findings. (transfer full) */
char *module_host_dup_log (Host *host);

/* Loads and starts the module, which must succeed. */
void module_host_start (Host *host);

/* Stops, unloads and frees. Fails the test if there was one finding, about either side. */
void module_host_free (Host *host);

/* Opens a file of tests/data, or any path. */
void module_host_open_data (Host *host, const char *name);
void module_host_open_path (Host *host, const char *path);

prosoft_view_t module_host_open_page (Host *host);

/* Renders until the page has @text in it; fails the test when that does not happen. */
void module_host_wait_page (Host *host, prosoft_view_t view, const char *text);

/* Asks the gate and waits for its decision. */
const HostDecision *module_host_check (Host *host, const char *installation);

const HostOperation *module_host_wait (Host *host, prosoft_op_t op);

/* Iterates until @predicate holds; returns whether it did within 20 s. */
bool module_host_run_until (Host *host, HostPredicate predicate, void *data);

/* R9: the code, and a message that is text. */
void module_assert_error (const prosoft_error_t *error, prosoft_result_t code);

G_END_DECLS
