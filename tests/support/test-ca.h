/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A certificate authority that a test makes for itself, and server certificates with every fault a
 * client must see.
 */
typedef struct _TestCa TestCa;

typedef struct
{
  const char *address;  /* (nullable): an IP address, 127.0.0.1 when both are NULL */
  const char *name;     /* (nullable): a DNS name */
  gint64 not_before;    /* seconds from now; an hour ago when both are 0 */
  gint64 not_after;     /* seconds from now; in a day when both are 0 */
  gboolean self_signed; /* by nobody but itself */
} TestCaLeaf;

TestCa *test_ca_new (const char *common_name);
void test_ca_free (TestCa *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCa, test_ca_free)

/* The CA's own certificate; lives as long as the CA. */
const char *test_ca_get_pem (TestCa *self);
/* (transfer full): a certificate and its key in one PEM text */
char *test_ca_issue_pem (TestCa *self, const TestCaLeaf *leaf) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the same, for a SoupServer */
GTlsCertificate *test_ca_issue (TestCa *self, const TestCaLeaf *leaf) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
