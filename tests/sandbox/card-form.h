/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/html.h"
#include "tests/sandbox/test-card.h"

G_BEGIN_DECLS

/* The fields of a card, on the checkout and on the account page. */
#define SANDBOX_CARD_NUMBER "number"
#define SANDBOX_CARD_EXPIRES "expires"

/* What was posted is shown again; @wrong (nullable) is the field that a problem names. */
void sandbox_card_form_add (SandboxPage *page, SandboxWord label, const char *wrong);
/* The list of numbers; unfolded where one was wrong. */
void sandbox_card_form_add_numbers (SandboxPage *page, const char *wrong);

/**
 * sandbox_card_form_read:
 * @exchange: with its form read
 * @expires: (out): YYYY-MM
 * @wrong: (out): the field, when there is no card
 * @problem: (out): what is wrong with it
 *
 * Returns: (nullable): the test card that was posted
 */
const SandboxTestCard *sandbox_card_form_read (SandboxExchange *exchange,
                                               char expires[8],
                                               const char **wrong,
                                               SandboxWord *problem) G_GNUC_WARN_UNUSED_RESULT;

/* "VISA" of "visa". Static, or @brand itself. */
const char *sandbox_card_brand (const char *brand);
/* (transfer full): "MM/YYYY" of "YYYY-MM". */
char *sandbox_card_month (const char *expires) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
