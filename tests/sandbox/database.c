/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/database.h"

struct _SandboxDatabase
{
  sqlite3 *handle; /* (owned) */
  char *failure;   /* (owned) (nullable): what went wrong first */
  gboolean open_transaction;
};

struct _SandboxRow
{
  SandboxDatabase *database; /* (unowned) */
  sqlite3_stmt *statement;   /* (owned) (nullable): NULL after a failure */
};

G_DEFINE_QUARK (sandbox - database - error - quark, sandbox_database_error)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

static void
fail (SandboxDatabase *self, const char *sql)
{
  if (self->failure == NULL)
    self->failure = g_strdup_printf ("%s in \"%.80s\"", sqlite3_errmsg (self->handle), sql);
}

void
sandbox_database_fail (SandboxDatabase *self, const GError *error)
{
  if (self->failure == NULL)
    self->failure = g_strdup (error->message);
}

SandboxDatabase *
sandbox_database_open (const char *path, GError **error)
{
  g_autoptr (SandboxDatabase) self = g_new0 (SandboxDatabase, 1);

  if (sqlite3_open (path != NULL ? path : ":memory:", &self->handle) != SQLITE_OK)
    {
      g_set_error (error, SANDBOX_DATABASE_ERROR, 0, "the database %s cannot be opened: %s",
                   path != NULL ? path : "in memory", sqlite3_errmsg (self->handle));
      return NULL;
    }
  sandbox_database_script (self, "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 1000;");
  if (self->failure != NULL)
    {
      g_set_error (error, SANDBOX_DATABASE_ERROR, 0, "the database cannot be used: %s",
                   self->failure);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sandbox_database_free (SandboxDatabase *self)
{
  if (self == NULL)
    return;
  sqlite3_close (self->handle);
  g_free (self->failure);
  g_free (self);
}

void
sandbox_database_script (SandboxDatabase *self, const char *sql)
{
  if (self->failure == NULL && sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail (self, sql);
}

void
sandbox_database_begin (SandboxDatabase *self)
{
  g_return_if_fail (!self->open_transaction);
  g_clear_pointer (&self->failure, g_free);
  sandbox_database_script (self, "BEGIN IMMEDIATE");
  self->open_transaction = TRUE;
}

void
sandbox_database_rollback (SandboxDatabase *self)
{
  if (self->open_transaction && !sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  self->open_transaction = FALSE;
}

void
sandbox_database_rollback_to_begin (SandboxDatabase *self)
{
  sandbox_database_script (self, "ROLLBACK; BEGIN IMMEDIATE");
}

gboolean
sandbox_database_commit (SandboxDatabase *self, GError **error)
{
  sandbox_database_script (self, "COMMIT");
  if (self->failure == NULL)
    {
      self->open_transaction = FALSE;
      return TRUE;
    }
  sandbox_database_rollback (self);
  g_set_error_literal (error, SANDBOX_DATABASE_ERROR, 0, self->failure);
  return FALSE;
}

static gboolean
bind (sqlite3_stmt *statement, const char *types, va_list arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      int code = SQLITE_MISUSE;

      if (types[i] == 's')
        code = sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1,
                                  SQLITE_TRANSIENT);
      else if (types[i] == 'i')
        code = sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
      if (code != SQLITE_OK)
        return FALSE;
    }
  return TRUE;
}

static sqlite3_stmt *
prepare (SandboxDatabase *self, const char *sql, const char *types, va_list arguments)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (self->failure != NULL)
    return NULL;
  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) != SQLITE_OK
      || sqlite3_bind_parameter_count (statement) != (int)strlen (types)
      || !bind (statement, types, arguments))
    {
      fail (self, sql);
      return NULL;
    }
  return g_steal_pointer (&statement);
}

static SandboxRow *
query (SandboxDatabase *self, const char *sql, const char *types, va_list arguments)
{
  SandboxRow *row = g_new0 (SandboxRow, 1);

  row->database = self;
  row->statement = prepare (self, sql, types, arguments);
  return row;
}

SandboxRow *
sandbox_database_query (SandboxDatabase *self, const char *sql, const char *types, ...)
{
  va_list arguments;
  SandboxRow *row;

  va_start (arguments, types);
  row = query (self, sql, types, arguments);
  va_end (arguments);
  return row;
}

void
sandbox_database_run (SandboxDatabase *self, const char *sql, const char *types, ...)
{
  va_list arguments;
  g_autoptr (SandboxRow) row = NULL;

  va_start (arguments, types);
  row = query (self, sql, types, arguments);
  va_end (arguments);
  while (sandbox_row_next (row))
    continue;
}

gint64
sandbox_database_int (SandboxDatabase *self,
                      gint64 fallback,
                      const char *sql,
                      const char *types,
                      ...)
{
  va_list arguments;
  g_autoptr (SandboxRow) row = NULL;

  va_start (arguments, types);
  row = query (self, sql, types, arguments);
  va_end (arguments);
  return sandbox_row_next (row) ? sandbox_row_int (row, 0) : fallback;
}

char *
sandbox_database_text (SandboxDatabase *self, const char *sql, const char *types, ...)
{
  va_list arguments;
  g_autoptr (SandboxRow) row = NULL;

  va_start (arguments, types);
  row = query (self, sql, types, arguments);
  va_end (arguments);
  return sandbox_row_next (row) ? g_strdup (sandbox_row_text (row, 0)) : NULL;
}

int
sandbox_database_changes (SandboxDatabase *self)
{
  return self->failure == NULL ? sqlite3_changes (self->handle) : 0;
}

gboolean
sandbox_row_next (SandboxRow *self)
{
  int code;

  if (self->statement == NULL || self->database->failure != NULL)
    return FALSE;
  code = sqlite3_step (self->statement);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fail (self->database, sqlite3_sql (self->statement));
  return FALSE;
}

const char *
sandbox_row_text (SandboxRow *self, int column)
{
  return (const char *)sqlite3_column_text (self->statement, column);
}

gint64
sandbox_row_int (SandboxRow *self, int column)
{
  return sqlite3_column_int64 (self->statement, column);
}

gboolean
sandbox_row_is_null (SandboxRow *self, int column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}

void
sandbox_row_free (SandboxRow *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->statement);
  g_free (self);
}
