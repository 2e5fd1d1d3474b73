/* SPDX-License-Identifier: MIT */
#include "tests/unit/page/model-host.h"

#include <string.h>

#include "tests/harness/harness.h"
#include "tests/host/page-keeper.h"

static void
on_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  ((ModelHost *)data)->n_calls++;
  g_test_message ("%s: %s", domain, text);
  harness_witness_log (text);
}

static void
on_page (gpointer data, TtecommPage *page)
{
  ModelHost *host = data;
  GBytes *json = ttecomm_page_get_json (page);

  host_keep_page (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  host->n_calls++;
  if (host->page != NULL)
    g_assert_cmpint (ttecomm_page_get_revision (page), >, ttecomm_page_get_revision (host->page));
  g_clear_pointer (&host->page, ttecomm_page_unref);
  host->page = ttecomm_page_ref (page);
}

static void
count (ModelHost *host, guint64 op)
{
  gpointer key = GSIZE_TO_POINTER (op);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (host->counts, key));

  g_hash_table_insert (host->counts, key, GUINT_TO_POINTER (n + 1));
}

static void
on_completed (gpointer data,
              guint64 op,
              TtecommEnding ending,
              const char *message,
              const char *details)
{
  ModelHost *host = data;

  host->n_calls++;
  g_test_message ("op %u ends %d: %s (%s)", (guint)op, (int)ending, message, details);
  if (ending != TTECOMM_ENDED_OK && ending != TTECOMM_ENDED_CANCELLED)
    g_assert_true (message != NULL || details != NULL);
  count (host, op);
  g_hash_table_insert (host->endings, GSIZE_TO_POINTER (op), GUINT_TO_POINTER (ending));
}

static void
on_progress (gpointer data, guint64 op, double fraction, const char *text)
{
  ((ModelHost *)data)->n_calls++;
}

static void
on_decided (gpointer data, guint64 op, TtecommDecision *decision)
{
  ModelHost *host = data;

  host->n_calls++;
  count (host, op);
  g_hash_table_insert (host->decisions, GSIZE_TO_POINTER (op), ttecomm_decision_ref (decision));
}

static void
on_notice (gpointer data, guint64 session, TtecommDecision *decision)
{
  ModelHost *host = data;

  host->n_calls++;
  g_hash_table_insert (host->notices, GSIZE_TO_POINTER (session), ttecomm_decision_ref (decision));
}

static void
on_admission (gpointer data, TtecommAdmission *admission)
{
  ModelHost *host = data;

  g_clear_pointer (&host->admission, ttecomm_admission_unref);
  if (admission != NULL)
    host->admission = ttecomm_admission_ref (admission);
}

static void
on_event (gpointer data,
          TtecommGateEventKind kind,
          const char *installation,
          const char *code,
          const char *cause,
          int days,
          const char *text)
{
  ((ModelHost *)data)->n_calls++;
}

static void
on_open_uri (gpointer data, const char *uri)
{
  ModelHost *host = data;

  host->n_calls++;
  host->n_opened++;
  g_free (host->opened);
  host->opened = g_strdup (uri);
}

static void
on_attention (gpointer data, TtecommAttention attention, const char *text)
{
  ModelHost *host = data;

  host->n_calls++;
  host->n_attentions++;
  host->attention_kind = attention;
  g_free (host->attention);
  host->attention = g_strdup (text);
}

/* -- what answers later -- */

typedef struct
{
  ModelHost *host;
  TtecommModel *model; /* (owned) */
  guint generation;
  guint64 offset;
  gsize length;
} Later;

static void
later_free (gpointer data)
{
  Later *later = data;

  g_object_unref (later->model);
  g_free (later);
}

static void
answer_later (ModelHost *host, GSourceFunc func, guint generation, guint64 offset, gsize length)
{
  Later *later = g_new0 (Later, 1);

  later->host = host;
  later->model = g_object_ref (host->model);
  later->generation = generation;
  later->offset = offset;
  later->length = length;
  g_idle_add_full (G_PRIORITY_DEFAULT, func, later, later_free);
}

