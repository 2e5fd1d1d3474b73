/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the control window says, in its four languages. Pure; any thread. An underscore stands
 * before the letter that the keyboard reaches with Alt. */
typedef enum
{
  WINDOW_LANGUAGE_EN,
  WINDOW_LANGUAGE_FR,
  WINDOW_LANGUAGE_NL,
  WINDOW_LANGUAGE_DE,
} WindowLanguage;
#define WINDOW_N_LANGUAGES (WINDOW_LANGUAGE_DE + 1)

typedef enum
{
  WINDOW_WORD_TITLE,
  WINDOW_WORD_DATE_CAPTION,
  WINDOW_WORD_DATE_LONG,
  WINDOW_WORD_DATE_SHORT,
  WINDOW_WORD_PLUS_DAY,
  WINDOW_WORD_PLUS_WEEK,
  WINDOW_WORD_PLUS_MONTH,
  WINDOW_WORD_TO_DATE,
  WINDOW_WORD_TO_DATE_HINT,
  WINDOW_WORD_GO,
  WINDOW_WORD_BAD_DATE,
  WINDOW_WORD_PAST_DATE,
  WINDOW_WORD_FAR_DATE,
  WINDOW_WORD_TRAVELLING,
  WINDOW_WORD_TAB_EVENTS,
  WINDOW_WORD_TAB_FAULTS,
  WINDOW_WORD_TAB_MAILS,
  WINDOW_WORD_TAB_WORLD,
  WINDOW_WORD_EVENTS_SO_FAR,
  WINDOW_WORD_EVENTS_TRAVEL,
  WINDOW_WORD_EVENTS_NONE_SO_FAR,
  WINDOW_WORD_EVENTS_NONE_TRAVEL,
  WINDOW_WORD_AND_MORE,
  WINDOW_WORD_EVENT_BOUGHT,
  WINDOW_WORD_EVENT_REMINDED,
  WINDOW_WORD_EVENT_RENEWED,
  WINDOW_WORD_EVENT_FAILED,
  WINDOW_WORD_EVENT_DEACTIVATED,
  WINDOW_WORD_EVENT_REACTIVATED,
  WINDOW_WORD_EVENT_EXPIRED,
  WINDOW_WORD_EVENT_OTHER,
  WINDOW_WORD_EVENT_LINE,
  WINDOW_WORD_MONEY,
  WINDOW_WORD_DECIMAL,
  WINDOW_WORD_FAULTS_INTRO,
  WINDOW_WORD_FAULTS_NONE,
  WINDOW_WORD_FAULTS_ONE,
  WINDOW_WORD_FAULTS_MANY,
  WINDOW_WORD_ALL_OFF,
  WINDOW_WORD_GROUP_REFUSED,
  WINDOW_WORD_GROUP_CONNECTION,
  WINDOW_WORD_GROUP_ANSWER,
  WINDOW_WORD_GROUP_STATEMENT,
  WINDOW_WORD_GROUP_OTHER,
  WINDOW_WORD_MAILS_INTRO,
  WINDOW_WORD_MAILS_NONE,
  WINDOW_WORD_MAIL_CHOOSE,
  WINDOW_WORD_MAIL_TO,
  WINDOW_WORD_INSTALLATION,
  WINDOW_WORD_CONNECTED,
  WINDOW_WORD_SI_ACCESS,
  WINDOW_WORD_SUSPENDED,
  WINDOW_WORD_ACCOUNT,
  WINDOW_WORD_CARD,
  WINDOW_WORD_NO_CARD,
  WINDOW_WORD_CARD_GOOD,
  WINDOW_WORD_RESET,
  WINDOW_WORD_RESET_ASK,
  WINDOW_WORD_RESET_YES,
  WINDOW_WORD_RESET_NO,
  WINDOW_WORD_SEARCHING,
  WINDOW_WORD_GONE,
  WINDOW_WORD_REFUSED,
  WINDOW_WORD_UNREADABLE,
  WINDOW_WORD_MONDAY, /* and the days after it */
  WINDOW_WORD_SUNDAY = WINDOW_WORD_MONDAY + 6,
  WINDOW_WORD_JANUARY, /* and the months after it */
  WINDOW_WORD_DECEMBER = WINDOW_WORD_JANUARY + 11,
} WindowWord;
#define WINDOW_N_WORDS (WINDOW_WORD_DECEMBER + 1)

const char *window_word (WindowLanguage language, WindowWord word);

/* "nl", "nl-BE", "nl_BE.UTF-8"; %FALSE, and English, for a language that is not spoken here. */
gboolean window_language_from_locale (const char *locale, WindowLanguage *out);

/* What a fault (tests/sandbox/faults.c) means for a person, and under which heading it stands;
 * the name itself for one that is not known here. */
const char *window_words_fault (WindowLanguage language, const char *name, WindowWord *group);

/* The names that have words, in the order in which a person meets them; %NULL after the last. */
const char *window_words_nth_fault (guint n);

/* (transfer full): `word` with each {name} replaced. NULL-terminated pairs of name and value. */
char *window_words_fill (WindowLanguage language, WindowWord word, ...) G_GNUC_NULL_TERMINATED;

/* (transfer full): "Wednesday 17 March 2027"; "17/03/2027" */
char *window_words_long_date (WindowLanguage language, const GDate *date);
char *window_words_short_date (WindowLanguage language, const GDate *date);
/* (transfer full): net cents of EUR */
char *window_words_money (WindowLanguage language, gint64 cents);

/* What a person types: the short form, also with dots, or YYYY-MM-DD. */
gboolean window_words_read_date (const char *text, GDate *out);

G_END_DECLS
