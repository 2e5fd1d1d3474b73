/* SPDX-License-Identifier: MIT */
/*
 * A cloud of the checker's own on this machine's address, which never gives a good answer. It
 * speaks plain HTTP: a plug-in that asks by TLS, as it must, finds noise where the certificate
 * should be. As a proxy it answers the request for a way through, which is plain HTTP with every
 * plug-in: so do hotels and firewalls.
 */
#pragma once

#include "tests/check/host.h"

typedef enum
{
  CHECK_CLOUD_SILENT,   /* takes the question and says nothing */
  CHECK_CLOUD_RESET,    /* breaks the connection */
  CHECK_CLOUD_401,      /* problem+json */
  CHECK_CLOUD_500,      /* HTML */
  CHECK_CLOUD_BAD_JSON, /* 200, and half a JSON text */
  CHECK_CLOUD_YES,      /* 200, and an "allowed" that nobody signed */
  CHECK_CLOUD_DELAY,    /* a 500 after two seconds */
  CHECK_N_CLOUDS
} CheckCloudMode;

typedef struct CheckCloud CheckCloud;

CheckCloud *check_cloud_new (CheckCloudMode mode);
void check_cloud_free (CheckCloud *cloud);

const char *check_cloud_mode_name (CheckCloudMode mode);

/* How many questions came. */
unsigned check_cloud_count (const CheckCloud *cloud);

/* Tells the host's environment and safe place of it, as the cloud or as the proxy on the way to it;
 * before check_host_start(). */
void check_cloud_use (CheckCloud *cloud, CheckHost *host, bool as_proxy);
