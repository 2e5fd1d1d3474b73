/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/page.h"

#include "tests/host/desktop/block.h"
#include "tests/host/page-tree.h"

#define REVEAL_GAP 12
#define REVEAL_FRAMES 3

struct DesktopPage
{
  const DesktopPageListener *listener; /* (static) */
  gpointer data;                       /* (unowned): of the listener */
  DesktopLanguage language;
  GtkWidget *scrolled;   /* (owned) */
  DesktopBlocks *blocks; /* (owned) */
  JsonObject *json;      /* (owned) (nullable): what is shown */
  GHashTable *index; /* (owned) (element-type utf8 JsonObject): blocks by id; borrows from json */
  GHashTable *shown; /* (owned) (element-type utf8 DesktopBlock): borrows */
  GHashTable *drawn; /* (owned) (nullable): those that a row or notice draws */
};

static GQuark
page_quark (void)
{
  return g_quark_from_static_string ("desktop-page");
}

DesktopPage *
desktop_page_new (const DesktopPageListener *listener, gpointer data, DesktopLanguage language)
{
  DesktopPage *self = g_new0 (DesktopPage, 1);
  GtkWidget *flow;

  self->listener = listener;
  self->data = data;
  self->language = language;
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  self->shown = g_hash_table_new (g_str_hash, g_str_equal);
  self->scrolled = g_object_ref_sink (gtk_scrolled_window_new ());
  g_object_set_qdata (G_OBJECT (self->scrolled), page_quark (), self);
  self->blocks = desktop_blocks_new (self);
  flow = desktop_blocks_get_widget (self->blocks);
  gtk_widget_add_css_class (flow, "page");
  gtk_widget_set_halign (flow, GTK_ALIGN_FILL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), flow);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  return self;
}

void
desktop_page_free (DesktopPage *self)
{
  g_object_set_qdata (G_OBJECT (self->scrolled), page_quark (), NULL);
  desktop_blocks_free (self->blocks);
  g_object_unref (self->scrolled);
  g_hash_table_unref (self->index);
  g_hash_table_unref (self->shown);
  g_clear_pointer (&self->drawn, g_hash_table_unref);
  g_clear_pointer (&self->json, json_object_unref);
  g_free (self);
}

GtkWidget *
desktop_page_get_widget (DesktopPage *self)
{
  return self->scrolled;
}

static void
index_blocks (DesktopPage *self, JsonObject *object)
{
  JsonArray *blocks = host_page_get_blocks (object);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);

      g_hash_table_insert (self->index, (gpointer)host_page_get_text (block, "id"), block);
      index_blocks (self, block);
    }
}

static void
show (DesktopPage *self, JsonObject *page)
{
  /* Until all of it has been replaced, blocks may look at what they showed. */
  JsonObject *before = self->json;

  g_hash_table_remove_all (self->index);
  g_clear_pointer (&self->drawn, g_hash_table_unref);
  self->json = page != NULL ? json_object_ref (page) : NULL;
  if (page != NULL)
    {
      index_blocks (self, page);
      self->drawn = host_page_collect_drawn (page);
    }
  desktop_blocks_update (self->blocks, page != NULL ? host_page_get_blocks (page) : NULL);
  g_clear_pointer (&before, json_object_unref);
}

void
desktop_page_update (DesktopPage *self, JsonObject *page)
{
  show (self, page);
}

void
desktop_page_clear (DesktopPage *self)
{
  show (self, NULL);
}

void
desktop_page_set_language (DesktopPage *self, DesktopLanguage language)
{
  g_autoptr (JsonObject) page = self->json != NULL ? json_object_ref (self->json) : NULL;

  if (self->language == language)
    return;
  self->language = language;
  if (page != NULL)
    show (self, page);
}

DesktopLanguage
desktop_page_get_language (DesktopPage *self)
{
  return self->language;
}

JsonObject *
desktop_page_find (DesktopPage *self, const char *id)
{
  return g_hash_table_lookup (self->index, id);
}

void
desktop_page_note_block (DesktopPage *self, const char *id, gpointer block)
{
  /* Not insert: that would keep the id of the block before, which goes with it. */
  g_hash_table_replace (self->shown, (gpointer)id, block);
}

/* One that took its place already stays. */
void
desktop_page_forget_block (DesktopPage *self, const char *id, gpointer block)
{
  if (g_hash_table_lookup (self->shown, id) == block)
    g_hash_table_remove (self->shown, id);
}

gboolean
desktop_page_is_drawn (DesktopPage *self, const char *id)
{
  return self->drawn != NULL && g_hash_table_contains (self->drawn, id);
}

DesktopPage *
desktop_page_of_widget (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), page_quark ());
}

void
desktop_page_tell_invoke (DesktopPage *self, const char *action, const char *inputs)
{
  self->listener->invoke (self->data, action, inputs);
}

void
desktop_page_tell_follow (DesktopPage *self, const char *uri)
{
  self->listener->follow (self->data, uri);
}

/* --- from outside ----------------------------------------------------------------------------- */

/* A group that is closed shows nothing of itself. TRUE: the block is in @object. */
static gboolean
open_groups_around (DesktopPage *self, JsonObject *object, const char *id)
{
  JsonArray *blocks = host_page_get_blocks (object);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *json = json_array_get_object_element (blocks, i);
      DesktopBlock *group = g_hash_table_lookup (self->shown, host_page_get_text (json, "id"));

      if (g_str_equal (host_page_get_text (json, "id"), id))
        return TRUE;
      if (!open_groups_around (self, json, id))
        continue;
      if (group != NULL)
        desktop_block_open (group);
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  char *id; /* (owned) */
  guint frames;
} Reveal;

static void
reveal_free (gpointer data)
{
  Reveal *reveal = data;

  g_free (reveal->id);
  g_free (reveal);
}

/* A group that has just opened, or a page that has just come, has its place a frame later. */
static gboolean
reveal_in_frame (GtkWidget *scrolled, GdkFrameClock *clock, gpointer data)
{
  Reveal *reveal = data;
  DesktopPage *self = desktop_page_of_widget (scrolled);
  DesktopBlock *block = self != NULL ? g_hash_table_lookup (self->shown, reveal->id) : NULL;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  graphene_point_t place;

  if (block == NULL)
    return G_SOURCE_REMOVE;
  if (gtk_widget_compute_point (block->widget, desktop_blocks_get_widget (self->blocks),
                                &GRAPHENE_POINT_INIT (0, 0), &place))
    gtk_adjustment_set_value (adjustment, place.y - REVEAL_GAP);
  return ++reveal->frames < REVEAL_FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

gboolean
desktop_page_reveal (DesktopPage *self, const char *id)
{
  DesktopBlock *block = g_hash_table_lookup (self->shown, id);
  Reveal *reveal;

  if (block == NULL)
    return FALSE;
  open_groups_around (self, self->json, id);
  gtk_widget_child_focus (block->widget, GTK_DIR_TAB_FORWARD);
  reveal = g_new0 (Reveal, 1);
  reveal->id = g_strdup (id);
  gtk_widget_add_tick_callback (self->scrolled, reveal_in_frame, reveal, reveal_free);
  return TRUE;
}

gboolean
desktop_page_invoke (DesktopPage *self, const char *action)
{
  DesktopBlock *block = g_hash_table_lookup (self->shown, action);

  /* With what stands beside it, as if it had been clicked. */
  if (block == NULL || block->kind != &desktop_kind_action
      || !host_page_can_invoke (self->json, action, NULL))
    return FALSE;
  desktop_block_invoke (block);
  return TRUE;
}
