/* SPDX-License-Identifier: MIT */
/* The languages of po/: complete, and the rules that say so can see what is wrong. */
#include "tests/harness/harness.h"
#include "tests/unit/text/po-rules.h"
#include "tests/unit/text/po-template.h"

#include "plugin/text/text.h"

#include <glib/gstdio.h>
#include <string.h>

static char **
languages (void)
{
  g_autofree char *path = harness_source_path ("po/LINGUAS");
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  return g_strsplit (g_strstrip (content), "\n", -1);
}

static void
expect_none (GPtrArray *complaints)
{
  for (guint i = 0; i < complaints->len; i++)
    g_test_message ("%s", (const char *)complaints->pdata[i]);
  if (complaints->len > 0)
    g_error ("%u complaints; the first: %s", complaints->len, (const char *)complaints->pdata[0]);
}

static void
test_says_good_english (void)
{
  g_autoptr (PoFile) template = po_template_load ();
  g_autoptr (GPtrArray) complaints = NULL;

  if (template == NULL)
    return;
  g_assert_cmpuint (template->texts->len, >, 300);
  complaints = po_rules_check (template, NULL, NULL);
  expect_none (complaints);
}

static void
test_every_language_is_complete (void)
{
  static const char *const wanted[] = { "de", "fr", "nl" };
  g_autoptr (PoFile) template = po_template_load ();
  g_auto (GStrv) names = languages ();

  if (template == NULL)
    return;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *file = g_strdup_printf ("po/%s.po", names[i]);
      g_autofree char *path = harness_source_path (file);
      g_autoptr (PoFile) catalogue = po_file_load (path);
      g_autoptr (GPtrArray) complaints = po_rules_check (template, catalogue, names[i]);

      g_test_message ("%s: %u texts", file, catalogue->texts->len);
      expect_none (complaints);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (g_strv_contains ((const char *const *)names, wanted[i]));
}

/* What lies in the resources is what the files say. */
static void
test_every_language_is_compiled_in (void)
{
  g_auto (GStrv) names = languages ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *file = g_strdup_printf ("po/%s.po", names[i]);
      g_autofree char *path = harness_source_path (file);
      g_autoptr (PoFile) catalogue = po_file_load (path);
      g_autoptr (TtecommText) text = ttecomm_text_new (names[i]);

      g_assert_cmpstr (ttecomm_text_get_language (text), ==, names[i]);
      for (guint k = 0; k < catalogue->texts->len; k++)
        {
          const PoText *entry = catalogue->texts->pdata[k];

          if (entry->many == NULL)
            g_assert_cmpstr (ttecomm_text_get (text, entry->context, entry->one), ==,
                             entry->forms[0]);
          else
            g_assert_cmpstr (ttecomm_text_get_plural (text, entry->context, entry->one, entry->many,
                                                      1000000),
                             ==, entry->forms[po_text_count_forms (entry) - 1]);
        }
    }
}

#define HEADER(language, forms)                                                                    \
  "msgid \"\"\nmsgstr \"\"\n\"Language: " language                                                 \
  "\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: " forms "\\n\"\n\n"
#define FRENCH HEADER ("fr", "nplurals=2; plural=(n > 1);")
#define OPEN "msgctxt \"a\"\nmsgid \"Open {site}.\"\n"
#define OPEN_GOOD OPEN "msgstr \"Ouvrez {site}.\"\n\n"
#define DAYS "msgctxt \"a\"\nmsgid \"{n} day\"\nmsgid_plural \"{n} days\"\n"
#define DAYS_GOOD DAYS "msgstr[0] \"{n}\u00a0jour\"\nmsgstr[1] \"{n}\u00a0jours\"\n\n"
#define TEMPLATE FRENCH OPEN "msgstr \"\"\n\n" DAYS "msgstr[0] \"\"\nmsgstr[1] \"\"\n"

typedef struct
{
  const char *rule; /* (nullable): all is well */
  const char *po;
} Specimen;

