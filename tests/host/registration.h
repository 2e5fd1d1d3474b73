/* SPDX-License-Identifier: MIT */
/* NAME.plugin.json: what a host knows of a plug-in without loading its code. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;    /* (owned): of the registration file, absolute */
  char *id;      /* (owned) */
  char *name;    /* (owned) */
  char *version; /* (owned) */
  char *module;  /* (owned): for this platform, absolute */
  GStrv menus;   /* (owned): "menu/path/page", one for each page */
} HostRegistration;

/* Reads and checks one file: the schema, the ABI, and that the module lies beside it. */
HostRegistration *host_registration_read (const char *path,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void host_registration_free (HostRegistration *registration);

/* Adds all registration files of @directory to the list of @home; one that is there already is not
 * added again. (transfer container) (element-type HostRegistration) */
GPtrArray *host_registration_add (const char *home,
                                  const char *directory,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) (element-type utf8): the paths in the list of @home; empty without a list. */
GPtrArray *host_registration_list (const char *home, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostRegistration, host_registration_free)

G_END_DECLS
