/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/text.h"

G_BEGIN_DECLS

/* The most bytes of UTF-8 a password may have; PROSOFT's own field takes fewer. */
#define TTECOMM_LOCK_MAX_PASSWORD 1024

/* How the last attempt to open a protected file ended. */
typedef enum
{
  TTECOMM_LOCK_UNTRIED,
  TTECOMM_LOCK_EMPTY,
  TTECOMM_LOCK_TOO_LONG,
  TTECOMM_LOCK_WRONG,
  TTECOMM_LOCK_NO_MEMORY, /* or no thread: it was not tried */
} TtecommLockTrouble;

/* (nullable): NULL for TTECOMM_LOCK_UNTRIED. Never holds what was typed. */
const char *ttecomm_lock_words (const TtecommText *text, TtecommLockTrouble trouble);

G_END_DECLS
