/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/flow-layout.h"

#define GAP 8

struct _DesktopFlowLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DesktopFlowLayout, desktop_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *child; /* (unowned) */
  int width, height;
} Item;

/* What is laid out, line by line. */
typedef struct
{
  GArray *line; /* (owned) (element-type Item): the inline children of the line under way */
  int width;
  int line_width;
  int y;
  gboolean allocate;
} Layout;

static GQuark
inline_quark (void)
{
  return g_quark_from_static_string ("desktop-flow-inline");
}

void
desktop_flow_set_inline (GtkWidget *child, gboolean is_inline)
{
  g_object_set_qdata (G_OBJECT (child), inline_quark (), GINT_TO_POINTER (is_inline));
}

static gboolean
is_inline (GtkWidget *child)
{
  return g_object_get_qdata (G_OBJECT (child), inline_quark ()) != NULL;
}

static int
height_for (GtkWidget *child, int width)
{
  int height = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static void
put (Layout *layout, GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation place = { x, y, width, height };

  if (!layout->allocate)
    return;
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    place.x = layout->width - x - width;
  gtk_widget_size_allocate (child, &place, -1);
}

static void
begin_line (Layout *layout)
{
  if (layout->y > 0)
    layout->y += GAP;
}

static void
end_line (Layout *layout)
{
  int height = 0, x = 0;

  if (layout->line->len == 0)
    return;
  begin_line (layout);
  for (guint i = 0; i < layout->line->len; i++)
    height = MAX (height, g_array_index (layout->line, Item, i).height);
  for (guint i = 0; i < layout->line->len; i++)
    {
      const Item *item = &g_array_index (layout->line, Item, i);

      put (layout, item->child, x, layout->y + height - item->height, item->width, item->height);
      x += item->width + GAP;
    }
  layout->y += height;
  layout->line_width = 0;
  g_array_set_size (layout->line, 0);
}

static void
add_inline (Layout *layout, GtkWidget *child)
{
  Item item = { child, 0, 0 };
  int least = 0, natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  item.width = MAX (least, MIN (natural, layout->width));
  if (layout->line->len > 0 && layout->line_width + GAP + item.width > layout->width)
    end_line (layout);
  item.height = height_for (child, item.width);
  layout->line_width += item.width + (layout->line->len > 0 ? GAP : 0);
  g_array_append_val (layout->line, item);
}

static void
add_block (Layout *layout, GtkWidget *child)
{
  int height = height_for (child, layout->width);

  end_line (layout);
  begin_line (layout);
  put (layout, child, 0, layout->y, layout->width, height);
  layout->y += height;
}

/* Returns the height. */
static int
lay_out (GtkWidget *widget, int width, gboolean allocate)
{
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Item));
  Layout layout = { line, width, 0, 0, allocate };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;
      if (is_inline (child))
        add_inline (&layout, child);
      else
        add_block (&layout, child);
    }
  end_line (&layout);
  return layout.y;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  int line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0, wanted = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      line = is_inline (child) ? line + wanted + (line > 0 ? GAP : 0) : 0;
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, MAX (wanted, line));
    }
}

static void
desktop_flow_layout_measure (GtkLayoutManager *manager,
                             GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  int least = 0, wanted = 0;

  measure_width (widget, &least, &wanted);
  *minimum = least;
  *natural = wanted;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = lay_out (widget, for_size < 0 ? wanted : MAX (for_size, least), FALSE);
}

static void
desktop_flow_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget *widget,
                              int width,
                              int height,
                              int baseline)
{
  lay_out (widget, width, TRUE);
}

static GtkSizeRequestMode
desktop_flow_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
desktop_flow_layout_class_init (DesktopFlowLayoutClass *klass)
{
  GtkLayoutManagerClass *manager = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager->measure = desktop_flow_layout_measure;
  manager->allocate = desktop_flow_layout_allocate;
  manager->get_request_mode = desktop_flow_layout_get_request_mode;
}

static void
desktop_flow_layout_init (DesktopFlowLayout *self)
{
}

/* --- the widget ------------------------------------------------------------------------------- */

#define DESKTOP_TYPE_FLOW (desktop_flow_get_type ())
G_DECLARE_FINAL_TYPE (DesktopFlow, desktop_flow, DESKTOP, FLOW, GtkWidget)

struct _DesktopFlow
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DesktopFlow, desktop_flow, GTK_TYPE_WIDGET)

static void
desktop_flow_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (desktop_flow_parent_class)->dispose (object);
}

static void
desktop_flow_class_init (DesktopFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desktop_flow_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), DESKTOP_TYPE_FLOW_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "flow");
}

static void
desktop_flow_init (DesktopFlow *self)
{
}

GtkWidget *
desktop_flow_new (void)
{
  return g_object_new (DESKTOP_TYPE_FLOW, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
}
