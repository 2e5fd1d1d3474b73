/* SPDX-License-Identifier: MIT */
#include "plugin/text/plural.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_RULE 512
#define MAX_DEPTH 32
#define CHECKED_TO 1000

struct _TtecommPlural
{
  guint n_forms;
  char *expression; /* (owned) */
};

/* A walk over an expression: it computes while it parses, since the expressions are tiny. */
typedef struct
{
  const char *p;
  guint64 n;
  guint depth;
  gboolean bad;
} Walk;

static guint64 walk_ternary (Walk *walk);

/* Longest first, so that "<=" is not taken for "<". */
static const char *const levels[][5] = {
  { "||" }, { "&&" }, { "==", "!=" }, { "<=", ">=", "<", ">" }, { "+", "-" }, { "*", "/", "%" },
};

static void
skip_spaces (Walk *walk)
{
  while (g_ascii_isspace (*walk->p))
    walk->p++;
}

static gboolean
take (Walk *walk, const char *token)
{
  skip_spaces (walk);
  if (!g_str_has_prefix (walk->p, token))
    return FALSE;
  walk->p += strlen (token);
  return TRUE;
}

static guint64
fail (Walk *walk)
{
  walk->bad = TRUE;
  return 0;
}

static guint64
walk_number (Walk *walk)
{
  guint64 number = 0;

  if (!g_ascii_isdigit (*walk->p))
    return fail (walk);
  for (; g_ascii_isdigit (*walk->p); walk->p++)
    {
      if (number > G_MAXUINT32)
        return fail (walk);
      number = number * 10 + (guint64)g_ascii_digit_value (*walk->p);
    }
  return number;
}

static guint64
walk_unary (Walk *walk)
{
  guint64 value;

  if (walk->bad || ++walk->depth > MAX_DEPTH)
    return fail (walk);
  if (take (walk, "("))
    {
      value = walk_ternary (walk);
      if (!take (walk, ")"))
        return fail (walk);
    }
  else if (take (walk, "!"))
    value = !walk_unary (walk);
  else if (take (walk, "n"))
    value = walk->n;
  else
    value = walk_number (walk);
  walk->depth--;
  return value;
}

static guint64
apply (Walk *walk, const char *operator, guint64 a, guint64 b)
{
  switch (operator[0])
    {
    case '|':
      return a || b;
    case '&':
      return a && b;
    case '=':
      return a == b;
    case '!':
      return a != b;
    case '<':
      return operator[1] == '=' ? a <= b : a<b;
    case '>':
      return operator[1] == '=' ? a >= b : a> b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b == 0 ? fail (walk) : a / b;
    default:
      return b == 0 ? fail (walk) : a % b;
    }
}

/* The operator of @level that stands here, or NULL. */
static const char *
take_operator (Walk *walk, gsize level)
{
  for (gsize i = 0; levels[level][i] != NULL; i++)
    if (take (walk, levels[level][i]))
      return levels[level][i];
  return NULL;
}

static guint64
walk_binary (Walk *walk, gsize level)
{
  const char *operator;
  guint64 value;

  if (level == G_N_ELEMENTS (levels))
    return walk_unary (walk);
  value = walk_binary (walk, level + 1);
  while (!walk->bad && (operator= take_operator (walk, level)) != NULL)
    value = apply (walk, operator, value, walk_binary (walk, level + 1));
  return value;
}

static guint64
walk_ternary (Walk *walk)
{
  guint64 condition, then, otherwise;

  if (walk->bad || ++walk->depth > MAX_DEPTH)
    return fail (walk);
  condition = walk_binary (walk, 0);
  if (!walk->bad && take (walk, "?"))
    {
      then = walk_ternary (walk);
      if (!take (walk, ":"))
        return fail (walk);
      otherwise = walk_ternary (walk);
      condition = condition ? then : otherwise;
    }
  walk->depth--;
  return condition;
}

static gboolean
evaluate (const char *expression, guint64 n, guint64 *form)
{
  Walk walk = { expression, n, 0, FALSE };

  *form = walk_ternary (&walk);
  take (&walk, ";");
  skip_spaces (&walk);
  return !walk.bad && *walk.p == '\0';
}

/* Splits "nplurals=2; plural=EXPRESSION;". */
static const char *
split_rule (const char *rule, guint *n_forms)
{
  Walk walk = { rule, 0, 0, FALSE };
  guint64 count;

  if (!take (&walk, "nplurals") || !take (&walk, "="))
    return NULL;
  skip_spaces (&walk);
  count = walk_number (&walk);
  if (walk.bad || count < 1 || count > TTECOMM_PLURAL_MAX_FORMS)
    return NULL;
  if (!take (&walk, ";") || !take (&walk, "plural") || !take (&walk, "="))
    return NULL;
  *n_forms = (guint)count;
  return walk.p;
}

TtecommPlural *
ttecomm_plural_new (const char *rule, GError **error)
{
  g_autoptr (TtecommPlural) self = g_new0 (TtecommPlural, 1);
  const char *expression = NULL;
  guint64 form;

  if (rule != NULL && strnlen (rule, MAX_RULE + 1) <= MAX_RULE)
    expression = split_rule (rule, &self->n_forms);
  if (expression == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the catalogue's Plural-Forms are missing or malformed");
      return NULL;
    }
  for (guint64 n = 0; n <= CHECKED_TO; n++)
    if (!evaluate (expression, n, &form) || form >= self->n_forms)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                     "the catalogue's Plural-Forms give no form for %" G_GUINT64_FORMAT, n);
        return NULL;
      }
  self->expression = g_strdup (expression);
  return g_steal_pointer (&self);
}

void
ttecomm_plural_free (TtecommPlural *self)
{
  if (self == NULL)
    return;
  g_free (self->expression);
  g_free (self);
}

guint
ttecomm_plural_get_n_forms (const TtecommPlural *self)
{
  return self->n_forms;
}

guint
ttecomm_plural_get_form (const TtecommPlural *self, guint64 n)
{
  guint64 form;

  if (!evaluate (self->expression, n, &form))
    return 0;
  return (guint)MIN (form, self->n_forms - 1);
}
