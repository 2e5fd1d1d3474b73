/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "tests/sandbox/person.h"
#include "tests/support/fake-clock.h"

G_BEGIN_DECLS

/*
 * A sandbox in this process, on real sockets, and the levers beside it: faults, the clock, the
 * person in the browser. The world begins on SHOP_START at ten o'clock; its time stands still.
 */
typedef struct
{
  GObject *sandbox;        /* (owned): a TtecommSandbox; its headers stay in shop.c, since the
                              world's words for money and roles are not the client's */
  TtecommFakeClock *clock; /* (owned): of the world and of its customers */
  GUri *origin;            /* (owned): of the API */
  GUri *web;               /* (owned): of the pages */
  /* (unowned), of the sandbox: the settings' words for it, and its certificate */
  const char *api_url, *web_url, *trust, *ca_pem;
} Shop;

#define SHOP_START "2026-09-18"
#define SHOP_VILLA "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3"
#define SHOP_MARA "mara@example.org"
/* How long a test waits for something that must happen, in ms. */
#define SHOP_PATIENCE 30000

Shop *shop_new (void);
void shop_free (Shop *shop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shop, shop_free)

/* The control interface: a POST of @json, or with none a GET. Returns the answer; asserts 200. */
char *shop_control (Shop *shop, const char *path, const char *json);
/* @name as in tests/sandbox/README.md; strikes API paths that begin with @path, @times times. */
void shop_fault (Shop *shop, const char *name, const char *path, guint times);
/* No fault strikes any more. */
void shop_heal (Shop *shop);
void shop_travel (Shop *shop, const char *to);
/* How many times the ledger has @event ("purchase_invoice"): what was really bought. */
guint shop_count_events (Shop *shop, const char *event);

/* Lets the person browse, in a thread of its own; TRUE when the wish came true. */
gboolean shop_browse (const char *url, const SandboxPersonWishes *wishes);
/* The person pays (NULL wishes: with the card on file), and it works. */
void shop_pay (const char *url);

G_END_DECLS
