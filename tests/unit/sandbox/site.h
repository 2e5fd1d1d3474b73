/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "tests/sandbox/person.h"
#include "tests/sandbox/sandbox.h"
#include "tests/support/fake-clock.h"

G_BEGIN_DECLS

/*
 * A sandbox in this process and somebody who talks to it through real sockets: the API over TLS
 * with the sandbox's own CA, the pages and the control interface over plain HTTP.
 */
typedef struct
{
  TtecommSandbox *sandbox; /* (owned) */
  TtecommFakeClock *clock; /* (owned): the real time; stands still */
  SoupSession *session;    /* (owned): trusts the sandbox's CA; has a cookie jar */
} Site;

/* @start: (nullable); @seed: (nullable): JSON of a world of its own; @database: (nullable) */
Site *site_new (const char *start, const char *seed, const char *database);
/* The usual world and `many` installations more (tests/sandbox/many.h). */
Site *site_new_many (const char *start, guint many);
void site_free (Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Site, site_free)

#define SITE_START "2026-09-18"
#define SITE_VILLA "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3"

/* What goes into a request; all nullable. */
typedef struct
{
  const char *token;
  const char *key; /* Idempotency-Key */
  const char *json;
  const char *form;
  const char *languages; /* Accept-Language */
} SiteBody;

typedef struct
{
  guint status;         /* 0: no answer */
  char *text;           /* (owned): never NULL */
  JsonObject *json;     /* (owned) (nullable): of an answer that is JSON */
  char *type;           /* (owned) (nullable) */
  char *location;       /* (owned) (nullable) */
  SoupMessage *message; /* (owned) */
  GError *error;        /* (owned) (nullable) */
} Reply;

void reply_free (Reply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

/* @address: a path is one of the API; otherwise a whole URL. Redirects are not followed. */
Reply *site_send (Site *site, const char *method, const char *address, const SiteBody *body);
Reply *site_get (Site *site, const char *address, const char *token);
Reply *site_post (Site *site, const char *path, const char *token, const char *json);
/* A page, and the control interface. */
Reply *site_web (Site *site, const char *method, const char *path, const char *form);
Reply *site_control (Site *site, const char *method, const char *path, const char *json);

/* Begins a request without waiting; site_finish() waits. */
typedef struct _SiteCall SiteCall;
SiteCall *site_begin (Site *site, const char *method, const char *address, const SiteBody *body);
gboolean site_is_done (SiteCall *call);
void site_cancel (SiteCall *call);
Reply *site_finish (SiteCall *call);

/* Asserts a problem of this name and status. */
#define assert_problem(reply, name, number)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpuint ((reply)->status, ==, (number));                                              \
    g_assert_cmpstr ((reply)->type, ==, "application/problem+json");                               \
    g_assert_cmpstr (json_object_get_string_member ((reply)->json, "type"), ==,                    \
                     "urn:ttecomm:problem:" name);                                                 \
    g_assert_cmpint (json_object_get_int_member ((reply)->json, "status"), ==, (number));          \
    g_assert_true (json_object_has_member ((reply)->json, "server_today"));                        \
  }                                                                                                \
  G_STMT_END

/* The PKCE pair and redirect address that the helpers use. */
#define SITE_VERIFIER "abcdefghijklmnopqrstuvwxyz0123456789-._~ABCDEFG"
#define SITE_REDIRECT "http://127.0.0.1:9/callback"
/* (transfer full): the query of a good /authorize, with one parameter replaced (or left out when
 * `value` is NULL, or added). */
char *site_authorize_query (const char *name, const char *value);

/* (transfer full): a code, by the pages. */
char *site_get_code (Site *site, const char *email);
/* The answer of the token end point for it. */
Reply *site_redeem (Site *site, const char *code, const char *verifier, const char *redirect_uri);
/* (transfer full): an access token. */
char *site_sign_in (Site *site, const char *email);

/* A quote of one line, its answer. */
Reply *site_quote (Site *site,
                   const char *token,
                   const char *action,
                   const char *installation,
                   const char *service);
/* (transfer full): the id; asserts that there is one. */
char *site_quote_id (Reply *quote);
/* Orders it, under a key made of the quote's id. */
Reply *site_order (Site *site, const char *token, const char *quote_id);
/* Quotes, orders and, if there is something to pay, pays: asserts success. */
void site_do (Site *site,
              const char *token,
              const char *action,
              const char *installation,
              const char *service);
/* Lets the person browse, in a thread of its own; TRUE when the wish came true. */
gboolean site_browse (Site *site, const char *url, const SandboxPersonWishes *wishes);
/* POST /sandbox/clock/advance; asserts success. */
Reply *site_advance (Site *site, const char *to);

/* Borrowed shortcuts into JSON; a member that is not there fails the test. */
const char *json_text (JsonObject *object, const char *name);
JsonObject *json_line (JsonObject *object, guint n);
/* (transfer full): the blockers of a quote, joined by commas. */
char *json_blockers (JsonObject *object);

G_END_DECLS
