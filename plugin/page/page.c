/* SPDX-License-Identifier: MIT */
#include "plugin/page/page.h"

#include "plugin/page/sections.h"

struct _TtecommPage
{
  gatomicrefcount ref_count;
  GBytes *json; /* (owned) */
  gint64 revision;
  char *title;         /* (owned) */
  GHashTable *actions; /* (owned) (element-type utf8 TtecommPageAction) */
};

static const char *
state_name (TtecommPageState state)
{
  switch (state)
    {
    case TTECOMM_PAGE_LOADING:
      return "loading";
    case TTECOMM_PAGE_READY:
      return "ready";
    case TTECOMM_PAGE_OFFLINE:
      return "offline";
    case TTECOMM_PAGE_ERROR:
    default:
      return "error";
    }
}

TtecommPage *
ttecomm_page_build (const TtecommSnapshot *snapshot)
{
  g_autoptr (TtecommBlocks) blocks = ttecomm_blocks_new (snapshot->text);
  TtecommPage *self = g_new0 (TtecommPage, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->revision = snapshot->revision;
  self->title = g_strdup (ttecomm_text_get (snapshot->text, "page", "Subscriptions"));
  ttecomm_blocks_begin_page (blocks, self->title, self->revision, state_name (snapshot->state));
  ttecomm_section_identity (blocks, snapshot);
  ttecomm_section_notices (blocks, snapshot);
  ttecomm_section_lock (blocks, snapshot);
  ttecomm_section_people (blocks, snapshot);
  ttecomm_section_subscriptions (blocks, snapshot);
  ttecomm_section_basket (blocks, snapshot);
  ttecomm_section_session (blocks, snapshot);
  ttecomm_section_installations (blocks, snapshot);
  self->json = ttecomm_blocks_end_page (blocks, &self->actions);
  return self;
}

TtecommPage *
ttecomm_page_ref (TtecommPage *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ttecomm_page_unref (TtecommPage *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->json);
  g_hash_table_unref (self->actions);
  g_free (self->title);
  g_free (self);
}

GBytes *
ttecomm_page_get_json (const TtecommPage *self)
{
  return self->json;
}

gint64
ttecomm_page_get_revision (const TtecommPage *self)
{
  return self->revision;
}

const char *
ttecomm_page_get_title (const TtecommPage *self)
{
  return self->title;
}

const TtecommPageAction *
ttecomm_page_get_action (const TtecommPage *self, const char *id)
{
  return g_hash_table_lookup (self->actions, id);
}
