/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommSettings:
 *
 * What the host says of its environment (api/prosoft/environment.h), copied on its main thread.
 * Every string may be missing and none is trusted.
 */
typedef struct
{
  char *locale;          /* (owned) (nullable) BCP 47 */
  char *data_dir;        /* (owned) (nullable) UTF-8 */
  char *cache_dir;       /* (owned) (nullable) UTF-8 */
  char *proxy;           /* (owned) (nullable) direct, system or a URL */
  char *prosoft_version; /* (owned) (nullable) */
  char *ttcloud_url;     /* (owned) (nullable) origin */
  char *ttecomm_url;     /* (owned) (nullable) origin */
  char *ttcloud_trust;   /* (owned) (nullable) JSON */
  char *ttcloud_ca;      /* (owned) (nullable) PEM */
  char *clock_offset;    /* (owned) (nullable) seconds, decimal */
  gboolean has_secrets;  /* the host has prosoft.secrets/1 */
} TtecommSettings;

TtecommSettings *ttecomm_settings_new (void);
TtecommSettings *ttecomm_settings_copy (const TtecommSettings *settings);
void ttecomm_settings_free (TtecommSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSettings, ttecomm_settings_free)

/* TRUE when another cloud, account store or folder is meant: everything about the account starts
 * anew. */
gboolean ttecomm_settings_other_cloud (const TtecommSettings *a, const TtecommSettings *b);

G_END_DECLS
