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
  gunichar wanted = ending (look->original->one);

  /* The point of an abbreviation is also that of a sentence. */
  if (wanted == 0 && g_str_has_suffix (look->form, "MwSt."))
    return;
  if (!is_separator (look->original) && wanted != ending (look->form))
    complain (look->complaints, "ending", look->original, look->form);
}

/* Said as in English, but for the few words that are the same. */
static void
check_untranslated (const Look *look, const char *language)
{
  static const char *const same[][10] = {
    { "de", "Details", "Installation", "Name" },
    { "fr", "Contact", "E-mail", "Installation", "Service", "attention" },
    { "nl", "Contact", "Details", "E-mail" },
  };
  const char *english
      = g_str_equal (look->form, look->original->one) ? look->original->one : look->original->many;
  g_autoptr (GRegex) names = g_regex_new ("\\{[a-z_]+\\}", 0, 0, NULL);
  g_autofree char *rest = g_regex_replace_literal (names, look->form, -1, 0, "", 0, NULL);

  if (g_strcmp0 (look->form, english) != 0 || !g_regex_match_simple ("[A-Za-z]", rest, 0, 0))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    if (g_str_has_prefix (language, same[i][0]) && g_strv_contains (&same[i][1], look->form))
      return;
  complain (look->complaints, "untranslated", look->original, "is English still");
}

/* What must not stand in a text of a language. */
typedef struct
{
  const char *language;
  const char *rule;
  const char *bad; /* a regular expression */
} Ban;

static const Ban bans[] = {
  /* French has a no-break space before these and inside its quotes, and ’ for an apostrophe. */
  { "fr", "typography", "[^\\x{A0}][;?!»%€]" },
  /* 14:05 is a time. */
  { "fr", "typography", "[^\\x{A0}0-9]:|[0-9]:(?![0-9])" },
  { "fr", "typography", "«[^\\x{A0}]" },
  { "fr", "typography", "['\"`´]|\\.\\.\\.|\\{n\\} |[0-9] [0-9€%]|[0-9]\\.[0-9]|\\x{202F}" },
  { "fr", "formality", "(?i)\\b(tu|te|toi|ton|ta|tes|t’)\\b" },
  /* Dutch has none before them (.nbt is a word), “ and ” for quotes, ’ inside a word. */
  { "nl", "typography", "[ \\x{A0}]([;:?!,%]|\\.(?![a-z]))" },
  { "nl", "typography", "['\"`´«»„‘]|’(?!\\w)|“[ \\x{A0}]|[ \\x{A0}]”|\\w“" },
  { "nl", "typography", "€[^\\x{A0}]|[0-9}]\\x{A0}?€" },
  { "nl", "typography", "\\.\\.\\.|\\{n\\} |[0-9] [0-9]|[0-9]\\.[0-9]|\\x{202F}" },
  { "nl", "formality", "(?i)\\b(je|jij|jou|jouw|jouwe|jullie)\\b" },
  /* The capital is for letters to the king. */
  { "nl", "formality", "[a-z,;] (U|Uw)\\b" },
  { "nl", "spelling", "(?i)systeem integrator|e-mail adres|(?<!\\{)\\bemail|cloud toegang" },
  { "nl", "spelling", "\\bPC\\b|\\b[Ee]en een\\b" },
  /* German has none before them but for %, „ and “ for quotes, and no apostrophe. */
  { "de", "typography", "[ \\x{A0}]([;:?!,]|\\.(?![a-z]))|[^\\x{A0}]%" },
  { "de", "typography", "['\"`´«»‘’”]|„[ \\x{A0}]|[ \\x{A0}]“|“\\w|\\w„" },
  { "de", "typography", "[^\\x{A0}]€|€\\x{A0}?[0-9{]" },
  { "de", "typography", "\\.\\.\\.|\\{n\\} |[0-9] [0-9]|[0-9]\\.[0-9]|\\x{202F}" },
  { "de", "formality", "(?i)\\b(du|dich|dir|dein|deine[mnrs]?|euch|euer|eure[mnrs]?)\\b" },
  { "de", "formality", "\\b[A-ZÄÖÜ]\\w+en (sie|ihnen)\\b" },
  { "de", "spelling",
    "(?i)(?<!\\{)\\b(fuer|ueber|zurueck|(ge)?oeffn|(ge)?pruef|(ge)?schuetz|verlaenger|laeuft|laenger|naechst|"
    "hoechst|moegl|koenn|muess|waehl|haett|waere|spaet|(ge)?loesch|(ge)?aender|schluessel|guelt|"
    "bestaetig|eigentuem|(un)?vollstaendig|gewoehn|gemaess|ausser|schliess|abschliess|gross|strasse|"
    "heisst|weiss)" },
  { "de", "spelling", "\\b([Dd]aß|[Mm]uß|[Mm]üßt|[Ll]äßt)|(?<!\\{)\\b[Ee]mail|\\bE-mail" },
};

static void
check_bans (const Look *look, const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bans); i++)
    if (g_str_has_prefix (language, bans[i].language)
        && g_regex_match_simple (bans[i].bad, look->form, G_REGEX_OPTIMIZE, 0))
      {
        complain (look->complaints, bans[i].rule, look->original, look->form);
        return;
      }
}

/* Names are no words: they stay, and stay as they are written. */
static void
check_names (const Look *look)
{
  static const char *const names[]
      = { "ATMOS",   "MasterCard", "PROSOFT", "Remote Services", "TELETASK",
          "TTcloud", "TTecomm",    "VISA",    "Voice Control" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *other_case = g_strdup_printf ("(?i)\\b(?!(?-i)%s)%s", names[i], names[i]);

      if ((strstr (look->original->one, names[i]) != NULL && strstr (look->form, names[i]) == NULL)
          || g_regex_match_simple (other_case, look->form, 0, 0))
        complain (look->complaints, "names", look->original, look->form);
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
  check_names (&look);
  if (!g_str_equal (language, "en"))
    check_untranslated (&look, language);
  check_bans (&look, language);
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
