/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/central-unit.h"
#include "plugin/installation/person.h"

G_BEGIN_DECLS

/**
 * TtecommInstallation:
 *
 * What a .nbt says about one installation: every central unit that runs on this file (S15-S18),
 * and who is who. Made by #TtecommNbtReader; immutable from then on, reference counted, so any
 * thread may read it.
 *
 * A protected file whose password was not given has @roles_known %FALSE and no units, people or
 * integrators: that means "unknown, password needed", never "none" (H17, H18).
 */
typedef struct
{
  /* Section INST; all unset when it is encrypted, and then @name is NULL. */
  char *id;               /* (owned) (nullable): UUID */
  char *name;             /* (owned) (nullable): "Villa Picos" */
  char *language;         /* (owned) (nullable) */
  char *prosoft;          /* (owned) (nullable): "5.1.2.0", the PROSOFT that saved it */
  gboolean connected;     /* to TTcloud */
  char *ttcloud_id;       /* (owned) (nullable): TTcloud's installation id; set when connected */
  GDateTime *modified;    /* (owned) (nullable) */
  GDateTime *transmitted; /* (owned) (nullable): last sent to the central units */

  gboolean is_protected;
  gboolean roles_known;
  /* The roles in the file are those last transmitted. FALSE with @roles_known: nobody else knows
   * them until the file is transmitted (S80). FALSE too when the roles are not known. */
  gboolean users_transmitted;

  GPtrArray *units;       /* (owned) (element-type TtecommCentralUnit): never NULL */
  GPtrArray *people;      /* (owned) (element-type TtecommPerson): never NULL */
  GPtrArray *integrators; /* (owned) (element-type TtecommIntegrator): never NULL */
} TtecommInstallation;

TtecommInstallation *ttecomm_installation_ref (TtecommInstallation *self);
void ttecomm_installation_unref (TtecommInstallation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommInstallation, ttecomm_installation_unref)

/*
 * For the reader, before it hands the installation out. Each takes one section's JSON and leaves
 * the installation unusable on FALSE. Domain TTECOMM_JSON_ERROR.
 */
TtecommInstallation *ttecomm_installation_new (gboolean is_protected);

/* @users_digest: (nullable): SHA-256 of the plain bytes of USER, 64 lower-case hex digits */
gboolean ttecomm_installation_take_inst (TtecommInstallation *self,
                                         JsonObject *inst,
                                         const char *users_digest,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_installation_take_units (TtecommInstallation *self,
                                          JsonArray *units,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_installation_take_users (TtecommInstallation *self,
                                          JsonObject *users,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The most elements each of the three lists may have. */
#define TTECOMM_INSTALLATION_MAX_UNITS 256
#define TTECOMM_INSTALLATION_MAX_PEOPLE 2000
#define TTECOMM_INSTALLATION_MAX_INTEGRATORS 1000

G_END_DECLS