static void
check_specimens (const Specimen *rows, gsize n_rows, const char *words, const char *language)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PoFile) template = po_file_parse (words, &error);
      g_autoptr (PoFile) catalogue = po_file_parse (rows[i].po, &error);
      g_autoptr (GPtrArray) complaints = NULL;
      g_autofree char *prefix = g_strconcat (rows[i].rule != NULL ? rows[i].rule : "", ": ", NULL);

      g_assert_no_error (error);
      complaints = po_rules_check (template, catalogue, language);
      g_test_message ("row %" G_GSIZE_FORMAT ", %s", i, prefix);
      if (rows[i].rule == NULL)
        expect_none (complaints);
      else
        g_assert_cmpuint (complaints->len, >, 0);
      /* Each specimen has one fault, and nothing else is blamed. */
      for (guint k = 0; k < complaints->len; k++)
        g_assert_true (g_str_has_prefix (complaints->pdata[k], prefix));
    }
}

static void
test_sees_what_is_wrong (void)
{
  static const Specimen rows[] = {
    { NULL, FRENCH OPEN_GOOD DAYS_GOOD },
    { NULL, "# A comment.\n" FRENCH DAYS_GOOD "#. Another.\n" OPEN
            "msgstr \"\"\n\"Ouvrez \"\n\"{site}.\"\n" },
    { "header", HEADER ("nl", "nplurals=2; plural=(n > 1);") OPEN_GOOD DAYS_GOOD },
    { "header", HEADER ("fr", "nplurals=2; plural=n;") OPEN_GOOD DAYS_GOOD },
    { "header",
      "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\"Content-Type: text/plain; "
      "charset=ISO-8859-1\\n\"\n\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n\n" OPEN_GOOD
          DAYS_GOOD },
    { "missing", FRENCH DAYS_GOOD },
    { "unknown", FRENCH OPEN_GOOD DAYS_GOOD "msgctxt \"b\"\nmsgid \"No\"\nmsgstr \"Non\"\n" },
    { "unknown", FRENCH OPEN_GOOD DAYS_GOOD OPEN_GOOD },
    { "obsolete",
      FRENCH OPEN_GOOD DAYS_GOOD "#~ msgctxt \"b\"\n#~ msgid \"No\"\n#~ msgstr \"Non\"\n" },
    { "fuzzy", FRENCH "#, fuzzy\n" OPEN_GOOD DAYS_GOOD },
    { "empty", FRENCH OPEN "msgstr \"\"\n\n" DAYS_GOOD },
    { "empty", FRENCH OPEN_GOOD DAYS "msgstr[0] \"{n}\u00a0jour\"\nmsgstr[1] \"\"\n" },
    { "forms", FRENCH OPEN_GOOD DAYS "msgstr[0] \"{n}\u00a0jour\"\n" },
    { "forms", FRENCH OPEN_GOOD "msgctxt \"a\"\nmsgid \"{n} day\"\nmsgstr \"{n}\u00a0jour\"\n" },
    { "forms", FRENCH OPEN_GOOD "msgctxt \"a\"\nmsgid \"{n} day\"\nmsgid_plural \"{n} suns\"\n"
                                "msgstr[0] \"{n}\u00a0jour\"\nmsgstr[1] \"{n}\u00a0jours\"\n" },
    { "placeholders", FRENCH OPEN "msgstr \"Ouvrez {lieu}.\"\n\n" DAYS_GOOD },
    { "placeholders", FRENCH OPEN "msgstr \"Ouvrez.\"\n\n" DAYS_GOOD },
    { "placeholders", FRENCH OPEN "msgstr \"Ouvrez {site} {site_a}.\"\n\n" DAYS_GOOD },
    { "placeholders",
      FRENCH OPEN_GOOD DAYS "msgstr[0] \"un jour\"\nmsgstr[1] \"{n}\u00a0jours\"\n" },
    { "spaces", FRENCH OPEN "msgstr \" Ouvrez {site}.\"\n\n" DAYS_GOOD },
    { "spaces", FRENCH OPEN "msgstr \"Ouvrez {site}. \"\n\n" DAYS_GOOD },
    { "spaces", FRENCH OPEN "msgstr \"Ouvrez  {site}.\"\n\n" DAYS_GOOD },
    { "spaces", FRENCH OPEN "msgstr \"Ouvrez \u00a0{site}.\"\n\n" DAYS_GOOD },
    { "markup", FRENCH OPEN "msgstr \"Ouvrez <b>{site}</b>.\"\n\n" DAYS_GOOD },
    { "markup", FRENCH OPEN "msgstr \"Ouvrez **{site}**.\"\n\n" DAYS_GOOD },
    { "markup", FRENCH OPEN "msgstr \"Ouvrez\\n{site}.\"\n\n" DAYS_GOOD },
    { "ending", FRENCH OPEN "msgstr \"Ouvrez {site}\"\n\n" DAYS_GOOD },
    { "ending", FRENCH OPEN "msgstr \"Ouvrez {site}\u00a0!\"\n\n" DAYS_GOOD },
    { "ending",
      FRENCH OPEN_GOOD DAYS "msgstr[0] \"{n}\u00a0jour.\"\nmsgstr[1] \"{n}\u00a0jours\"\n" },
    { "typography", FRENCH OPEN "msgstr \"Ouvrez : {site}.\"\n\n" DAYS_GOOD },
    { "typography", FRENCH OPEN "msgstr \"L'ouvrir, {site}.\"\n\n" DAYS_GOOD },
    { "typography", FRENCH OPEN "msgstr \"Ouvrez « {site}\u00a0».\"\n\n" DAYS_GOOD },
    { "typography", FRENCH OPEN "msgstr \"Quoi? {site}.\"\n\n" DAYS_GOOD },
    { "typography", FRENCH OPEN "msgstr \"Ouvrez {site} 1.5.\"\n\n" DAYS_GOOD },
    { "untranslated", FRENCH OPEN "msgstr \"Open {site}.\"\n\n" DAYS_GOOD },
    { "formality", FRENCH OPEN "msgstr \"Tu ouvres {site}.\"\n\n" DAYS_GOOD },
    { "formality", FRENCH OPEN "msgstr \"Ouvrez ton {site}.\"\n\n" DAYS_GOOD },
    { "names", FRENCH OPEN "msgstr \"Ouvrez {site} avec Ttcloud.\"\n\n" DAYS_GOOD },
    { "typography", FRENCH OPEN_GOOD DAYS "msgstr[0] \"{n} jour\"\nmsgstr[1] \"{n} jours\"\n" },
  };

  check_specimens (rows, G_N_ELEMENTS (rows), TEMPLATE, "fr");
}

