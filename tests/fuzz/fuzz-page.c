/* SPDX-License-Identifier: MIT */
/*
 * What a host sends the page (plugin/page/model.h): lines, each a letter and what belongs to it.
 *   i ACTION TAB INPUTS   an action is invoked; without TAB there are no inputs
 *   c OP                  an operation is cancelled
 *   f DIGIT               a project is opened: 0 plain, 1 protected, 2 to 9 one of that many bytes
 *   b BYTES               the next bytes of the project are these, whatever was asked for
 *   x                     the project is closed
 *   k INSTALLATION        a remote session asks
 *   s START or e SESSION  it has started, with the op of its check; it has ended
 *   a                     the page has the focus again
 *   l LOCALE              another language
 *   n SETTING             another proxy, address or trust: what is refused stays unconnected
 *   t                     TTcloud has an address, at which nobody answers
 *   p SECRET              what the host kept of the sign-in
 *   d                     the worker has time
 *
 * Every operation ends exactly once, every page is one (schema-check.h) with a new revision, no
 * session is let in by a TTcloud that never answered, and in the end everything is freed.
 */
#include "tests/fuzz/fuzz.h"

#include "plugin/page/model.h"
#include "tests/support/fake-clock.h"
#include "tests/support/test-ca.h"
#include "tests/tools/nbt-packer.h"
#include "tests/unit/page/schema-check.h"

#include <string.h>

#define MAX_LINES 24
#define PATIENCE_US (30 * G_USEC_PER_SEC)
/* Nobody listens at the port for "discard"; there is no name to look up either. */
#define NOBODY "https://127.0.0.1:9"
#define TRUST                                                                                      \
  "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"root-1\","        \
  "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}"
#define CONTENT                                                                                      \
  "{\"tag\":\"INST\",\"json\":{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\",\"name\":\"Villa\","  \
  "\"prosoft\":\"5.1.2.0\",\"ttcloud\":{\"connected\":true,\"id\":\"inst-1\"}}%s},"                  \
  "{\"tag\":\"UNIT\",\"json\":[]%s},"                                                                \
  "{\"tag\":\"USER\",\"json\":{\"people\":[{\"id\":\"p\",\"name\":\"Jan\",\"email\":\"jan@x.test\"," \
  "\"cloud_access\":\"owner\"}],\"integrators\":[]}%s}"
#define SEALED(n) ",\"encrypted\":true,\"nonce\":\"00000000000000000000000" n "\""
#define LOCK                                                                                       \
  "{\"tag\":\"LOCK\",\"password\":\"pw\",\"json\":{\"kdf\":\"scrypt\",\"n\":2,\"r\":1,\"p\":1,"    \
  "\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}},"

typedef struct
{
  TtecommModel *model;       /* (owned) */
  TtecommSettings *settings; /* (owned) */
  GBytes *file;              /* (owned) (nullable): the open project */
  GBytes *bytes;             /* (owned) (nullable): what is read of it instead */
  guint generation;
  guint64 wanted_offset; /* of the last question about it */
  gsize wanted_length;   /* 0: there is none */
  char *secret_key;      /* (owned) (nullable): that was asked for */
  guint64 last_op;
  GHashTable *ended; /* (owned) (element-type op) */
  gint64 revision;
} Host;

/* --- what the model asks of it --- */

static void
on_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  fuzz_assert_line (domain);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
on_page (gpointer data, TtecommPage *page)
{
  Host *host = data;

  g_assert_cmpint (ttecomm_page_get_revision (page), >, host->revision);
  host->revision = ttecomm_page_get_revision (page);
  schema_check (page);
}

static void
note_end (Host *host, guint64 op)
{
  g_assert_cmpuint (op, >, 0);
  g_assert_cmpuint (op, <=, host->last_op);
  g_assert_true (g_hash_table_add (host->ended, GSIZE_TO_POINTER (op)));
}

static void
on_completed (gpointer data,
              guint64 op,
              TtecommEnding ending,
              const char *message,
              const char *details)
{
  fuzz_assert_line (message);
  g_assert_true (details == NULL || g_utf8_validate (details, -1, NULL));
  g_assert_true (ending == TTECOMM_ENDED_OK || ending == TTECOMM_ENDED_CANCELLED || message != NULL
                 || details != NULL);
  note_end (data, op);
}

static void
on_progress (gpointer data, guint64 op, double fraction, const char *text)
{
  g_assert_false (g_hash_table_contains (((Host *)data)->ended, GSIZE_TO_POINTER (op)));
}

static void
on_decided (gpointer data, guint64 op, TtecommDecision *decision)
{
  g_assert_false (decision->allowed);
  g_assert_cmpint (decision->outcome, ==, TTECOMM_GATE_WAIT);
  fuzz_assert_line (decision->message);
  note_end (data, op);
}

