/* SPDX-License-Identifier: MIT */
#include "plugin/text/messages.h"
#include "plugin/text/packed.h"
#include "plugin/text/plural.h"

#include "tests/harness/harness.h"
#include "tests/unit/text/mo.h"

static const MoText texts[] = {
  { NULL,
    "",
    NULL,
    { "Language: pl\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n" } },
  { "a", "one", NULL, { "jeden" } },
  { "b", "one", NULL, { "jedna" } },
  { "a", "{n} file", "{n} files", { "{n} plik", "{n} pliki", "{n} plików" } },
};

static void
check_texts (gboolean swapped)
{
  g_autoptr (GBytes) bytes = mo_build (texts, G_N_ELEMENTS (texts), swapped);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommMessages) messages = ttecomm_messages_new (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ttecomm_messages_lookup (messages, "a", "one"), ==, "jeden");
  g_assert_cmpstr (ttecomm_messages_lookup (messages, "b", "one"), ==, "jedna");
  g_assert_null (ttecomm_messages_lookup (messages, "c", "one"));
  g_assert_null (ttecomm_messages_lookup (messages, "a", "two"));
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 1), ==, "{n} plik");
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 22), ==, "{n} pliki");
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 12), ==,
                   "{n} plików");
  /* A text without forms has none to choose from. */
  g_assert_null (ttecomm_messages_lookup_plural (messages, "a", "one", 1));
}

static void
test_reads_both_byte_orders (void)
{
  check_texts (FALSE);
  check_texts (TRUE);
}

static void
test_refuses_every_truncation (void)
{
  g_autoptr (GBytes) whole = mo_build (texts, G_N_ELEMENTS (texts), FALSE);

  for (gsize length = 0; length < g_bytes_get_size (whole); length++)
    {
      /* An exact copy, so that a sanitizer sees a read behind its end. */
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), length);
      g_autoptr (GBytes) part = g_bytes_new_static (copy, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (ttecomm_messages_new (part, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

/* Every 32-bit word of header and tables, set to each of some hostile values: refused, or read. */
static void
test_survives_hostile_tables (void)
{
  static const guint32 values[] = { 0, 1, 27, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff };
  g_autoptr (GBytes) whole = mo_build (texts, G_N_ELEMENTS (texts), FALSE);
  gsize size = g_bytes_get_size (whole);

  for (gsize offset = 0; offset < 28 + 16 * G_N_ELEMENTS (texts); offset += 4)
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), size);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (TtecommMessages) messages = NULL;

        memcpy (copy + offset, &values[i], sizeof values[i]);
        bytes = g_bytes_new_take (copy, size);
        messages = ttecomm_messages_new (bytes, NULL);
        if (messages != NULL)
          (void)ttecomm_messages_lookup_plural (messages, "a", "{n} file", 5);
      }
}

static void
refuse (const MoText *rows, gsize n)
{
  g_autoptr (GBytes) bytes = mo_build (rows, n, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (ttecomm_messages_new (bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_refuses_odd_catalogues (void)
{
  static const MoText no_header[] = { { "a", "one", NULL, { "een" } } };
  static const MoText no_rule[] = { { NULL, "", NULL, { "Language: nl\n" } } };
  static const MoText bad_rule[]
      = { { NULL, "", NULL, { "Plural-Forms: nplurals=2; plural=n\n" } } };
  static const MoText twice[] = { { NULL, "", NULL, { "Plural-Forms: nplurals=1; plural=0;\n" } },
                                  { "a", "one", NULL, { "een" } },
                                  { "a", "one", NULL, { "twee" } } };
  static const MoText forms[]
      = { { NULL, "", NULL, { "Plural-Forms: nplurals=2; plural=n != 1;\n" } },
          { "a", "one", "many", { "a", "b", "c" } } };
  static const MoText encoding[]
      = { { NULL, "", NULL, { "Plural-Forms: nplurals=1; plural=0;\n" } },
          { "a", "one", NULL, { "\xff\xfe" } } };

  refuse (no_header, G_N_ELEMENTS (no_header));
  refuse (no_rule, G_N_ELEMENTS (no_rule));
  refuse (bad_rule, G_N_ELEMENTS (bad_rule));
  refuse (twice, G_N_ELEMENTS (twice));
  refuse (forms, G_N_ELEMENTS (forms));
  refuse (encoding, G_N_ELEMENTS (encoding));
}

#define RULE "Plural-Forms: nplurals=2; plural=(n != 1);\n"

/* A literal, which may have NULs in it. */
#define BYTES(literal) g_bytes_new_static (literal, sizeof (literal) - 1)

static void
test_joins_what_was_packed (void)
{
  g_autoptr (GBytes) keys = BYTES ("\na\004one\na\004two\na\004{n} file\n");
  g_autoptr (GBytes) dutch = BYTES (RULE "een\n\n{n} bestand\0{n} bestanden\n");
  g_autoptr (GBytes) mo = ttecomm_packed_join (keys, dutch);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommMessages) messages = ttecomm_messages_new (mo, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ttecomm_messages_lookup (messages, "a", "one"), ==, "een");
  g_assert_null (ttecomm_messages_lookup (messages, "a", "two"));
  g_assert_null (ttecomm_messages_lookup (messages, "a", "three"));
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 1), ==,
                   "{n} bestand");
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 2), ==,
                   "{n} bestanden");
}

