/* SPDX-License-Identifier: MIT */
#include "plugin/page/lock-words.h"

const char *
ttecomm_lock_words (const TtecommText *text, TtecommLockTrouble trouble)
{
  switch (trouble)
    {
    case TTECOMM_LOCK_EMPTY:
      return ttecomm_text_get (text, "lock", "Enter the password first.");
    case TTECOMM_LOCK_TOO_LONG:
      return ttecomm_text_get (text, "lock",
                               "This is longer than a password can be. Enter it again.");
    case TTECOMM_LOCK_WRONG:
      return ttecomm_text_get (
          text, "lock",
          "This is not the password of this project. Check capital letters and "
          "the keyboard's language, and enter it again.");
    case TTECOMM_LOCK_NO_MEMORY:
      return ttecomm_text_get (text, "lock",
                               "There is too little memory to check the password. Close other "
                               "programs and enter it again.");
    case TTECOMM_LOCK_UNTRIED:
    default:
      return NULL;
    }
}
