/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json-secret.h"
#include "plugin/page/error-words.h"
#include "plugin/page/model-basket.h"
#include "plugin/page/model-portfolio.h"

/* What a person can do on the page, one function an action. Whatever one starts ends its operation.
 */

#define MAX_INPUTS (64 * 1024)
#define MAX_EXPLAINED 16

static void
end_step (TtecommModelStep *step, const GError *error)
{
  ttecomm_model_end_with (step->model, step->op, error);
}

static gboolean
has_cloud (TtecommModel *self, TtecommModelOperation *operation)
{
  if (self->cloud != NULL)
    return TRUE;
  ttecomm_model_end (self, operation->op, TTECOMM_ENDED_FAILED, NULL, self->setup_error->message);
  return FALSE;
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_facts_refresh_finish (TTECOMM_FACTS (source), result, &error))
    end_step (step, error);
  else
    end_step (step, NULL);
}

static void
do_refresh (TtecommModel *self,
            TtecommModelOperation *operation,
            const char *argument,
            JsonObject *inputs)
{
  if (!has_cloud (self, operation))
    return;
  operation->shares = TRUE;
  ttecomm_model_look_again (self);
  ttecomm_desk_refresh (self->desk, TRUE);
  if (self->purchase != NULL)
    ttecomm_purchase_nudge (self->purchase);
  ttecomm_model_portfolio_refresh (self, FALSE);
  ttecomm_facts_refresh_async (self->facts, refreshed_cb,
                               ttecomm_model_step_new (self, operation->op));
}

static void
signed_in_refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (GError) error = NULL;

  /* Signed in it is; what could not be fetched is said on the page. */
  if (!ttecomm_facts_refresh_finish (TTECOMM_FACTS (source), result, &error))
    ttecomm_model_log (step->model, TTECOMM_LOG_INFO, "cloud", error->message);
  end_step (step, NULL);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TtecommModelStep *step = user_data;
  TtecommModel *self = step->model;
  g_autoptr (GError) error = NULL;

  self->n_signing_in--;
  g_clear_error (&self->sign_in_error);
  if (!ttecomm_sign_in_start_finish (TTECOMM_SIGN_IN (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_REPLACED))
        self->sign_in_error = g_error_copy (error);
      ttecomm_model_publish (self);
      end_step (step, error);
      ttecomm_model_step_free (step);
      return;
    }
  ttecomm_model_publish (self);
  if (self->cloud != NULL && self->cloud->sign_in == TTECOMM_SIGN_IN (source))
    {
      /* What is being asked for already is asked under the sign-in before. */
      ttecomm_facts_refresh_afresh_async (self->facts, signed_in_refreshed_cb, step);
      return;
    }
  /* Signed in to a TTcloud that the settings no longer name. */
  ttecomm_model_end (self, step->op, TTECOMM_ENDED_CANCELLED, NULL, "the settings have changed");
  ttecomm_model_step_free (step);
}

static void
do_sign_in (TtecommModel *self,
            TtecommModelOperation *operation,
            const char *argument,
            JsonObject *inputs)
{
  TtecommSignInPages pages = {
    .language = ttecomm_text_get_language (self->text),
    .done_title = ttecomm_text_get (self->text, "browser", "Signed in"),
    .done_text
    = ttecomm_text_get (self->text, "browser", "You can close this window and go back to PROSOFT."),
    .failed_title = ttecomm_text_get (self->text, "browser", "Not signed in"),
    .failed_text
    = ttecomm_text_get (self->text, "browser",
                        "The sign-in did not succeed. Go back to PROSOFT and try again."),
    .unknown_title = ttecomm_text_get (self->text, "browser", "Nothing here"),
    .unknown_text
    = ttecomm_text_get (self->text, "browser",
                        "This address only ends a sign-in that was started in PROSOFT."),
  };

  if (!has_cloud (self, operation))
    return;
  self->n_signing_in++;
  g_clear_error (&self->sign_in_error);
  ttecomm_sign_in_start_async (self->cloud->sign_in, &pages, operation->cancellable, signed_in_cb,
                               ttecomm_model_step_new (self, operation->op));
  ttecomm_model_publish (self);
}

static void
do_sign_in_cancel (TtecommModel *self,
                   TtecommModelOperation *operation,
                   const char *argument,
                   JsonObject *inputs)
{
  /* The sign-in is itself an operation; ending all of its kind leaves nobody waiting for a browser.
   */
  ttecomm_model_cancel_sign_ins (self);
  ttecomm_model_end (self, operation->op, TTECOMM_ENDED_OK, NULL, NULL);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (GError) error = NULL;

  /* Forgotten here it is in any case; only the revocation may have failed. */
  if (!ttecomm_sign_in_end_finish (TTECOMM_SIGN_IN (source), result, &error))
    ttecomm_model_log (step->model, TTECOMM_LOG_WARNING, "sign-in", error->message);
  end_step (step, NULL);
}

