/* SPDX-License-Identifier: MIT */
#include "tests/host/registration.h"

#include <gio/gio.h>

#include "api/prosoft/abi.h"
#include "tests/host/files.h"
#include "tests/host/json.h"
#include "tests/host/schema.h"
#include "tests/host/util.h"

#define SUFFIX ".plugin.json"
#define MAX_FILE (64 * 1024)
#define MAX_PLUGINS 64

void
host_registration_free (HostRegistration *registration)
{
  g_free (registration->path);
  g_free (registration->id);
  g_free (registration->name);
  g_free (registration->version);
  g_free (registration->module);
  g_strfreev (registration->menus);
  g_free (registration);
}

static JsonNode *
read_json (const char *path, GError **error)
{
  gsize size = 0;
  char *text = host_read_file (path, MAX_FILE, &size);
  JsonNode *node;

  if (text == NULL)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot read %s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  node = host_json_parse (text, size, error);
  free (text);
  if (node == NULL)
    g_prefix_error (error, "%s: ", path);
  return node;
}

static gboolean
check_abi (JsonObject *object, GError **error)
{
  const char *abi = json_object_get_string_member (object, "abi");
  guint64 major = g_ascii_strtoull (abi, NULL, 10);

  if (major == PROSOFT_ABI_MAJOR)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "it needs version %s of the plug-in interface, this host has %u", abi,
               PROSOFT_ABI_MAJOR);
  return FALSE;
}

static gboolean
find_module (HostRegistration *registration, JsonObject *object, GError **error)
{
  JsonObject *files = json_object_get_object_member (object, "files");
  g_autofree char *directory = g_path_get_dirname (registration->path);

  if (!json_object_has_member (files, HOST_PLATFORM))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "it has no module for %s",
                   HOST_PLATFORM);
      return FALSE;
    }
  registration->module
      = g_build_filename (directory, json_object_get_string_member (files, HOST_PLATFORM), NULL);
  if (g_file_test (registration->module, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "its module %s is not there",
               registration->module);
  return FALSE;
}

static GStrv
read_menus (JsonObject *object)
{
  JsonArray *pages = json_object_get_array_member (object, "pages");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (pages); i++)
    {
      JsonObject *page = json_array_get_object_element (pages, i);
      g_autofree char *menu
          = g_strdup_printf ("%s/%s", json_object_get_string_member (page, "menu_path"),
                             json_object_get_string_member (page, "id"));

      g_strv_builder_add (builder, menu);
    }
  return g_strv_builder_end (builder);
}

static HostRegistration *
take (JsonNode *node, const char *path, GError **error)
{
  g_autoptr (HostSchema) schema = host_schema_load ("plugin", error);
  g_autoptr (HostRegistration) registration = g_new0 (HostRegistration, 1);
  JsonObject *object;

  if (schema == NULL || !host_schema_check (schema, node, error))
    return NULL;
  object = json_node_get_object (node);
  registration->path = g_canonicalize_filename (path, NULL);
  registration->id = g_strdup (json_object_get_string_member (object, "id"));
  registration->name = g_strdup (json_object_get_string_member (object, "name"));
  registration->version = g_strdup (json_object_get_string_member (object, "version"));
  registration->menus = read_menus (object);
  if (!check_abi (object, error) || !find_module (registration, object, error))
    return NULL;
  return g_steal_pointer (&registration);
}

HostRegistration *
host_registration_read (const char *path, GError **error)
{
  g_autoptr (JsonNode) node = read_json (path, error);
  HostRegistration *registration;

  if (node == NULL)
    return NULL;
  registration = take (node, path, error);
  if (registration == NULL)
    g_prefix_error (error, "%s: ", path);
  return registration;
}

/* --- the list of a home ----------------------------------------------------------------------- */

static char *
list_path (const char *home)
{
  return g_build_filename (home, "plugins.json", NULL);
}

static gboolean
is_list_of_texts (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) > MAX_PLUGINS)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (item) || json_node_get_value_type (item) != G_TYPE_STRING)
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
host_registration_list (const char *home, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = list_path (home);
  g_autoptr (JsonNode) node = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&paths);
  node = read_json (path, error);
  if (node == NULL)
    return NULL;
  if (!is_list_of_texts (node))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s is no list of plug-ins; remove it and register them again", path);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    g_ptr_array_add (paths,
                     g_strdup (json_array_get_string_element (json_node_get_array (node), i)));
  return g_steal_pointer (&paths);
}

static gboolean
write_list (const char *home, GPtrArray *paths, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *path = list_path (home);
  g_autofree char *text = NULL;

  for (guint i = 0; i < paths->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (paths, i));
  json_node_set_array (node, array);
  text = json_to_string (node, TRUE);
  if (host_make_folder (home) && host_write_file (path, text, strlen (text)))
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot write %s: %s", path,
               g_strerror (errno));
  return FALSE;
}

static GPtrArray *
read_directory (const char *directory, GError **error)
{
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify)host_registration_free);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      {
        g_autofree char *path = g_build_filename (directory, name, NULL);
        HostRegistration *registration = host_registration_read (path, error);

        if (registration == NULL)
          return NULL;
        g_ptr_array_add (found, registration);
      }
  if (dir != NULL && found->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no NAME%s in %s", SUFFIX,
                 directory);
  return found->len > 0 ? g_steal_pointer (&found) : NULL;
}

GPtrArray *
host_registration_add (const char *home, const char *directory, GError **error)
{
  g_autoptr (GPtrArray) found = read_directory (directory, error);
  g_autoptr (GPtrArray) paths = found != NULL ? host_registration_list (home, error) : NULL;

  if (paths == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    {
      const HostRegistration *registration = g_ptr_array_index (found, i);

      if (!g_ptr_array_find_with_equal_func (paths, registration->path, g_str_equal, NULL))
        g_ptr_array_add (paths, g_strdup (registration->path));
    }
  if (!write_list (home, paths, error))
    return NULL;
  return g_steal_pointer (&found);
}
