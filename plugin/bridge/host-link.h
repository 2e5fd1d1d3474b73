/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/prosoft/prosoft.h"
#include "plugin/page/model-sink.h"
#include "plugin/page/settings.h"

G_BEGIN_DECLS

/**
 * TtecommHostLink:
 *
 * The host's tables, fetched once in init() (R11). A table that is missing is NULL; every function
 * here copes with that. Main thread, except ttecomm_host_link_log() and _wake() (R4).
 */
typedef struct
{
  const prosoft_host_t *host;
  const prosoft_host_log_t *log;                   /* (nullable) */
  const prosoft_host_thread_check_t *thread_check; /* (nullable) */
  const prosoft_host_environment_t *environment;   /* (nullable) */
  const prosoft_host_operations_t *operations;     /* (nullable) */
  const prosoft_host_pages_t *pages;               /* (nullable) */
  const prosoft_host_session_gate_t *session_gate; /* (nullable) */
  const prosoft_host_open_uri_t *open_uri;         /* (nullable) */
  const prosoft_host_attention_t *attention;       /* (nullable) */
  const prosoft_host_secrets_t *secrets;           /* (nullable) */
} TtecommHostLink;

void ttecomm_host_link_init (TtecommHostLink *link, const prosoft_host_t *host);

/* [any] */
void ttecomm_host_link_log (const TtecommHostLink *link,
                            prosoft_log_severity_t severity,
                            const char *domain,
                            const char *text);
/* [any] */
void ttecomm_host_link_wake (const TtecommHostLink *link);

/* Reads every key. A value that is not UTF-8, or over 256 KiB, counts as missing. */
TtecommSettings *ttecomm_host_link_get_settings (const TtecommHostLink *link);

/* Only what the session-gate table can take crosses; the structs live for the call (R7). */
void ttecomm_host_link_decided (const TtecommHostLink *link,
                                prosoft_op_t op,
                                const TtecommDecision *decision,
                                prosoft_session_t session);
void ttecomm_host_link_notice (const TtecommHostLink *link,
                               prosoft_session_t session,
                               const TtecommDecision *decision);
void ttecomm_host_link_completed (const TtecommHostLink *link,
                                  prosoft_op_t op,
                                  prosoft_result_t result,
                                  const char *message,
                                  const char *details);

/* Fills @error (may be NULL), cut at a character boundary, and returns @code. */
prosoft_result_t
ttecomm_host_error (prosoft_error_t *error, prosoft_result_t code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
