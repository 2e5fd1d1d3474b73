/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_ENTRY_H
#define PROSOFT_ENTRY_H

#include "abi.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The one symbol that a module exports, a data symbol named `prosoft_entry` (R2):
 *
 *   const prosoft_entry_t *entry = dlsym (module, PROSOFT_ENTRY_SYMBOL);
 *
 * 1. Load the module by absolute path (Linux: RTLD_NOW | RTLD_LOCAL; Windows: LoadLibraryExW with
 *    LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS).
 * 2. Read entry->abi. Another major: leave the module alone.
 * 3. init(path), get_factory(PROSOFT_PLUGIN_FACTORY_ID), make instances, use and destroy them.
 * 4. deinit(), once for each successful init(). Never from DllMain, atexit or a static destructor.
 * 5. Unloading is allowed. A module of which an instance was made pins itself, and it has no effect
 *    (R12).
 */
#define PROSOFT_ENTRY_SYMBOL "prosoft_entry"

typedef struct prosoft_entry
{
  prosoft_version_t abi; /* of the header the module was built with; readable before any call */

  /* Counts nested calls. Fast: no window, no thread, no file. `module_path` is the UTF-8 path the
   * module was loaded from, borrowed for the call.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *init) (const char *module_path, prosoft_error_t *error);

  /* Undoes one init(). All instances must be destroyed before the last.
   * [main] */
  void (PROSOFT_ABI *deinit) (void);

  /* The factory `id`, or NULL (R14), also before init().
   * [main, non-blocking] */
  const void *(PROSOFT_ABI *get_factory) (const char *id);
} prosoft_entry_t;

#ifdef __cplusplus
}
#endif

#endif
