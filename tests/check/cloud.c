/* SPDX-License-Identifier: MIT */
#include "tests/check/cloud.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DELAY_MS 2000
#define TURN_MS 20
#define MAX_OPEN 64

struct CheckCloud
{
  CheckCloudMode mode;
  int port;
  intptr_t listener;
  PlatformThread *thread;
  _Atomic bool over;
  _Atomic unsigned count;
  intptr_t open[MAX_OPEN]; /* connections that are kept and not answered; of the thread */
  size_t n_open;
};

static const char *const names[CHECK_N_CLOUDS]
    = { "silent", "reset", "401", "500", "bad-json", "unsigned-yes", "delay" };

static const char *const answers[CHECK_N_CLOUDS] = {
  [CHECK_CLOUD_401]
  = "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/problem+json\r\nContent-Length: 70\r\n"
    "Connection: close\r\n\r\n"
    "{\"type\":\"urn:ttecomm:problem:not_signed_in\",\"title\":\"no\",\"status\":401}\n",
  [CHECK_CLOUD_500]
  = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: 12\r\n"
    "Connection: close\r\n\r\n<p>oops</p>\n",
  [CHECK_CLOUD_BAD_JSON]
  = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n"
    "Connection: close\r\n\r\n{\"allowed\":true,\"",
  [CHECK_CLOUD_YES]
  = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 65\r\n"
    "Connection: close\r\n\r\n"
    "{\"allowed\":true,\"allow\":1,\"state\":\"active\",\"statement\":\"a.b.c\"}  ",
  [CHECK_CLOUD_DELAY]
  = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
};

/* Up to the empty line; what follows it is not looked at. */
static bool
read_question (CheckCloud *cloud, intptr_t socket)
{
  char bytes[8192];
  int used = 0;

  while (!atomic_load (&cloud->over) && used < (int)sizeof bytes - 1)
    {
      int got = platform_receive (socket, bytes + used, (int)sizeof bytes - 1 - used, TURN_MS);

      if (got == 0)
        return false;
      used += got > 0 ? got : 0;
      bytes[used] = '\0';
      /* Whoever speaks TLS has no line to end. */
      if (strstr (bytes, "\r\n\r\n") != NULL || (used > 0 && bytes[0] == 0x16))
        return true;
    }
  return false;
}

static void
answer (CheckCloud *cloud, intptr_t socket)
{
  const char *text = answers[cloud->mode];

  if (cloud->mode == CHECK_CLOUD_SILENT && cloud->n_open < MAX_OPEN)
    {
      cloud->open[cloud->n_open++] = socket;
      return;
    }
  /* Also before a reset: sending into one that was already there, Debian 12's glib-networking
   * complains of itself (g_object_unref() of nothing), which G_DEBUG=fatal-criticals makes fatal.
   */
  if (read_question (cloud, socket) && text != NULL)
    {
      for (int ms = 0;
           cloud->mode == CHECK_CLOUD_DELAY && ms < DELAY_MS && !atomic_load (&cloud->over);
           ms += TURN_MS)
        platform_sleep_ms (TURN_MS);
      platform_send (socket, text, (int)strlen (text));
    }
  platform_close (socket, cloud->mode == CHECK_CLOUD_RESET);
}

static void
serve (void *data)
{
  CheckCloud *cloud = data;

  while (!atomic_load (&cloud->over))
    {
      intptr_t socket = platform_accept (cloud->listener, TURN_MS);

      if (socket < 0)
        continue;
      atomic_fetch_add (&cloud->count, 1);
      answer (cloud, socket);
    }
  for (size_t i = 0; i < cloud->n_open; i++)
    platform_close (cloud->open[i], true);
}

CheckCloud *
check_cloud_new (CheckCloudMode mode)
{
  CheckCloud *cloud = check_alloc (sizeof *cloud);

  cloud->mode = mode;
  cloud->listener = platform_listen (&cloud->port);
  if (cloud->listener < 0)
    check_skip ("no socket to be had on 127.0.0.1");
  cloud->thread = platform_thread_new (serve, cloud);
  return cloud;
}

void
check_cloud_free (CheckCloud *cloud)
{
  atomic_store (&cloud->over, true);
  platform_thread_join (cloud->thread);
  platform_close (cloud->listener, false);
  free (cloud);
}

const char *
check_cloud_mode_name (CheckCloudMode mode)
{
  return names[mode];
}

unsigned
check_cloud_count (const CheckCloud *cloud)
{
  return atomic_load (&cloud->count);
}

/* `text` with the cloud's address in the place of every @ORIGIN@. (owned) */
static char *
fill_in (const char *text, const char *origin)
{
  static const char mark[] = "@ORIGIN@";
  char *filled = check_format ("%s", "");
  const char *found;

  while ((found = strstr (text, mark)) != NULL)
    {
      char *more = check_format ("%s%.*s%s", filled, (int)(found - text), text, origin);

      free (filled);
      filled = more;
      text = found + sizeof mark - 1;
    }
  {
    char *whole = check_format ("%s%s", filled, text);

    free (filled);
    return whole;
  }
}

static void
give_sign_in (CheckHost *host, const char *origin)
{
  const char *path = host->check->options.sign_in;
  size_t size = 0;
  char *text = path != NULL ? check_read_file (path, PROSOFT_SECRET_MAX_SIZE, &size) : NULL;

  if (text == NULL)
    return;
  /* An editor's last line feed is no part of it. */
  while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
    text[--size] = '\0';
  host->secret = fill_in (text, origin);
  host->secret_size = strlen (host->secret);
  free (text);
}

void
check_cloud_use (CheckCloud *cloud, CheckHost *host, bool as_proxy)
{
  char *here = check_format ("%s://127.0.0.1:%d", as_proxy ? "http" : "https", cloud->port);
  const char *origin = as_proxy ? "https://ttcloud.invalid" : here;

  check_host_set (host, PROSOFT_ENV_PROXY, as_proxy ? here : "direct");
  check_host_set (host, PROSOFT_ENV_TTCLOUD_URL, origin);
  check_host_set (host, PROSOFT_ENV_TTECOMM_URL, origin);
  give_sign_in (host, origin);
  free (here);
}
