/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A name service that knows one name, so that no test asks a real one. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

/* @address: (nullable): NULL = @name is not found either; "" = an answer never comes */
TestResolver *test_resolver_new (const char *name, const char *address);

G_END_DECLS
