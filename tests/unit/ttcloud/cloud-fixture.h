/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "tests/support/fake-clock.h"
#include "tests/support/http-server.h"
#include "tests/support/test-ca.h"
#include "tests/unit/ttcloud/fake-store.h"

G_BEGIN_DECLS

#define CLOUD_NOW G_GINT64_CONSTANT (1789720200)
#define CLOUD_WEB "https://web.test"

/* An answer that a test puts in the place of the usual one for a path. */
typedef struct
{
  const char *path; /* a prefix of the target */
  guint status;
  const char *type; /* NULL: application/json, or problem+json from 400 on */
  const char *body;
  guint times; /* how often; then the next one for this path, or the usual one again */
  gboolean stall;
} CloudAnswer;

/* A client with its sign-in, against a small TTcloud whose access tokens are "access-N" (only the
 * newest is taken) and whose refresh tokens are "refresh-N". */
typedef struct
{
  TestCa *ca;
  TestServer *server;
  TtecommTransport *transport;
  TtecommFakeClock *clock;
  FakeStore *store;
  TtecommSignIn *sign_in;
  TtecommClient *client;
  char *opened; /* the address of the last open-url */
  guint n_opened;
  guint n_changed;
  guint n_troubles;

  /* Of the server's threads, too. */
  GMutex mutex;       /* of the next member */
  GPtrArray *answers; /* (owned) of CloudAnswer, each with its strings */

  guint n_tokens; /* N of the newest tokens; changed while no request runs */
} CloudFixture;

void cloud_fixture_set_up (CloudFixture *self, gconstpointer data);
/* Also asserts that nothing keeps client, sign-in and transport alive. */
void cloud_fixture_tear_down (CloudFixture *self, gconstpointer data);

/* Signed in without a browser: the secret of an earlier run, with "refresh-1" and, when @access is
 * good, "access-1". */
void cloud_fixture_restore (CloudFixture *self, gboolean access);
/* Somebody put a secret with these @members into the store, for the fixture's origin. */
void cloud_fixture_put (CloudFixture *self, const char *members);

/* From now on @answers (copied; path NULL ends; NULL: the usual ones) are given, each as often as
 * it says, from the first time again. */
void cloud_fixture_set_answers (CloudFixture *self, const CloudAnswer *answers);

/* How many requests had this beginning ("POST /oauth/token"). */
guint cloud_fixture_count (CloudFixture *self, const char *prefix);
/* (transfer full): the last request with this beginning */
char *cloud_fixture_last (CloudFixture *self, const char *prefix);

/* --- the browser --- */

/* (transfer full) (nullable): a parameter of the last open-url */
char *cloud_fixture_opened_parameter (CloudFixture *self, const char *name);
void cloud_fixture_wait_opened (CloudFixture *self, guint n);
/* (transfer full): asks the listener behind the last open-url for "/callback?" + @query, with the
 * state in the place of "STATE"; the whole answer, "" when it answered nothing */
char *cloud_fixture_visit (CloudFixture *self, const char *query);
/* The same with a request of any bytes; "HOST" becomes the listener's address. */
char *cloud_fixture_visit_raw (CloudFixture *self, const char *request);

extern const TtecommSignInPages cloud_pages;

G_END_DECLS
