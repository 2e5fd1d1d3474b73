/* SPDX-License-Identifier: MIT */
/* The optional tables: prosoft.attention/1, prosoft.files/1 and prosoft.secrets/1. */
#include "tests/host/host-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_KEY 64

static void PROSOFT_ABI
attention (const prosoft_host_t *table,
           prosoft_attention_severity_t severity,
           const char *text,
           const char *page_id)
{
  static const char *const words[] = { "info", "warning", "urgent" };
  Host *host = host_of (table);

  if (!host_accept_main (host, "attention.attention")
      || !host_text_good (host, "the text of an attention", text, true)
      || !host_text_good (host, "the page of an attention", page_id, false))
    return;
  if (severity < PROSOFT_ATTENTION_INFO || severity > PROSOFT_ATTENTION_URGENT)
    host_blame_plugin (host, HOST_CHECK_RESULT, "an attention of severity %d", (int)severity);
  else
    host_pairs_set (&host->attention_severities, page_id,
                    text != NULL ? words[severity - PROSOFT_ATTENTION_INFO] : NULL);
  host_pairs_set (&host->attentions, page_id, text);
}

const prosoft_host_attention_t host_attention_table = { attention };

const char *
host_get_attention (Host *host, const char *page_id)
{
  const HostPair *pair = host_pairs_find (&host->attentions, page_id);

  return pair != NULL ? pair->value : NULL;
}

const char *
host_get_attention_severity (Host *host, const char *page_id)
{
  const HostPair *pair = host_pairs_find (&host->attention_severities, page_id);

  return pair != NULL ? pair->value : NULL;
}

/* --- an answer that comes from the loop ------------------------------------------------------- */

typedef struct Answer
{
  Host *host;
  prosoft_cookie_t cookie;
  prosoft_result_t result;
  char *data; /* (owned) (nullable) of a secret; the file to write for save_to() */
  int32_t size;
} Answer;

static void
answer_free (Answer *answer)
{
  if (answer->data != NULL)
    explicit_bzero (answer->data, (size_t)answer->size);
  free (answer->data);
  free (answer);
}

static Answer *
answer_new (Host *host, prosoft_cookie_t cookie)
{
  Answer *answer = host_alloc (sizeof *answer);

  answer->host = host;
  answer->cookie = cookie;
  return answer;
}

/* --- files ------------------------------------------------------------------------------------ */

typedef struct Saving
{
  FILE *file;
  prosoft_result_t failed;
} Saving;

static prosoft_result_t PROSOFT_ABI
write_saved (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  Saving *saving = writer->writer_data;

  if (saving->failed < 0)
    return saving->failed;
  if (size < 0 || (size > 0 && data == NULL))
    saving->failed = PROSOFT_E_INVALID;
  else if (fwrite (data, 1, (size_t)size, saving->file) != (size_t)size)
    saving->failed = PROSOFT_E_IO;
  return saving->failed;
}

static void
save_to (Answer *answer)
{
  Host *host = answer->host;
  Saving saving = { fopen (answer->data, "wbx"), PROSOFT_OK };
  prosoft_writer_t writer = { &saving, write_saved };
  int64_t started;

  if (saving.file == NULL)
    host_log (host, PROSOFT_LOG_ERROR, "cannot save %s: %s", answer->data, strerror (errno));
  if (!host_call_begin (host, saving.file != NULL ? "files.save_to" : "files.save_cancelled",
                        &started))
    return;
  if (saving.file != NULL)
    host->files_table->save_to (host->plugin, answer->cookie, &writer);
  else
    host->files_table->save_cancelled (host->plugin, answer->cookie);
  host_call_end (host, started);
  if (saving.file != NULL && fclose (saving.file) != 0)
    host_log (host, PROSOFT_LOG_ERROR, "cannot save %s: %s", answer->data, strerror (errno));
}

static void
save_cancelled (Answer *answer)
{
  int64_t started;

  if (!host_call_begin (answer->host, "files.save_cancelled", &started))
    return;
  answer->host->files_table->save_cancelled (answer->host->plugin, answer->cookie);
  host_call_end (answer->host, started);
}

static void
answer_save (void *data)
{
  Answer *answer = data;

  if (host_is_running (answer->host) && answer->host->files_table != NULL)
    (answer->data != NULL ? save_to : save_cancelled) (answer);
  answer_free (answer);
}

