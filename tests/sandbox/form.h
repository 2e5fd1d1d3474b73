/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a person needs to see of a page: its heading, its links, and its first form with the values
 * it comes with. It reads the HTML that was served, so a form that a browser could not use cannot
 * be used here either.
 */
typedef struct
{
  char *heading;      /* (owned) (nullable): text of the first h1 */
  char *kind;         /* (owned) (nullable): data-page of <main> */
  char *result;       /* (owned) (nullable): data-result of <main> */
  GPtrArray *links;   /* (owned) (element-type utf8): addresses */
  char *action;       /* (owned) (nullable): where the form posts to; NULL without a form */
  GHashTable *fields; /* (owned): name to value, as the form comes: hidden, text, checked */
  GHashTable *names;  /* (owned): of every control, to tell what can be filled in */
  GPtrArray *buttons; /* (owned) (element-type utf8): "name=value" */
} SandboxForm;

SandboxForm *sandbox_form_read (const char *html) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_form_free (SandboxForm *form);

/* Fills in a control; FALSE when the form has none of that name. */
gboolean sandbox_form_set (SandboxForm *form, const char *name, const char *value);
/* Presses a button; FALSE when there is none. */
gboolean sandbox_form_press (SandboxForm *form, const char *name, const char *value);
/* (transfer full): as a browser would post it. */
char *sandbox_form_encode (SandboxForm *form) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxForm, sandbox_form_free)

G_END_DECLS
