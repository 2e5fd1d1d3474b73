/* SPDX-License-Identifier: MIT */
/* prosoft.secrets/1: the table, the answers of a safe, and the folder that is one. */
#include "tests/host/host-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_KEY 64

struct HostSafeAnswer
{
  Host *host;        /* (nullable) NULL: it was freed first */
  uint64_t instance; /* of the plug-in that asked */
  prosoft_cookie_t cookie;
  bool is_load;
  bool given;
  prosoft_result_t result;
  char *bytes; /* (owned) (nullable) of a load, until it is delivered */
  size_t size;
};

/* --- answers ---------------------------------------------------------------------------------- */

static HostSafeAnswer *
answer_new (Host *host, prosoft_cookie_t cookie, bool is_load)
{
  HostSafeAnswer *answer = host_alloc (sizeof *answer);

  answer->host = host;
  answer->instance = host->instance;
  answer->cookie = cookie;
  answer->is_load = is_load;
  host->answers = host_realloc (host->answers, (host->n_answers + 1) * sizeof *host->answers);
  host->answers[host->n_answers++] = answer;
  return answer;
}

static void
wipe (HostSafeAnswer *answer)
{
  if (answer->bytes != NULL)
    host_wipe (answer->bytes, answer->size);
  free (answer->bytes);
  answer->bytes = NULL;
  answer->size = 0;
}

static bool
is_awaited (const HostSafeAnswer *answer)
{
  const Host *host = answer->host;

  return host_is_running (host) && host->instance == answer->instance;
}

static void
deliver (void *data)
{
  HostSafeAnswer *answer = data;
  Host *host = answer->host;
  int64_t started;

  if (is_awaited (answer) && host->secrets_table != NULL
      && host_call_begin (host, answer->is_load ? "secrets.loaded" : "secrets.stored", &started))
    {
      if (answer->is_load)
        host->secrets_table->loaded (host->plugin, answer->cookie, answer->result, answer->bytes,
                                     (int32_t)answer->size);
      else
        host->secrets_table->stored (host->plugin, answer->cookie, answer->result);
      host_call_end (host, started);
    }
  wipe (answer);
}

/* Whether the answer is the first one, and there is somebody to tell. */
static bool
take (HostSafeAnswer *answer, bool is_load)
{
  Host *host = answer->host;

  if (host == NULL)
    {
      free (answer);
      return false;
    }
  if (!pthread_equal (pthread_self (), host->main))
    host_blame_host (host, HOST_CHECK_THREAD, "a safe answered on another thread than [main]");
  else if (answer->is_load != is_load)
    host_blame_host (host, HOST_CHECK_ANSWER, "a safe answered a %s as a %s",
                     is_load ? "store" : "load", is_load ? "load" : "store");
  else if (answer->given)
    host_blame_host (host, HOST_CHECK_ANSWER, "a safe answered a %s twice",
                     is_load ? "load" : "store");
  else
    {
      answer->given = true;
      return is_awaited (answer);
    }
  return false;
}

bool
host_safe_loaded (HostSafeAnswer *answer, prosoft_result_t result, const void *bytes, size_t size)
{
  if (!take (answer, true))
    return false;
  answer->result = result;
  if (result >= 0 && (bytes == NULL || size < 1 || size > PROSOFT_SECRET_MAX_SIZE))
    {
      host_blame_host (answer->host, HOST_CHECK_ANSWER, "a safe loaded a secret of %zu bytes",
                       bytes != NULL ? size : 0);
      answer->result = size > PROSOFT_SECRET_MAX_SIZE ? PROSOFT_E_TOO_LARGE : PROSOFT_E_FORMAT;
    }
  else if (result >= 0)
    {
      answer->bytes = host_alloc (size);
      answer->size = size;
      memcpy (answer->bytes, bytes, size);
    }
  host_loop_post (answer->host->loop, deliver, answer);
  return true;
}

bool
host_safe_stored (HostSafeAnswer *answer, prosoft_result_t result)
{
  if (!take (answer, false))
    return false;
  answer->result = result;
  host_loop_post (answer->host->loop, deliver, answer);
  return true;
}

void
host_secrets_free (Host *host)
{
  for (size_t i = 0; i < host->n_answers; i++)
    {
      HostSafeAnswer *answer = host->answers[i];

      /* The safe has the others still, and its answer frees them. */
      answer->host = NULL;
      wipe (answer);
      if (answer->given)
        free (answer);
    }
  free (host->answers);
}

