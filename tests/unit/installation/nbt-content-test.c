/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "plugin/installation/nbt-lock.h"
#include "tests/harness/harness.h"
#include "tests/unit/installation/nbt-file.h"

#include <string.h>

/* Hostile and wrong JSON in each section: what is said of it, and what is taken all the same. */

#define ID "\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\""
#define NAME ",\"name\":\"N\""
#define PROSOFT ",\"prosoft\":\"5.1.2.0\""
#define TTCLOUD ",\"ttcloud\":{\"connected\":false}"
#define GOOD "{" ID NAME PROSOFT TTCLOUD
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct
{
  const char *text;
  const char *fragment; /* of the message; NULL: accepted */
} Row;

static const Row inst_rows[] = {
  { GOOD "}", NULL },
  { GOOD ",\"unknown\":[1,2]}", NULL },
  { GOOD
    ",\"language\":null,\"modified\":null,\"transmitted\":null,\"transmitted_users_sha256\":null}",
    NULL },
  { GOOD ",\"transmitted_users_sha256\":\"" SHA "\"}", NULL },
  /* not an object of JSON at all */
  { " ",
    "section INST: the JSON text ends where a value is expected at byte 0x1 (at offset 0x100)" },
  { "null", "section INST: the JSON text is not an object" },
  { "[]", "is not an object" },
  { "\"INST\"", "is not an object" },
  { "{}", "member \"id\" is missing" },
  { "\xef\xbb\xbf" GOOD "}", "a byte order mark" },
  { GOOD "\xff}", "is not UTF-8" },
  { GOOD ",\"x\":\"\\ud800\"}", "half a surrogate pair" },
  { GOOD ",\"x\":\"\\u0000\"}", "\\u0000" },
  { GOOD "},", "the end of the JSON text is expected" },
  { GOOD ",}", "a member's name in double quotes is expected" },
  { GOOD ",'x':1}", "a member's name in double quotes is expected" },
  { GOOD "/**/}", "a comma or } is expected" },
  { GOOD ",\"x\":1e999}", "a number that is too large" },
  { GOOD "," ID "}", "a member named a second time" },
  { GOOD ",\"\\u006eame\":\"M\"}", "a member named a second time" },
  /* id */
  { "{" NAME PROSOFT TTCLOUD "}", "a member's name" },
  { "{\"id\":7" NAME PROSOFT TTCLOUD "}", "member \"id\" must be a string, but is Integer" },
  { "{\"id\":\"\"" NAME PROSOFT TTCLOUD "}", "member \"id\" must be a UUID" },
  { "{\"id\":\"villa-picos\"" NAME PROSOFT TTCLOUD "}", "must be a UUID" },
  { "{\"id\":\"../../../etc/passwd\"" NAME PROSOFT TTCLOUD "}", "must be a UUID" },
  { "{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10 \"" NAME PROSOFT TTCLOUD "}",
    "must be a UUID" },
  /* name */
  { "{" ID PROSOFT TTCLOUD "}", "member \"name\" is missing" },
  { "{" ID ",\"name\":null" PROSOFT TTCLOUD "}", "member \"name\" must be a string" },
  { "{" ID ",\"name\":{\"a\":1}" PROSOFT TTCLOUD "}", "member \"name\" must be a string" },
  { "{" ID ",\"name\":\"\"" PROSOFT TTCLOUD "}", NULL },
  /* prosoft */
  { "{" ID NAME TTCLOUD "}", "member \"prosoft\" is missing" },
  { "{" ID NAME ",\"prosoft\":5.1" TTCLOUD "}", "member \"prosoft\" must be a string" },
  { "{" ID NAME ",\"prosoft\":\"\"" TTCLOUD "}", "member \"prosoft\" must be numbers" },
  { "{" ID NAME ",\"prosoft\":\"5.\"" TTCLOUD "}", "must be numbers" },
  { "{" ID NAME ",\"prosoft\":\".5\"" TTCLOUD "}", "must be numbers" },
  { "{" ID NAME ",\"prosoft\":\"5..1\"" TTCLOUD "}", "must be numbers" },
  { "{" ID NAME ",\"prosoft\":\"5.1-beta\"" TTCLOUD "}", "must be numbers" },
  { "{" ID NAME ",\"prosoft\":\"-5\"" TTCLOUD "}", "must be numbers" },
  { "{" ID NAME ",\"prosoft\":\"000000000000000000000000000000005\"" TTCLOUD "}",
    "has 33 bytes; at most 32" },
  { "{" ID NAME ",\"prosoft\":\"5\"" TTCLOUD "}", NULL },
  /* ttcloud */
  { "{" ID NAME PROSOFT "}", "member \"ttcloud\" is missing" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":null}", "member \"ttcloud\" must be an object" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":true}", "member \"ttcloud\" must be an object" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{}}", "member \"connected\" is missing" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":1}}",
    "member \"connected\" must be true or false" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":\"true\"}}",
    "member \"connected\" must be true or false" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true}}",
    "member \"ttcloud.id\" must be given" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":null}}", "must be given" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":\"\"}}",
    "must be 1 to 64 letters" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":\"a/../b\"}}",
    "must be 1 to 64 letters" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":\"a b\"}}",
    "must be 1 to 64 letters" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":\"\xc3\xa9\"}}",
    "must be 1 to 64 letters" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":12}}",
    "member \"id\" must be a string" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":\"" SHA "0\"}}",
    "has 65 bytes; at most 64" },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":true,\"id\":\"" SHA "\"}}", NULL },
  { "{" ID NAME PROSOFT ",\"ttcloud\":{\"connected\":false,\"id\":\"was_here-1\"}}", NULL },
  /* language and times */
  { GOOD ",\"language\":1}", "member \"language\" must be a string" },
  { GOOD ",\"language\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
    "member \"language\" has 36 bytes" },
  { GOOD ",\"modified\":\"2026-02-28T23:59:59Z\"}", NULL },
  { GOOD ",\"modified\":\"2026-02-28T23:59:59.123456-11:30\"}", NULL },
  { GOOD ",\"modified\":\"2024-02-29T00:00:00+00:00\"}", NULL },
  { GOOD ",\"modified\":\"\"}", "member \"modified\" must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-29T00:00:00Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-13-01T00:00:00Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28T24:00:00Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28T00:00:00\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28 00:00:00Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"20260228T000000Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-W09-6T00:00:00Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28T00:00:00.Z\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28T00:00:00+0100\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28T00:00:00Zx\"}", "must be a date and time" },
  { GOOD ",\"modified\":\"2026-02-28T00:00:00+99:00\"}", "must be a date and time" },
  { GOOD ",\"modified\":1772236800}", "member \"modified\" must be a string" },
  { GOOD ",\"transmitted\":\"yesterday\"}", "member \"transmitted\" must be a date and time" },
  { GOOD ",\"transmitted\":false}", "member \"transmitted\" must be a string" },
  { GOOD ",\"transmitted_users_sha256\":\"\"}", "must be 64 hexadecimal digits" },
  { GOOD ",\"transmitted_users_sha256\":\"0123\"}", "must be 64 hexadecimal digits" },
  { GOOD ",\"transmitted_users_sha256\":\"" SHA "0\"}", "has 65 bytes" },
  { GOOD
    ",\"transmitted_users_sha256\":\"g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}",
    "must be 64 hexadecimal digits" },
};

