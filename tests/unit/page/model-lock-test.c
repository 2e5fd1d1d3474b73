/* SPDX-License-Identifier: MIT */
/* A protected file and its password: asked for, tried, taken back, and gone. */
#include <string.h>

#include "plugin/installation/nbt-cipher.h"
#include "plugin/page/model-private.h"
#include "tests/harness/harness.h"
#include "tests/support/memory-search.h"
#include "tests/unit/page/model-host.h"

#define SERENA "protected.nbt"
#define NAMELESS "protected-name.nbt"
#define SMALL "protected-small.nbt"
#define HEAVY "protected-heavy.nbt"
#define INPUTS(password) "{\"lock.password\":\"" password "\"}"
#define SERENA_INPUTS INPUTS ("serena 2026 \xc3\xa9")
#define HEAVY_INPUTS INPUTS ("zwaar als lood \xc3\xa9\xc3\xa8")
#define NAMELESS_INPUTS INPUTS ("una parola d'ordine che nessuno indovina 1847")
#define ASKED                                                                                      \
  "\"id\":\"lock.password\",\"type\":\"input\",\"label\":\"Password of the project\",\"kind\":\"secret\""
#define WRONG "This is not the password of this project."

typedef struct
{
  ModelHost *host;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->host = model_host_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  model_host_assert_all_ended_once (self->host);
  model_host_free (self->host);
}

static gboolean
is_read (gpointer data)
{
  ModelHost *host = data;

  return host->model->reader == NULL && host->model->publishing == NULL;
}

/* Opens, or changes, and waits until the page says so. */
static void
open_file (ModelHost *host, const char *name)
{
  model_host_open (host, name);
  g_assert_true (harness_wait_until (is_read, host, SHOP_PATIENCE));
}

static void
close_file (ModelHost *host)
{
  ttecomm_model_project_closed (host->model, host->generation);
  g_assert_true (harness_wait_until (is_read, host, SHOP_PATIENCE));
}

static void
assert_locked (ModelHost *host)
{
  g_assert_true (model_host_page_says (host, ASKED));
  g_assert_true (model_host_offers (host, "lock.open"));
  g_assert_true (model_host_page_says (host, "\"id\":\"notice.protected\""));
  g_assert_true (model_host_page_says (host, "The roles are not known"));
  g_assert_false (model_host_page_says (host, "\"id\":\"people\""));
  g_assert_false (model_host_page_says (host, "no-owner"));
  g_assert_null (host->model->lock.key);
}

static void
assert_open (ModelHost *host, const char *person)
{
  g_assert_false (model_host_page_says (host, "lock."));
  g_assert_false (model_host_offers (host, "lock.open"));
  g_assert_false (model_host_page_says (host, "notice.protected"));
  g_assert_true (model_host_page_says (host, "\"id\":\"people\",\"type\":\"table\""));
  g_assert_true (model_host_page_says (host, person));
  g_assert_nonnull (host->model->lock.key);
}

/* -- what a person sees -- */

static void
test_opens (Fixture *self, gconstpointer data)
{
  open_file (self->host, SERENA);
  assert_locked (self->host);
  g_assert_true (model_host_page_says (self->host, "[\"Installation\",\"Villa Serena\"]"));
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "alexa@example.org");
  g_assert_true (
      model_host_page_says (self->host, "[\"Installation\",\"Villa Serena, 2 central units\"]"));
}

static void
test_wrong_password (Fixture *self, gconstpointer data)
{
  static const char *const wrong[] = { INPUTS ("xqz-1"), INPUTS ("klein xqz"), INPUTS ("xqz") };

  open_file (self->host, SMALL);
  for (guint i = 0; i < 4 * G_N_ELEMENTS (wrong); i++)
    {
      g_assert_cmpint (model_host_do (self->host, "lock.open", wrong[i % G_N_ELEMENTS (wrong)]), ==,
                       TTECOMM_ENDED_FAILED);
      assert_locked (self->host);
      g_assert_true (model_host_page_says (self->host, ASKED ",\"error\":\"" WRONG));
      g_assert_false (model_host_page_says (self->host, "xqz"));
    }
  /* Nobody is locked out. */
  g_assert_cmpint (model_host_do (self->host, "lock.open", INPUTS ("klein")), ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "ana@example.org");
}

