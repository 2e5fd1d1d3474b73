/* SPDX-License-Identifier: MIT */
/* The window with a cloud behind the module: what takes its time and can be cancelled, what calls
 * for attention, a session that opens, time that travels. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/host/page-tree.h"
#include "tests/support/sandbox-process.h"
#include "tests/unit/desktop/screen.h"
#include "tests/unit/desktop/window-fixture.h"

/* Without an installation of its own: what calls for attention is in the world. */
#define VILLA "villa-picos.nbt"

static void
start (WindowFixture *self, const char *browser)
{
  g_autofree char *program = harness_build_path ("tests/sandbox/ttcloud-sandbox");
  g_autofree char *folder = g_build_filename (harness_tmpdir (), "sandbox", NULL);
  g_autofree char *person = harness_build_path ("tests/sandbox/sandbox-person");
  g_autofree char *mara = g_strdup_printf ("%s --as mara@example.org", person);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  self->more = sandbox_process_start (program, folder, 0, &error);
  g_assert_no_error (error);
  window_fixture_open (self, "plugin/ttecomm.so", folder, browser != NULL ? browser : mara);
}

static void
tear_down (WindowFixture *self, gconstpointer data)
{
  if (self->window != NULL)
    g_assert_null (desktop_core_get_trouble (window_fixture_core (self)));
  window_fixture_tear_down (self, data);
  g_clear_pointer ((SandboxProcess **)&self->more, sandbox_process_free);
}

static void
open_page (WindowFixture *self)
{
  g_autofree char *path = harness_data_path (VILLA);

  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  window_fixture_expect_page (self, "Villa Picos");
}

static void
sign_in (WindowFixture *self)
{
  open_page (self);
  window_fixture_act (self, "sign-in", "{}");
  window_fixture_expect_page (self, "Sign out");
}

static void
cancel (WindowFixture *self)
{
  GtkWidget *button
      = screen_search (GTK_WIDGET (desktop_window_get_window (self->window)), "work-cancel");

  g_assert_true (screen_click (button));
}

/* --- what takes its time ---------------------------------------------------------------------- */

/* Nobody comes back from the browser. */
static void
test_sign_in_can_be_cancelled (WindowFixture *self, gconstpointer data)
{
  start (self, "true");
  open_page (self);
  window_fixture_act (self, "sign-in", "{}");
  window_fixture_expect_page (self, "go on in the browser");
  window_fixture_act (self, "sign-in.cancel", "{}");
  window_fixture_expect_page (self, "nobody");
}

/* TTcloud does not answer: a line says so, and its button ends the wait. */
static void
test_check_can_be_cancelled (WindowFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start (self, NULL);
  sign_in (self);
  window_fixture_expect_page (self, "not activated yet");
  g_assert_true (sandbox_process_set_fault (self->more, "stall", &error));
  g_assert_no_error (error);
  desktop_window_open_session (self->window);
  window_fixture_expect_bar (self, "work", "Cancel");
  cancel (self);
  window_fixture_expect_hidden (self, "work");
  g_assert_null (desktop_window_get_answer (self->window));
  g_assert_cmpuint (desktop_core_get_session (window_fixture_core (self)), ==, 0);
}

/* The price of a basket, however many lines it has. */
static void
test_price_can_be_cancelled (WindowFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start (self, NULL);
  sign_in (self);
  window_fixture_act (self, "basket.add.RS", "{}");
  g_assert_true (sandbox_process_set_fault (self->more, "stall", &error));
  window_fixture_act (self, "basket.quote", "{}");
  window_fixture_expect_bar (self, "work", "Cancel");
  cancel (self);
  window_fixture_expect_hidden (self, "work");
  g_assert_true (sandbox_process_heal (self->more, &error));
  window_fixture_act (self, "basket.quote", "{}");
  window_fixture_expect_page (self, "To pay now");
}

static void
test_payment_can_be_cancelled (WindowFixture *self, gconstpointer data)
{
  start (self, NULL);
  sign_in (self);
  g_clear_pointer (&self->window, desktop_window_free);
  /* The same person, but nobody is in the browser any more. */
  window_fixture_open (self, "plugin/ttecomm.so", sandbox_process_get_folder (self->more), "true");
  open_page (self);
  window_fixture_act (self, "basket.add.RS", "{}");
  window_fixture_act (self, "basket.quote", "{}");
  window_fixture_expect_page (self, "I accept the terms of sale");
  window_fixture_act (self, "basket.accept", "{\"terms\":true}");
  window_fixture_act (self, "basket.pay", "{}");
  window_fixture_expect_page (self, "Waiting for the payment");
  window_fixture_act (self, "basket.cancel-order", "{}");
  window_fixture_act (self, "session.check", "{}");
  window_fixture_expect_page (self, "not activated yet");
}

/* --- attention -------------------------------------------------------------------------------- */

static char *
menu_text (WindowFixture *self)
{
  return screen_widget_text (
      screen_search (GTK_WIDGET (desktop_window_get_window (self->window)), "menu"));
}

