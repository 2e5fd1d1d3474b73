/* SPDX-License-Identifier: MIT */
/* The optional tables prosoft.attention/1 and prosoft.files/1; secrets.c has the third. */
#include "tests/host/host-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

/* --- files ------------------------------------------------------------------------------------ */

/* An answer that comes from the loop. */
typedef struct Answer
{
  Host *host;
  prosoft_cookie_t cookie;
  char *path; /* (owned) (nullable) the file to write; NULL: the person cancelled */
} Answer;

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
  Saving saving = { host_create_file (answer->path), PROSOFT_OK };
  prosoft_writer_t writer = { &saving, write_saved };
  int64_t started;

  if (saving.file == NULL)
    host_log (host, PROSOFT_LOG_ERROR, "cannot save %s: %s", answer->path, strerror (errno));
  if (!host_call_begin (host, saving.file != NULL ? "files.save_to" : "files.save_cancelled",
                        &started))
    return;
  if (saving.file != NULL)
    host->files_table->save_to (host->plugin, answer->cookie, &writer);
  else
    host->files_table->save_cancelled (host->plugin, answer->cookie);
  host_call_end (host, started);
  if (saving.file != NULL && fclose (saving.file) != 0)
    host_log (host, PROSOFT_LOG_ERROR, "cannot save %s: %s", answer->path, strerror (errno));
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
    (answer->path != NULL ? save_to : save_cancelled) (answer);
  free (answer->path);
  free (answer);
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
  answer = host_alloc (sizeof *answer);
  answer->host = host;
  answer->cookie = cookie;
  if (host->save_dir != NULL && host_make_folder (host->save_dir))
    answer->path = host_format ("%s/%s", host->save_dir, suggested_name);
  host_loop_post (host->loop, answer_save, answer);
  return PROSOFT_OK;
}

const prosoft_host_files_t host_files_table = { save };
