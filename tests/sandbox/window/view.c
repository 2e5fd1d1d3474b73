/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/view.h"

#include "base/civil-date.h"
#include "base/json.h"

#define MAX_ROWS 1000
#define MAX_TEXT 400
#define MAX_BODY (256 * 1024)

static void
event_free (gpointer data)
{
  SandboxViewEvent *event = data;

  g_free (event->kind);
  g_free (event->payer);
  g_strfreev (event->subscriptions);
  g_free (event);
}

static void
mail_free (gpointer data)
{
  SandboxViewMail *mail = data;

  g_free (mail->sent);
  g_free (mail->to);
  g_free (mail->subject);
  g_free (mail->body);
  g_free (mail);
}

static void
site_free (gpointer data)
{
  SandboxViewSite *site = data;

  g_free (site->id);
  g_free (site->name);
  g_free (site);
}

static void
account_free (gpointer data)
{
  SandboxViewAccount *account = data;

  g_free (account->email);
  g_free (account->name);
  g_free (account->last4);
  g_free (account->expires);
  g_free (account);
}

static SandboxView *
view_new (void)
{
  SandboxView *self = g_new0 (SandboxView, 1);

  self->events = g_ptr_array_new_with_free_func (event_free);
  self->mails = g_ptr_array_new_with_free_func (mail_free);
  self->sites = g_ptr_array_new_with_free_func (site_free);
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  self->faults = g_ptr_array_new_with_free_func (g_free);
  self->on = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sandbox_view_free (SandboxView *self)
{
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->mails);
  g_ptr_array_unref (self->sites);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->faults);
  g_hash_table_unref (self->on);
  g_hash_table_unref (self->services);
  g_free (self);
}

const SandboxViewSite *
sandbox_view_find_site (const SandboxView *self, const char *id)
{
  for (guint i = 0; i < self->sites->len; i++)
    {
      const SandboxViewSite *site = g_ptr_array_index (self->sites, i);

      if (g_str_equal (site->id, id))
        return site;
    }
  return NULL;
}

