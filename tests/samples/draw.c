/* SPDX-License-Identifier: MIT */
/* Draws the pages that are named by absolute paths, as the sample in C and that in C++ do. */
#include <stdlib.h>

#include "api/prosoft/samples/c/options.h"
#include "api/prosoft/samples/c/page.h"

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      char *page = options_read_file ("", argv[i]);

      if (page == NULL)
        return 1;
      page_print (page, stdout);
      free (page);
    }
  return 0;
}
