/* SPDX-License-Identifier: MIT */
#include "plugin/page/settings.h"

TtecommSettings *
ttecomm_settings_new (void)
{
  return g_new0 (TtecommSettings, 1);
}

TtecommSettings *
ttecomm_settings_copy (const TtecommSettings *settings)
{
  TtecommSettings *copy = ttecomm_settings_new ();

  copy->locale = g_strdup (settings->locale);
  copy->data_dir = g_strdup (settings->data_dir);
  copy->cache_dir = g_strdup (settings->cache_dir);
  copy->proxy = g_strdup (settings->proxy);
  copy->prosoft_version = g_strdup (settings->prosoft_version);
  copy->ttcloud_url = g_strdup (settings->ttcloud_url);
  copy->ttecomm_url = g_strdup (settings->ttecomm_url);
  copy->ttcloud_trust = g_strdup (settings->ttcloud_trust);
  copy->ttcloud_ca = g_strdup (settings->ttcloud_ca);
  copy->clock_offset = g_strdup (settings->clock_offset);
  copy->has_secrets = settings->has_secrets;
  return copy;
}

void
ttecomm_settings_free (TtecommSettings *settings)
{
  g_free (settings->locale);
  g_free (settings->data_dir);
  g_free (settings->cache_dir);
  g_free (settings->proxy);
  g_free (settings->prosoft_version);
  g_free (settings->ttcloud_url);
  g_free (settings->ttecomm_url);
  g_free (settings->ttcloud_trust);
  g_free (settings->ttcloud_ca);
  g_free (settings->clock_offset);
  g_free (settings);
}

gboolean
ttecomm_settings_other_cloud (const TtecommSettings *a, const TtecommSettings *b)
{
  return g_strcmp0 (a->ttcloud_url, b->ttcloud_url) != 0
         || g_strcmp0 (a->ttecomm_url, b->ttecomm_url) != 0
         || g_strcmp0 (a->ttcloud_trust, b->ttcloud_trust) != 0
         || g_strcmp0 (a->ttcloud_ca, b->ttcloud_ca) != 0 || g_strcmp0 (a->proxy, b->proxy) != 0
         || g_strcmp0 (a->data_dir, b->data_dir) != 0
         || g_strcmp0 (a->cache_dir, b->cache_dir) != 0;
}
