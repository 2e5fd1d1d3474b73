/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What TTcloud lets a person do (H3-H6). */
typedef enum
{
  TTECOMM_CLOUD_ACCESS_NONE,
  TTECOMM_CLOUD_ACCESS_USER,  /* ATMOS only */
  TTECOMM_CLOUD_ACCESS_OWNER, /* log in, manage, buy, receive technical mails */
} TtecommCloudAccess;

/* Somebody who lives in or uses the installation (H1-H3). */
typedef struct
{
  char *id;    /* (owned) */
  char *name;  /* (owned) */
  char *email; /* (owned) (nullable): as typed, trimmed; for display */
  char *group; /* (owned) (nullable): "parents", "family", "staff", ... */
  TtecommCloudAccess cloud_access;
  gboolean is_integrator; /* declared as system integrator too (S75) */
  char *address;          /* (owned) (nullable): email in the form to compare */
} TtecommPerson;

/* A system integrator declared in this project (H12, S72). */
typedef struct
{
  char *id;      /* (owned) */
  char *name;    /* (owned) */
  char *company; /* (owned) (nullable) */
  char *email;   /* (owned): as typed, trimmed; may be empty */
  char *address; /* (owned) (nullable): email in the form to compare */
} TtecommIntegrator;

/* One element of "people" or "integrators" of section USER; domain TTECOMM_JSON_ERROR. Any thread.
 */
TtecommPerson *ttecomm_person_new_from_json (JsonObject *object,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_person_free (TtecommPerson *self);

TtecommIntegrator *ttecomm_integrator_new_from_json (JsonObject *object,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_integrator_free (TtecommIntegrator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPerson, ttecomm_person_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommIntegrator, ttecomm_integrator_free)

G_END_DECLS
