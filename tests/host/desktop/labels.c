/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/labels.h"

#define LONGEST_WHOLE_WORD 24

static const struct
{
  const char *severity, *symbol;
} severities[] = {
  { "good", "✓" }, { "info", "ℹ" }, { "warning", "▲" }, { "error", "✕" }, { "neutral", "·" },
};

GtkWidget *
desktop_label_new (GtkAccessibleRole role)
{
  return g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "xalign", 0.0, "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR, "natural-wrap-mode",
                       GTK_NATURAL_WRAP_NONE, NULL);
}

static glong
longest_word (const char *text)
{
  glong longest = 0, length = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      length = g_unichar_isspace (g_utf8_get_char (at)) ? 0 : length + 1;
      longest = MAX (longest, length);
    }
  return longest;
}

void
desktop_label_set_whole_words (GtkWidget *label, const char *text)
{
  gtk_label_set_wrap_mode (GTK_LABEL (label), longest_word (text) <= LONGEST_WHOLE_WORD
                                                  ? PANGO_WRAP_WORD
                                                  : PANGO_WRAP_WORD_CHAR);
  gtk_label_set_text (GTK_LABEL (label), text);
}

static gsize
index_of (const char *severity)
{
  for (gsize i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_strcmp0 (severities[i].severity, severity) == 0)
      return i;
  return G_N_ELEMENTS (severities) - 1;
}

void
desktop_set_severity (GtkWidget *widget, const char *severity)
{
  gsize wanted = index_of (severity);

  for (gsize i = 0; i < G_N_ELEMENTS (severities); i++)
    if (i != wanted)
      gtk_widget_remove_css_class (widget, severities[i].severity);
  gtk_widget_add_css_class (widget, severities[wanted].severity);
}

const char *
desktop_severity_symbol (const char *severity)
{
  return severities[index_of (severity)].symbol;
}