/* What was wrong with another file's password is no news about this one. */
static void
test_wrong_is_forgotten (Fixture *self, gconstpointer data)
{
  open_file (self->host, SMALL);
  g_assert_cmpint (model_host_do (self->host, "lock.open", INPUTS ("x")), ==, TTECOMM_ENDED_FAILED);
  close_file (self->host);
  g_assert_false (model_host_page_says (self->host, "lock.password"));
  open_file (self->host, SMALL);
  assert_locked (self->host);
  g_assert_false (model_host_page_says (self->host, WRONG));
}

static void
test_inputs (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *inputs; /* (nullable) */
    const char *said;
  } rows[] = {
    { NULL, "Enter the password first." },
    { "{}", "Enter the password first." },
    { INPUTS (""), "Enter the password first." },
    { "{\"lock.password\":true}", "Enter the password first." },
    { "{\"lock.password\":null}", "Enter the password first." },
    { "{\"other\":\"klein\"}", "Enter the password first." },
    { INPUTS ("kl\\u0000ein"), NULL },
    { "{\"lock.password\":\"klein\",\"lock.password\":\"klein\"}", NULL },
    { "{\"lock.password\":\"klein\"", NULL },
    { "\"klein\"", NULL },
  };

  open_file (self->host, SMALL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (model_host_do (self->host, "lock.open", rows[i].inputs), ==,
                       TTECOMM_ENDED_INVALID);
      assert_locked (self->host);
      if (rows[i].said != NULL)
        g_assert_true (model_host_page_says (self->host, rows[i].said));
    }
}

static void
test_long_passwords (Fixture *self, gconstpointer data)
{
  static const gsize lengths[] = { 1024, 1025, 60000 };

  open_file (self->host, SMALL);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *long_one = g_strnfill (lengths[i], 'x');
      g_autofree char *inputs = g_strdup_printf ("{\"lock.password\":\"%s\"}", long_one);
      gboolean fits = lengths[i] <= 1024;

      g_assert_cmpint (model_host_do (self->host, "lock.open", inputs), ==,
                       fits ? TTECOMM_ENDED_FAILED : TTECOMM_ENDED_INVALID);
      g_assert_cmpint (model_host_page_says (self->host, "This is longer than a password can be."),
                       ==, !fits);
    }
}

/* Escapes mean what they mean, and the other inputs of the page may come along. */
static void
test_as_the_host_writes_it (Fixture *self, gconstpointer data)
{
  open_file (self->host, SERENA);
  g_assert_cmpint (
      model_host_do (self->host, "lock.open",
                     "{\"terms\":false, \"lock.password\" : \"serena\\u00202026 \\u00E9\"}"),
      ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "alexa@example.org");
}

static void
test_not_locked (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==,
                   TTECOMM_ENDED_INVALID);
  open_file (self->host, "villa-picos.nbt");
  g_assert_false (model_host_page_says (self->host, "lock.password"));
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==,
                   TTECOMM_ENDED_INVALID);
  open_file (self->host, SMALL);
  g_assert_cmpint (model_host_do (self->host, "lock.open", INPUTS ("klein")), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_do (self->host, "lock.open", INPUTS ("klein")), ==,
                   TTECOMM_ENDED_INVALID);
  assert_open (self->host, "ana@example.org");
}

/* -- while a password is being tried -- */

static gboolean
is_tried (gpointer data)
{
  return model_host_page_says (data, "\"id\":\"lock.opening\"");
}

static guint64
begin_heavy (ModelHost *host)
{
  guint64 op;

  open_file (host, HEAVY);
  op = model_host_invoke (host, "lock.open", HEAVY_INPUTS);
  g_assert_false (model_host_has_ended (host, op));
  g_assert_true (harness_wait_until (is_tried, host, SHOP_PATIENCE));
  return op;
}

