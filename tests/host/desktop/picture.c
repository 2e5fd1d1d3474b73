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

static void
add_window (GtkSnapshot *snapshot, GtkWindow *window, float x, float y)
{
  GtkWidget *widget = GTK_WIDGET (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  gtk_snapshot_restore (snapshot);
}

/* As a window manager shows a window that has to be answered first. */
static void
add_front (GtkSnapshot *snapshot, GtkWindow *window, GtkWindow *front)
{
  static const GdkRGBA shade = { 0, 0, 0, 0.35f }, edge = { 0.5f, 0.55f, 0.6f, 1 };
  static const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA edges[] = { edge, edge, edge, edge };
  float width = (float)gtk_widget_get_width (GTK_WIDGET (window));
  float height = (float)gtk_widget_get_height (GTK_WIDGET (window));
  float front_width = (float)gtk_widget_get_width (GTK_WIDGET (front));
  float front_height = (float)gtk_widget_get_height (GTK_WIDGET (front));
  float x = (width - front_width) / 2, y = (height - front_height) / 3;
  GskRoundedRect frame;

  gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_rounded_rect_init_from_rect (
      &frame, &GRAPHENE_RECT_INIT (x - 1, y - 1, front_width + 2, front_height + 2), 12);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  add_window (snapshot, front, x, y);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &frame, widths, edges);
}

gboolean
desktop_picture_save (GtkWindow *window, GtkWindow *front, const char *path, GError **error)
{
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer;

  desktop_picture_settle (window);
  if (front != NULL)
    desktop_picture_settle (front);
  snapshot = gtk_snapshot_new ();
  add_window (snapshot, window, 0, 0);
  if (front != NULL)
    add_front (snapshot, window, front);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  if (node == NULL || renderer == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the window has nothing to draw yet");
      return FALSE;
    }
  texture = gsk_renderer_render_texture (
      renderer, node,
      &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (GTK_WIDGET (window)),
                           (float)gtk_widget_get_height (GTK_WIDGET (window))));
  if (gdk_texture_save_to_png (texture, path))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot write %s", path);
  return FALSE;
}
