/* SPDX-License-Identifier: MIT */
#include "base/base64url.h"

#include "tests/harness/harness.h"

static void
test_round_trip (void)
{
  guint8 data[67];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8)(i * 37 + 250);
  for (gsize n = 0; n <= sizeof data; n++)
    {
      g_autofree char *text = ttecomm_base64url_encode (data, n);
      gsize length = 99;
      g_autofree guint8 *back = ttecomm_base64url_decode (text, strlen (text), &length);

      g_assert_cmpuint (strlen (text), ==, (n * 8 + 5) / 6);
      g_assert_nonnull (back);
      g_assert_cmpmem (back, (int)length, data, (int)n);
      g_assert_cmpuint (back[n], ==, 0);
    }
}

/* Every text of up to two characters, and a long one with any one byte changed, has one spelling.
 */
static void
test_one_spelling (void)
{
  for (guint a = 0; a < 256; a++)
    for (guint b = 0; b < 256; b++)
      {
        const char text[2] = { (char)a, (char)b };
        gsize length = 0;
        g_autofree guint8 *back = ttecomm_base64url_decode (text, 2, &length);

        if (back != NULL)
          {
            g_autofree char *again = ttecomm_base64url_encode (back, length);

            g_assert_cmpmem (again, (int)strlen (again), text, 2);
          }
      }
}

static void
test_refuses (void)
{
  static const char *const bad[]
      = { "A",    "AAAAA", "AB",   "AAB",  "AA=",  "AA==",       "AAA=", "A A A",
          "AAA ", " AAA",  "AA\n", "AAA+", "AAA/", "AA\xc3\xa9", "AA.A" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gsize length = 0;

      g_assert_null (ttecomm_base64url_decode (bad[i], strlen (bad[i]), &length));
    }
  g_assert_null (ttecomm_base64url_decode ("AA\0A", 4, &(gsize){ 0 }));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "base64url", "round-trip", test_round_trip);
  harness_add (harness, "base64url", "one-spelling", test_one_spelling);
  harness_add (harness, "base64url", "refuses", test_refuses);
}

HARNESS_MAIN (register_tests)