static void
test_progress (Fixture *self, gconstpointer data)
{
  guint64 op = begin_heavy (self->host);

  g_assert_false (model_host_offers (self->host, "lock.open"));
  g_assert_true (model_host_offers (self->host, "lock.cancel"));
  g_assert_true (model_host_page_says (self->host, "\"cancel\":\"lock.cancel\""));
  g_assert_cmpint (model_host_await (self->host, op), ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "ana@example.org");
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  guint64 op = begin_heavy (self->host);

  if (GPOINTER_TO_INT (data) == 0)
    ttecomm_model_cancel (self->host->model, op);
  else
    g_assert_cmpint (model_host_do (self->host, "lock.cancel", NULL), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (model_host_await (self->host, op), ==, TTECOMM_ENDED_CANCELLED);
  assert_locked (self->host);
  g_assert_false (model_host_page_says (self->host, WRONG));
  /* The next one waits for the thread, and is tried all the same. */
  g_assert_cmpint (model_host_do (self->host, "lock.open", INPUTS ("no")), ==,
                   TTECOMM_ENDED_FAILED);
  assert_locked (self->host);
}

/* Whatever comes of a file that is closed is thrown away. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  guint64 op = begin_heavy (self->host);

  close_file (self->host);
  g_assert_cmpint (model_host_await (self->host, op), ==, TTECOMM_ENDED_CANCELLED);
  g_assert_null (self->host->model->installation);
  open_file (self->host, SMALL);
  g_assert_cmpint (model_host_do (self->host, "lock.open", INPUTS ("klein")), ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "ana@example.org");
  g_assert_true (model_host_page_says (self->host, "Klein"));
}

static void
test_changed_while_tried (Fixture *self, gconstpointer data)
{
  guint64 op = begin_heavy (self->host);

  open_file (self->host, SMALL);
  g_assert_cmpint (model_host_await (self->host, op), ==, TTECOMM_ENDED_CANCELLED);
  assert_locked (self->host);
  g_assert_true (model_host_page_says (self->host, "Klein"));
}

/* A host that asks twice: the last password counts. */
static void
test_another_password (Fixture *self, gconstpointer data)
{
  guint64 first = begin_heavy (self->host);
  guint64 second = model_host_invoke (self->host, "lock.open", INPUTS ("no"));
  guint64 third = model_host_invoke (self->host, "lock.open", HEAVY_INPUTS);

  g_assert_cmpint (model_host_await (self->host, first), ==, TTECOMM_ENDED_CANCELLED);
  g_assert_cmpint (model_host_await (self->host, second), ==, TTECOMM_ENDED_CANCELLED);
  g_assert_cmpint (model_host_await (self->host, third), ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "ana@example.org");
}

static void
test_shut_down_while_tried (void)
{
  ModelHost *host = model_host_new (NULL);

  begin_heavy (host);
  model_host_stop (host);
  model_host_free (host);
}

/* -- after the file has changed -- */

static void
test_changed_is_not_asked_again (Fixture *self, gconstpointer data)
{
  open_file (self->host, SERENA);
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==, TTECOMM_ENDED_OK);
  for (guint i = 0; i < 3; i++)
    {
      open_file (self->host, SERENA);
      assert_open (self->host, "alexa@example.org");
    }
}

static void
test_another_salt_is_asked_for (Fixture *self, gconstpointer data)
{
  open_file (self->host, SERENA);
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==, TTECOMM_ENDED_OK);
  open_file (self->host, SMALL);
  assert_locked (self->host);
  /* The key of the one before is gone, so going back asks, too. */
  open_file (self->host, SERENA);
  assert_locked (self->host);
}

static void
test_closed_and_opened_is_asked_for (Fixture *self, gconstpointer data)
{
  open_file (self->host, SERENA);
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==, TTECOMM_ENDED_OK);
  close_file (self->host);
  g_assert_null (self->host->model->lock.key);
  open_file (self->host, SERENA);
  assert_locked (self->host);
}

/* Caught in the middle of being saved, then whole again. */
static void
test_unreadable_for_a_moment (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;

  open_file (host, SERENA);
  g_assert_cmpint (model_host_do (host, "lock.open", SERENA_INPUTS), ==, TTECOMM_ENDED_OK);
  ttecomm_model_project_opened (host->model, ++host->generation, "x.nbt", 70);
  g_assert_true (harness_wait_until (is_read, host, SHOP_PATIENCE));
  g_assert_null (host->model->installation);
  g_assert_false (model_host_page_says (host, "alexa@example.org"));
  open_file (host, SERENA);
  assert_open (host, "alexa@example.org");
}

static void
test_no_longer_protected (Fixture *self, gconstpointer data)
{
  open_file (self->host, SERENA);
  g_assert_cmpint (model_host_do (self->host, "lock.open", SERENA_INPUTS), ==, TTECOMM_ENDED_OK);
  open_file (self->host, "villa-picos.nbt");
  g_assert_null (self->host->model->lock.key);
  g_assert_true (model_host_page_says (self->host, "Villa Picos, 2 central units"));
}

/* -- the gate -- */

