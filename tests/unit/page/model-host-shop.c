/* SPDX-License-Identifier: MIT */
/* What needs a sandbox behind it, and a person. */
#include "tests/harness/harness.h"
#include "tests/unit/page/model-host.h"

void
model_host_sign_in (ModelHost *host, const char *email)
{
  const SandboxPersonWishes wishes = { .address = email, .password = "sandbox" };
  guint n_opened = host->n_opened;
  guint64 op = model_host_invoke (host, "sign-in", NULL);

  model_host_await_opened (host, n_opened + 1);
  g_assert_true (shop_browse (host->opened, &wishes));
  g_assert_cmpint (model_host_await (host, op), ==, TTECOMM_ENDED_OK);
}
