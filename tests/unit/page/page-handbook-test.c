/* SPDX-License-Identifier: MIT */
/* What the handbooks tell a person, and the page must tell as well where it matters. */
#include "plugin/page/explain.h"
#include "plugin/page/labels.h"
#include "tests/harness/harness.h"
#include "tests/unit/page/samples.h"

#include <string.h>

typedef struct
{
  const char *name;        /* of the test */
  const char *explanation; /* of plugin/page/explain.c */
  const char *says[4];
} Row;

static const Row rows[] = {
  /* rules: S3 */
  { "upgrading", "prosoft-old", { "transmit", "upgrades itself", "15 minutes at most" } },
  /* rules: S40 C22 */
  { "one-address", "not-in-file", { "one e-mail address", "Extra → Users and settings" } },
  /* rules: S80 */
  { "transmitting-roles", "not-transmitted", { "only once this file has been transmitted" } },
  /* rules: S46 S48 S69 */
  { "a-dead-card",
    "card",
    { "one month before the end", "stops at its end date", "Replace the card" } },
  /* rules: S50 S78 */
  { "renewal-off", "renewal", { "stops after its end date", "whoever does so becomes the payer" } },
  /* rules: S90 C20 */
  { "a-payer-leaves", "payer-leaves", { "goes on", "keeps paying until somebody else" } },
  /* rules: S73 S74 */
  { "several-payers",
    "several-payers",
    { "Different people may pay", "Normally one system integrator or the owner pays for all" } },
  /* rules: H4 H7 H8 H9 */
  { "why-an-owner",
    "no-owner",
    { "nobody at", "security and technical e-mails", "TTcloud may disconnect",
      "cloud access owner" } },
  /* rules: H6 */
  { "users", "role", { "with the ATMOS app only", "owner and the system integrators" } },
  /* rules: H15 */
  { "access-of-integrators", "si-access", { "owner of", "decides in TTcloud" } },
  /* rules: H17 H18 H21 */
  { "passwords",
    "protected",
    { "each time the project is opened", "does not mean that nobody has a role",
      "cannot be found again", "factory reset" } },
};

static char *
explain (const char *name)
{
  g_autofree char *id = g_strconcat (TTECOMM_EXPLAIN_PREFIX, name, NULL);
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommBlocks) blocks = ttecomm_blocks_new (snapshot->text);
  g_autoptr (GHashTable) actions = NULL;
  g_autoptr (GBytes) json = NULL;
  gconstpointer text;
  gsize size;

  snapshot->explained = g_new0 (char *, 2);
  snapshot->explained[0] = g_strdup (name);
  ttecomm_blocks_begin_page (blocks, "T", 1, "ready");
  ttecomm_explain_add (blocks, snapshot, id);
  json = ttecomm_blocks_end_page (blocks, &actions);
  text = g_bytes_get_data (json, &size);
  return g_strndup (text, size);
}

static void
test_says (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *json = explain (row->explanation);

  for (gsize i = 0; i < G_N_ELEMENTS (row->says) && row->says[i] != NULL; i++)
    {
      g_test_message ("%s", row->says[i]);
      g_assert_nonnull (strstr (json, row->says[i]));
    }
}

/* The two labels that the handbooks print, and their French, word for word; Dutch and German say
 * the same, with the date as they write it. */
static void
test_labels (void)
{
  static const struct
  {
    const char *language;
    TtecommCloudState state;
    const char *label;
  } labels[] = {
    { "en", TTECOMM_CLOUD_STATE_NONE, "not activated yet" },
    { "en", TTECOMM_CLOUD_STATE_ACTIVE, "renews at 31/12/2027" },
    { "en", TTECOMM_CLOUD_STATE_ENDING, "expires at 31/12/2027" },
    { "fr", TTECOMM_CLOUD_STATE_NONE, "pas encore activé" },
    { "fr", TTECOMM_CLOUD_STATE_ACTIVE, "renouvelé au 31/12/2027" },
    { "fr", TTECOMM_CLOUD_STATE_ENDING, "expire le 31/12/2027" },
    { "nl", TTECOMM_CLOUD_STATE_NONE, "nog niet geactiveerd" },
    { "nl", TTECOMM_CLOUD_STATE_ACTIVE, "wordt verlengd op 31/12/2027" },
    { "nl", TTECOMM_CLOUD_STATE_ENDING, "vervalt op 31/12/2027" },
    { "de", TTECOMM_CLOUD_STATE_NONE, "noch nicht aktiviert" },
    { "de", TTECOMM_CLOUD_STATE_ACTIVE, "verlängert sich am 31.12.2027" },
    { "de", TTECOMM_CLOUD_STATE_ENDING, "läuft ab am 31.12.2027" },
  };
  GDate end;

  g_date_clear (&end, 1);
  g_date_set_dmy (&end, 31, G_DATE_DECEMBER, 2027);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (TtecommText) text = ttecomm_text_new (labels[i].language);
      g_autofree char *label = ttecomm_label (text, labels[i].state, &end);

      g_assert_cmpstr (label, ==, labels[i].label);
    }
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "handbook", rows[i].name, test_says, (gpointer)&rows[i], NULL);
  /* rules: S34 S83 */
  harness_add (harness, "handbook", "labels", test_labels);
}

HARNESS_MAIN (register_tests)
