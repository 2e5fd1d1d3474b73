/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A .nbt on disk, for the benches. */
typedef struct
{
  char *path; /* (owned) removed when freed */
  guint64 size;
  GByteArray *head;     /* (owned) the file up to the project */
  GByteArray *sections; /* (owned) what is read of it: INST, UNIT and USER, as they are stored */
  char *users;          /* (owned) section USER, as text */
} NbtSample;

/* One with so many people and two central units; behind them a project of @project bytes that take
 * no room on disk. */
NbtSample *nbt_sample_new (guint n_people, guint64 project);
void nbt_sample_free (NbtSample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NbtSample, nbt_sample_free)

G_END_DECLS
