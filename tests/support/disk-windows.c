/* SPDX-License-Identifier: MIT */
#include "tests/support/disk.h"

#include <aclapi.h>
#include <windows.h>

static wchar_t *
wide (const char *path)
{
  return (wchar_t *)g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
}

/* Wine says that it has made one, and has not. */
gboolean
test_disk_make_link (const char *target, const char *path)
{
  g_autofree wchar_t *wide_target = wide (target);
  g_autofree wchar_t *wide_path = wide (path);
  DWORD attributes;

  if (!CreateSymbolicLinkW (wide_path, wide_target, 0))
    return FALSE;
  attributes = GetFileAttributesW (wide_path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
}

gboolean
test_disk_make_pipe (const char *path)
{
  return FALSE;
}

const char *
test_disk_get_device (void)
{
  return "\\\\.\\NUL";
}

/* Protected is a list of rights that somebody set for this file alone. */
void
test_disk_assert_private (const char *path, guint mode)
{
  g_autofree wchar_t *name = wide (path);
  PSECURITY_DESCRIPTOR descriptor = NULL;
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  DWORD revision = 0;

  g_assert_cmpuint (GetNamedSecurityInfoW (name, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL,
                                           NULL, NULL, NULL, &descriptor),
                    ==, ERROR_SUCCESS);
  g_assert_true (GetSecurityDescriptorControl (descriptor, &control, &revision));
  g_assert_cmpuint (control & SE_DACL_PROTECTED, ==, 0);
  LocalFree (descriptor);
}
