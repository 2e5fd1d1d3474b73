/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/bridge.h"

/*
 * Worker to main: each effect of the model becomes one letter in the mailbox, opened on the host's
 * main thread. Everything a letter holds is its own copy.
 */

static void
post (TtecommBridge *self, TtecommMailFunc func, gpointer payload, GDestroyNotify destroy)
{
  ttecomm_mailbox_post (self->mailbox, func, payload, destroy);
  ttecomm_host_link_wake (&self->link);
}

/* What the host keeps for the next start is kept even when it closes at this moment. */
static void
post_lasting (TtecommBridge *self, TtecommMailFunc func, gpointer payload, GDestroyNotify destroy)
{
  ttecomm_mailbox_post_lasting (self->mailbox, func, payload, destroy);
  ttecomm_host_link_wake (&self->link);
}

/* One shape for the letters that are a few texts and numbers. */
typedef struct
{
  guint64 number;
  int kind;
  int days;
  double fraction;
  char *text[4];             /* (owned) (nullable) */
  GBytes *bytes;             /* (owned) (nullable) */
  TtecommDecision *decision; /* (owned) (nullable) */
} Letter;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  for (guint i = 0; i < G_N_ELEMENTS (letter->text); i++)
    g_free (letter->text[i]);
  g_clear_pointer (&letter->bytes, g_bytes_unref);
  g_clear_pointer (&letter->decision, ttecomm_decision_unref);
  g_free (letter);
}

static void
sink_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  TtecommBridge *self = data;
  static const prosoft_log_severity_t severities[] = {
    PROSOFT_LOG_DEBUG,
    PROSOFT_LOG_INFO,
    PROSOFT_LOG_WARNING,
    PROSOFT_LOG_ERROR,
  };

  ttecomm_host_link_log (&self->link, severities[severity], domain, text);
}

static void
open_page (gpointer target, gpointer payload)
{
  ttecomm_bridge_set_page (target, payload);
}

static void
sink_page (gpointer data, TtecommPage *page)
{
  post (data, open_page, ttecomm_page_ref (page), (GDestroyNotify)ttecomm_page_unref);
}

static void
open_completed (gpointer target, gpointer payload)
{
  Letter *letter = payload;

  ttecomm_bridge_complete (target, letter->number, (TtecommEnding)letter->kind, letter->text[0],
                           letter->text[1]);
}

static void
sink_completed (gpointer data,
                guint64 op,
                TtecommEnding ending,
                const char *message,
                const char *details)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->number = op;
  letter->kind = ending;
  letter->text[0] = g_strdup (message);
  letter->text[1] = g_strdup (details);
  post (data, open_completed, letter, letter_free);
}

static void
open_progress (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;

  if (self->link.operations != NULL
      && ttecomm_operations_get_kind (self->operations, letter->number)
             != TTECOMM_OPERATION_UNKNOWN)
    self->link.operations->progress (self->link.host, letter->number, letter->fraction,
                                     letter->text[0]);
}

static void
sink_progress (gpointer data, guint64 op, double fraction, const char *text)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->number = op;
  letter->fraction = fraction;
  letter->text[0] = g_strdup (text);
  post (data, open_progress, letter, letter_free);
}

static void
open_decided (gpointer target, gpointer payload)
{
  Letter *letter = payload;

  ttecomm_bridge_decide (target, letter->number, letter->decision);
}

static void
sink_decided (gpointer data, guint64 op, TtecommDecision *decision)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->number = op;
  letter->decision = ttecomm_decision_ref (decision);
  post (data, open_decided, letter, letter_free);
}

/* A letter of its own: what is admitted, and as of when. */
typedef struct
{
  TtecommAdmission *admission; /* (owned) (nullable) */
  guint64 n_asked;
  gint n_learnt;
} AdmissionLetter;

static void
admission_letter_free (gpointer data)
{
  AdmissionLetter *letter = data;

  g_clear_pointer (&letter->admission, ttecomm_admission_unref);
  g_free (letter);
}