static const MoText dutch[] = {
  { NULL, "", NULL, { "Language: nl\n" RULE } },
  { "a", "one", NULL, { "een" } },
  { "a", "{n} file", "{n} files", { "{n} bestand", "{n} bestanden" } },
};
/* Lacks a text. */
static const MoText german[] = {
  { NULL, "", NULL, { RULE "Language: de\n" } },
  { "a", "{n} file", "{n} files", { "{n} Datei", "{n} Dateien" } },
};

static char *
write_bytes (const char *root, const char *name, GBytes *bytes)
{
  char *path = g_build_filename (root, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  g_bytes_unref (bytes);
  return path;
}

static GBytes *
read_bytes (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  char *content = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  return g_bytes_new_take (content, size);
}

/* po/pack.py with two languages, into the files texts, first and second of @root. */
static gboolean
pack (const char *python, const char *root, const char *first, const char *second)
{
  g_autofree char *script = harness_source_path ("po/pack.py");
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_cwd (launcher, root);
  process = g_subprocess_launcher_spawn (launcher, &error, python, script, first, second, "texts",
                                         "first", "second", NULL);
  g_assert_no_error (error);
  return g_subprocess_wait_check (process, NULL, NULL);
}

static void
expect_packed (const char *root,
               const char *name,
               const char *one,
               const char *file,
               const char *files)
{
  g_autoptr (GBytes) keys = read_bytes (root, "texts");
  g_autoptr (GBytes) translations = read_bytes (root, name);
  g_autoptr (GBytes) mo = ttecomm_packed_join (keys, translations);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommMessages) messages = ttecomm_messages_new (mo, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ttecomm_messages_lookup (messages, "a", "one"), ==, one);
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 1), ==, file);
  g_assert_cmpstr (ttecomm_messages_lookup_plural (messages, "a", "{n} file", 2), ==, files);
}

static void
test_packs_what_was_compiled (void)
{
  static const MoText two_lines[]
      = { { NULL, "", NULL, { RULE } }, { "a", "one", NULL, { "een\ntwee" } } };
  g_autofree char *python = g_find_program_in_path ("python3");
  const char *root = harness_tmpdir ();
  g_autofree char *nl = write_bytes (root, "nl.mo", mo_build (dutch, G_N_ELEMENTS (dutch), FALSE));
  g_autofree char *de
      = write_bytes (root, "de.mo", mo_build (german, G_N_ELEMENTS (german), FALSE));
  g_autofree char *lines = write_bytes (root, "lines.mo", mo_build (two_lines, 2, FALSE));
  g_autofree char *swapped = write_bytes (root, "swapped.mo", mo_build (dutch, 3, TRUE));
  g_autofree char *headless = write_bytes (root, "headless.mo", mo_build (dutch + 1, 2, FALSE));
  g_autofree char *garbage = write_bytes (root, "garbage.mo", mo_load_garbage (NULL, NULL));

  if (python == NULL)
    {
      g_test_skip ("there is no python3");
      return;
    }
  g_assert_true (pack (python, root, nl, de));
  expect_packed (root, "first", "een", "{n} bestand", "{n} bestanden");
  expect_packed (root, "second", NULL, "{n} Datei", "{n} Dateien");
  g_assert_false (pack (python, root, nl, lines));
  g_assert_false (pack (python, root, nl, swapped));
  g_assert_false (pack (python, root, nl, garbage));
  g_assert_false (pack (python, root, nl, headless));
  g_assert_false (pack (python, root, headless, headless));
  g_assert_false (pack (python, root, nl, "/nowhere.mo"));
}

