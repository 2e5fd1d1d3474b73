/* SPDX-License-Identifier: MIT */
#include "tests/host/sandbox-dir.h"

#include <gio/gio.h>

#include "tests/host/files.h"
#include "tests/host/http-get.h"
#include "tests/host/json.h"

#define MAX_FILE (64 * 1024)
#define MAX_OFFSET (200 * 366 * G_GINT64_CONSTANT (86400))
#define CLOCK_TIMEOUT_MS 3000

static char *
read_text (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char *text;
  gsize size;

  text = host_read_file (path, MAX_FILE, &size);
  if (text != NULL && g_utf8_validate (text, (gssize)size, NULL))
    {
      char *copy = g_strdup (text);

      free (text);
      return copy;
    }
  g_set_error (error, G_IO_ERROR, text != NULL ? G_IO_ERROR_INVALID_DATA : G_IO_ERROR_NOT_FOUND,
               "cannot read %s: %s", path, text != NULL ? "it is not text" : g_strerror (errno));
  free (text);
  return NULL;
}

static gboolean
take_url (JsonObject *object, const char *name, char **url, GError **error)
{
  const char *text, *reason;

  if (!host_json_get_string (object, name, &text, error))
    return FALSE;
  if (!host_uri_allowed (text, true, &reason))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", name, reason);
      return FALSE;
    }
  *url = g_strdup (text);
  return TRUE;
}

static gboolean
read_urls (HostSandbox *sandbox, const char *path, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = read_text (directory, name, error);

  if (text == NULL)
    return FALSE;
  object = host_json_parse_object (text, strlen (text), error);
  if (object != NULL && take_url (object, "ttcloud_url", &sandbox->ttcloud_url, error)
      && take_url (object, "ttecomm_url", &sandbox->ttecomm_url, error)
      && take_url (object, "control_url", &sandbox->control_url, error)
      && (!json_object_has_member (object, "offset_seconds")
          || host_json_get_int (object, "offset_seconds", -MAX_OFFSET, MAX_OFFSET, &sandbox->offset,
                                error)))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/* Only the sandbox may be declared by a host. */
static gboolean
check_trust (const char *trust, GError **error)
{
  g_autoptr (JsonObject) object = host_json_parse_object (trust, strlen (trust), error);
  const char *env;

  if (object != NULL && host_json_get_string (object, "env", &env, error)
      && g_str_equal (env, "sandbox"))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "env is not \"sandbox\"");
  g_prefix_error (error, "trust.json: ");
  return FALSE;
}

HostSandbox *
host_sandbox_read (const char *directory, const char *remembered, GError **error)
{
  g_autoptr (HostSandbox) sandbox = g_new0 (HostSandbox, 1);
  g_autofree char *path = g_build_filename (directory, "urls.json", NULL);
  g_autoptr (GError) local_error = NULL;

  if (!read_urls (sandbox, path, &local_error)
      && (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) || remembered == NULL
          || !read_urls (sandbox, remembered, NULL)))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error),
                                  "no sandbox runs in %s; start ttcloud-sandbox --dir %s: ",
                                  directory, directory);
      return NULL;
    }
  sandbox->ca = read_text (directory, "ca.pem", error);
  if (sandbox->ca == NULL)
    return NULL;
  sandbox->trust = read_text (directory, "trust.json", error);
  if (sandbox->trust == NULL || !check_trust (sandbox->trust, error))
    return NULL;
  return g_steal_pointer (&sandbox);
}

void
host_sandbox_free (HostSandbox *sandbox)
{
  g_free (sandbox->ttcloud_url);
  g_free (sandbox->ttecomm_url);
  g_free (sandbox->control_url);
  g_free (sandbox->ca);
  g_free (sandbox->trust);
  g_free (sandbox);
}

gboolean
host_sandbox_ask_clock (HostSandbox *sandbox, GError **error)
{
  g_autofree char *url
      = g_strconcat (sandbox->control_url, g_str_has_suffix (sandbox->control_url, "/") ? "" : "/",
                     "sandbox/clock", NULL);
  g_autoptr (JsonObject) object = NULL;
  prosoft_error_t reason = { 0 };
  char *body = host_http_get (url, CLOCK_TIMEOUT_MS, &reason);
  gboolean good;

  if (body == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", reason.message);
      return FALSE;
    }
  object = host_json_parse_object (body, strlen (body), error);
  good = object != NULL
         && host_json_get_int (object, "offset_seconds", -MAX_OFFSET, MAX_OFFSET, &sandbox->offset,
                               error);
  free (body);
  return good;
}

gboolean
host_sandbox_remember (const HostSandbox *sandbox, const char *path, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ttcloud_url");
  json_builder_add_string_value (builder, sandbox->ttcloud_url);
  json_builder_set_member_name (builder, "ttecomm_url");
  json_builder_add_string_value (builder, sandbox->ttecomm_url);
  json_builder_set_member_name (builder, "control_url");
  json_builder_add_string_value (builder, sandbox->control_url);
  json_builder_set_member_name (builder, "offset_seconds");
  json_builder_add_int_value (builder, sandbox->offset);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  if (host_write_file (path, text, strlen (text)))
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot write %s: %s", path,
               g_strerror (errno));
  return FALSE;
}

void
host_sandbox_apply (const HostSandbox *sandbox, Host *host)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, sandbox->offset);

  host_set_environment (host, PROSOFT_ENV_TTCLOUD_URL, sandbox->ttcloud_url);
  host_set_environment (host, PROSOFT_ENV_TTECOMM_URL, sandbox->ttecomm_url);
  host_set_environment (host, PROSOFT_ENV_TTCLOUD_TRUST, sandbox->trust);
  host_set_environment (host, PROSOFT_ENV_TTCLOUD_CA, sandbox->ca);
  host_set_environment (host, PROSOFT_ENV_CLOCK_OFFSET, offset);
}