static void
open_admission (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  AdmissionLetter *letter = payload;

  g_clear_pointer (&self->admission, ttecomm_admission_unref);
  self->admission = g_steal_pointer (&letter->admission);
  self->admission_asked = letter->n_asked;
  self->admission_learnt = letter->n_learnt;
}

static void
post_admission (TtecommBridge *self)
{
  AdmissionLetter *letter = g_new0 (AdmissionLetter, 1);

  letter->admission = self->known != NULL ? ttecomm_admission_ref (self->known) : NULL;
  letter->n_asked = self->n_answered;
  letter->n_learnt = g_atomic_int_get (&self->n_learnt);
  post (self, open_admission, letter, admission_letter_free);
}

/* What main holds is void from this moment on, before it has read the letter. */
static void
sink_admission (gpointer data, TtecommAdmission *admission)
{
  TtecommBridge *self = data;
  gboolean had = self->known != NULL;

  g_atomic_int_inc (&self->n_learnt);
  g_clear_pointer (&self->known, ttecomm_admission_unref);
  if (admission != NULL)
    self->known = ttecomm_admission_ref (admission);
  if (had || admission != NULL)
    post_admission (self);
}

void
ttecomm_bridge_answered (TtecommBridge *self, guint64 n_asked)
{
  self->n_answered = n_asked;
  if (self->known != NULL)
    post_admission (self);
}

TtecommDecision *
ttecomm_bridge_admit (TtecommBridge *self, const char *installation, const char **id)
{
  if (self->admission == NULL || self->admission_asked != self->n_asked
      || self->admission_learnt != g_atomic_int_get (&self->n_learnt))
    return NULL;
  return ttecomm_admission_decide (self->admission, installation, id);
}

static void
open_notice (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;

  if (g_hash_table_contains (self->sessions, &letter->number))
    ttecomm_host_link_notice (&self->link, letter->number, letter->decision);
}

static void
sink_notice (gpointer data, guint64 session, TtecommDecision *decision)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->number = session;
  letter->decision = ttecomm_decision_ref (decision);
  post (data, open_notice, letter, letter_free);
}

static prosoft_gate_event_kind_t
event_kind_to_abi (TtecommGateEventKind kind)
{
  static const prosoft_gate_event_kind_t kinds[] = {
    PROSOFT_GATE_EVENT_CHANGED, PROSOFT_GATE_EVENT_ENDS_SOON, PROSOFT_GATE_EVENT_ENDED,
    PROSOFT_GATE_EVENT_STALE,   PROSOFT_GATE_EVENT_FRESH,     PROSOFT_GATE_EVENT_CLOCK_SUSPECT,
  };

  return kinds[kind];
}

static void
open_event (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;
  prosoft_gate_event_t event = {
    .struct_size = sizeof event,
    .kind = event_kind_to_abi ((TtecommGateEventKind)letter->kind),
    .days = letter->days,
    .installation = letter->text[0],
    .code = letter->text[1],
    .cause = letter->text[2],
    .text = letter->text[3],
  };

  if (self->link.session_gate != NULL)
    self->link.session_gate->event (self->link.host, &event);
}

static void
sink_event (gpointer data,
            TtecommGateEventKind kind,
            const char *installation,
            const char *code,
            const char *cause,
            int days,
            const char *text)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->kind = kind;
  letter->days = days;
  letter->text[0] = g_strdup (installation);
  letter->text[1] = g_strdup (code);
  letter->text[2] = g_strdup (cause);
  letter->text[3] = g_strdup (text);
  post (data, open_event, letter, letter_free);
}

static void
open_uri (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;

  if (self->link.open_uri == NULL
      || self->link.open_uri->open (self->link.host, letter->text[0]) != PROSOFT_OK)
    ttecomm_host_link_log (&self->link, PROSOFT_LOG_WARNING, "bridge",
                           "the host did not open a link; is a browser installed?");
}

