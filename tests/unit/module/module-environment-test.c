/* SPDX-License-Identifier: MIT */
/* The host's values and secrets: all of them may be anything (environment/1, secrets/1). */
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

static const char *const keys[] = {
  PROSOFT_ENV_LOCALE,      PROSOFT_ENV_THEME,        PROSOFT_ENV_DATA_DIR,
  PROSOFT_ENV_CACHE_DIR,   PROSOFT_ENV_PROXY,        PROSOFT_ENV_PROSOFT_VERSION,
  PROSOFT_ENV_TTCLOUD_URL, PROSOFT_ENV_TTECOMM_URL,  PROSOFT_ENV_TTCLOUD_TRUST,
  PROSOFT_ENV_TTCLOUD_CA,  PROSOFT_ENV_CLOCK_OFFSET,
};

/* A good sandbox, in which the host spoils one value or all of them. */
static void
set_good_values (RawHost *host)
{
  g_autofree char *data = g_build_filename (harness_tmpdir (), "data", NULL);
  g_autofree char *cache = g_build_filename (harness_tmpdir (), "cache", NULL);

  raw_host_declare_sandbox (host, "https://127.0.0.1:1", NULL);
  g_hash_table_insert (host->values, g_strdup (PROSOFT_ENV_DATA_DIR), g_steal_pointer (&data));
  g_hash_table_insert (host->values, g_strdup (PROSOFT_ENV_CACHE_DIR), g_steal_pointer (&cache));
  g_hash_table_insert (host->values, g_strdup (PROSOFT_ENV_CLOCK_OFFSET), g_strdup ("0"));
  g_hash_table_insert (host->values, g_strdup (PROSOFT_ENV_PROSOFT_VERSION), g_strdup ("5.1.2.0"));
}

/* The page comes, the file is read, and nobody is let in. */
static void
live (RawHost *host)
{
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  prosoft_op_t op = 0;
  RawReader reader;

  raw_reader_init (&reader, bytes);
  if (host->plugin == NULL)
    raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_cmpstr (host->pages->info (host->plugin, 0)->title, !=, "");
  if (host->loads->len > 0)
    {
      const RawLoad *asked = g_ptr_array_index (host->loads, 0);

      host->secrets->loaded (host->plugin, asked->cookie, PROSOFT_E_NOT_FOUND, NULL, 0);
    }
  g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (host, op)->allowed, ==, 0);
  host->environment->changed (host->plugin, NULL);
  host->project->closed (host->plugin, "p");
  host->pages->close (host->plugin, 1);
  raw_host_stop (host);
}

typedef struct
{
  const char *name;
  const char *value; /* NULL: 10 MB of a */
} Odd;

static const Odd odd[] = {
  { "empty", "" },
  { "not-utf-8", "https://\xff\xfe.example" },
  { "lines", "https://a.example\r\nX-More: 1\nand more" },
  { "very-long", NULL },
  { "number-too-large", "99999999999999999999999999" },
  { "json", "{\"env\":\"prod\",\"keys\":[]}" },
  { "path", "/proc/1/../../../../dev/null/x" },
  { "control", "a\x01\x1b[31mb\x7f" },
};

static void
test_odd_values (gconstpointer data)
{
  const Odd *row = data;
  g_autofree char *much = row->value == NULL ? g_strnfill (10000000, 'a') : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (RawHost) host = raw_host_new ();

      g_test_message ("%s", keys[i]);
      set_good_values (host);
      g_hash_table_insert (host->values, g_strdup (keys[i]),
                           g_strdup (row->value != NULL ? row->value : much));
      live (host);
    }
}

/* --- a host whose answers do not fit together --- */

static int32_t
grow (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  static int32_t size = 2;

  size++;
  if (capacity >= size)
    memset (buffer, 'a', (gsize)size - 1), buffer[size - 1] = '\0';
  return size;
}

static int32_t
forget_the_end (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  if (capacity >= 20)
    memset (buffer, 'a', (gsize)capacity);
  return 20;
}

static int32_t
vanish (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  return capacity == 0 ? 20 : 0;
}

static int32_t
fail_afterwards (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  return capacity == 0 ? 20 : PROSOFT_E_FAILED;
}

static int32_t
be_negative (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  return G_MININT32;
}