/* --- the table -------------------------------------------------------------------------------- */

static bool
key_good (Host *host, const char *key)
{
  size_t size;

  if (!host_text_good (host, "the key of a secret", key, false))
    return false;
  size = strlen (key);
  if (size >= 1 && size <= MAX_KEY)
    return true;
  host_blame_plugin (host, HOST_CHECK_ANSWER, "the key of a secret has %zu bytes", size);
  return false;
}

static prosoft_result_t PROSOFT_ABI
load (const prosoft_host_t *table, const char *key, prosoft_cookie_t cookie)
{
  Host *host = host_of (table);

  if (!host_accept_main (host, "secrets.load"))
    return PROSOFT_E_WRONG_THREAD;
  if (!key_good (host, key))
    return PROSOFT_E_INVALID;
  host->safe.load (host->safe.data, key, answer_new (host, cookie, true));
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
store (const prosoft_host_t *table,
       const char *key,
       const void *data,
       int32_t size,
       prosoft_cookie_t cookie)
{
  Host *host = host_of (table);

  if (!host_accept_main (host, "secrets.store"))
    return PROSOFT_E_WRONG_THREAD;
  if (data == NULL || size < 1 || size > PROSOFT_SECRET_MAX_SIZE)
    {
      host_blame_plugin (host, HOST_CHECK_ANSWER, "a secret of %d bytes", (int)size);
      return PROSOFT_E_INVALID;
    }
  if (!key_good (host, key))
    return PROSOFT_E_INVALID;
  host->safe.store (host->safe.data, key, data, (size_t)size, answer_new (host, cookie, false));
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
erase (const prosoft_host_t *table, const char *key)
{
  Host *host = host_of (table);

  if (!host_accept_main (host, "secrets.erase"))
    return PROSOFT_E_WRONG_THREAD;
  if (!key_good (host, key))
    return PROSOFT_E_INVALID;
  return host->safe.erase (host->safe.data, key);
}

const prosoft_host_secrets_t host_secrets_table = { load, store, erase };

/* --- a folder as a safe ----------------------------------------------------------------------- */

/* The file of a key: its bytes in hex, so that no key can leave the folder. */
static char *
secret_path (const Host *host, const char *key)
{
  char name[2 * MAX_KEY + 1] = "";

  for (size_t i = 0; key[i] != '\0'; i++)
    snprintf (name + 2 * i, 3, "%02x", (unsigned)(unsigned char)key[i]);
  return host_format ("%s/%s", host->secrets_dir, name);
}

static void
folder_load (void *data, const char *key, HostSafeAnswer *answer)
{
  const Host *host = data;
  char *path = secret_path (host, key);
  size_t size = 0;
  char *bytes = host_read_file (path, PROSOFT_SECRET_MAX_SIZE, &size);

  if (bytes == NULL)
    host_safe_loaded (answer, errno == ENOENT ? PROSOFT_E_NOT_FOUND : PROSOFT_E_IO, NULL, 0);
  else
    host_safe_loaded (answer, size > 0 ? PROSOFT_OK : PROSOFT_E_FORMAT, bytes, size);
  if (bytes != NULL)
    host_wipe (bytes, size);
  free (bytes);
  free (path);
}

static void
folder_store (void *data, const char *key, const void *bytes, size_t size, HostSafeAnswer *answer)
{
  Host *host = data;
  char *path = secret_path (host, key);
  bool kept = host_make_folder (host->secrets_dir) && host_write_file (path, bytes, size);

  if (!kept)
    host_log (host, PROSOFT_LOG_ERROR, "cannot keep a secret in %s: %s", host->secrets_dir,
              strerror (errno));
  host_safe_stored (answer, kept ? PROSOFT_OK : PROSOFT_E_IO);
  free (path);
}

static prosoft_result_t
folder_erase (void *data, const char *key)
{
  char *path = secret_path (data, key);
  bool gone = host_remove_file (path);

  free (path);
  return gone ? PROSOFT_OK : PROSOFT_E_IO;
}

void
host_secrets_set_up (Host *host, const HostSafe *safe)
{
  if (safe != NULL)
    host->safe = *safe;
  else if (host->secrets_dir != NULL)
    host->safe = (HostSafe){ host, folder_load, folder_store, folder_erase };
}
