/* SPDX-License-Identifier: MIT */
/* Between the UTF-8 of this program and what Windows calls wide. Never NULL; free with free(). */
#pragma once

#include <stdint.h>
#include <wchar.h>

/* What is no UTF-8 becomes U+FFFD. */
wchar_t *host_wide (const char *text);
char *host_narrow (const wchar_t *text);

/* The same for a path, which may be longer than the 260 letters that are the rule there. */
wchar_t *host_wide_path (const char *path);

/* What the system says of an error of GetLastError() or Winsock, on one line. */
char *host_system_message (uint32_t code);

/* The errno that stands for it. */
int host_errno_of (uint32_t code);
