/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/picture.h"

#define FRAMES 4
#define PATIENCE_US (10 * G_USEC_PER_SEC)

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  gtk_widget_queue_draw (widget);
  return ++*(guint *)frames < FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
desktop_picture_settle (GtkWindow *window)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  guint frames = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (window), count_frame, &frames, NULL);

  while (frames < FRAMES && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  if (frames < FRAMES)
    gtk_widget_remove_tick_callback (GTK_WIDGET (window), tick);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

gboolean
desktop_picture_save (GtkWindow *window, const char *path, GError **error)
{
  GtkWidget *widget = GTK_WIDGET (window);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer;

  desktop_picture_settle (window);
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  if (node == NULL || renderer == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the window has nothing to draw yet");
      return FALSE;
    }
  texture = gsk_renderer_render_texture (renderer, node, NULL);
  if (gdk_texture_save_to_png (texture, path))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot write %s", path);
  return FALSE;
}
