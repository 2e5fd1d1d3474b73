/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/account.h"
#include "tests/sandbox/words.h"

G_BEGIN_DECLS

/* The cards that exist in the sandbox, by number; each always does the same. */
typedef enum
{
  SANDBOX_CARD_PAYS,
  SANDBOX_CARD_DECLINED,
  SANDBOX_CARD_REFUSED_BRAND,      /* S63, S64 */
  SANDBOX_CARD_NEEDS_CONFIRMATION, /* the bank asks on a page of its own */
  SANDBOX_CARD_PAYS_ONCE,          /* pays now, and fails at the next charge */
} SandboxCardKind;

typedef struct
{
  const char *number;
  const char *brand;
  SandboxCardKind kind;
  SandboxWord what;
} SandboxTestCard;

/* (nullable): spaces and dashes in `number` do not matter. Static. */
const SandboxTestCard *sandbox_test_card_find (const char *number);
gsize sandbox_test_card_count (void);
const SandboxTestCard *sandbox_test_card_nth (gsize n);

/* Reads "MM/YY" or "YYYY-MM" into YYYY-MM; FALSE when it is neither, or has passed. */
gboolean sandbox_test_card_read_expiry (SandboxWorld *world, const char *text, char out[8]);

/* (transfer full): what stays on file of it. */
SandboxCard *sandbox_test_card_to_card (const SandboxTestCard *card,
                                        const char *expires) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