static const Row unit_rows[] = {
  { "[]", NULL },
  { "[{\"type\":\"PICOS 250\",\"name\":\"\"}]", NULL },
  { "[{\"type\":\"T\",\"name\":\"N\",\"serial\":null,\"mac\":\"\",\"ip\":\"fe80::1\",\"firmware\":\"x\",\"more\":{}}]",
    NULL },
  { " ", "section UNIT: the JSON text ends" },
  { "{}", "section UNIT: the JSON text is not an array" },
  { "null", "is not an array" },
  { "[1]", "units[0]: member \"[0]\" must be an object, but is Integer" },
  { "[null]", "units[0]:" },
  { "[[]]", "units[0]:" },
  { "[{}]", "units[0]: member \"type\" is missing" },
  { "[{\"type\":\"T\"}]", "units[0]: member \"name\" is missing" },
  { "[{\"type\":\"T\",\"name\":\"N\"},{\"type\":\"T\",\"name\":7}]",
    "units[1]: member \"name\" must be a string" },
  { "[{\"type\":\"T\",\"name\":\"N\",\"serial\":7}]", "member \"serial\" must be a string" },
  { "[{\"type\":\"T\",\"name\":\"N\",\"mac\":[]}]", "member \"mac\" must be a string" },
  { "[{\"type\":\"T\",\"name\":\"N\",\"ip\":{}}]", "member \"ip\" must be a string" },
  { "[{\"type\":\"T\",\"name\":\"N\",\"firmware\":true}]", "member \"firmware\" must be a string" },
  { "[{\"type\":\"T\",\"name\":\"N\",\"name\":\"M\"}]", "a member named a second time" },
  { "[{\"type\":\"T\",\"name\":\"\xc3\"}]", "is not UTF-8" },
};