/* Row 0b: only where not even the installation's id is known. */
static void
test_gate (Fixture *self, gconstpointer data)
{
  TtecommDecision *decision;
  const TtecommButton *button;

  open_file (self->host, NAMELESS);
  g_assert_true (model_host_page_says (self->host, "[\"Installation\",\"this installation\"]"));
  decision = model_host_check (self->host, NULL, 0);
  g_assert_cmpstr (decision->code, ==, "locked");
  g_assert_false (decision->allowed);
  g_assert_cmpint (decision->outcome, ==, 3);
  button = decision->buttons->pdata[0];
  g_assert_cmpstr (button->label, ==, "Enter password");
  /* It leads to where the password is asked for. */
  g_assert_true (model_host_offers (self->host, button->target));
  g_assert_true (model_host_page_says (self->host, ASKED));

  g_assert_cmpint (model_host_do (self->host, "lock.open", NAMELESS_INPUTS), ==, TTECOMM_ENDED_OK);
  assert_open (self->host, "ana@example.org");
  g_assert_true (model_host_page_says (self->host, "Casa Nascosta"));
  decision = model_host_check (self->host, NULL, 0);
  g_assert_cmpstr (decision->code, !=, "locked");

  open_file (self->host, SERENA);
  decision = model_host_check (self->host, NULL, 0);
  g_assert_cmpstr (decision->code, !=, "locked");
}

/* -- nothing stays -- */

/* That of NAMELESS. */
static const guint8 masked_password[]
    = { 0x2f, 0x34, 0x3b, 0x7a, 0x2a, 0x3b, 0x28, 0x35, 0x36, 0x3b, 0x7a, 0x3e, 0x7d, 0x35, 0x28,
        0x3e, 0x33, 0x34, 0x3f, 0x7a, 0x39, 0x32, 0x3f, 0x7a, 0x34, 0x3f, 0x29, 0x29, 0x2f, 0x34,
        0x35, 0x7a, 0x33, 0x34, 0x3e, 0x35, 0x2c, 0x33, 0x34, 0x3b, 0x7a, 0x6b, 0x62, 0x6e, 0x6d };

/* malloc() itself overwrites the beginning of what is freed. */
#define HEAD 16

/* Calls with the password in an input, and leaves no copy of its own. */
static void
type_password (ModelHost *host, const char *action, TtecommEnding ending)
{
  char *password = memory_search_unmask (masked_password, sizeof masked_password);
  char inputs[128];

  /* Without a printf: GLib's own, on Windows, has a buffer that it does not wipe. */
  g_strlcpy (inputs, "{\"lock.password\":\"", sizeof inputs);
  g_strlcat (inputs, password, sizeof inputs);
  g_strlcat (inputs, "\"}", sizeof inputs);
  ttecomm_wipe_string (password);
  ttecomm_model_invoke (host->model, ++host->last_op, action, inputs);
  ttecomm_wipe (inputs, sizeof inputs);
  g_assert_cmpint (model_host_await (host, host->last_op), ==, ending);
}

static int
count_passwords (void)
{
  return memory_search_count (masked_password + HEAD, sizeof masked_password - HEAD);
}

/* Whether a search finds what was freed and not wiped: not where MALLOC_PERTURB_ or a sanitizer
 * overwrites or hides it. */
static gboolean
can_search (void)
{
  enum
  {
    SIZE = 720 /* small enough to be kept for the next one of its size */
  };
  guint8 masked[16];
  guint8 *block = g_malloc (SIZE);

  for (gsize i = 0; i < sizeof masked; i++)
    masked[i] = (guint8)(0xa0 + 3 * i);
  for (gsize i = 0; i < SIZE; i++)
    block[i] = masked[i % sizeof masked] ^ MEMORY_SEARCH_MASK;
  g_free (block);
  if (memory_search_count (masked, sizeof masked) > 0)
    return TRUE;
  g_test_skip ("freed memory of this process cannot be searched");
  return FALSE;
}

static void
test_nothing_stays (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *masked_key = NULL;
  TtecommSecret *key;

  if (!can_search ())
    return;
  g_assert_cmpint (count_passwords (), ==, 0);
  open_file (self->host, NAMELESS);
  type_password (self->host, "lock.open", TTECOMM_ENDED_OK);
  assert_open (self->host, "ana@example.org");
  g_assert_cmpint (count_passwords (), ==, 0);

  key = self->host->model->lock.key;
  masked_key = memory_search_mask (ttecomm_secret_get_data (key), ttecomm_secret_get_length (key));
  g_assert_cmpint (memory_search_count (masked_key, TTECOMM_NBT_KEY_SIZE), ==, 1);
  close_file (self->host);
  g_assert_cmpint (memory_search_count (masked_key, TTECOMM_NBT_KEY_SIZE), ==, 0);
  g_assert_cmpint (count_passwords (), ==, 0);
}