static gboolean
secret_cb (gpointer data)
{
  Later *later = data;

  ttecomm_model_secret_loaded (later->model, later->host->secret_key, later->host->secret);
  return G_SOURCE_REMOVE;
}

static void
on_load_secret (gpointer data, const char *key)
{
  ModelHost *host = data;

  host->n_calls++;
  g_free (host->secret_key);
  host->secret_key = g_strdup (key);
  /* The model may ask before its maker has returned it. */
  if (!host->mute_secrets && host->model != NULL)
    answer_later (host, secret_cb, 0, 0, 0);
}

static gboolean
saved_cb (gpointer data)
{
  Later *later = data;

  ttecomm_model_secret_saved (later->model, later->host->secret_key, later->length > 0);
  return G_SOURCE_REMOVE;
}

/* @secret: (nullable): to be erased */
static void
save_secret (ModelHost *host, GBytes *secret, gboolean refuses)
{
  host->n_calls++;
  if (!refuses)
    {
      g_clear_pointer (&host->secret, g_bytes_unref);
      host->secret = secret != NULL ? g_bytes_ref (secret) : NULL;
    }
  answer_later (host, saved_cb, 0, 0, refuses ? 0 : 1);
}

static void
on_store_secret (gpointer data, const char *key, GBytes *secret)
{
  save_secret (data, secret, ((ModelHost *)data)->refuses_saves);
}

static void
on_erase_secret (gpointer data, const char *key)
{
  save_secret (data, NULL, ((ModelHost *)data)->refuses_erasing);
}

static gboolean
file_cb (gpointer data)
{
  Later *later = data;
  gsize size = g_bytes_get_size (later->host->file);
  gsize offset = MIN (later->offset, size);
  g_autoptr (GBytes) bytes
      = g_bytes_new_from_bytes (later->host->file, offset, MIN (later->length, size - offset));

  ttecomm_model_project_bytes (later->model, later->generation, bytes, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_read_project (gpointer data, guint generation, guint64 offset, gsize length)
{
  ModelHost *host = data;

  host->n_calls++;
  if (!host->mute_file)
    answer_later (host, file_cb, generation, offset, length);
}

static const TtecommModelSink sink = {
  .log = on_log,
  .page = on_page,
  .completed = on_completed,
  .progress = on_progress,
  .decided = on_decided,
  .admission = on_admission,
  .notice = on_notice,
  .event = on_event,
  .open_uri = on_open_uri,
  .attention = on_attention,
  .load_secret = on_load_secret,
  .store_secret = on_store_secret,
  .erase_secret = on_erase_secret,
  .read_project = on_read_project,
};

/* -- life -- */

TtecommSettings *
model_host_settings (Shop *shop)
{
  TtecommSettings *settings = ttecomm_settings_new ();

  settings->locale = g_strdup ("en");
  settings->prosoft_version = g_strdup ("5.1.2.0");
  settings->proxy = g_strdup ("direct");
  settings->data_dir = g_strdup (harness_tmpdir ());
  settings->cache_dir = g_strdup (harness_tmpdir ());
  if (shop == NULL)
    return settings;
  settings->ttcloud_url = g_strdup (shop->api_url);
  settings->ttecomm_url = g_strdup (shop->web_url);
  settings->ttcloud_trust = g_strdup (shop->trust);
  settings->ttcloud_ca = g_strdup (shop->ca_pem);
  return settings;
}

void
model_host_start (ModelHost *host)
{
  g_autoptr (TtecommFakeClock) alone = ttecomm_fake_clock_new (1789718400);
  TtecommFakeClock *clock = host->shop != NULL ? host->shop->clock : alone;

  host->model = ttecomm_model_new (TTECOMM_CLOCK (clock), host->settings, &sink, host);
  if (host->settings->has_secrets && !host->mute_secrets)
    answer_later (host, secret_cb, 0, 0, 0);
}

ModelHost *
model_host_new (Shop *shop)
{
  ModelHost *host = g_new0 (ModelHost, 1);

  host->shop = shop;
  host->settings = model_host_settings (shop);
  host->endings = g_hash_table_new (NULL, NULL);
  host->counts = g_hash_table_new (NULL, NULL);
  host->decisions
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)ttecomm_decision_unref);
  host->notices = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)ttecomm_decision_unref);
  model_host_start (host);
  return host;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

