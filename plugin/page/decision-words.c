/* SPDX-License-Identifier: MIT */
#include "plugin/page/decision-words.h"

TtecommButton *
ttecomm_button_new (const char *id, const char *label, TtecommButtonKind kind, const char *target)
{
  TtecommButton *button = g_new0 (TtecommButton, 1);

  button->id = g_strdup (id);
  button->label = g_strdup (label);
  button->kind = kind;
  button->target = g_strdup (target);
  return button;
}

void
ttecomm_button_free (TtecommButton *button)
{
  g_free (button->id);
  g_free (button->label);
  g_free (button->target);
  g_free (button);
}

TtecommDecision *
ttecomm_decision_new (void)
{
  TtecommDecision *decision = g_new0 (TtecommDecision, 1);

  g_atomic_ref_count_init (&decision->ref_count);
  decision->outcome = 3;
  decision->buttons = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_button_free);
  return decision;
}

TtecommDecision *
ttecomm_decision_ref (TtecommDecision *decision)
{
  g_atomic_ref_count_inc (&decision->ref_count);
  return decision;
}

void
ttecomm_decision_unref (TtecommDecision *decision)
{
  if (!g_atomic_ref_count_dec (&decision->ref_count))
    return;
  g_free (decision->code);
  g_free (decision->cause);
  g_free (decision->was);
  g_free (decision->message);
  g_free (decision->details);
  g_ptr_array_unref (decision->buttons);
  g_free (decision);
}
