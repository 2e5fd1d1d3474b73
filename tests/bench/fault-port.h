/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ports of 127.0.0.1 where no TTcloud is. */
typedef enum
{
  FAULT_PORT_REFUSED, /* nobody listens, and nobody else can */
  FAULT_PORT_ALERT,   /* a TLS alert (handshake failure) is the answer to whatever is sent */
} FaultPortKind;

typedef struct _FaultPort FaultPort;

FaultPort *fault_port_new (FaultPortKind kind);
void fault_port_free (FaultPort *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultPort, fault_port_free)

guint16 fault_port_get_number (FaultPort *self);

G_END_DECLS
