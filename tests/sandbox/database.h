/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The world's one database. Statements are prepared, bound and finalised here and nowhere else.
 *
 * A failure is sticky: after the first one every call does nothing and hands out nothing until
 * sandbox_database_begin(), and sandbox_database_commit() reports it and rolls back. So a request
 * handler writes straight on, and the one place that commits decides between the answer and a 500.
 *
 * Thread: the one that opened it.
 */
typedef struct _SandboxDatabase SandboxDatabase;

/* A cursor over the answer of one query; strings it hands out live until its next step. */
typedef struct _SandboxRow SandboxRow;

#define SANDBOX_DATABASE_ERROR (sandbox_database_error_quark ())
GQuark sandbox_database_error_quark (void);

/* @path: (nullable): a file, made when it is not there; in memory when NULL. */
SandboxDatabase *sandbox_database_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_database_free (SandboxDatabase *self);

void sandbox_database_begin (SandboxDatabase *self);
gboolean sandbox_database_commit (SandboxDatabase *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_database_rollback (SandboxDatabase *self);

/* A computation failed: as if the database had. */
void sandbox_database_fail (SandboxDatabase *self, const GError *error);

/* Undoes what this transaction did so far, which stays open: for an answer that says no. */
void sandbox_database_rollback_to_begin (SandboxDatabase *self);

/* Several statements without parameters: the schema. */
void sandbox_database_script (SandboxDatabase *self, const char *sql);

/* @types: one letter a parameter: 's' a nullable const char *, 'i' a gint64. */
void sandbox_database_run (SandboxDatabase *self, const char *sql, const char *types, ...);
SandboxRow *sandbox_database_query (SandboxDatabase *self, const char *sql, const char *types, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/* The first column of the first row, or `fallback` when there is none. */
gint64 sandbox_database_int (SandboxDatabase *self,
                             gint64 fallback,
                             const char *sql,
                             const char *types,
                             ...);
/* (transfer full) (nullable) */
char *sandbox_database_text (SandboxDatabase *self, const char *sql, const char *types, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/* Rows that the last statement inserted, changed or deleted. */
int sandbox_database_changes (SandboxDatabase *self);

gboolean sandbox_row_next (SandboxRow *self);
const char *sandbox_row_text (SandboxRow *self, int column); /* (nullable) */
gint64 sandbox_row_int (SandboxRow *self, int column);
gboolean sandbox_row_is_null (SandboxRow *self, int column);
void sandbox_row_free (SandboxRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxDatabase, sandbox_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxRow, sandbox_row_free)

G_END_DECLS
