/* SPDX-License-Identifier: MIT */
/*
 * The least host that a Windows program can be: no GLib, no library but Windows' own. It lives in
 * the process with the module and looks at what that does to it.
 */
#pragma once

#include <stdbool.h>
#include <windows.h>

#include "api/prosoft/prosoft.h"

#define GUEST_VIEW 1
#define GUEST_MAX_PAGE (256 * 1024)

typedef struct GuestHost
{
  prosoft_host_t table;   /* host_data: this */
  const wchar_t *folder;  /* one file a key of the environment; NULL: none */
  DWORD main;             /* id of [main] */
  HANDLE wake;            /* (owned) request_callback() sets it */
  volatile LONG n_wrong;  /* calls of the plug-in that break a rule */
  volatile LONG n_blamed; /* log lines that say that this host broke one */
  const prosoft_plugin_t *plugin;
  const prosoft_plugin_pages_t *pages;
  prosoft_op_t completed;    /* the last that ended */
  prosoft_result_t result;   /* of that */
  char message[512];         /* and what it says */
  unsigned n_opened;         /* addresses handed to the browser */
  char page[GUEST_MAX_PAGE]; /* the last rendering, NUL-terminated */
  size_t page_size;
  int64_t revision;
} GuestHost;

/* The module as abi.md loads it; NULL with what Windows says of it. */
HMODULE guest_load (const wchar_t *path, const prosoft_entry_t **entry, char reason[256]);

/* A module's path as entry.init() wants it. */
const char *guest_utf8 (const wchar_t *path);

/* Makes an instance and starts it; NULL or a reason. */
const char *guest_start (GuestHost *host, const prosoft_entry_t *entry, const wchar_t *folder);
void guest_stop (GuestHost *host);

/* Answers request_callback() until `ms` are over, or `op` (not 0) has ended. */
bool guest_pump (GuestHost *host, DWORD ms, prosoft_op_t op);

/* The page into `page`; FALSE when it cannot be rendered. */
bool guest_render (GuestHost *host);

/* Pumps until the page has `text` in it. */
bool guest_await (GuestHost *host, const char *text, DWORD ms);

/* Starts the page's action; 0 when it is refused. */
prosoft_op_t guest_invoke (GuestHost *host, const char *action);
