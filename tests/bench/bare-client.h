/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The least that can ask TTcloud: OpenSSL on a blocking socket, bytes prepared beforehand, nothing
 * parsed but the length of the answer. */
typedef struct _BareClient BareClient;

/* @ca: the certificate that is trusted, PEM. */
BareClient *bare_client_new (const char *ca, guint16 port);
void bare_client_free (BareClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BareClient, bare_client_free)

/* Sends @request and reads the whole answer, over the connection of the last time if there is one;
 * returns the nanoseconds it took. */
double bare_client_ask (BareClient *self, const char *request);
/* The next ask() connects anew, without a ticket of the last connection. */
void bare_client_close (BareClient *self);

/* Nanoseconds for one byte to a server that sends back what it gets, and back. */
double bare_client_time_echo (guint16 port);

G_END_DECLS