#define PERSON "\"id\":\"p1\",\"name\":\"A\",\"cloud_access\":\"owner\""
#define PEOPLE(person) "{\"people\":[{" person "}],\"integrators\":[]}"
#define INTEGRATORS(one) "{\"people\":[],\"integrators\":[{" one "}]}"

static const Row user_rows[] = {
  { "{\"people\":[],\"integrators\":[]}", NULL },
  { PEOPLE (PERSON), NULL },
  { PEOPLE (PERSON ",\"email\":null,\"group\":null,\"integrator\":null"), NULL },
  { PEOPLE (PERSON ",\"email\":\"not an address\",\"group\":\"\",\"integrator\":true"), NULL },
  { INTEGRATORS ("\"id\":\"\",\"name\":\"\",\"email\":\"\""), NULL },
  { "[]", "section USER: the JSON text is not an object" },
  { "{}", "member \"people\" is missing" },
  { "{\"people\":[]}", "member \"integrators\" is missing" },
  { "{\"people\":null,\"integrators\":[]}", "member \"people\" must be an array" },
  { "{\"people\":{},\"integrators\":[]}", "member \"people\" must be an array" },
  { "{\"people\":[],\"integrators\":\"\"}", "member \"integrators\" must be an array" },
  { "{\"people\":[[]],\"integrators\":[]}", "people[0]:" },
  { PEOPLE ("\"name\":\"A\",\"cloud_access\":\"none\""), "people[0]: member \"id\" is missing" },
  { PEOPLE ("\"id\":\"p\",\"cloud_access\":\"none\""), "people[0]: member \"name\" is missing" },
  { PEOPLE ("\"id\":\"p\",\"name\":\"A\""), "member \"cloud_access\" is missing" },
  { PEOPLE ("\"id\":\"p\",\"name\":\"A\",\"cloud_access\":null"),
    "member \"cloud_access\" must be a string" },
  { PEOPLE ("\"id\":\"p\",\"name\":\"A\",\"cloud_access\":\"Owner\""),
    "member \"cloud_access\" must be \"none\", \"user\" or \"owner\"" },
  { PEOPLE ("\"id\":\"p\",\"name\":\"A\",\"cloud_access\":\"\""), "must be \"none\"" },
  { PEOPLE ("\"id\":\"p\",\"name\":\"A\",\"cloud_access\":\"admin\""), "must be \"none\"" },
  { PEOPLE ("\"id\":7,\"name\":\"A\",\"cloud_access\":\"none\""),
    "member \"id\" must be a string" },
  { PEOPLE (PERSON ",\"email\":7"), "member \"email\" must be a string" },
  { PEOPLE (PERSON ",\"group\":[]"), "member \"group\" must be a string" },
  { PEOPLE (PERSON ",\"integrator\":1"), "member \"integrator\" must be true or false" },
  { PEOPLE (PERSON ",\"integrator\":\"true\""), "member \"integrator\" must be true or false" },
  { PEOPLE (PERSON ",\"cloud_access\":\"none\""), "a member named a second time" },
  { PEOPLE ("\"id\":\"" SHA "0\",\"name\":\"A\",\"cloud_access\":\"none\""),
    "member \"id\" has 65 bytes; at most 64" },
  { INTEGRATORS ("\"name\":\"A\",\"email\":\"\""), "integrators[0]: member \"id\" is missing" },
  { INTEGRATORS ("\"id\":\"i\",\"email\":\"\""), "member \"name\" is missing" },
  { INTEGRATORS ("\"id\":\"i\",\"name\":\"A\""), "member \"email\" is missing" },
  { INTEGRATORS ("\"id\":\"i\",\"name\":\"A\",\"email\":null"),
    "member \"email\" must be a string" },
  { INTEGRATORS ("\"id\":\"i\",\"name\":\"A\",\"email\":\"a\",\"company\":7"),
    "member \"company\" must be a string" },
};

#define SALT "\"salt\":\"Uk9aUmQ0V2xqT3B5dEdKdw==\""
#define LOCK(n, r, p) "{\"kdf\":\"scrypt\",\"n\":" n ",\"r\":" r ",\"p\":" p "," SALT "}"