static prosoft_result_t PROSOFT_ABI
save (const prosoft_host_t *table,
      const char *suggested_name,
      const char *media_type,
      prosoft_cookie_t cookie)
{
  Host *host = host_of (table);
  Answer *answer;

  if (!host_accept_main (host, "files.save"))
    return PROSOFT_E_WRONG_THREAD;
  if (!host_text_good (host, "the name of a file to save", suggested_name, false)
      || !host_text_good (host, "the media type of a file to save", media_type, false))
    return PROSOFT_E_INVALID;
  if (*suggested_name == '\0' || *suggested_name == '.' || strchr (suggested_name, '/') != NULL)
    {
      host_blame_plugin (host, HOST_CHECK_ANSWER, "the name of a file to save is no file name");
      return PROSOFT_E_INVALID;
    }
  answer = answer_new (host, cookie);
  if (host->save_dir != NULL && host_make_folder (host->save_dir))
    {
      answer->data = host_format ("%s/%s", host->save_dir, suggested_name);
      answer->size = (int32_t)strlen (answer->data);
    }
  host_loop_post (host->loop, answer_save, answer);
  return PROSOFT_OK;
}

const prosoft_host_files_t host_files_table = { save };

/* --- secrets ---------------------------------------------------------------------------------- */

/* The file of a key: its bytes in hex, so that no key can leave the folder. NULL with a finding. */
static char *
secret_path (Host *host, const char *key)
{
  char name[2 * MAX_KEY + 1] = "";
  size_t size;

  if (!host_text_good (host, "the key of a secret", key, false))
    return NULL;
  size = strlen (key);
  if (size == 0 || size > MAX_KEY)
    {
      host_blame_plugin (host, HOST_CHECK_ANSWER, "the key of a secret has %zu bytes", size);
      return NULL;
    }
  for (size_t i = 0; i < size; i++)
    snprintf (name + 2 * i, 3, "%02x", (unsigned)(unsigned char)key[i]);
  return host_format ("%s/%s", host->secrets_dir, name);
}

static void
answer_load (void *data)
{
  Answer *answer = data;
  Host *host = answer->host;
  int64_t started;

  if (host_is_running (host) && host->secrets_table != NULL
      && host_call_begin (host, "secrets.loaded", &started))
    {
      host->secrets_table->loaded (host->plugin, answer->cookie, answer->result, answer->data,
                                   answer->size);
      host_call_end (host, started);
    }
  answer_free (answer);
}

static void
answer_store (void *data)
{
  Answer *answer = data;
  Host *host = answer->host;
  int64_t started;

  if (host_is_running (host) && host->secrets_table != NULL
      && host_call_begin (host, "secrets.stored", &started))
    {
      host->secrets_table->stored (host->plugin, answer->cookie, answer->result);
      host_call_end (host, started);
    }
  answer_free (answer);
}

static prosoft_result_t PROSOFT_ABI
load (const prosoft_host_t *table, const char *key, prosoft_cookie_t cookie)
{
  Host *host = host_of (table);
  Answer *answer;
  size_t size = 0;
  char *path;

  if (!host_accept_main (host, "secrets.load"))
    return PROSOFT_E_WRONG_THREAD;
  path = secret_path (host, key);
  if (path == NULL)
    return PROSOFT_E_INVALID;
  answer = answer_new (host, cookie);
  answer->data = host_read_file (path, PROSOFT_SECRET_MAX_SIZE, &size);
  answer->size = (int32_t)size;
  if (answer->data == NULL)
    answer->result = errno == ENOENT ? PROSOFT_E_NOT_FOUND : PROSOFT_E_IO;
  free (path);
  host_loop_post (host->loop, answer_load, answer);
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
  Answer *answer;
  char *path;

  if (!host_accept_main (host, "secrets.store"))
    return PROSOFT_E_WRONG_THREAD;
  if (data == NULL || size < 1 || size > PROSOFT_SECRET_MAX_SIZE)
    {
      host_blame_plugin (host, HOST_CHECK_ANSWER, "a secret of %d bytes", (int)size);
      return PROSOFT_E_INVALID;
    }
  path = secret_path (host, key);
  if (path == NULL)
    return PROSOFT_E_INVALID;
  answer = answer_new (host, cookie);
  if (!host_make_folder (host->secrets_dir) || !host_write_file (path, data, (size_t)size))
    {
      host_log (host, PROSOFT_LOG_ERROR, "cannot keep a secret in %s: %s", host->secrets_dir,
                strerror (errno));
      answer->result = PROSOFT_E_IO;
    }
  free (path);
  host_loop_post (host->loop, answer_store, answer);
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
erase (const prosoft_host_t *table, const char *key)
{
  Host *host = host_of (table);
  prosoft_result_t result;
  char *path;

  if (!host_accept_main (host, "secrets.erase"))
    return PROSOFT_E_WRONG_THREAD;
  path = secret_path (host, key);
  if (path == NULL)
    return PROSOFT_E_INVALID;
  result = unlink (path) == 0 || errno == ENOENT ? PROSOFT_OK : PROSOFT_E_IO;
  free (path);
  return result;
}

const prosoft_host_secrets_t host_secrets_table = { load, store, erase };
