/* SPDX-License-Identifier: MIT */
#include <locale.h>

#include "base/platform.h"
#include "tests/sandbox/person.h"

static const char description[]
    = "Plays the person in the browser, on the pages of ttcloud-sandbox: signs in and goes back to\n"
      "the program that asked, pays or cancels at the checkout, or switches a renewal off on the\n"
      "account page. One line a step; exit 0 only when the last page says what was wished for, 1\n"
      "when it does not, 2 for arguments that make no sense.";

typedef struct
{
  char *address;    /* (owned) */
  char *password;   /* (owned) */
  char *card;       /* (owned) */
  char *expires;    /* (owned) */
  char *switch_off; /* (owned) */
  gboolean cancel;
  gboolean decline;
  gboolean deny;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->address);
  g_free (arguments->password);
  g_free (arguments->card);
  g_free (arguments->expires);
  g_free (arguments->switch_off);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
read_arguments (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &arguments->address,
      "Sign in as this account (mara@example.org)", "ADDRESS" },
    { "password", 0, 0, G_OPTION_ARG_STRING, &arguments->password, "Its password (sandbox)", "P" },
    { "cancel", 0, 0, G_OPTION_ARG_NONE, &arguments->cancel, "Press Cancel", NULL },
    { "decline", 0, 0, G_OPTION_ARG_NONE, &arguments->decline, "Pay with a card that is declined",
      NULL },
    { "deny", 0, 0, G_OPTION_ARG_NONE, &arguments->deny,
      "Do not sign in; tell the bank that it is not you", NULL },
    { "card", 0, 0, G_OPTION_ARG_STRING, &arguments->card, "Pay with this test number", "NUMBER" },
    { "expires", 0, 0, G_OPTION_ARG_STRING, &arguments->expires,
      "Until when that card is valid (12/99)", "MM/YY" },
    { "switch-renewal-off", 0, 0, G_OPTION_ARG_STRING, &arguments->switch_off,
      "On the account page", "INSTALLATION/SERVICE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("URL");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc != 2)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "one address is needed, see --help");
  else if (arguments->cancel + arguments->decline + (arguments->card != NULL) > 1)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "choose one of --cancel, --decline and --card");
  else
    return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GError) error = NULL;
  SandboxPersonWishes wishes = { 0 };

  setlocale (LC_ALL, "");
  ttecomm_platform_enter_worker ();
  if (!read_arguments (&arguments, &argc, &argv, &error))
    {
      g_printerr ("sandbox-person: %s\n", error->message);
      return 2;
    }
  wishes.address = arguments.address != NULL ? arguments.address : "mara@example.org";
  wishes.password = arguments.password != NULL ? arguments.password : "sandbox";
  wishes.cancel = arguments.cancel;
  wishes.decline = arguments.decline;
  wishes.deny = arguments.deny;
  wishes.card = arguments.card;
  wishes.expires = arguments.expires != NULL ? arguments.expires : "12/99";
  wishes.switch_off = arguments.switch_off;
  if (sandbox_person_browse (argv[1], &wishes, &error))
    return 0;
  g_printerr ("sandbox-person: %s\n", error->message);
  return 1;
}
