/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/host-link.h"

#include "base/platform.h"

#include <fenv.h>
#include <string.h>

#define MAX_VALUE_SIZE (256 * 1024)
#define MAX_TRIES 3
#define PAGE_ID "subscriptions"

void
ttecomm_host_link_init (TtecommHostLink *link, const prosoft_host_t *host)
{
  link->host = host;
  link->log = host->get_extension (host, PROSOFT_EXT_LOG);
  link->thread_check = host->get_extension (host, PROSOFT_EXT_THREAD_CHECK);
  link->environment = host->get_extension (host, PROSOFT_EXT_ENVIRONMENT);
  link->operations = host->get_extension (host, PROSOFT_EXT_OPERATIONS);
  link->pages = host->get_extension (host, PROSOFT_EXT_PAGES);
  link->session_gate = host->get_extension (host, PROSOFT_EXT_SESSION_GATE);
  link->open_uri = host->get_extension (host, PROSOFT_EXT_OPEN_URI);
  link->attention = host->get_extension (host, PROSOFT_EXT_ATTENTION);
  link->secrets = host->get_extension (host, PROSOFT_EXT_SECRETS);
}

void
ttecomm_host_link_log (const TtecommHostLink *link,
                       prosoft_log_severity_t severity,
                       const char *domain,
                       const char *text)
{
  g_autofree char *line = NULL;
  fenv_t before;

  if (link->log == NULL)
    return;
  /* What a message quotes may come from anywhere. */
  line = g_utf8_make_valid (text, -1);
  for (char *at = line; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  fegetenv (&before);
  link->log->log (link->host, severity, domain, line);
  fesetenv (&before);
}

/* The run-time library of a host in Free Pascal turns floating-point exceptions on in each thread
 * that it meets for the first time. The worker, which reads numbers, keeps what it had (R13). */
void
ttecomm_host_link_wake (const TtecommHostLink *link)
{
  fenv_t before;

  fegetenv (&before);
  link->host->request_callback (link->host);
  fesetenv (&before);
}

static char *
get_value (const TtecommHostLink *link, const char *key)
{
  int32_t needed = link->environment->get (link->host, key, NULL, 0);

  /* The value may grow between being measured and being read. */
  for (guint i = 0; i < MAX_TRIES && needed > 1 && needed <= MAX_VALUE_SIZE; i++)
    {
      g_autofree char *value = g_malloc0 ((gsize)needed + 1);
      int32_t got = link->environment->get (link->host, key, value, needed);

      if (got <= needed)
        return g_utf8_validate (value, -1, NULL) && *value != '\0' ? g_steal_pointer (&value)
                                                                   : NULL;
      needed = got;
    }
  return NULL;
}

/* A relative one would be a place in whatever folder PROSOFT was started in, another one each day.
 */
static char *
get_folder (const TtecommHostLink *link, const char *key)
{
  g_autofree char *folder = get_value (link, key);
  g_autofree char *line = NULL;

  if (folder == NULL || ttecomm_platform_is_absolute (folder))
    return g_steal_pointer (&folder);
  line = g_strdup_printf ("%s from the host is no absolute path, so it is not used: \"%.100s\"",
                          key, folder);
  ttecomm_host_link_log (link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge", line);
  return NULL;
}

TtecommSettings *
ttecomm_host_link_get_settings (const TtecommHostLink *link)
{
  TtecommSettings *settings = ttecomm_settings_new ();

  settings->has_secrets = link->secrets != NULL;
  if (link->environment == NULL)
    return settings;
  settings->locale = get_value (link, PROSOFT_ENV_LOCALE);
  settings->data_dir = get_folder (link, PROSOFT_ENV_DATA_DIR);
  settings->cache_dir = get_folder (link, PROSOFT_ENV_CACHE_DIR);
  settings->proxy = get_value (link, PROSOFT_ENV_PROXY);
  settings->prosoft_version = get_value (link, PROSOFT_ENV_PROSOFT_VERSION);
  settings->ttcloud_url = get_value (link, PROSOFT_ENV_TTCLOUD_URL);
  settings->ttecomm_url = get_value (link, PROSOFT_ENV_TTECOMM_URL);
  settings->ttcloud_trust = get_value (link, PROSOFT_ENV_TTCLOUD_TRUST);
  settings->ttcloud_ca = get_value (link, PROSOFT_ENV_TTCLOUD_CA);
  settings->clock_offset = get_value (link, PROSOFT_ENV_CLOCK_OFFSET);
  return settings;
}

static prosoft_gate_button_t *
buttons_to_abi (const TtecommDecision *decision)
{
  guint n = decision->buttons->len;
  prosoft_gate_button_t *buttons = n > 0 ? g_new0 (prosoft_gate_button_t, n) : NULL;

  for (guint i = 0; i < n; i++)
    {
      const TtecommButton *button = g_ptr_array_index (decision->buttons, i);

      buttons[i].id = button->id;
      buttons[i].label = button->label;
      buttons[i].target = button->target;
      buttons[i].kind = (prosoft_gate_button_kind_t)button->kind;
    }
  return buttons;
}

static void
decision_to_abi (const TtecommDecision *decision,
                 const prosoft_gate_button_t *buttons,
                 prosoft_gate_decision_t *out)
{
  memset (out, 0, sizeof *out);
  out->struct_size = sizeof *out;
  out->allowed = decision->allowed ? 1 : 0;
  out->outcome = decision->outcome;
  out->valid_until = decision->allowed ? decision->valid_until : 0;
  out->code = decision->code;
  out->cause = decision->cause;
  out->was = decision->was;
  out->message = decision->message;
  out->details = decision->details;
  out->buttons = buttons;
  out->n_buttons = decision->buttons->len;
  out->page_id = PAGE_ID;
}

void
ttecomm_host_link_decided (const TtecommHostLink *link,
                           prosoft_op_t op,
                           const TtecommDecision *decision,
                           prosoft_session_t session)
{
  g_autofree prosoft_gate_button_t *buttons = buttons_to_abi (decision);
  prosoft_gate_decision_t out;

  if (link->session_gate == NULL)
    return;
  decision_to_abi (decision, buttons, &out);
  link->session_gate->decided (link->host, op, &out, decision->allowed ? session : 0);
}

void
ttecomm_host_link_notice (const TtecommHostLink *link,
                          prosoft_session_t session,
                          const TtecommDecision *decision)
{
  g_autofree prosoft_gate_button_t *buttons = buttons_to_abi (decision);
  prosoft_gate_decision_t out;

  if (link->session_gate == NULL)
    return;
  decision_to_abi (decision, buttons, &out);
  link->session_gate->notice (link->host, session, &out);
}

void
ttecomm_host_link_completed (const TtecommHostLink *link,
                             prosoft_op_t op,
                             prosoft_result_t result,
                             const char *message,
                             const char *details)
{
  prosoft_completion_t completion = {
    .struct_size = sizeof completion,
    .result = result,
    .op = op,
    .message = message,
    .details = details,
  };

  if (link->operations != NULL)
    link->operations->completed (link->host, &completion);
}

prosoft_result_t
ttecomm_host_error (prosoft_error_t *error, prosoft_result_t code, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  const char *end;
  va_list args;

  if (error == NULL)
    return code;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  valid = g_utf8_make_valid (text, -1);
  if (strlen (valid) >= sizeof error->message)
    {
      end = g_utf8_find_prev_char (valid, valid + sizeof error->message);
      valid[end != NULL ? end - valid : 0] = '\0';
    }
  memset (error, 0, sizeof *error);
  error->code = code;
  g_strlcpy (error->message, valid, sizeof error->message);
  return code;
}