/* Of another build, cut short, or empty: none, rather than one text for another. */
static void
test_joins_no_strangers (void)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "\na\004one\n", "" },
    { "", RULE "een\n" },
    { "\na\004one\n", RULE },
    { "\n", RULE "een\n" },
    { "\na\004one\n", RULE "een" },
    { "\na\004one", RULE "een\n" },
    { "\na\004one\na\004two\n", RULE "een\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* Exact copies, so that a sanitizer sees a read behind their ends. */
      g_autoptr (GBytes) keys = g_bytes_new (rows[i][0], strlen (rows[i][0]));
      g_autoptr (GBytes) translations = g_bytes_new (rows[i][1], strlen (rows[i][1]));

      g_assert_null (ttecomm_packed_join (keys, translations));
    }
}

static void
test_computes_plural_forms (void)
{
  static const struct
  {
    const char *rule;
    guint64 n;
    guint form;
  } rows[] = {
    { "nplurals=1; plural=0;", 7, 0 },
    { " nplurals = 2 ; plural = ( n != 1 ) ", 1, 0 },
    { "nplurals=2; plural=(n != 1);", 0, 1 },
    { "nplurals=2; plural=n>1;", 0, 0 },
    { "nplurals=2; plural=n>1;", 2, 1 },
    { "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", 21, 0 },
    { "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", 11, 1 },
    { "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", 0, 2 },
    { "nplurals=2; plural=!(n==1);", 1, 0 },
    { "nplurals=2; plural=n==1 || n==2 ? 0 : 1;", 2, 0 },
    { "nplurals=4; plural=1+2*1-0/1;", 9, 3 },
    { "nplurals=2; plural=n<=1 ? 0 : 1;", G_MAXUINT64, 1 },
    { "nplurals=2; plural=n>=2;", 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommPlural) plural = ttecomm_plural_new (rows[i].rule, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ttecomm_plural_get_form (plural, rows[i].n), ==, rows[i].form);
    }
}

static void
test_refuses_bad_plural_rules (void)
{
  static const char *const rules[] = {
    "",
    "plural=0;",
    "nplurals=0; plural=0;",
    "nplurals=7; plural=0;",
    "nplurals=2; plural=n;",
    "nplurals=2; plural=;",
    "nplurals=2; plural=(n;",
    "nplurals=2; plural=n!=1 x",
    "nplurals=2; plural=n==1 ? 0",
    "nplurals=2; plural=1/0;",
    "nplurals=2; plural=n%0;",
    "nplurals=2; plural=m;",
    "nplurals=2; plural=99999999999999999999;",
    "nplurals=2; plural=((((((((((((((((((((((((((((((((((((((0))))))))))))))))))))))))))))))))))))));",
    "nplurals=2; plural=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!0;",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ttecomm_plural_new (rules[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  g_assert_null (ttecomm_plural_new (NULL, NULL));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "messages", "reads-both-byte-orders", test_reads_both_byte_orders);
  harness_add (harness, "messages", "refuses-every-truncation", test_refuses_every_truncation);
  harness_add (harness, "messages", "survives-hostile-tables", test_survives_hostile_tables);
  harness_add (harness, "messages", "refuses-odd-catalogues", test_refuses_odd_catalogues);
  harness_add (harness, "messages", "joins-what-was-packed", test_joins_what_was_packed);
  harness_add (harness, "messages", "packs-what-was-compiled", test_packs_what_was_compiled);
  harness_add (harness, "messages", "joins-no-strangers", test_joins_no_strangers);
  harness_add (harness, "messages", "computes-plural-forms", test_computes_plural_forms);
  harness_add (harness, "messages", "refuses-bad-plural-rules", test_refuses_bad_plural_rules);
}

HARNESS_MAIN (register_tests)
