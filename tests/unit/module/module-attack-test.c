/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

static gboolean
has_loads (RawHost *host, gpointer data)
{
  return host->loads->len >= GPOINTER_TO_UINT (data);
}

static prosoft_cookie_t
wait_load (RawHost *host, guint n)
{
  g_assert_true (raw_host_run_until (host, has_loads, GUINT_TO_POINTER (n)));
  return ((const RawLoad *)g_ptr_array_index (host->loads, n - 1))->cookie;
}

/* What one TTcloud was signed in with must never reach another: the host answers late. */
static void
test_a_late_secret_is_not_used_elsewhere (void)
{
  g_autoptr (SilentServer) first = silent_server_new ();
  g_autoptr (SilentServer) second = silent_server_new ();
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_cookie_t late;
  prosoft_cookie_t present;
  g_autofree char *kept = raw_host_make_secret (silent_server_get_origin (second));
  prosoft_op_t op = 0;

  raw_host_declare_sandbox (host, silent_server_get_origin (first), NULL);
  raw_host_start (host);
  late = wait_load (host, 1);
  raw_host_declare_sandbox (host, silent_server_get_origin (second), NULL);
  host->environment->changed (host->plugin, PROSOFT_ENV_TTCLOUD_URL);
  present = wait_load (host, 2);
  g_assert_cmpuint (late, !=, present);
  host->secrets->loaded (host->plugin, late, PROSOFT_OK, kept, (int32_t)strlen (kept));
  host->secrets->loaded (host->plugin, present, PROSOFT_E_NOT_FOUND, NULL, 0);
  g_assert_cmpint (raw_host_check (host, "inst_1", &op), ==, PROSOFT_OK);
  g_assert_cmpstr (raw_host_wait (host, op)->code, ==, "sign_in");
}

static void
register_tests (Harness *h)
{
  harness_add (h, "module-attack", "a-late-secret-is-not-used-elsewhere",
               test_a_late_secret_is_not_used_elsewhere);
}

HARNESS_MAIN (register_tests)
