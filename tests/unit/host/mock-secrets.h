/* SPDX-License-Identifier: MIT */
/*
 * A Secret Service on a private bus, as much as libsecret needs of one: one keyring, sessions
 * "plain", moods. It answers in GDBus's own thread; all functions are for the test's.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MockSecrets MockSecrets;

typedef enum
{
  MOCK_WELL,
  MOCK_FAILS, /* answers with an error */
  MOCK_HANGS, /* never answers */
} MockMood;

typedef enum
{
  MOCK_OPEN,
  MOCK_ASKS,    /* locked; mock_secrets_reply() says what the person does */
  MOCK_REFUSES, /* locked, and unlocks nothing without a question */
} MockLock;

/* Not on the bus yet. */
MockSecrets *mock_secrets_new (const char *bus_address);
void mock_secrets_free (MockSecrets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockSecrets, mock_secrets_free)

/* Takes the name; lets it go and hangs up. What it keeps, it keeps. */
void mock_secrets_appear (MockSecrets *self);
void mock_secrets_vanish (MockSecrets *self);

/* How it answers `method` ("SearchItems", say) from now on. */
void mock_secrets_set_mood (MockSecrets *self, const char *method, MockMood mood);
void mock_secrets_set_lock (MockSecrets *self, MockLock lock);

/* Whether it waits for the person; the person unlocks, or closes the dialog. */
gboolean mock_secrets_is_asking (MockSecrets *self);
void mock_secrets_reply (MockSecrets *self, gboolean unlocks);

/* How often `method` was called. */
guint mock_secrets_count_calls (MockSecrets *self, const char *method);

/* What it keeps: the number of items; the text under a key, NULL when there is none. */
guint mock_secrets_count (MockSecrets *self);
char *mock_secrets_get (MockSecrets *self, const char *key);
void mock_secrets_put (MockSecrets *self, const char *key, const char *text);

G_END_DECLS