static const Row lock_rows[] = {
  { LOCK ("32768", "8", "1"), NULL },
  { LOCK ("2", "1", "1"), NULL },
  { LOCK ("65536", "8", "1"), NULL },
  { LOCK ("32768", "1", "1"), NULL },
  { LOCK ("512", "1024", "1"), NULL },
  { LOCK ("65536", "1", "1"), "member \"n\" must be below 65536 when \"r\" is 1" },
  { LOCK ("524288", "1", "1"), "member \"n\" must be below 65536" },
  { "", "section LOCK: the JSON text ends" },
  { "[]", "is not an object" },
  { "{\"n\":32768,\"r\":8,\"p\":1," SALT "}", "member \"kdf\" is missing" },
  { "{\"kdf\":\"none\",\"n\":32768,\"r\":8,\"p\":1," SALT "}",
    "member \"kdf\" must be \"scrypt\"" },
  { "{\"kdf\":\"SCRYPT\",\"n\":32768,\"r\":8,\"p\":1," SALT "}", "must be \"scrypt\"" },
  { "{\"kdf\":null,\"n\":32768,\"r\":8,\"p\":1," SALT "}", "member \"kdf\" must be a string" },
  { LOCK ("131072", "8", "1"), "ask for more than 64 MiB" },
  { LOCK ("65536", "9", "1"), "ask for more than 64 MiB" },
  { LOCK ("524288", "2", "1"), "ask for more than 64 MiB" },
  { LOCK ("1024", "1024", "1"), "ask for more than 64 MiB" },
  { LOCK ("2", "1025", "1"), "member \"r\" is 1025" },
  { LOCK ("2", "524288", "1"), "member \"r\" is 524288" },
  { LOCK ("9223372036854775808", "8", "1"), "a number that is too large" },
  { LOCK ("null", "8", "1"), "member \"n\" must be an integer" },
  { LOCK ("true", "8", "1"), "member \"n\" must be an integer" },
  { LOCK ("1e3", "8", "1"), "member \"n\" must be an integer" },
  { LOCK ("32768", "\"8\"", "1"), "member \"r\" must be an integer" },
  { LOCK ("32768", "8.5", "1"), "member \"r\" must be an integer" },
  { LOCK ("32768", "8", "null"), "member \"p\" must be an integer" },
  { LOCK ("1048576", "1", "1"), "member \"n\" is 1048576" },
  { LOCK ("9223372036854775807", "8", "1"), "member \"n\" is 9223372036854775807" },
  { LOCK ("4611686018427387904", "8", "1"), "member \"n\" is" },
  { LOCK ("18446744073709551616", "8", "1"), "a number that is too large" },
  { LOCK ("32768", "9223372036854775807", "1"), "member \"r\" is" },
  { LOCK ("32767", "8", "1"), "member \"n\" must be a power of two" },
  { LOCK ("0", "8", "1"), "member \"n\" is 0" },
  { LOCK ("1", "8", "1"), "member \"n\" is 1" },
  { LOCK ("-32768", "8", "1"), "member \"n\" is -32768" },
  { LOCK ("32768.0", "8", "1"), "member \"n\" must be an integer" },
  { LOCK ("\"32768\"", "8", "1"), "member \"n\" must be an integer" },
  { LOCK ("32768", "0", "1"), "member \"r\" is 0" },
  { LOCK ("32768", "-1", "1"), "member \"r\" is -1" },
  { LOCK ("32768", "8", "0"), "member \"p\" is 0" },
  { LOCK ("32768", "8", "2"), "member \"p\" is 2" },
  { LOCK ("32768", "8", "4294967297"), "member \"p\" is 4294967297" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1}", "member \"salt\" is missing" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1,\"salt\":\"\"}",
    "member \"salt\" must be 16 bytes in base64" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1,\"salt\":\"Uk9aUmQ0V2xqT3B5dEdK\"}",
    "must be 16 bytes" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1,\"salt\":\"Uk9aUmQ0V2xqT3B5dEdKdw\"}",
    "must be 16 bytes" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1,\"salt\":\"Uk9aUmQ0V2xqT3B5dEdKdx==\"}",
    "must be 16 bytes" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1,\"salt\":\"Uk9a mQ0V2xqT3B5dEdKdw==\"}",
    "must be 16 bytes" },
  { "{\"kdf\":\"scrypt\",\"n\":32768,\"r\":8,\"p\":1,\"salt\":\"Uk9aUmQ0V2xqT3B5dEdKd3d3d3d3\"}",
    "has 28 bytes; at most 24" },
};

static void
check (const GByteArray *file, const Row *row, int code)
{
  g_test_message ("%s", row->text);
  if (row->fragment == NULL)
    nbt_file_assert_accepted (file);
  else
    nbt_file_assert_refused (file, code, row->fragment);
}

static void
test_inst (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (inst_rows); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_pack_texts (inst_rows[i].text, NULL, NULL);
      check (file, &inst_rows[i], TTECOMM_NBT_ERROR_CONTENT);
    }
}

