/* SPDX-License-Identifier: MIT */
#include "plugin/page/setup-words.h"

char *
ttecomm_setup_words (const TtecommText *text, const GError *error)
{
  switch ((TtecommSetupError)error->code)
    {
    case TTECOMM_SETUP_ERROR_NO_KEYS:
      return g_strdup (ttecomm_text_get (
          text, "setup",
          "This module has no TTcloud keys installed, so it cannot check subscriptions. Install the newest "
          "version of PROSOFT, or ask TELETASK support."));
    case TTECOMM_SETUP_ERROR_NO_URL:
      return g_strdup (ttecomm_text_get (
          text, "setup",
          "PROSOFT did not say where TTcloud and TTecomm are. Install the newest version of PROSOFT, or ask "
          "TELETASK support."));
    case TTECOMM_SETUP_ERROR_BAD_URL:
      return g_strdup (ttecomm_text_get (
          text, "setup",
          "The address of TTcloud or TTecomm in the settings of PROSOFT cannot be used. Ask TELETASK support."));
    case TTECOMM_SETUP_ERROR_TRUST:
      return g_strdup (ttecomm_text_get (
          text, "setup",
          "The TTcloud keys in the settings of PROSOFT cannot be used. Ask TELETASK support."));
    case TTECOMM_SETUP_ERROR_PROXY:
    default:
      return g_strdup (ttecomm_text_get (
          text, "setup",
          "The proxy or certificate in the settings of PROSOFT cannot be used. Correct it, or ask your network "
          "administrator."));
    }
}