static void
do_sign_out (TtecommModel *self,
             TtecommModelOperation *operation,
             const char *argument,
             JsonObject *inputs)
{
  if (!has_cloud (self, operation))
    return;
  ttecomm_sign_in_end_async (self->cloud->sign_in, operation->cancellable, signed_out_cb,
                             ttecomm_model_step_new (self, operation->op));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (TtecommDecision) decision = ttecomm_desk_check_finish (TTECOMM_DESK (source), result);

  ttecomm_model_end (step->model, step->op,
                     g_str_equal (decision->code, "cancelled") ? TTECOMM_ENDED_CANCELLED
                                                               : TTECOMM_ENDED_OK,
                     decision->message, decision->details);
}

static void
do_session_check (TtecommModel *self,
                  TtecommModelOperation *operation,
                  const char *argument,
                  JsonObject *inputs)
{
  /* A button pressed always asks (gate.md, principle 6). */
  ttecomm_desk_check_async (self->desk, NULL, NULL, TRUE, 0, operation->cancellable, checked_cb,
                            ttecomm_model_step_new (self, operation->op));
}

/* Unfolds an explanation, or folds it again. */
static void
do_explain (TtecommModel *self,
            TtecommModelOperation *operation,
            const char *argument,
            JsonObject *inputs)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (self->explained, argument, g_str_equal, &index))
    g_ptr_array_remove_index (self->explained, index);
  else if (self->explained->len < MAX_EXPLAINED)
    g_ptr_array_add (self->explained, g_strdup (argument));
  ttecomm_model_publish (self);
  ttecomm_model_end_with (self, operation->op, NULL);
}

static const struct
{
  const char *name;
  gboolean takes_argument; /* the id is NAME.ARGUMENT */
  TtecommModelActionFunc run;
} actions[] = {
  { "refresh", FALSE, do_refresh },
  { "sign-in", FALSE, do_sign_in },
  { "sign-in.cancel", FALSE, do_sign_in_cancel },
  { "sign-out", FALSE, do_sign_out },
  { "session.check", FALSE, do_session_check },
  { "basket.add", TRUE, ttecomm_model_basket_add },
  { "basket.remove", TRUE, ttecomm_model_basket_remove },
  { "basket.remove-blocked", FALSE, ttecomm_model_basket_remove_blocked },
  { "basket.quote", FALSE, ttecomm_model_basket_quote },
  { "basket.accept", FALSE, ttecomm_model_basket_accept },
  { "basket.pay", FALSE, ttecomm_model_basket_pay },
  { "basket.open-checkout", FALSE, ttecomm_model_basket_open_checkout },
  { "basket.cancel-order", FALSE, ttecomm_model_basket_cancel_order },
  { "installations.filter", FALSE, ttecomm_model_portfolio_filter },
  { "installations.all", FALSE, ttecomm_model_portfolio_show_all },
  { "installations.next", FALSE, ttecomm_model_portfolio_next },
  { "installations.previous", FALSE, ttecomm_model_portfolio_previous },
  { "installations.buy", FALSE, ttecomm_model_portfolio_buy },
  { "explain", TRUE, do_explain },
  { "lock.open", FALSE, ttecomm_model_lock_open },
  { "lock.cancel", FALSE, ttecomm_model_lock_cancel },
};

static TtecommModelActionFunc
find_action (const char *id, const char **argument)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gsize length = strlen (actions[i].name);

      *argument = "";
      if (!actions[i].takes_argument && strcmp (id, actions[i].name) == 0)
        return actions[i].run;
      if (actions[i].takes_argument && strncmp (id, actions[i].name, length) == 0
          && id[length] == '.' && id[length + 1] != '\0')
        {
          *argument = id + length + 1;
          return actions[i].run;
        }
    }
  return NULL;
}

/* A host may send all inputs of the page with any action: a typed password is taken out before
 * anything makes a copy of it. */
static JsonObject *
parse_inputs (const char *text, TtecommSecret **password, GError **error)
{
  gsize length = strlen (text);
  g_autoptr (TtecommSecret) copy = ttecomm_secret_new_from (text, length);

  if (!ttecomm_json_take_secret (copy, MAX_INPUTS, TTECOMM_LOCK_INPUT, password, error))
    return NULL;
  return ttecomm_json_parse_object ((const char *)ttecomm_secret_get_data (copy), length,
                                    MAX_INPUTS, error);
}

void
ttecomm_model_invoke (TtecommModel *self, guint64 op, const char *action, const char *inputs_json)
{
  TtecommModelOperation *operation = ttecomm_model_begin (self, op);
  g_autoptr (JsonObject) inputs = NULL;
  g_autoptr (GError) error = NULL;
  const char *argument;
  TtecommModelActionFunc run = find_action (action, &argument);

  if (run == NULL)
    {
      ttecomm_model_end (self, op, TTECOMM_ENDED_INVALID, NULL, "there is no such action");
      return;
    }
  if (inputs_json != NULL)
    {
      inputs = parse_inputs (inputs_json, &operation->password, &error);
      if (inputs == NULL)
        {
          ttecomm_model_end (self, op, TTECOMM_ENDED_INVALID, NULL, error->message);
          return;
        }
    }
  operation->is_sign_in = run == do_sign_in;
  run (self, operation, argument, inputs);
}
