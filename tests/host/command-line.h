/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The one line that a program for Windows is given, from which its C library makes `arguments`
 * again: a backslash is itself unless a quotation mark follows. Free with free().
 */
char *host_command_line (char *const *arguments);
