/* SPDX-License-Identifier: MIT */
/* A connection to this machine that never waits past its deadline, one of host_monotonic_us(). What
 * fails is PROSOFT_E_TIMEOUT or PROSOFT_E_IO with the system's words. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/prosoft/prosoft.h"

typedef struct HostSocket HostSocket;

/* `host` and `port` in numbers. NULL with `error`. */
HostSocket *
host_socket_open (const char *host, const char *port, int64_t deadline, prosoft_error_t *error);
void host_socket_close (HostSocket *self);

bool host_socket_send (HostSocket *self,
                       const void *data,
                       size_t size,
                       int64_t deadline,
                       prosoft_error_t *error);

/* How many bytes came, 0 at the end; -1 with `error`. */
int64_t host_socket_receive (HostSocket *self,
                             void *buffer,
                             size_t capacity,
                             int64_t deadline,
                             prosoft_error_t *error);