static int32_t
be_huge (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  g_assert_cmpint (capacity, <, 100000000);
  return G_MAXINT32;
}

typedef struct
{
  const char *name;
  int32_t (*get) (RawHost *host, const char *key, char *buffer, int32_t capacity);
} Liar;

static const Liar liars[] = {
  { "grows-each-time", grow },    { "forgets-the-end", forget_the_end },
  { "vanishes", vanish },         { "fails-afterwards", fail_afterwards },
  { "is-negative", be_negative }, { "is-huge", be_huge },
};

static void
test_lying_host (gconstpointer data)
{
  const Liar *row = data;
  g_autoptr (RawHost) host = raw_host_new ();

  host->get_value = row->get;
  live (host);
}

/* Grew once between the two calls, say because the person was typing it: it is asked for again. */
static int32_t
grow_once (RawHost *host, const char *key, char *buffer, int32_t capacity)
{
  static const char value[] = "{\"env\":\"somewhere\",\"keys\":[]}";

  if (!g_str_equal (key, PROSOFT_ENV_TTCLOUD_TRUST))
    return 0;
  if (capacity == 0 && host->data == NULL)
    {
      host->data = host;
      return 5;
    }
  if ((gsize)capacity >= sizeof value)
    memcpy (buffer, value, sizeof value);
  return (int32_t)sizeof value;
}

static gboolean
has_read_it (RawHost *host, gpointer data)
{
  return raw_host_has_line (host, "WARNING", "somewhere");
}

static void
test_a_value_that_grew_is_read (void)
{
  g_autoptr (RawHost) host = raw_host_new ();

  host->get_value = grow_once;
  raw_host_start (host);
  g_assert_true (raw_host_run_until (host, has_read_it, NULL));
}

/* A folder that is not absolute would be made in whatever folder the host was started in. */
static void
test_relative_folder_is_refused (void)
{
  static const char *const folders[] = { PROSOFT_ENV_DATA_DIR, PROSOFT_ENV_CACHE_DIR };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (RawHost) host = raw_host_new ();
      g_autofree char *name = g_strdup_printf ("relative-%u", i);

      set_good_values (host);
      g_hash_table_insert (host->values, g_strdup (folders[i]), g_strdup (name));
      live (host);
      g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", folders[i]));
      g_assert_false (g_file_test (name, G_FILE_TEST_EXISTS));
    }
}

/* --- secrets --- */

static gboolean
has_loads (RawHost *host, gpointer data)
{
  return host->loads->len >= GPOINTER_TO_UINT (data);
}

static const RawLoad *
wait_load (RawHost *host, guint n)
{
  g_assert_true (raw_host_run_until (host, has_loads, GUINT_TO_POINTER (n)));
  return g_ptr_array_index (host->loads, n - 1);
}

static const char *
check_code (RawHost *host)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (raw_host_check (host, "inst_1", &op), ==, PROSOFT_OK);
  return raw_host_wait (host, op)->code;
}

/* The worker knows of the new TTcloud and the host has not been asked about it yet: this answer is
 * to the last question, and still about another one. */
static void
test_a_secret_of_another_cloud_is_not_used (void)
{
  g_autoptr (SilentServer) first = silent_server_new ();
  g_autoptr (SilentServer) second = silent_server_new ();
  g_autoptr (RawHost) host = raw_host_new ();
  g_autofree char *kept = raw_host_make_secret (silent_server_get_origin (second));
  const RawLoad *load;

  raw_host_declare_sandbox (host, silent_server_get_origin (first), NULL);
  raw_host_start (host);
  load = wait_load (host, 1);
  raw_host_declare_sandbox (host, silent_server_get_origin (second), NULL);
  host->environment->changed (host->plugin, PROSOFT_ENV_TTCLOUD_URL);
  host->secrets->loaded (host->plugin, load->cookie, PROSOFT_OK, kept, (int32_t)strlen (kept));
  load = wait_load (host, 2);
  host->secrets->loaded (host->plugin, load->cookie, PROSOFT_E_NOT_FOUND, NULL, 0);
  g_assert_cmpstr (check_code (host), ==, "sign_in");
}

typedef struct
{
  const char *name;
  prosoft_result_t result;
  const void *data; /* "": a good one */
  int32_t size;
} BadSecret;

#define GOOD_SIZE G_MAXINT32 /* that of the good one */

