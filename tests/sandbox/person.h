/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The person in the browser: opens an address, looks at the page, fills in its form, presses a
 * button, and goes on until there is nothing left to do.
 */
typedef struct
{
  const char *address; /* whom to sign in as */
  const char *password;
  gboolean cancel;        /* press the cross */
  gboolean decline;       /* pay with a card that the bank declines */
  gboolean deny;          /* say no where asked: at sign-in, and to the bank */
  const char *card;       /* (nullable): pay with this number instead of the card on file */
  const char *expires;    /* MM/YY of that card */
  const char *switch_off; /* (nullable): INSTALLATION/SERVICE, on the account page */
  const char *languages;  /* (nullable): what the browser asks for, as Accept-Language */
} SandboxPersonWishes;

/* Does it, one line a step. Blocks. FALSE unless the last page says what was wished for. */
gboolean sandbox_person_browse (const char *url,
                                const SandboxPersonWishes *wishes,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