static void
on_admission (gpointer data, TtecommAdmission *admission)
{
  g_assert_null (admission);
}

static void
on_notice (gpointer data, guint64 session, TtecommDecision *decision)
{
  g_assert_false (decision->allowed);
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
  fuzz_assert_line (text);
}

/* Only a discovery would give an address, and nobody answered one. */
static void
on_open_uri (gpointer data, const char *uri)
{
  g_assert_true (g_str_has_prefix (uri, NOBODY));
}

static void
on_attention (gpointer data, TtecommAttention attention, const char *text)
{
  fuzz_assert_line (text);
}

static void
on_load_secret (gpointer data, const char *key)
{
  Host *host = data;

  g_free (host->secret_key);
  host->secret_key = g_strdup (key);
}

static void
on_store_secret (gpointer data, const char *key, GBytes *secret)
{
}

static void
on_erase_secret (gpointer data, const char *key)
{
}

static void
on_read_project (gpointer data, guint generation, guint64 offset, gsize length)
{
  Host *host = data;

  g_assert_cmpuint (generation, ==, host->generation);
  host->wanted_offset = offset;
  host->wanted_length = length;
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

/* --- projects --- */

/* (transfer none): made once, kept as long as the process */
static GBytes *
sample (gboolean is_protected)
{
  static GBytes *samples[2]; /* (owned) */
  g_autofree char *plain = g_strdup_printf ("{\"sections\":[" CONTENT "]}", "", "", "");
  g_autofree char *sealed
      = g_strdup_printf ("{\"sections\":[" LOCK CONTENT "]}", "", SEALED ("1"), SEALED ("2"));
  const char *text = is_protected ? sealed : plain;
  g_autoptr (GError) error = NULL;

  if (samples[is_protected] == NULL)
    samples[is_protected] = nbt_packer_pack_text (text, strlen (text), &error);
  g_assert_no_error (error);
  return samples[is_protected];
}

static void
open_project (Host *host, guint digit)
{
  static const guint8 zeros[10];

  g_clear_pointer (&host->file, g_bytes_unref);
  g_clear_pointer (&host->bytes, g_bytes_unref);
  host->file = digit < 2 ? g_bytes_ref (sample (digit == 1)) : g_bytes_new (zeros, digit);
  host->wanted_length = 0;
  ttecomm_model_project_opened (host->model, ++host->generation, "/p.nbt",
                                (gint64)g_bytes_get_size (host->file));
}

/* A question of an earlier reader is none. */
static void
answer_read (Host *host)
{
  gsize length = host->wanted_length;
  gsize size = g_bytes_get_size (host->file);
  g_autoptr (GBytes) bytes = g_steal_pointer (&host->bytes);

  host->wanted_length = 0;
  if (bytes == NULL && host->wanted_offset <= size)
    bytes = g_bytes_new_from_bytes (host->file, host->wanted_offset,
                                    MIN (length, size - host->wanted_offset));
  ttecomm_model_project_bytes (host->model, host->generation, bytes,
                               bytes == NULL ? "the file is gone" : NULL);
}

/* --- lines --- */

static void
run_worker (Host *host)
{
  for (guint i = 0; i < 100; i++)
    {
      if (host->wanted_length > 0 && host->file != NULL)
        answer_read (host);
      if (!g_main_context_iteration (NULL, FALSE) && host->wanted_length == 0)
        return;
    }
}

static void
set_text (char **setting, const char *text)
{
  g_free (*setting);
  *setting = g_strdup (text);
}

static void
connect_to_nobody (Host *host)
{
  static TestCa *ca; /* (owned): for as long as the process */

  if (ca == NULL)
    ca = test_ca_new ("Nobody");
  set_text (&host->settings->ttcloud_url, NOBODY);
  set_text (&host->settings->ttecomm_url, NOBODY);
  set_text (&host->settings->ttcloud_trust, TRUST);
  set_text (&host->settings->ttcloud_ca, test_ca_get_pem (ca));
  set_text (&host->settings->proxy, "direct");
  ttecomm_model_set_settings (host->model, host->settings);
}

/* An address that is no address, so that nothing is ever asked of somebody who exists. */
static void
change_setting (Host *host, const char *text)
{
  g_autofree char *nowhere = g_strconcat ("https://", text, " ", NULL);
  char **const settings[] = { &host->settings->ttcloud_trust, &host->settings->clock_offset,
                              &host->settings->prosoft_version, &host->settings->ttcloud_ca };
  guint which = (guint)*text % (G_N_ELEMENTS (settings) + 1);

  if (which < G_N_ELEMENTS (settings))
    set_text (settings[which], *text != '\0' ? text + 1 : text);
  else
    set_text (&host->settings->ttcloud_url, nowhere);
  ttecomm_model_set_settings (host->model, host->settings);
}

static void
invoke (Host *host, char *text)
{
  char *tab = strchr (text, '\t');

  /* The bridge lets nothing else through. */
  if (!g_utf8_validate (text, tab != NULL ? tab - text : -1, NULL))
    return;
  if (tab != NULL)
    *tab = '\0';
  ttecomm_model_invoke (host->model, ++host->last_op, text, tab != NULL ? tab + 1 : NULL);
}

static void
load_secret (Host *host, const char *text)
{
  g_autoptr (GBytes) secret = g_bytes_new (text, strlen (text));

  if (host->secret_key != NULL)
    ttecomm_model_secret_loaded (host->model, host->secret_key, secret);
}

static void
run_project_line (Host *host, char letter, const char *text, gsize length)
{
  if (letter == 'f')
    open_project (host, (guint)(guint8)(*text - '0') % 10);
  else if (letter == 'x')
    {
      g_clear_pointer (&host->file, g_bytes_unref);
      host->wanted_length = 0;
      ttecomm_model_project_closed (host->model, host->generation);
    }
  else
    {
      g_clear_pointer (&host->bytes, g_bytes_unref);
      host->bytes = g_bytes_new (text, length);
    }
}

static void
run_session_line (Host *host, char letter, const char *text)
{
  guint64 number = g_ascii_strtoull (text, NULL, 10) % 100;

  if (letter == 'c')
    ttecomm_model_cancel (host->model, number);
  else if (letter == 's')
    ttecomm_model_session_started (host->model, number + 1, number);
  else if (letter == 'e')
    ttecomm_model_session_ended (host->model, number);
  else if (g_utf8_validate (text, -1, NULL))
    ttecomm_model_check (host->model, ++host->last_op, *text != '\0' ? text : NULL, text, 0);
}

static void
run_line (Host *host, char letter, char *text, gsize length)
{
  switch (letter)
    {
    case 'i':
      invoke (host, text);
      break;
    case 'f':
    case 'x':
    case 'b':
      run_project_line (host, letter, text, length);
      break;
    case 'c':
    case 's':
    case 'e':
    case 'k':
      run_session_line (host, letter, text);
      break;
    case 'a':
      ttecomm_model_activated (host->model);
      break;
    case 'l':
      set_text (&host->settings->locale, text);
      ttecomm_model_set_settings (host->model, host->settings);
      break;
    case 'n':
      change_setting (host, text);
      break;
    case 't':
      connect_to_nobody (host);
      break;
    case 'p':
      load_secret (host, text);
      break;
    default:
      run_worker (host);
      break;
    }
}

/* --- life --- */

static void
host_init (Host *host)
{
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (1789718400);

  host->settings = ttecomm_settings_new ();
  set_text (&host->settings->prosoft_version, "5.1.2.0");
  set_text (&host->settings->data_dir, fuzz_folder ());
  set_text (&host->settings->cache_dir, fuzz_folder ());
  host->settings->has_secrets = TRUE;
  host->ended = g_hash_table_new (NULL, NULL);
  host->revision = 1;
  host->model = ttecomm_model_new (TTECOMM_CLOCK (clock), host->settings, &sink, host);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Cancelled, every operation ends; what others wait for ends at least with the model. */
static void
end_all (Host *host)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  guint tick = g_timeout_add (5, wake_cb, NULL);

  for (guint64 op = 1; op <= host->last_op; op++)
    ttecomm_model_cancel (host->model, op);
  while (g_hash_table_size (host->ended) < host->last_op && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, TRUE);
      if (host->wanted_length > 0 && host->file != NULL)
        answer_read (host);
    }
  g_assert_cmpuint (g_hash_table_size (host->ended), ==, host->last_op);
  ttecomm_model_shut_down (host->model);
  g_object_add_weak_pointer (G_OBJECT (host->model), (gpointer *)&host->model);
  g_object_unref (host->model);
  while (host->model != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (host->model);
  g_source_remove (tick);
}

static void
host_clear (Host *host)
{
  end_all (host);
  ttecomm_settings_free (host->settings);
  g_clear_pointer (&host->file, g_bytes_unref);
  g_clear_pointer (&host->bytes, g_bytes_unref);
  g_hash_table_unref (host->ended);
  g_free (host->secret_key);
}

int
ttecomm_fuzz_page (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  Host host = { 0 };

  host_init (&host);
  for (guint i = 0; i < MAX_LINES && input.left > 0; i++)
    {
      char letter = (char)fuzz_input_take_byte (&input);
      gsize length = 0;
      g_autofree char *text = fuzz_input_take_until (&input, '\n', &length);

      run_line (&host, letter, text, length);
    }
  host_clear (&host);
  return 0;
}
