/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/secret-store.h"

G_BEGIN_DECLS

/* A safe place in memory that counts, and that another window may write to. */
#define FAKE_TYPE_STORE (fake_store_get_type ())
G_DECLARE_FINAL_TYPE (FakeStore, fake_store, FAKE, STORE, GObject)

FakeStore *fake_store_new (void);
/* @text: (nullable) */
void fake_store_put (FakeStore *self, const char *text);
/* (nullable): what is kept, as text; until the next change */
const char *fake_store_peek (FakeStore *self);
guint fake_store_get_n_loads (FakeStore *self);
guint fake_store_get_n_saves (FakeStore *self);
/* Loads fail from now on; saves still work. */
void fake_store_break (FakeStore *self);
/* Saves are refused from now on, and say so; with FALSE they work again. */
void fake_store_refuse (FakeStore *self, gboolean saves, gboolean erasing);
/* Loads are answered only by fake_store_answer(), with what is kept then; @hold FALSE: at once. */
void fake_store_hold (FakeStore *self, gboolean hold);
void fake_store_answer (FakeStore *self);

G_END_DECLS