/* Nor when it was wrong, taken back, or sent along with something else. */
static void
test_nothing_stays_of_others (Fixture *self, gconstpointer data)
{
  ModelHost *host = self->host;
  guint64 op;

  if (!can_search ())
    return;
  type_password (host, "lock.open", TTECOMM_ENDED_INVALID);
  open_file (host, SMALL);
  type_password (host, "lock.open", TTECOMM_ENDED_FAILED);
  type_password (host, "explain.protected", TTECOMM_ENDED_OK);
  type_password (host, "no-such-action", TTECOMM_ENDED_INVALID);
  g_assert_cmpint (count_passwords (), ==, 0);
  op = begin_heavy (host);
  type_password (host, "lock.open", TTECOMM_ENDED_FAILED);
  g_assert_cmpint (model_host_await (host, op), ==, TTECOMM_ENDED_CANCELLED);
  g_assert_cmpint (count_passwords (), ==, 0);
}

static char
long_one_at (gsize i)
{
  return (char)('a' + (i * 2654435761u >> 13) % 26);
}

/* The memory of a long one is not soon used for something else: copies that are freed and not wiped
 * show up here. */
static void
test_nothing_stays_of_a_long_one (Fixture *self, gconstpointer data)
{
  enum
  {
    LENGTH = 700,
    FROM = 300,
    SOUGHT = 64
  };
  ModelHost *host = self->host;
  g_autoptr (TtecommSecret) inputs = ttecomm_secret_new (LENGTH + 64);
  char *text = (char *)ttecomm_secret_get_data (inputs);
  gsize at = (gsize)g_snprintf (text, 64, "{\"lock.password\":\"");
  guint8 masked[SOUGHT];

  if (!can_search ())
    return;
  for (gsize i = 0; i < SOUGHT; i++)
    masked[i] = (guint8)long_one_at (FROM + i) ^ MEMORY_SEARCH_MASK;
  for (gsize i = 0; i < LENGTH; i++)
    text[at++] = long_one_at (i);
  memcpy (text + at, "\"}", 2);
  g_assert_cmpint (memory_search_count (masked, SOUGHT), ==, 1);

  open_file (host, SMALL);
  g_assert_cmpint (model_host_do (host, "explain.protected", text), ==, TTECOMM_ENDED_OK);
  g_assert_cmpint (memory_search_count (masked, SOUGHT), ==, 1);
  g_assert_cmpint (model_host_do (host, "lock.open", text), ==, TTECOMM_ENDED_FAILED);
  g_assert_cmpint (memory_search_count (masked, SOUGHT), ==, 1);
}

#define ADD(name, func) ADD_DATA (name, func, NULL)
#define ADD_DATA(name, func, data)                                                                 \
  harness_add_fixture (h, "model-lock", name, Fixture, data, set_up, func, tear_down)

static void
register_tests (Harness *h)
{
  ADD ("opens", test_opens);
  ADD ("wrong-password", test_wrong_password);
  ADD ("wrong-is-forgotten", test_wrong_is_forgotten);
  ADD ("inputs", test_inputs);
  ADD ("long-passwords", test_long_passwords);
  ADD ("as-the-host-writes-it", test_as_the_host_writes_it);
  ADD ("not-locked", test_not_locked);
  ADD ("progress", test_progress);
  ADD_DATA ("cancelled-by-the-host", test_cancel, GINT_TO_POINTER (0));
  ADD_DATA ("cancelled-on-the-page", test_cancel, GINT_TO_POINTER (1));
  ADD ("closed", test_closed);
  ADD ("changed-while-tried", test_changed_while_tried);
  ADD ("another-password", test_another_password);
  harness_add (h, "model-lock", "shut-down-while-tried", test_shut_down_while_tried);
  ADD ("changed-is-not-asked-again", test_changed_is_not_asked_again);
  ADD ("another-salt-is-asked-for", test_another_salt_is_asked_for);
  ADD ("closed-and-opened-is-asked-for", test_closed_and_opened_is_asked_for);
  ADD ("unreadable-for-a-moment", test_unreadable_for_a_moment);
  ADD ("no-longer-protected", test_no_longer_protected);
  ADD ("gate", test_gate);
  ADD ("nothing-stays", test_nothing_stays);
  ADD ("nothing-stays-of-others", test_nothing_stays_of_others);
  ADD ("nothing-stays-of-a-long-one", test_nothing_stays_of_a_long_one);
}

HARNESS_MAIN (register_tests)
