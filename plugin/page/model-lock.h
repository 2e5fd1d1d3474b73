/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/locksmith.h"
#include "plugin/page/lock-words.h"
#include "plugin/page/model.h"

G_BEGIN_DECLS

/* The input in which a password comes. */
#define TTECOMM_LOCK_INPUT "lock.password"

/*
 * What the model has of a protected file's password: never the password itself, only the key that
 * followed from it, from the moment it opened the file until the file is closed. For the model's
 * own files; zeroes are a good start.
 */
typedef struct
{
  TtecommLocksmith *locksmith; /* (owned) (nullable): once one was needed */
  TtecommNbtSealed *sealed;    /* (owned) (nullable): of the open file, when it is protected */
  TtecommSecret *key;          /* (owned) (nullable) */
  TtecommNbtLock key_lock;     /* what `key` followed from */
  guint64 op;                  /* that tries a password, or 0 */
  TtecommLockTrouble trouble;
} TtecommModelLock;

/* The file was read, or could not be (then there is no installation). @sealed: (nullable). Opens it
 * at once with the key that is there, if it is one for this file: after the host's changed() nobody
 * is asked again. */
void ttecomm_model_lock_file_read (TtecommModel *self, TtecommNbtSealed *sealed);
/* Another reading begins: a password that is being tried is for bytes that are gone. */
void ttecomm_model_lock_forget_file (TtecommModel *self);
/* The file is closed. */
void ttecomm_model_lock_forget_key (TtecommModel *self);
/* The last call; waits for a derivation that is under way. */
void ttecomm_model_lock_clear (TtecommModel *self);

G_END_DECLS