static gboolean
read_event (SandboxView *self, JsonObject *object, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *day;
  const char *kind;
  const char *payer;
  JsonArray *subscriptions;
  gint64 n;
  gint64 cents;
  SandboxViewEvent *event;
  GDate date;

  if (!ttecomm_json_get_string (object, "day", 10, &day, error)
      || !ttecomm_date_parse (day, &date, error)
      || !ttecomm_json_get_string (object, "event", 64, &kind, error)
      || !ttecomm_json_get_string (object, "payer", 320, &payer, error)
      || !ttecomm_json_get_array (object, "subscriptions", MAX_ROWS, &subscriptions, error)
      || !ttecomm_json_get_int (object, "n", 0, G_MAXINT32, &n, error)
      || !ttecomm_json_get_int (object, "net_cents", 0, G_MAXINT64, &cents, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (subscriptions); i++)
    {
      const char *subscription;

      if (!ttecomm_json_array_get_string (subscriptions, i, MAX_TEXT, &subscription, error))
        return FALSE;
      g_strv_builder_add (builder, subscription);
    }
  event = g_new0 (SandboxViewEvent, 1);
  event->day = date;
  event->kind = g_strdup (kind);
  event->payer = g_strdup (payer);
  event->subscriptions = g_strv_builder_end (builder);
  event->n = n;
  event->cents = cents;
  g_ptr_array_add (self->events, event);
  return TRUE;
}

static gboolean
read_mail (SandboxView *self, JsonObject *object, GError **error)
{
  const char *sent;
  const char *to;
  const char *subject;
  const char *body;
  SandboxViewMail *mail;

  if (!ttecomm_json_get_string (object, "sent", 32, &sent, error)
      || !ttecomm_json_get_string (object, "to", 320, &to, error)
      || !ttecomm_json_get_string (object, "subject", MAX_TEXT, &subject, error)
      || !ttecomm_json_get_string (object, "body", MAX_BODY, &body, error))
    return FALSE;
  mail = g_new0 (SandboxViewMail, 1);
  mail->sent = g_strdup (sent);
  mail->to = g_strdup (to);
  mail->subject = g_strdup (subject);
  mail->body = g_strdup (body);
  g_ptr_array_add (self->mails, mail);
  return TRUE;
}

static gboolean
read_site (SandboxView *self, JsonObject *object, GError **error)
{
  SandboxViewSite *site = g_new0 (SandboxViewSite, 1);
  const char *id;
  const char *name;

  g_ptr_array_add (self->sites, site);
  if (!ttecomm_json_get_string (object, "id", 64, &id, error)
      || !ttecomm_json_get_string (object, "name", MAX_TEXT, &name, error)
      || !ttecomm_json_get_boolean (object, "connected", &site->connected, error)
      || !ttecomm_json_get_boolean (object, "si_access", &site->si_access, error)
      || !ttecomm_json_get_boolean (object, "suspended", &site->suspended, error))
    return FALSE;
  site->id = g_strdup (id);
  site->name = g_strdup (name);
  return TRUE;
}

static gboolean
read_account (SandboxView *self, JsonObject *object, GError **error)
{
  SandboxViewAccount *account = g_new0 (SandboxViewAccount, 1);
  const char *email;
  const char *name;
  const char *last4;
  const char *expires;

  g_ptr_array_add (self->accounts, account);
  if (!ttecomm_json_get_string (object, "email", 320, &email, error)
      || !ttecomm_json_get_string (object, "name", MAX_TEXT, &name, error)
      || !ttecomm_json_get_optional_string (object, "last4", 4, &last4, error)
      || !ttecomm_json_get_optional_string (object, "expires", 7, &expires, error)
      || !ttecomm_json_get_boolean (object, "card_good", &account->card_good, error))
    return FALSE;
  account->email = g_strdup (email);
  account->name = g_strdup (name);
  account->last4 = g_strdup (last4);
  account->expires = g_strdup (expires);
  return TRUE;
}

static gboolean
read_fault (SandboxView *self, JsonObject *object, GError **error)
{
  const char *name;

  if (!ttecomm_json_get_string (object, "name", 64, &name, error))
    return FALSE;
  g_hash_table_add (self->on, g_strdup (name));
  return TRUE;
}

typedef gboolean (*ReadRow) (SandboxView *self, JsonObject *object, GError **error);

static gboolean
read_rows (SandboxView *self, JsonObject *object, const char *name, ReadRow read, GError **error)
{
  JsonArray *array;
  JsonObject *row;

  if (!ttecomm_json_get_array (object, name, MAX_ROWS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!ttecomm_json_array_get_object (array, i, &row, error) || !read (self, row, error))
      {
        g_prefix_error (error, "%s[%u]: ", name, i);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_names (SandboxView *self, JsonObject *object, GError **error)
{
  JsonArray *array;
  const char *name;

  if (!ttecomm_json_get_array (object, "names", MAX_ROWS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!ttecomm_json_array_get_string (array, i, 64, &name, error))
        return FALSE;
      g_ptr_array_add (self->faults, g_strdup (name));
    }
  return TRUE;
}

static gboolean
read_services (SandboxView *self, JsonObject *object, GError **error)
{
  JsonObject *services;
  g_autoptr (GList) names = NULL;

  if (!ttecomm_json_get_object (object, "services", &services, error))
    return FALSE;
  names = json_object_get_members (services);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name;

      if (!ttecomm_json_get_string (services, l->data, MAX_TEXT, &name, error))
        return FALSE;
      g_hash_table_insert (self->services, g_strdup (l->data), g_strdup (name));
    }
  return TRUE;
}

SandboxView *
sandbox_view_from_json (JsonObject *object, GError **error)
{
  g_autoptr (SandboxView) self = view_new ();
  const char *today;

  if (!ttecomm_json_get_string (object, "today", 10, &today, error)
      || !ttecomm_date_parse (today, &self->today, error)
      || !read_rows (self, object, "events", read_event, error)
      || !read_rows (self, object, "mails", read_mail, error)
      || !read_rows (self, object, "installations", read_site, error)
      || !read_rows (self, object, "accounts", read_account, error)
      || !read_rows (self, object, "faults", read_fault, error) || !read_names (self, object, error)
      || !read_services (self, object, error))
    return NULL;
  return g_steal_pointer (&self);
}
