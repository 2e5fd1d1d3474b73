/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/sideways.h"

/* Narrower than this nothing is asked to be. */
#define LEAST_WIDTH 160

#define DESKTOP_TYPE_SIDEWAYS (desktop_sideways_get_type ())
G_DECLARE_FINAL_TYPE (DesktopSideways, desktop_sideways, DESKTOP, SIDEWAYS, GtkWidget)

struct _DesktopSideways
{
  GtkWidget parent_instance;
  GtkWidget *scrolled; /* (owned by GTK) (nullable): the only child */
  GtkWidget *child;    /* (unowned): inside it */
};

G_DEFINE_FINAL_TYPE (DesktopSideways, desktop_sideways, GTK_TYPE_WIDGET)

static void
measure_width (DesktopSideways *self, int *least, int *natural)
{
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, least, natural, NULL, NULL);
}

static int
bar_height (DesktopSideways *self)
{
  GtkWidget *bar = gtk_scrolled_window_get_hscrollbar (GTK_SCROLLED_WINDOW (self->scrolled));
  int height = 0;

  gtk_widget_measure (bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static void
desktop_sideways_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  DesktopSideways *self = DESKTOP_SIDEWAYS (widget);
  int least = 0, wanted = 0, width;

  measure_width (self, &least, &wanted);
  *minimum = MIN (least, LEAST_WIDTH);
  *natural = wanted;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  width = for_size < 0 ? wanted : for_size;
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, MAX (width, least), NULL, natural,
                      NULL, NULL);
  if (width < least)
    *natural += bar_height (self);
  *minimum = *natural;
}

static void
desktop_sideways_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DesktopSideways *self = DESKTOP_SIDEWAYS (widget);
  int least = 0, wanted = 0;

  measure_width (self, &least, &wanted);
  /* Where it fits it must not even try to scroll: the page around it would not move then. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  width < least ? GTK_POLICY_ALWAYS : GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
desktop_sideways_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desktop_sideways_dispose (GObject *object)
{
  DesktopSideways *self = DESKTOP_SIDEWAYS (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (desktop_sideways_parent_class)->dispose (object);
}

static void
desktop_sideways_class_init (DesktopSidewaysClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desktop_sideways_dispose;
  widget->measure = desktop_sideways_measure;
  widget->size_allocate = desktop_sideways_size_allocate;
  widget->get_request_mode = desktop_sideways_get_request_mode;
  gtk_widget_class_set_css_name (widget, "sideways");
}

static void
desktop_sideways_init (DesktopSideways *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (self->scrolled), FALSE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
desktop_sideways_new (GtkWidget *child)
{
  DesktopSideways *self = g_object_new (DESKTOP_TYPE_SIDEWAYS, NULL);

  self->child = child;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), child);
  return GTK_WIDGET (self);
}
