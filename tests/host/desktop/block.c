/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/block.h"

#include "tests/host/desktop/flow-layout.h"
#include "tests/host/desktop/page.h"
#include "tests/host/page-tree.h"

static const DesktopBlockKind *
kind_of (JsonObject *json)
{
  static const DesktopBlockKind *const kinds[]
      = { &desktop_kind_action,   &desktop_kind_choice, &desktop_kind_facts, &desktop_kind_group,
          &desktop_kind_heading,  &desktop_kind_input,  &desktop_kind_link,  &desktop_kind_notice,
          &desktop_kind_progress, &desktop_kind_status, &desktop_kind_table, &desktop_kind_text,
          &desktop_kind_toggle };
  const char *type = host_page_get_text (json, "type");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i]->type, type))
      return kinds[i];
  return &desktop_kind_fallback;
}

DesktopBlock *
desktop_block_new (DesktopPage *page, DesktopBlocks *siblings, JsonObject *json)
{
  DesktopBlock *self = g_new0 (DesktopBlock, 1);

  self->kind = kind_of (json);
  self->page = page;
  self->siblings = siblings;
  self->id = g_strdup (host_page_get_text (json, "id"));
  self->json = json_object_ref (json);
  self->widget = g_object_ref_sink (self->kind->create (self));
  gtk_widget_set_name (self->widget, self->id);
  desktop_page_note_block (page, self->id, self);
  gtk_widget_add_css_class (self->widget, self->kind->type);
  desktop_flow_set_inline (self->widget, self->kind->is_inline);
  self->kind->update (self, NULL);
  return self;
}

void
desktop_block_free (DesktopBlock *self)
{
  if (self->kind->clear != NULL)
    self->kind->clear (self);
  desktop_page_forget_block (self->page, self->id, self);
  gtk_widget_unparent (self->widget);
  g_clear_object (&self->widget);
  json_object_unref (self->json);
  g_free (self->id);
  g_free (self);
}

gboolean
desktop_block_update (DesktopBlock *self, JsonObject *json)
{
  g_autoptr (JsonObject) before = NULL;

  if (kind_of (json) != self->kind || (self->kind->fits != NULL && !self->kind->fits (self, json)))
    return FALSE;
  before = self->json;
  self->json = json_object_ref (json);
  self->kind->update (self, before);
  return TRUE;
}

const char *
desktop_block_text (const DesktopBlock *self, const char *member)
{
  return host_page_get_text (self->json, member);
}

DesktopLanguage
desktop_block_language (const DesktopBlock *self)
{
  return desktop_page_get_language (self->page);
}

/* --- below each other ------------------------------------------------------------------------- */

struct DesktopBlocks
{
  DesktopPage *page; /* (unowned) */
  GtkWidget *flow;   /* (owned) */
  GPtrArray *items;  /* (owned) (element-type DesktopBlock): in their order */
};

DesktopBlocks *
desktop_blocks_new (DesktopPage *page)
{
  DesktopBlocks *self = g_new0 (DesktopBlocks, 1);

  self->page = page;
  self->flow = g_object_ref_sink (desktop_flow_new ());
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)desktop_block_free);
  return self;
}

void
desktop_blocks_free (DesktopBlocks *self)
{
  g_ptr_array_unref (self->items);
  g_object_unref (self->flow);
  g_free (self);
}

GtkWidget *
desktop_blocks_get_widget (DesktopBlocks *self)
{
  return self->flow;
}

/* Takes the block of that id out of @items, if it can show @json. */
static DesktopBlock *
take (GHashTable *former, JsonObject *json)
{
  const char *id = host_page_get_text (json, "id");
  DesktopBlock *block = g_hash_table_lookup (former, id);

  if (block == NULL || !desktop_block_update (block, json))
    return NULL;
  g_hash_table_steal (former, id);
  return block;
}

