/* SPDX-License-Identifier: MIT */
/* One plain HTTP GET to this machine, for the sandbox's control address. No GLib. */
#pragma once

#include "tests/host/util.h"

/* The body of `http://LOOPBACK:PORT/...`, NUL-terminated, at most 64 KiB; NULL with `error`. */
char *host_http_get (const char *url, int timeout_ms, prosoft_error_t *error);