static const BadSecret bad_secrets[] = {
  { "no-bytes", PROSOFT_OK, NULL, 10 },
  { "no-size", PROSOFT_OK, "", 0 },
  { "negative-size", PROSOFT_OK, "", -1 },
  { "least-size", PROSOFT_OK, "", G_MININT32 },
  { "too-large", PROSOFT_OK, "", PROSOFT_SECRET_MAX_SIZE + 1 },
  { "error-with-bytes", PROSOFT_E_IO, "", GOOD_SIZE },
  { "unknown-error", -1000, NULL, 0 },
  { "garbage", PROSOFT_OK, "\xff\x00\x01garbage", 10 },
  { "other-json", PROSOFT_OK, "{\"v\":2}", 7 },
  { "older-version", PROSOFT_OK, "{\"v\":1,\"expires\":0,\"refresh\":\"r\"}", 33 },
  { "hostile-number", PROSOFT_OK, "{\"v\":1e400}", 11 },
  { "not-found", PROSOFT_E_NOT_FOUND, NULL, 0 },
};

static void
test_bad_secret (gconstpointer data)
{
  const BadSecret *row = data;
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (RawHost) host = raw_host_new ();
  g_autofree char *kept = raw_host_make_secret (silent_server_get_origin (server));
  gboolean is_good = row->data != NULL && *(const char *)row->data == '\0';
  const RawLoad *load;

  raw_host_declare_sandbox (host, silent_server_get_origin (server), NULL);
  raw_host_start (host);
  load = wait_load (host, 1);
  host->secrets->loaded (host->plugin, load->cookie, row->result, is_good ? kept : row->data,
                         row->size == GOOD_SIZE ? (int32_t)strlen (kept) : row->size);
  g_assert_cmpstr (check_code (host), ==, "sign_in");
  /* What came twice, or was never asked for, changes nothing. */
  host->secrets->loaded (host->plugin, load->cookie, PROSOFT_OK, kept, (int32_t)strlen (kept));
  host->secrets->loaded (host->plugin, load->cookie + 5, PROSOFT_OK, kept, (int32_t)strlen (kept));
  host->secrets->stored (host->plugin, 99, PROSOFT_E_IO);
  g_assert_cmpstr (check_code (host), ==, "sign_in");
}

/* The name is for the host's store, which may be a file or a registry value: short and plain,
 * whatever the address. */
static void
test_the_name_of_a_secret_is_short (void)
{
  g_autofree char *label = g_strnfill (60, 'a');
  g_autofree char *url = g_strdup_printf ("https://%s.%s.%s.example", label, label, label);
  g_autoptr (RawHost) host = raw_host_new ();
  const RawLoad *load;
  g_autofree char *first = NULL;

  raw_host_declare_sandbox (host, url, NULL);
  raw_host_start (host);
  load = wait_load (host, 1);
  g_assert_cmpuint (strlen (load->key), <=, 64);
  g_assert_true (g_str_is_ascii (load->key));
  first = g_strdup (load->key);
  raw_host_declare_sandbox (host, "https://127.0.0.1:1", NULL);
  host->environment->changed (host->plugin, NULL);
  g_assert_cmpstr (wait_load (host, 2)->key, !=, first);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    harness_add_full (harness, "module-values", odd[i].name, test_odd_values, (gpointer)&odd[i],
                      NULL);
  for (guint i = 0; i < G_N_ELEMENTS (liars); i++)
    harness_add_full (harness, "module-value", liars[i].name, test_lying_host, (gpointer)&liars[i],
                      NULL);
  harness_add (harness, "module-value", "that-grew-is-read", test_a_value_that_grew_is_read);
  harness_add (harness, "module-value", "relative-folder-is-refused",
               test_relative_folder_is_refused);
  harness_add (harness, "module-secret", "of-another-cloud-is-not-used",
               test_a_secret_of_another_cloud_is_not_used);
  harness_add (harness, "module-secret", "name-is-short", test_the_name_of_a_secret_is_short);
  for (guint i = 0; i < G_N_ELEMENTS (bad_secrets); i++)
    harness_add_full (harness, "module-bad-secret", bad_secrets[i].name, test_bad_secret,
                      (gpointer)&bad_secrets[i], NULL);
}

HARNESS_MAIN (register_tests)