void
model_host_stop (ModelHost *host)
{
  TtecommModel *model = host->model;
  guint n_calls;

  if (model == NULL)
    return;
  ttecomm_model_shut_down (model);
  n_calls = host->n_calls;
  g_object_add_weak_pointer (G_OBJECT (model), (gpointer *)&host->model);
  g_object_unref (model);
  g_assert_true (harness_wait_until (is_gone, &host->model, SHOP_PATIENCE));
  g_assert_cmpuint (host->n_calls, ==, n_calls);
  /* Its pages count from the beginning. */
  g_clear_pointer (&host->page, ttecomm_page_unref);
}

void
model_host_free (ModelHost *host)
{
  model_host_stop (host);
  ttecomm_settings_free (host->settings);
  g_hash_table_unref (host->endings);
  g_hash_table_unref (host->counts);
  g_hash_table_unref (host->decisions);
  g_hash_table_unref (host->notices);
  g_clear_pointer (&host->admission, ttecomm_admission_unref);
  g_clear_pointer (&host->file, g_bytes_unref);
  g_clear_pointer (&host->secret, g_bytes_unref);
  g_free (host->secret_key);
  g_free (host->attention);
  g_free (host->opened);
  g_free (host);
}

/* -- commands -- */

void
model_host_open (ModelHost *host, const char *name)
{
  g_autofree char *path = harness_data_path (name);
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  g_clear_pointer (&host->file, g_bytes_unref);
  host->file = g_bytes_new_take (bytes, size);
  ttecomm_model_project_opened (host->model, ++host->generation, path, (gint64)size);
}

guint64
model_host_invoke (ModelHost *host, const char *action, const char *inputs)
{
  ttecomm_model_invoke (host->model, ++host->last_op, action, inputs);
  return host->last_op;
}

gboolean
model_host_has_ended (ModelHost *host, guint64 op)
{
  return g_hash_table_contains (host->counts, GSIZE_TO_POINTER (op));
}

typedef struct
{
  ModelHost *host;
  guint64 op;
  guint n;
} Wanted;

static gboolean
has_ended (gpointer data)
{
  const Wanted *wanted = data;

  return model_host_has_ended (wanted->host, wanted->op);
}

TtecommEnding
model_host_await (ModelHost *host, guint64 op)
{
  Wanted wanted = { .host = host, .op = op };

  g_assert_true (harness_wait_until (has_ended, &wanted, SHOP_PATIENCE));
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (host->counts, GSIZE_TO_POINTER (op))),
                    ==, 1);
  return (TtecommEnding)GPOINTER_TO_UINT (
      g_hash_table_lookup (host->endings, GSIZE_TO_POINTER (op)));
}

TtecommEnding
model_host_do (ModelHost *host, const char *action, const char *inputs)
{
  return model_host_await (host, model_host_invoke (host, action, inputs));
}

void
model_host_assert_all_ended_once (ModelHost *host)
{
  for (guint64 op = 1; op <= host->last_op; op++)
    model_host_await (host, op);
  g_assert_cmpuint (g_hash_table_size (host->counts), ==, host->last_op);
}

TtecommDecision *
model_host_check (ModelHost *host, const char *installation, guint timeout_ms)
{
  guint64 op = ++host->last_op;

  ttecomm_model_check (host->model, op, installation, NULL, timeout_ms);
  model_host_await (host, op);
  return g_hash_table_lookup (host->decisions, GSIZE_TO_POINTER (op));
}

static gboolean
has_opened (gpointer data)
{
  const Wanted *wanted = data;

  return wanted->host->n_opened >= wanted->n;
}

void
model_host_await_opened (ModelHost *host, guint n)
{
  Wanted wanted = { .host = host, .n = n };

  g_assert_true (harness_wait_until (has_opened, &wanted, SHOP_PATIENCE));
}
