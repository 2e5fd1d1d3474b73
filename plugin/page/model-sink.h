/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/admission.h"
#include "plugin/page/page.h"

G_BEGIN_DECLS

typedef enum
{
  TTECOMM_LOG_DEBUG,
  TTECOMM_LOG_INFO,
  TTECOMM_LOG_WARNING,
  TTECOMM_LOG_ERROR,
} TtecommLogSeverity;

/* How an operation ended; the bridge turns it into the host's result codes. */
typedef enum
{
  TTECOMM_ENDED_OK,
  TTECOMM_ENDED_CANCELLED,
  TTECOMM_ENDED_INVALID, /* the inputs are not what the action takes */
  TTECOMM_ENDED_BUSY,
  TTECOMM_ENDED_TIMEOUT,
  TTECOMM_ENDED_FAILED,
} TtecommEnding;

typedef enum
{
  TTECOMM_GATE_EVENT_CHANGED,
  TTECOMM_GATE_EVENT_ENDS_SOON,
  TTECOMM_GATE_EVENT_ENDED,
  TTECOMM_GATE_EVENT_STALE,
  TTECOMM_GATE_EVENT_FRESH,
  TTECOMM_GATE_EVENT_CLOCK_SUSPECT,
} TtecommGateEventKind;

typedef enum
{
  TTECOMM_ATTENTION_INFO,
  TTECOMM_ATTENTION_WARNING,
  TTECOMM_ATTENTION_URGENT,
} TtecommAttention;

/**
 * TtecommModelSink:
 *
 * What the model asks of the outside. All functions are called on the model's thread, with
 * arguments borrowed for the call; the receiver hands them to the host's main thread.
 */
typedef struct
{
  void (*log) (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text);
  void (*page) (gpointer data, TtecommPage *page);
  void (*completed) (gpointer data,
                     guint64 op,
                     TtecommEnding ending,
                     const char *message,
                     const char *details);
  void (*progress) (gpointer data, guint64 op, double fraction, const char *text);
  void (*decided) (gpointer data, guint64 op, TtecommDecision *decision);
  /* (nullable): what lets a session in at once is another now; @admission: (nullable): nothing does
   */
  void (*admission) (gpointer data, TtecommAdmission *admission);
  void (*notice) (gpointer data, guint64 session, TtecommDecision *decision);
  void (*event) (gpointer data,
                 TtecommGateEventKind kind,
                 const char *installation,
                 const char *code,
                 const char *cause,
                 int days,
                 const char *text);
  void (*open_uri) (gpointer data, const char *uri);
  /* What a person should know without opening the page; @text NULL: nothing any more. */
  void (*attention) (gpointer data, TtecommAttention attention, const char *text);
  /* Answered by ttecomm_model_secret_loaded(). */
  void (*load_secret) (gpointer data, const char *key);
  void (*store_secret) (gpointer data, const char *key, GBytes *secret);
  void (*erase_secret) (gpointer data, const char *key);
  /* Answered by ttecomm_model_project_bytes() with the same generation. */
  void (*read_project) (gpointer data, guint generation, guint64 offset, gsize length);
} TtecommModelSink;

G_END_DECLS
