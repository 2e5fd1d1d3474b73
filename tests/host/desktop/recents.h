/* SPDX-License-Identifier: MIT */
/* The projects that were opened lately, newest first, in a file of the host's folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESKTOP_MAX_RECENTS 8

/* (transfer full): what can be read; empty when nothing can. */
GStrv desktop_recents_load (const char *home) G_GNUC_WARN_UNUSED_RESULT;

/* Puts @path in front. What cannot be written is not remembered. */
void desktop_recents_add (const char *home, const char *path);

/* @path is not there any more. */
void desktop_recents_remove (const char *home, const char *path);

G_END_DECLS
