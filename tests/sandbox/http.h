/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "tests/sandbox/account.h"
#include "tests/sandbox/language.h"
#include "tests/sandbox/world.h"

G_BEGIN_DECLS

/*
 * One request and its answer, as a handler sees them. A handler reads through the functions below,
 * which believe nothing, and answers exactly once. Everything here belongs to the exchange.
 */
typedef struct
{
  SandboxWorld *world;        /* (unowned) */
  SoupServerMessage *message; /* (unowned) */
  const char *method;
  const char *path;
  char *argument;           /* (owned) (nullable): what stands for {} in the route, as it came */
  SandboxAccount *account;  /* (owned) (nullable): who is signed in, where the route asks for it */
  char *cookie;             /* (owned) (nullable): the browser's */
  GHashTable *form;         /* (owned) (nullable): once read */
  SandboxLanguage language; /* of pages; unknown until one is begun (browser.h) */
} SandboxExchange;

typedef void (*SandboxHandler) (SandboxExchange *exchange);

typedef enum
{
  SANDBOX_ACCESS_ANYONE,
  SANDBOX_ACCESS_TOKEN,   /* a bearer token: 401 not_signed_in without */
  SANDBOX_ACCESS_BROWSER, /* a signed-in browser: off to the sign-in page without */
} SandboxAccess;

/* {} in a path stands for one segment. */
typedef struct
{
  const char *method;
  const char *path;
  SandboxHandler handler;
  SandboxAccess access;
} SandboxRoute;

#define SANDBOX_MAX_BODY (1024 * 1024)

/* Picks the route, checks who asks, and runs the handler in one transaction; a database failure
 * becomes a 500 whatever the handler answered. `otherwise` (nullable) answers what no route takes.
 */
void sandbox_http_serve (SandboxWorld *world,
                         SoupServerMessage *message,
                         const SandboxRoute *routes,
                         gsize n_routes,
                         SandboxHandler otherwise);
/* To be connected as the early handler of each server: refuses bodies that are too large, or of no
 * stated length, before they are read. */
void sandbox_http_refuse_large (SoupServer *server,
                                SoupServerMessage *message,
                                const char *path,
                                GHashTable *query,
                                gpointer world);

/* Reading. A form or query with a parameter twice is refused (RFC 6749, 3.1). */
GHashTable *
sandbox_http_parse_form (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sandbox_exchange_read_form (SandboxExchange *self,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *sandbox_exchange_form (SandboxExchange *self, const char *name); /* (nullable) */
GHashTable *sandbox_exchange_query (SandboxExchange *self,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): the value of that cookie. */
char *sandbox_exchange_cookie (SandboxExchange *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): NULL means that 400 `invalid` has been answered. */
JsonObject *sandbox_exchange_read_json (SandboxExchange *self) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE means that 400 `invalid` has been answered, naming the member that is not known. */
gboolean sandbox_exchange_only_members (SandboxExchange *self,
                                        JsonObject *object,
                                        const char *const *names) G_GNUC_WARN_UNUSED_RESULT;

/* The pattern of the contract's ids: 1 to 64 of A-Z a-z 0-9 _ -. */
gboolean sandbox_exchange_is_id (const char *text);

/* Building: members of the object that the builder stands in. */
JsonBuilder *sandbox_json_new (void) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_json_string (JsonBuilder *builder, const char *name, const char *value);
void sandbox_json_int (JsonBuilder *builder, const char *name, gint64 value);
void sandbox_json_boolean (JsonBuilder *builder, const char *name, gboolean value);
/* (transfer full): ends the object; the builder is used up */
char *sandbox_json_finish (JsonBuilder *builder) G_GNUC_WARN_UNUSED_RESULT;

/* Answering. */
void sandbox_exchange_reply (SandboxExchange *self,
                             guint status,
                             const char *media_type,
                             const char *body);
/* Adds server_today and ends the object. */
void sandbox_exchange_reply_json (SandboxExchange *self, guint status, JsonBuilder *builder);
/* urn:ttecomm:problem:NAME with the status that the contract gives it. */
void sandbox_exchange_problem (SandboxExchange *self, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* As above, with the blockers (JSON array, transfer full) and another status when not 0. */
void sandbox_exchange_problem_full (SandboxExchange *self,
                                    const char *name,
                                    guint status,
                                    const char *detail,
                                    JsonArray *blockers);
/* See Other: to a page of this server, or to a loopback redirect that was checked. */
void sandbox_exchange_redirect (SandboxExchange *self, const char *location);

G_END_DECLS