static void
sink_open_uri (gpointer data, const char *uri)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->text[0] = g_strdup (uri);
  post (data, open_uri, letter, letter_free);
}

static void
open_attention (gpointer target, gpointer payload)
{
  static const prosoft_attention_severity_t severities[] = {
    PROSOFT_ATTENTION_INFO,
    PROSOFT_ATTENTION_WARNING,
    PROSOFT_ATTENTION_URGENT,
  };
  TtecommBridge *self = target;
  Letter *letter = payload;

  if (self->link.attention != NULL)
    self->link.attention->attention (self->link.host, severities[letter->kind], letter->text[0],
                                     TTECOMM_PAGE_ID);
}

static void
sink_attention (gpointer data, TtecommAttention attention, const char *text)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->kind = (int)attention;
  letter->text[0] = g_strdup (text);
  post (data, open_attention, letter, letter_free);
}

static void
open_load_secret (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;

  self->load_cookie = ++self->last_cookie;
  g_free (self->load_key);
  self->load_key = g_strdup (letter->text[0]);
  if (self->link.secrets == NULL
      || self->link.secrets->load (self->link.host, letter->text[0], self->load_cookie)
             != PROSOFT_OK)
    ttecomm_bridge_tell_no_answer (self, letter->text[0]);
}

static void
sink_load_secret (gpointer data, const char *key)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->text[0] = g_strdup (key);
  post (data, open_load_secret, letter, letter_free);
}

static void
open_store_secret (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;
  gsize size;
  const void *bytes = g_bytes_get_data (letter->bytes, &size);

  self->store_cookie = ++self->last_cookie;
  g_free (self->store_key);
  self->store_key = g_strdup (letter->text[0]);
  if (self->link.secrets == NULL || size == 0 || size > PROSOFT_SECRET_MAX_SIZE
      || self->link.secrets->store (self->link.host, letter->text[0], bytes, (int32_t)size,
                                    self->store_cookie)
             != PROSOFT_OK)
    ttecomm_bridge_tell_saved (self, letter->text[0], FALSE, TTECOMM_BRIDGE_NOT_KEPT);
}

static void
sink_store_secret (gpointer data, const char *key, GBytes *secret)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->text[0] = g_strdup (key);
  letter->bytes = g_bytes_ref (secret);
  post_lasting (data, open_store_secret, letter, letter_free);
}

static void
open_erase_secret (gpointer target, gpointer payload)
{
  TtecommBridge *self = target;
  Letter *letter = payload;

  /* What a store before says now is not about what is there. */
  g_clear_pointer (&self->store_key, g_free);
  if (self->link.secrets == NULL)
    return;
  ttecomm_bridge_tell_saved (self, letter->text[0],
                             self->link.secrets->erase (self->link.host, letter->text[0])
                                 == PROSOFT_OK,
                             "the host could not erase the kept sign-in");
}

static void
sink_erase_secret (gpointer data, const char *key)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->text[0] = g_strdup (key);
  post_lasting (data, open_erase_secret, letter, letter_free);
}

static void
sink_read_project (gpointer data, guint generation, guint64 offset, gsize length)
{
  TtecommReadRequest *request = g_new0 (TtecommReadRequest, 1);

  request->generation = generation;
  request->offset = offset;
  request->length = length;
  post (data, ttecomm_bridge_read_project, request, g_free);
}

const TtecommModelSink ttecomm_bridge_sink = {
  .log = sink_log,
  .page = sink_page,
  .completed = sink_completed,
  .progress = sink_progress,
  .decided = sink_decided,
  .admission = sink_admission,
  .notice = sink_notice,
  .event = sink_event,
  .open_uri = sink_open_uri,
  .attention = sink_attention,
  .load_secret = sink_load_secret,
  .store_secret = sink_store_secret,
  .erase_secret = sink_erase_secret,
  .read_project = sink_read_project,
};