#define DUTCH HEADER ("nl", "nplurals=2; plural=(n != 1);")
#define GERMAN HEADER ("de", "nplurals=2; plural=(n != 1);")
#define SAY(words) "msgctxt \"a\"\nmsgid \"PROSOFT asks {site}.\"\nmsgstr \"" words "\"\n\n"
#define PAY(words) "msgctxt \"a\"\nmsgid \"Pay {n}\"\nmsgstr \"" words "\"\n\n"
#define PAY_NL PAY ("Betaal {n}")
#define PAY_DE PAY ("{n}\u00a0bezahlen")
#define WORDS(header) header SAY ("") PAY ("")

static void
test_sees_what_is_no_good_dutch (void)
{
  static const Specimen rows[] = {
    { NULL, DUTCH SAY ("PROSOFT vraagt {site}: kies “Ja” om 14:05; uw foto’s, .nbt of €\u00a01,50.")
                PAY_NL },
    { NULL, DUTCH SAY ("PROSOFT vraagt {site}. Uw account is in orde, en u ook.") PAY_NL },
    { "untranslated", DUTCH SAY ("PROSOFT asks {site}.") PAY_NL },
    { "names", DUTCH SAY ("Prosoft vraagt {site}.") PAY_NL },
    { "names", DUTCH SAY ("Dat vraagt {site}.") PAY_NL },
    { "names", DUTCH SAY ("PROSOFT vraagt {site} in ttcloud.") PAY_NL },
    { "names", DUTCH SAY ("PROSOFT vraagt {site} via remote services.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt : {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt\u00a0; {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt {site} .") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt 'ja' {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt „ja” {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt “ ja” {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt ’ {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt {site}...") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt €5 {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt € 5 {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt 5\u00a0€ {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt €\u00a05.50 {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt 1 000 {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt 5\u00a0% {site}.") PAY_NL },
    { "typography", DUTCH SAY ("PROSOFT vraagt {site}.") PAY ("{n} betalen") },
    { "formality", DUTCH SAY ("PROSOFT vraagt je {site}.") PAY_NL },
    { "formality", DUTCH SAY ("Jouw PROSOFT vraagt {site}.") PAY_NL },
    { "formality", DUTCH SAY ("PROSOFT vraagt jullie {site}.") PAY_NL },
    { "formality", DUTCH SAY ("PROSOFT vraagt U {site}.") PAY_NL },
    { "spelling", DUTCH SAY ("PROSOFT vraagt uw e-mail adres, {site}.") PAY_NL },
    { "spelling", DUTCH SAY ("PROSOFT vraagt deze PC {site}.") PAY_NL },
    { "spelling", DUTCH SAY ("PROSOFT vraagt een een {site}.") PAY_NL },
  };

  check_specimens (rows, G_N_ELEMENTS (rows), WORDS (DUTCH), "nl");
}

static void
test_sees_what_is_no_good_german (void)
{
  static const Specimen rows[] = {
    { NULL,
      GERMAN SAY (
          "PROSOFT fragt {site}: Wählen Sie „Ja“ um 14:05\u00a0Uhr; .nbt für 1,50\u00a0€ zzgl. 19\u00a0% MwSt.")
          PAY_DE },
    { NULL, GERMAN SAY (
                "PROSOFT fragt {site}. Bezahlen Sie sie, sobald sie Ihnen passt, zu neuen Preisen.")
                PAY_DE },
    { NULL, GERMAN SAY ("PROSOFT fragt {site}.") PAY ("{n}\u00a0Tage, inkl. MwSt.") },
    { "names", GERMAN SAY ("ProSoft fragt {site}.") PAY_DE },
    { "names", GERMAN SAY ("Das fragt {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt : {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt\u00a0; {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt 'ja' {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt “ja” {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt „ ja“ {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt ja’s {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt {site}...") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt 5 € {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt 5€ {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt\u00a0€\u00a05 {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt 5.50\u00a0€ {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt 5% {site}.") PAY_DE },
    { "typography", GERMAN SAY ("PROSOFT fragt {site}.") PAY ("{n} bezahlen") },
    { "formality", GERMAN SAY ("PROSOFT fragt dich {site}.") PAY_DE },
    { "formality", GERMAN SAY ("Deine PROSOFT fragt {site}.") PAY_DE },
    { "formality", GERMAN SAY ("PROSOFT fragt {site}. Wählen sie aus.") PAY_DE },
    { "spelling", GERMAN SAY ("PROSOFT fragt fuer {site}.") PAY_DE },
    { "spelling", GERMAN SAY ("PROSOFT fragt, ob der Eigentuemer {site}.") PAY_DE },
    { "spelling", GERMAN SAY ("PROSOFT fragt, wer {site} schliesst.") PAY_DE },
    { "spelling", GERMAN SAY ("PROSOFT fragt, daß {site}.") PAY_DE },
    { "spelling", GERMAN SAY ("PROSOFT fragt per Email {site}.") PAY_DE },
  };

  check_specimens (rows, G_N_ELEMENTS (rows), WORDS (GERMAN), "de");
}

static void
test_refuses_what_is_no_po_file (void)
{
  static const char *const rows[] = {
    "",
    "msgid \"a\"\nmsgstr \"b\"\n",
    FRENCH "msgid a\nmsgstr \"b\"\n",
    FRENCH "msgid \"a\"\nmsgstr \"b\nc\"\n",
    FRENCH "msgstr \"b\"\n",
    FRENCH "\"b\"\n",
    FRENCH "<<<<<<< ours\n",
    FRENCH "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n",
    FRENCH "msgid \"a\"\nmsgstr[9] \"b\"\n",
    "\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PoFile) file = po_file_parse (rows[i], &error);

      g_assert_null (file);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
write_file (const char *root, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
update (const char *root)
{
  g_autofree char *script = harness_source_path ("po/update");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, script, root, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

/* A tree of its own with one source file and French. */
static char *
small_tree (const char *french)
{
  char *root = g_strdup (harness_tmpdir ());
  g_autofree char *po = g_build_filename (root, "po", NULL);
  g_autofree char *plugin = g_build_filename (root, "plugin", NULL);
  g_autofree char *template = harness_source_path ("po/template");
  g_autofree char *link = g_build_filename (po, "template", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);

  g_assert_cmpint (g_mkdir (po, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (plugin, 0700), ==, 0);
  g_assert_true (g_file_make_symbolic_link (file, template, NULL, NULL));
  write_file (root, "po/POTFILES", "plugin/a.c\n");
  write_file (root, "po/LINGUAS", "fr\n");
  write_file (root, "plugin/a.c",
              "a = ttecomm_text_get (text, \"a\", \"Open {site}.\");\n"
              "b = ttecomm_text_get_plural (text, \"a\", \"{n} day\", \"{n} days\", n);\n");
  write_file (root, "po/fr.po", french);
  return root;
}

/* Both sides of a conflict are kept, and what is said no more goes. */
static void
test_repairs_a_merge (void)
{
  static const char merged[]
      = FRENCH "<<<<<<< ours\n" OPEN "msgstr \"Ouvrez {site}.\"\n"
               "=======\n" DAYS_GOOD ">>>>>>> theirs\n"
               "msgctxt \"a\"\nmsgid \"Half\"\nmsgid \"Half.\"\nmsgstr \"Moitié.\"\n\n" DAYS_GOOD
               "msgctxt \"b\"\nmsgid \"Said no more\"\nmsgstr \"Ne se dit plus\"\n\n"
               "#~ msgctxt \"b\"\n#~ msgid \"Old\"\n#~ msgstr \"Vieux\"\n";
  g_autofree char *tool = g_find_program_in_path ("msgmerge");
  g_autofree char *root = NULL;
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (PoFile) template = po_file_parse (TEMPLATE, NULL);
  g_autoptr (PoFile) catalogue = NULL;
  g_autoptr (GPtrArray) complaints = NULL;

  if (tool == NULL)
    {
      g_test_skip ("there is no msgmerge; install gettext");
      return;
    }
  root = small_tree (merged);
  path = g_build_filename (root, "po", "fr.po", NULL);
  update (root);
  catalogue = po_file_load (path);
  complaints = po_rules_check (template, catalogue, "fr");
  expect_none (complaints);
  /* Once more changes nothing. */
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  update (root);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "catalogues", "says-good-english", test_says_good_english);
  /* rules: S93 */
  harness_add (harness, "catalogues", "every-language-is-complete",
               test_every_language_is_complete);
  harness_add (harness, "catalogues", "every-language-is-compiled-in",
               test_every_language_is_compiled_in);
  harness_add (harness, "catalogues", "sees-what-is-wrong", test_sees_what_is_wrong);
  harness_add (harness, "catalogues", "sees-what-is-no-good-dutch",
               test_sees_what_is_no_good_dutch);
  harness_add (harness, "catalogues", "sees-what-is-no-good-german",
               test_sees_what_is_no_good_german);
  harness_add (harness, "catalogues", "refuses-what-is-no-po-file",
               test_refuses_what_is_no_po_file);
  harness_add (harness, "catalogues", "repairs-a-merge", test_repairs_a_merge);
}

HARNESS_MAIN (register_tests)
