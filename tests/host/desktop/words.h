/* SPDX-License-Identifier: MIT */
/* What the desktop host itself says, in four languages. What a plug-in says is final already. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESKTOP_LANGUAGE_EN,
  DESKTOP_LANGUAGE_FR,
  DESKTOP_LANGUAGE_NL,
  DESKTOP_LANGUAGE_DE,
} DesktopLanguage;
#define DESKTOP_N_LANGUAGES 4

typedef enum
{
  /* menus: a "_" before the letter that is the mnemonic */
  DESKTOP_WORD_MENU_FILE,
  DESKTOP_WORD_MENU_OPEN,
  DESKTOP_WORD_MENU_RECENT,
  DESKTOP_WORD_MENU_NO_RECENT,
  DESKTOP_WORD_MENU_CLOSE,
  DESKTOP_WORD_MENU_QUIT,
  DESKTOP_WORD_MENU_EXTRA,
  DESKTOP_WORD_MENU_USERS,
  DESKTOP_WORD_MENU_LANGUAGE,
  DESKTOP_WORD_MENU_DARK,
  DESKTOP_WORD_MENU_REMOTE,
  DESKTOP_WORD_MENU_SESSION,
  DESKTOP_WORD_MENU_END_SESSION,
  DESKTOP_WORD_MENU_HELP,
  DESKTOP_WORD_MENU_ABOUT,
  DESKTOP_WORD_MENU_DIAGNOSTICS,

  /* the start */
  DESKTOP_WORD_START_TITLE,
  DESKTOP_WORD_START_TEXT,
  DESKTOP_WORD_START_OPEN,
  DESKTOP_WORD_START_ALL,
  DESKTOP_WORD_START_RECENT,

  /* the window */
  DESKTOP_WORD_BACK,
  DESKTOP_WORD_OPEN_SESSION,
  DESKTOP_WORD_USERS_AND_SETTINGS,
  DESKTOP_WORD_SHOW,
  DESKTOP_WORD_HIDE,
  DESKTOP_WORD_SHOW_MORE, /* %u: how many */
  DESKTOP_WORD_CANCEL,
  DESKTOP_WORD_OPEN,
  DESKTOP_WORD_CLOSE,
  DESKTOP_WORD_NO_PROJECT,
  DESKTOP_WORD_LOADING,
  DESKTOP_WORD_OFFLINE,
  DESKTOP_WORD_ERROR,
  DESKTOP_WORD_WORKING,
  DESKTOP_WORD_SANDBOX, /* %s: its date */

  /* signs */
  DESKTOP_WORD_PROBLEM,
  DESKTOP_WORD_WARNING,
  DESKTOP_WORD_NOTE,
  DESKTOP_WORD_GOOD,

  /* a remote session */
  DESKTOP_WORD_SESSION_CHECKING,
  DESKTOP_WORD_SESSION_OPENED, /* %s: the installation */
  DESKTOP_WORD_SESSION_ENDED,
  DESKTOP_WORD_SESSION_WAIT,
  DESKTOP_WORD_SESSION_DENY,
  DESKTOP_WORD_SESSION_FAILED,
  DESKTOP_WORD_SESSION_RUNNING, /* %s: the installation */
  DESKTOP_WORD_DETAILS,
  DESKTOP_WORD_DATE_SETTINGS,
  DESKTOP_WORD_UPDATE,
  DESKTOP_WORD_NETWORK_HELP,

  /* what can go wrong */
  DESKTOP_WORD_FILE_UNREADABLE, /* %s: why */
  DESKTOP_WORD_FILE_GONE,       /* %s: its name */
  DESKTOP_WORD_FILE_CHANGED,    /* %s: its name */
  DESKTOP_WORD_MODULE_MISSING,  /* %s: why */
  DESKTOP_WORD_MODULE_BAD_PAGE,
  DESKTOP_WORD_MODULE_MISBEHAVES, /* %u: how often */
  DESKTOP_WORD_PAGE_CHANGED,
  DESKTOP_WORD_ACTION_FAILED, /* %s: why */
  DESKTOP_WORD_LINK_REFUSED,
  DESKTOP_WORD_SECRETS_SESSION_ONLY,

  /* about */
  DESKTOP_WORD_ABOUT_TEXT,
  DESKTOP_WORD_COPIED,
  DESKTOP_N_WORDS,
} DesktopWord;

/* Of a BCP 47 or POSIX name; English for one that there is not. @name: (nullable) */
DesktopLanguage desktop_language_parse (const char *name);

/* "en", "fr", "nl", "de"; and what the language calls itself. (static) */
const char *desktop_language_code (DesktopLanguage language);
const char *desktop_language_name (DesktopLanguage language);

/* (static) */
const char *desktop_word (DesktopLanguage language, DesktopWord word);

/* Fills in what the word takes (words.h says what). (transfer full) */
char *desktop_words_format (DesktopLanguage language, DesktopWord word, ...);

/* Without the "_" of a mnemonic. (transfer full) */
char *desktop_word_plain (DesktopLanguage language, DesktopWord word);

G_END_DECLS
