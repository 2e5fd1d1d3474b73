/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a button of a decision does; the values are those of api/prosoft/session-gate.h. */
typedef enum
{
  TTECOMM_BUTTON_ACTION = 1,
  TTECOMM_BUTTON_URI = 2,
  TTECOMM_BUTTON_RETRY = 3,
  TTECOMM_BUTTON_HOST = 4,
} TtecommButtonKind;

typedef struct
{
  char *id;     /* (owned) */
  char *label;  /* (owned) in the host's language */
  char *target; /* (owned) (nullable) */
  TtecommButtonKind kind;
} TtecommButton;

TtecommButton *
ttecomm_button_new (const char *id, const char *label, TtecommButtonKind kind, const char *target);
void ttecomm_button_free (TtecommButton *button);

/**
 * TtecommDecision:
 *
 * A gate decision in words: what crosses to the host. Immutable once made, reference counted
 * atomically, so that it may be handed from one thread to another.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gboolean allowed;
  int outcome;        /* 1 allow, 2 note, 3 wait, 4 deny */
  gint64 valid_until; /* Unix s; 0 when not allowed */
  char *code;         /* (owned) */
  char *cause;        /* (owned) (nullable) */
  char *was;          /* (owned) (nullable) */
  char *message;      /* (owned) (nullable) for the person */
  char *details;      /* (owned) (nullable) one English line, no secrets */
  GPtrArray *buttons; /* (owned) (element-type TtecommButton) */
} TtecommDecision;

/* Without code, outcome WAIT, not allowed: what is not filled in never admits. */
TtecommDecision *ttecomm_decision_new (void);
TtecommDecision *ttecomm_decision_ref (TtecommDecision *decision);
void ttecomm_decision_unref (TtecommDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommButton, ttecomm_button_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommDecision, ttecomm_decision_unref)

G_END_DECLS
