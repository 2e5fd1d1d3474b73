/* SPDX-License-Identifier: MIT */
/* prosoft.environment/1 */
#include "tests/host/host-private.h"

#include <string.h>

static int32_t PROSOFT_ABI
get (const prosoft_host_t *table, const char *key, char *buffer, int32_t capacity)
{
  Host *host = host_of (table);
  const HostPair *pair;
  size_t needed;

  if (!host_accept_main (host, "environment.get")
      || !host_text_good (host, "the key of environment.get", key, false))
    return 0;
  if (capacity < 0 || (capacity > 0 && buffer == NULL))
    {
      host_blame_plugin (host, HOST_CHECK_RESULT, "environment.get (\"%s\") with capacity %d%s",
                         key, (int)capacity, buffer == NULL ? " and no buffer" : "");
      return 0;
    }
  pair = host_pairs_find (&host->environment, key);
  if (pair == NULL || pair->value == NULL)
    return 0;
  needed = strlen (pair->value) + 1;
  if (needed > INT32_MAX)
    return 0;
  if (needed <= (size_t)capacity)
    memcpy (buffer, pair->value, needed);
  return (int32_t)needed;
}

const prosoft_host_environment_t host_environment_table = { get };

prosoft_result_t
host_set_environment (Host *host, const char *key, const char *value)
{
  const HostPair *pair = host_pairs_find (&host->environment, key);
  const char *before = pair != NULL ? pair->value : NULL;
  int64_t started;

  if (value == before || (value != NULL && before != NULL && strcmp (value, before) == 0))
    return PROSOFT_OK;
  if (!host_is_running (host) || host->environment_table == NULL)
    {
      host_pairs_set (&host->environment, key, value);
      return PROSOFT_OK;
    }
  if (!host_call_begin (host, "environment.changed", &started))
    return PROSOFT_E_BUSY;
  host_pairs_set (&host->environment, key, value);
  host->environment_table->changed (host->plugin, key);
  host_call_end (host, started);
  return PROSOFT_OK;
}

const char *
host_get_environment (Host *host, const char *key)
{
  const HostPair *pair = host_pairs_find (&host->environment, key);

  return pair != NULL ? pair->value : NULL;
}