static void
test_unit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_rows); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_pack_texts (NULL, unit_rows[i].text, NULL);
      check (file, &unit_rows[i], TTECOMM_NBT_ERROR_CONTENT);
    }
}

static void
test_user (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (user_rows); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_pack_texts (NULL, NULL, user_rows[i].text);
      check (file, &user_rows[i], TTECOMM_NBT_ERROR_CONTENT);
    }
}

static void
test_lock (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lock_rows); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");

      nbt_file_replace_last (file, lock_rows[i].text);
      check (file, &lock_rows[i], TTECOMM_NBT_ERROR_LOCK);
    }
}

static void
test_lock_gives_its_parameters (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) error = NULL;
  TtecommNbtLock lock;

  json_object_set_string_member (object, "kdf", "scrypt");
  json_object_set_int_member (object, "n", 1024);
  json_object_set_int_member (object, "r", 8);
  json_object_set_int_member (object, "p", 1);
  json_object_set_string_member (object, "salt", "Uk9aUmQ0V2xqT3B5dEdKdw==");
  g_assert_true (ttecomm_nbt_lock_parse (object, &lock, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lock.n, ==, 1024);
  g_assert_cmpuint (lock.r, ==, 8);
  g_assert_cmpmem (lock.salt, sizeof lock.salt, "ROZRd4WljOpytGJw", 16);
}

static void
assert_bomb (const char *text, const char *fragment)
{
  g_autoptr (GByteArray) inst = nbt_file_pack_texts (text, NULL, NULL);
  g_autoptr (GByteArray) unit = nbt_file_pack_texts (NULL, text, NULL);
  g_autoptr (GByteArray) user = nbt_file_pack_texts (NULL, NULL, text);

  nbt_file_assert_refused (inst, TTECOMM_NBT_ERROR_CONTENT, fragment);
  nbt_file_assert_refused (unit, TTECOMM_NBT_ERROR_CONTENT, fragment);
  nbt_file_assert_refused (user, TTECOMM_NBT_ERROR_CONTENT, fragment);
}

/* Deep, wide and long. */
static void
test_bombs (void)
{
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *filler = g_strnfill (60000, 'a');
  g_autofree char *long_id = g_strdup_printf ("{\"id\":\"%s\"}", filler);
  g_autoptr (GByteArray) file = nbt_file_pack_texts (long_id, NULL, NULL);
  g_autoptr (GString) wide = g_string_new ("[0");

  for (guint i = 0; i < TTECOMM_JSON_MAX_VALUES; i++)
    g_string_append (wide, ",0");
  g_string_append (wide, "]");

  assert_bomb (deep, "nested deeper than 32");
  assert_bomb (wide->str, "more than 20000 values");
  nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_CONTENT, "\"id\" has 60000 bytes; at most");
}

/* As many elements as are accepted, and one more. */
static void
assert_most (guint most, gboolean units, const char *before, const char *item, const char *after)
{
  for (guint n = most; n <= most + 1; n++)
    {
      g_autoptr (GString) text = g_string_new (before);
      g_autoptr (GByteArray) file = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "," : "", item);
      g_string_append (text, after);
      file = nbt_file_pack_texts (NULL, units ? text->str : NULL, units ? NULL : text->str);
      if (n == most)
        nbt_file_assert_accepted (file);
      else
        nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_CONTENT, "elements; at most");
    }
}

static void
test_numbers_of_elements (void)
{
  assert_most (TTECOMM_INSTALLATION_MAX_UNITS, TRUE, "[", "{\"type\":\"T\",\"name\":\"N\"}", "]");
  assert_most (TTECOMM_INSTALLATION_MAX_PEOPLE, FALSE, "{\"integrators\":[],\"people\":[",
               "{" PERSON "}", "]}");
  assert_most (TTECOMM_INSTALLATION_MAX_INTEGRATORS, FALSE, "{\"people\":[],\"integrators\":[",
               "{\"id\":\"i\",\"name\":\"N\",\"email\":\"e\"}", "]}");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "nbt-content", "inst", test_inst);
  harness_add (harness, "nbt-content", "unit", test_unit);
  harness_add (harness, "nbt-content", "user", test_user);
  harness_add (harness, "nbt-content", "lock", test_lock);
  harness_add (harness, "nbt-content", "lock-gives-its-parameters", test_lock_gives_its_parameters);
  harness_add (harness, "nbt-content", "bombs", test_bombs);
  harness_add (harness, "nbt-content", "numbers-of-elements", test_numbers_of_elements);
}

HARNESS_MAIN (register_tests)
