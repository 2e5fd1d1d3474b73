/* SPDX-License-Identifier: MIT */
/* What a safe of tests/host/host.h answers, without a host: who links this links no host. */
#pragma once

#include "tests/harness/harness.h"
#include "tests/host/host.h"

G_BEGIN_DECLS

struct HostSafeAnswer
{
  guint given; /* how often */
  prosoft_result_t result;
  GBytes *bytes; /* (owned) (nullable) */
};

void safe_answer_clear (HostSafeAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HostSafeAnswer, safe_answer_clear)

/* Waits for the first answer; fails the test when there is none within 20 s. */
prosoft_result_t safe_answer_wait (HostSafeAnswer *answer);

/* Whether it comes within `ms`. */
gboolean safe_answer_comes (HostSafeAnswer *answer, guint ms);

/* Stores and loads, and waits for the answer. */
prosoft_result_t safe_store (const HostSafe *safe, const char *key, const char *text);
prosoft_result_t safe_load (const HostSafe *safe, const char *key);

/* Loads, and wants just this text. */
void safe_assert_loads (const HostSafe *safe, const char *key, const char *text);

G_END_DECLS
