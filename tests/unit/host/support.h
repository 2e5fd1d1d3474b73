/* SPDX-License-Identifier: MIT */
/* A host in a temporary folder, for the tests of the host. */
#pragma once

#include "tests/harness/harness.h"
#include "tests/host/host.h"

/* The path of specimen-NAME.so. Free it. */
char *test_specimen_path (const char *name);

/* A host with folders below `dir`, its log in `dir`/log. */
Host *test_host_new (const char *dir, const HostOptions *given);

/* Loads and starts specimen-NAME, which must succeed. */
void test_host_run (Host *host, const char *name);

/* Writes a file of `size` bytes and opens it as the project. */
void test_host_open_project (Host *host, const char *dir, gsize size);

/* Waits until the operation is done; fails the test when it is not within 5 s. */
const HostOperation *test_host_wait (Host *host, prosoft_op_t op);

/* The whole log. Free it. */
char *test_host_log (const char *dir);
