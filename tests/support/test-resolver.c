/* SPDX-License-Identifier: MIT */
#include "tests/support/test-resolver.h"

struct _TestResolver
{
  GResolver parent_instance;

  char *name;    /* (owned) */
  char *address; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static gboolean
is_wanted (GInetAddress *address, GResolverNameLookupFlags flags)
{
  GSocketFamily family = g_inet_address_get_family (address);

  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY) != 0)
    return family == G_SOCKET_FAMILY_IPV4;
  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0)
    return family == G_SOCKET_FAMILY_IPV6;
  return TRUE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);
  return G_SOURCE_REMOVE;
}

/* Only a cancel ends it. */
static void
stay_silent (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
lookup_with_flags_async (GResolver *resolver,
                         const char *name,
                         GResolverNameLookupFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GInetAddress) address = NULL;

  if (g_strcmp0 (self->address, "") == 0)
    {
      stay_silent (task);
      return;
    }
  if (self->address != NULL && g_strcmp0 (name, self->name) == 0)
    address = g_inet_address_new_from_string (self->address);
  if (address != NULL && is_wanted (address, flags))
    g_task_return_pointer (task, g_list_append (NULL, g_steal_pointer (&address)), free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
}

static void
lookup_async (GResolver *resolver,
              const char *name,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  lookup_with_flags_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable,
                           callback, user_data);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_finalize (GObject *object)
{
  TestResolver *self = TEST_RESOLVER (object);

  g_free (self->name);
  g_free (self->address);

  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_resolver_finalize;
  resolver_class->lookup_by_name_async = lookup_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

TestResolver *
test_resolver_new (const char *name, const char *address)
{
  TestResolver *self = g_object_new (TEST_TYPE_RESOLVER, NULL);

  self->name = g_strdup (name);
  self->address = g_strdup (address);
  return self;
}