static void
test_attention_is_a_line_and_a_badge (WindowFixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkWidget *bar;

  start (self, NULL);
  before = menu_text (self);
  g_assert_null (strstr (before, "●"));
  sign_in (self);
  window_fixture_expect_bar (self, "attention", "1 payment failed");
  after = menu_text (self);
  g_assert_nonnull (strstr (after, "Extra ●"));
  desktop_window_set_language (self->window, DESKTOP_LANGUAGE_DE);
  window_fixture_expect_bar (self, "attention", "Zahlung");
  desktop_window_set_language (self->window, DESKTOP_LANGUAGE_EN);
  window_fixture_expect_bar (self, "attention", "1 payment failed");
  /* Put away it stays so; the badge stays, too. */
  bar = screen_search (GTK_WIDGET (desktop_window_get_window (self->window)), "attention");
  g_assert_true (screen_click (gtk_widget_get_last_child (bar)));
  window_fixture_expect_hidden (self, "attention");
  desktop_window_show_view (self->window, DESKTOP_VIEW_PROJECT);
  window_fixture_expect_hidden (self, "attention");
  g_free (after);
  after = menu_text (self);
  g_assert_nonnull (strstr (after, "Extra ●"));
}

/* --- a session, and time ---------------------------------------------------------------------- */

static void
test_session_opens_when_it_is_paid (WindowFixture *self, gconstpointer data)
{
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  start (self, NULL);
  sign_in (self);
  desktop_window_open_session (self->window);
  g_assert_true (window_fixture_wait_answer (self));
  answer = screen_widget_text (GTK_WIDGET (desktop_window_get_answer (self->window)));
  g_test_message ("%s", answer);
  screen_press (desktop_window_get_answer (self->window), "Not now");
  window_fixture_act (self, "basket.add.RS", "{}");
  window_fixture_act (self, "basket.quote", "{}");
  window_fixture_expect_page (self, "I accept the terms of sale");
  window_fixture_act (self, "basket.accept", "{\"terms\":true}");
  window_fixture_act (self, "basket.pay", "{}");
  window_fixture_expect_page (self, "was paid and the service is on");
  desktop_window_open_session (self->window);
  window_fixture_expect_bar (self, "session", "The remote session with " VILLA " is open.");
  g_assert_cmpuint (desktop_core_get_session (window_fixture_core (self)), !=, 0);
  /* TTcloud is down: by the check of just now it opens all the same, and says so or nothing. */
  desktop_core_end_session (window_fixture_core (self));
  window_fixture_expect_hidden (self, "session");
  g_assert_true (sandbox_process_set_fault (self->more, "refuse-503", &error));
  desktop_window_open_session (self->window);
  window_fixture_expect_bar (self, "session", "is open.");
}

/* The answer about one project opens nothing with the next. */
static void
test_answer_of_another_project (WindowFixture *self, gconstpointer data)
{
  g_autofree char *other = harness_data_path ("no-owner.nbt");
  g_autoptr (GError) error = NULL;

  start (self, NULL);
  sign_in (self);
  window_fixture_act (self, "basket.add.RS", "{}");
  window_fixture_act (self, "basket.quote", "{}");
  window_fixture_expect_page (self, "I accept the terms of sale");
  window_fixture_act (self, "basket.accept", "{\"terms\":true}");
  window_fixture_act (self, "basket.pay", "{}");
  window_fixture_expect_page (self, "was paid and the service is on");
  desktop_window_open_session (self->window);
  g_assert_true (desktop_core_is_checking (window_fixture_core (self)));
  g_assert_true (desktop_window_open (self->window, other));
  g_assert_false (desktop_core_is_checking (window_fixture_core (self)));
  /* The next question is asked, and its answer is what is shown. */
  desktop_window_open_session (self->window);
  g_assert_true (desktop_core_is_checking (window_fixture_core (self)));
  g_assert_true (window_fixture_wait_answer (self));
  g_assert_cmpuint (desktop_core_get_session (window_fixture_core (self)), ==, 0);
}

static void
test_time_travels_along (WindowFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, 40);
  g_autofree char *to = g_date_time_format (then, "%Y-%m-%d");
  g_autofree char *shown = g_date_time_format (then, "%d/%m/%Y");

  start (self, NULL);
  open_page (self);
  g_assert_true (sandbox_process_travel (self->more, to, &error));
  g_assert_no_error (error);
  window_fixture_expect_bar (self, "status", shown);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, test)                                                                            \
  harness_add_fixture (harness, "desktop-cloud", name, WindowFixture, NULL, NULL, test, tear_down)
  ADD ("sign-in-can-be-cancelled", test_sign_in_can_be_cancelled);
  ADD ("check-can-be-cancelled", test_check_can_be_cancelled);
  ADD ("price-can-be-cancelled", test_price_can_be_cancelled);
  ADD ("payment-can-be-cancelled", test_payment_can_be_cancelled);
  ADD ("attention-is-a-line-and-a-badge", test_attention_is_a_line_and_a_badge);
  ADD ("session-opens-when-it-is-paid", test_session_opens_when_it_is_paid);
  ADD ("answer-of-another-project", test_answer_of_another_project);
  ADD ("time-travels-along", test_time_travels_along);
#undef ADD
}

HARNESS_MAIN (register_tests)
