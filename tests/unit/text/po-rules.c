/* SPDX-License-Identifier: MIT */
#include "tests/unit/text/po-rules.h"

#include "plugin/text/plural.h"

#include <string.h>

#define NO_BREAK_SPACE 0x00A0

/* One translation that is looked at. */
typedef struct
{
  GPtrArray *complaints;
  const PoText *original;
  const char *form;
} Look;

static void
complain (GPtrArray *complaints, const char *rule, const PoText *text, const char *what)
{
  g_ptr_array_add (complaints,
                   g_strdup_printf ("%s: %s: \"%s\": %s", rule, text != NULL ? text->context : "",
                                    text != NULL ? text->one : "", what));
}

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == NO_BREAK_SPACE || c == 0x202F;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The {names} in @text, sorted, each once. */
static char *
placeholders (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{[a-z_]+\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 0);

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **)names->pdata);
}

static void
check_placeholders (const Look *look)
{
  g_autofree char *wanted = placeholders (look->original->one);
  g_autofree char *found = placeholders (look->form);

  if (!g_str_equal (wanted, found))
    complain (look->complaints, "placeholders", look->original, found);
}

/* What stands between numbers and words has spaces and points of its own. */
static gboolean
is_separator (const PoText *text)
{
  static const char *const contexts[]
      = { "after a label", "before cents", "between parts", "between thousands", NULL };

  return g_strv_contains (contexts, text->context);
}

static gboolean
same_ends (const char *a, const char *b)
{
  return is_space (g_utf8_get_char (a)) == is_space (g_utf8_get_char (b))
         && is_space (g_utf8_get_char (g_utf8_prev_char (a + strlen (a))))
                == is_space (g_utf8_get_char (g_utf8_prev_char (b + strlen (b))));
}

static void
check_spaces (const Look *look)
{
  gboolean after_space = FALSE;

  if (!is_separator (look->original) && !same_ends (look->original->one, look->form))
    complain (look->complaints, "spaces", look->original, "differ at an end");
  for (const char *p = look->form; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (after_space && is_space (g_utf8_get_char (p)))
        complain (look->complaints, "spaces", look->original, "two together");
      after_space = is_space (g_utf8_get_char (p));
    }
}

static void
check_markup (const Look *look)
{
  if (g_regex_match_simple ("</?[A-Za-z]|&#?\\w+;|\\*\\*|[\\x00-\\x1f\\x7f]", look->form, 0, 0))
    complain (look->complaints, "markup", look->original, look->form);
}

/* What a text ends with: one of . ? ! : … or 0. */
static gunichar
ending (const char *text)
{
  for (const char *p = text + strlen (text); p > text;)
    {
      gunichar c;

      p = g_utf8_prev_char (p);
      c = g_utf8_get_char (p);
      if (g_utf8_strchr (".?!:…", -1, c) != NULL)
        return c;
      if (!is_space (c))
        return 0;
    }
  return 0;
}

static void
check_ending (const Look *look)
{
  if (!is_separator (look->original) && ending (look->original->one) != ending (look->form))
    complain (look->complaints, "ending", look->original, look->form);
}

/* French has a no-break space before these and inside its quotes, and ’ for an apostrophe. */
static void
check_typography (const Look *look)
{
  static const char *const bad[] = {
    "[^\\x{A0}][;?!»%€]",
    /* 14:05 is a time. */
    "[^\\x{A0}0-9]:|[0-9]:(?![0-9])",
    "«[^\\x{A0}]",
    "['\"`´]",
    "\\.\\.\\.",
    "\\{n\\} ",
    "[0-9] [0-9€%]",
    "\\x{202F}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (g_regex_match_simple (bad[i], look->form, 0, 0))
      {
        complain (look->complaints, "typography", look->original, look->form);
        return;
      }
}

static void
check_form (GPtrArray *complaints, const PoText *original, const char *form, const char *language)
{
  Look look = { complaints, original, form };

  if (*form == '\0')
    {
      complain (complaints, "empty", original, "is not translated");
      return;
    }
  check_placeholders (&look);
  check_spaces (&look);
  check_markup (&look);
  check_ending (&look);
  if (g_str_has_prefix (language, "fr"))
    check_typography (&look);
}

static void
check_text (GPtrArray *complaints,
            const PoText *original,
            const PoText *text,
            const char *language,
            guint n_forms)
{
  if (text == NULL)
    {
      complain (complaints, "missing", original, "run ./dev texts, then translate it");
      return;
    }
  if (text->is_fuzzy)
    complain (complaints, "fuzzy", original, "is a guess");
  if (po_text_count_forms (text) != (original->many != NULL ? n_forms : 1)
      || g_strcmp0 (original->many, text->many) != 0)
    complain (complaints, "forms", original, "has other plural forms");
  for (guint i = 0; text->forms[i] != NULL; i++)
    check_form (complaints, original, text->forms[i], language);
}

static guint
check_header (GPtrArray *complaints, const PoFile *catalogue, const char *language)
{
  g_autofree char *named = po_file_dup_field (catalogue, "Language");
  g_autofree char *type = po_file_dup_field (catalogue, "Content-Type");
  g_autofree char *rule = po_file_dup_field (catalogue, "Plural-Forms");
  g_autoptr (TtecommPlural) plural = ttecomm_plural_new (rule, NULL);

  if (g_strcmp0 (named, language) != 0)
    complain (complaints, "header", NULL, "is of another language");
  if (g_strcmp0 (type, "text/plain; charset=UTF-8") != 0)
    complain (complaints, "header", NULL, "is not UTF-8");
  if (plural == NULL)
    complain (complaints, "header", NULL, "has no usable Plural-Forms");
  return plural != NULL ? ttecomm_plural_get_n_forms (plural) : 2;
}

static void
check_catalogue (GPtrArray *complaints,
                 const PoFile *template,
                 const PoFile *catalogue,
                 const char *language)
{
  guint n_forms = check_header (complaints, catalogue, language);

  for (guint i = 0; i < template->texts->len; i++)
    {
      const PoText *original = template->texts->pdata[i];

      check_text (complaints, original, po_file_find (catalogue, original->context, original->one),
                  language, n_forms);
    }
  for (guint i = 0; i < catalogue->texts->len; i++)
    {
      const PoText *text = catalogue->texts->pdata[i];

      if (text->is_obsolete)
        complain (complaints, "obsolete", text, "run ./dev texts");
      else if (po_file_find (template, text->context, text->one) == NULL)
        complain (complaints, "unknown", text, "no code says this; run ./dev texts");
      else if (po_file_find (catalogue, text->context, text->one) != text)
        complain (complaints, "unknown", text, "stands there twice; run ./dev texts");
    }
}

GPtrArray *
po_rules_check (const PoFile *template, const PoFile *catalogue, const char *language)
{
  GPtrArray *complaints = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < template->texts->len; i++)
    {
      const PoText *original = template->texts->pdata[i];

      check_form (complaints, original, original->one, "en");
      if (original->many != NULL)
        check_form (complaints, original, original->many, "en");
    }
  if (catalogue != NULL)
    check_catalogue (complaints, template, catalogue, language);
  return complaints;
}
