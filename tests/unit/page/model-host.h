/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/model.h"
#include "tests/unit/purchase/shop.h"

G_BEGIN_DECLS

/* A host that notes what the model asks of it. Its files and secrets answer when the main loop runs
 * again, as a real host's do. */
typedef struct
{
  Shop *shop;                /* (unowned) */
  TtecommSettings *settings; /* (owned): what the model was last told */
  TtecommModel *model;       /* (owned) (nullable) */
  TtecommPage *page;         /* (owned) (nullable) the newest */
  GHashTable *endings;       /* (owned) (element-type op TtecommEnding) */
  GHashTable *counts;        /* (owned) (element-type op guint) how often each ended */
  GHashTable *decisions;     /* (owned) (element-type op TtecommDecision) */
  char *opened;              /* (owned) (nullable) the last address for the browser */
  guint n_opened;
  TtecommAdmission *admission; /* (owned) (nullable) the newest */
  GHashTable *notices;         /* (owned) (element-type session TtecommDecision) the last of each */
  char *attention;             /* (owned) (nullable) what was said last without opening the page */
  TtecommAttention attention_kind;
  guint n_attentions;
  guint n_calls; /* of the sink, any function */
  guint64 last_op;

  GBytes *file; /* (owned) (nullable) the open .nbt */
  guint generation;
  gboolean mute_file;    /* the reader never answers */
  gboolean mute_secrets; /* the safe place never answers */
  gboolean refuses_saves;
  gboolean refuses_erasing;
  GBytes *secret;   /* (owned) (nullable) */
  char *secret_key; /* (owned) (nullable) that was asked for last */
} ModelHost;

/* @shop: (nullable): without one the settings name no TTcloud. Nothing is open. */
ModelHost *model_host_new (Shop *shop);
/* Settings for @shop, with data-dir and cache-dir of this test's. */
TtecommSettings *model_host_settings (Shop *shop);
/* Shuts the model down, and asserts that nothing keeps it alive and that the sink hears nothing. */
void model_host_free (ModelHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelHost, model_host_free)

/* Starts the model anew with the present settings, secret and folders. */
void model_host_start (ModelHost *host);
void model_host_stop (ModelHost *host);

/* @name: under tests/data; waits until it is read, unless the reader is mute */
void model_host_open (ModelHost *host, const char *name);

/* Starts an action; returns its op. */
guint64 model_host_invoke (ModelHost *host, const char *action, const char *inputs);
/* Starts it and waits for its end. */
TtecommEnding model_host_do (ModelHost *host, const char *action, const char *inputs);
TtecommEnding model_host_await (ModelHost *host, guint64 op);
gboolean model_host_has_ended (ModelHost *host, guint64 op);
/* Every op that was started has ended exactly once. */
void model_host_assert_all_ended_once (ModelHost *host);

/* A gate check; the decision is the host's. */
TtecommDecision *model_host_check (ModelHost *host, const char *installation, guint timeout_ms);

/* By the pages, and until it has ended. */
void model_host_sign_in (ModelHost *host, const char *email);
void model_host_await_opened (ModelHost *host, guint n);

/* The newest page: "ready", ... */
char *model_host_get_state (ModelHost *host);
void model_host_await_state (ModelHost *host, const char *state);
gboolean model_host_page_says (ModelHost *host, const char *text);
void model_host_await_text (ModelHost *host, const char *text);
/* Whether the page offers @action now. */
gboolean model_host_offers (ModelHost *host, const char *action);

G_END_DECLS