void
desktop_blocks_update (DesktopBlocks *self, JsonArray *blocks)
{
  g_autoptr (GHashTable) former
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)desktop_block_free);
  guint n = blocks != NULL ? json_array_get_length (blocks) : 0;
  GtkWidget *last = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      DesktopBlock *block = g_ptr_array_index (self->items, i);
      g_hash_table_insert (former, block->id, block);
    }
  g_ptr_array_set_free_func (self->items, NULL);
  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_free_func (self->items, (GDestroyNotify)desktop_block_free);

  for (guint i = 0; i < n; i++)
    {
      JsonObject *json = json_array_get_object_element (blocks, i);
      DesktopBlock *block;

      if (desktop_page_is_drawn (self->page, host_page_get_text (json, "id")))
        continue;
      block = take (former, json);
      if (block == NULL)
        block = desktop_block_new (self->page, self, json);
      g_ptr_array_add (self->items, block);
      /* Where it stands already it is not moved: that would take its focus. */
      if (gtk_widget_get_parent (block->widget) == NULL
          || gtk_widget_get_prev_sibling (block->widget) != last)
        gtk_widget_insert_after (block->widget, self->flow, last);
      last = block->widget;
    }
}

JsonObject *
desktop_blocks_get_inputs (DesktopBlocks *self)
{
  JsonObject *inputs = json_object_new ();

  for (guint i = 0; i < self->items->len; i++)
    {
      DesktopBlock *block = g_ptr_array_index (self->items, i);

      if (block->kind->add_input != NULL)
        block->kind->add_input (block, inputs);
    }
  return inputs;
}

DesktopBlock *
desktop_blocks_get_default (DesktopBlocks *self)
{
  DesktopBlock *found = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      DesktopBlock *block = g_ptr_array_index (self->items, i);

      if (block->kind != &desktop_kind_action
          || !g_str_equal (desktop_block_text (block, "style"), "primary")
          || !json_object_get_boolean_member_with_default (block->json, "enabled", FALSE))
        continue;
      if (found != NULL)
        return NULL;
      found = block;
    }
  return found;
}

/* --- actions of a row or a notice ------------------------------------------------------------- */

struct DesktopActions
{
  DesktopPage *page;       /* (unowned) */
  DesktopBlocks *siblings; /* (unowned) (nullable) */
  GtkWidget *flow;         /* (owned) */
  GPtrArray *items;        /* (owned) (element-type DesktopBlock) */
};

DesktopActions *
desktop_actions_new (DesktopPage *page, DesktopBlocks *siblings)
{
  DesktopActions *self = g_new0 (DesktopActions, 1);

  self->page = page;
  self->siblings = siblings;
  self->flow = g_object_ref_sink (desktop_flow_new ());
  gtk_widget_add_css_class (self->flow, "actions");
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)desktop_block_free);
  return self;
}

void
desktop_actions_free (DesktopActions *self)
{
  g_ptr_array_unref (self->items);
  g_object_unref (self->flow);
  g_free (self);
}

GtkWidget *
desktop_actions_get_widget (DesktopActions *self)
{
  return self->flow;
}

static guint
find_item (DesktopActions *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (((DesktopBlock *)g_ptr_array_index (self->items, i))->id, id))
      return i;
  return self->items->len;
}

/* The block at @at, after those that stand before it. */
static void
update_item (DesktopActions *self, guint at, JsonObject *json)
{
  guint found = find_item (self, host_page_get_text (json, "id"));
  DesktopBlock *block = found < self->items->len ? g_ptr_array_index (self->items, found) : NULL;
  DesktopBlock *before = at > 0 ? g_ptr_array_index (self->items, at - 1) : NULL;

  if (block != NULL && !desktop_block_update (block, json))
    {
      g_ptr_array_remove_index (self->items, found);
      block = NULL;
    }
  if (block == NULL)
    block = desktop_block_new (self->page, self->siblings, json);
  else if (found == at)
    return;
  else
    g_ptr_array_steal_index (self->items, found);
  g_ptr_array_insert (self->items, (int)at, block);
  gtk_widget_insert_after (block->widget, self->flow, before != NULL ? before->widget : NULL);
}

void
desktop_actions_update (DesktopActions *self, JsonArray *ids)
{
  guint n = ids != NULL ? json_array_get_length (ids) : 0, at = 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *json = desktop_page_find (self->page, json_array_get_string_element (ids, i));

      /* A notice that drew a notice could draw itself. */
      if (json != NULL
          && (g_str_equal (host_page_get_text (json, "type"), "action")
              || g_str_equal (host_page_get_text (json, "type"), "link")))
        update_item (self, at++, json);
    }
  if (self->items->len > at)
    g_ptr_array_remove_range (self->items, at, self->items->len - at);
  gtk_widget_set_visible (self->flow, at > 0);
}
