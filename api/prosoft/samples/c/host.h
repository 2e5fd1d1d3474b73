/* SPDX-License-Identifier: MIT */
/* The host's half of the interface: the tables that a plug-in asks for, and the queue by which it asks
 * for the main thread. Belongs to [main] but for what is marked [any]. */
#ifndef SAMPLE_HOST_H
#define SAMPLE_HOST_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include <prosoft/prosoft.h>

#define HOST_MAX_SETTINGS 16

typedef struct HostSetting
{
  const char *key;
  char *value; /* (owned) */
} HostSetting;

/* What the gate said last. Its texts are copies: a decision is borrowed for the call (R7). */
typedef struct HostAnswer
{
  prosoft_op_t op; /* 0: none yet */
  prosoft_session_t session;
  bool admits;
  char *text; /* (owned) for a person */
} HostAnswer;

typedef struct Host
{
  prosoft_host_t table; /* host_data: this */
  pthread_t main;
  int wake[2];               /* a pipe: [any] writes a byte, the main loop polls */
  _Atomic bool is_asked;     /* [any] one byte is under way */
  HostSetting settings[HOST_MAX_SETTINGS];
  int n_settings;
  bool sandbox;      /* plain http to this machine is allowed */
  bool page_changed; /* render again */
  prosoft_op_t completed;
  prosoft_result_t result; /* of `completed` */
  HostAnswer answer;
} Host;

/* FALSE with a message on stderr. Call it on the thread that will pump: it is [main] from now on. */
bool host_init (Host *host);
void host_clear (Host *host);

/* A value for prosoft.environment/1. `key` is static, `value` is copied. */
void host_set (Host *host, const char *key, const char *value);

/* Sleeps until the plug-in has called request_callback(), at most `timeout_ms`. TRUE: call its
 * on_main_thread() now. */
bool host_wait (Host *host, int timeout_ms);

#endif
