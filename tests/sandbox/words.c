/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/words.h"

#include <string.h>

#define NO_BREAK "\u00a0"
#define MAX_VALUES 8

static const struct
{
  const char *id;
  const char *texts[SANDBOX_LAST_LANGUAGE + 1];
} words[SANDBOX_N_WORDS] = {
#define WORD(name, en, fr, nl, de) [SANDBOX_WORD_##name] = { #name, { NULL, en, fr, nl, de } },
#include "tests/sandbox/words-account.h"
#include "tests/sandbox/words-checkout.h"
#include "tests/sandbox/words-pages.h"
#undef WORD
};

const char *
sandbox_word (SandboxWord word, SandboxLanguage language)
{
  g_return_val_if_fail (word < SANDBOX_N_WORDS, "");
  g_return_val_if_fail (language >= SANDBOX_LANGUAGE_EN && language <= SANDBOX_LAST_LANGUAGE, "");
  return words[word].texts[language];
}

const char *
sandbox_word_id (SandboxWord word)
{
  g_return_val_if_fail (word < SANDBOX_N_WORDS, "");
  return words[word].id;
}

/* French keeps the space before high punctuation and inside its quotation marks on one line. */
static gboolean
is_french_space (const char *text, const char *p)
{
  static const char *const followers[] = { ";", ":", "!", "?", "»" };

  if (*p != ' ')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (followers); i++)
    if (g_str_has_prefix (p + 1, followers[i]))
      return TRUE;
  return p - text >= (ptrdiff_t)strlen ("«") && g_str_has_prefix (p - strlen ("«"), "«");
}

typedef struct
{
  const char *name;
  const char *value;
} Value;

/* The value of the placeholder at `p`, and how long the placeholder is; NULL when it is none. */
static const char *
find_value (const char *p, const Value *values, gsize n_values, gsize *length)
{
  *length = strcspn (p, "}") + 1;
  for (gsize i = 0; i < n_values; i++)
    if (strlen (values[i].name) + 2 == *length && strncmp (p + 1, values[i].name, *length - 2) == 0)
      return values[i].value;
  return NULL;
}

char *
sandbox_word_fill_valist (SandboxWord word, SandboxLanguage language, va_list arguments)
{
  const char *text = sandbox_word (word, language);
  GString *out = g_string_new (NULL);
  Value values[MAX_VALUES];
  gsize n_values = 0;
  const char *name;

  while (n_values < MAX_VALUES && (name = va_arg (arguments, const char *)) != NULL)
    {
      const char *value = va_arg (arguments, const char *);

      values[n_values++] = (Value){ name, value != NULL ? value : "" };
    }
  for (const char *p = text; *p != '\0';)
    {
      gsize length = 1;
      const char *value = *p == '{' ? find_value (p, values, n_values, &length) : NULL;

      if (value != NULL)
        g_string_append (out, value);
      else if (language == SANDBOX_LANGUAGE_FR && is_french_space (text, p))
        g_string_append (out, NO_BREAK);
      else
        g_string_append_c (out, *p);
      p += value != NULL ? length : 1;
    }
  return g_string_free (out, FALSE);
}

char *
sandbox_word_fill (SandboxWord word, SandboxLanguage language, ...)
{
  va_list values;
  char *text;

  va_start (values, language);
  text = sandbox_word_fill_valist (word, language, values);
  va_end (values);
  return text;
}
