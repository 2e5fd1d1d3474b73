/* SPDX-License-Identifier: MIT */
/* What each rule says, in the words of api/prosoft/prosoft.h, and what to do about a finding. */
#include "tests/check/check.h"

#include <string.h>

const CheckRule check_rules[] = {
  { "R1", "Types: fixed-width integers, double, pointers, char arrays; flags are int32_t 0 or 1.",
    "Compile against the headers of api/prosoft as they are, without packing; give a flag 0 or 1 and "
    "a kind one of its listed values." },
  { "R2", "One exported symbol, prosoft_entry; every pointer is PROSOFT_ABI.",
    "Export prosoft_entry and nothing else: a version script (or .def file), and "
    "-fvisibility=hidden. Link everything that the module needs." },
  { "R3", "Growth: tables never change; data structs start with struct_size and grow at the end.",
    "Refuse only what is below PROSOFT_X_SIZE_V1, read no more than struct_size says, ignore what "
    "stands behind what you know, and set struct_size in what you write." },
  { "R4",
    "Threads: the plug-in calls the host on [main], except get_extension, request_callback, "
    "log and is_main_thread.",
    "Queue the result, call request_callback(), and call the host from on_main_thread()." },
  { "R5", "Nothing blocks: a call returns within 1 ms, init() within 10 ms, destroy() within 5 s.",
    "Do the work on a thread of the plug-in and hand the result over in on_main_thread()." },
  { "R6",
    "No re-entrancy: a [main] function of the host is called only while the host is inside a "
    "call of the plug-in, and the host calls nothing meanwhile.",
    "Call the host from within init(), on_main_thread() and the other [main] functions only." },
  { "R7",
    "Memory changes no owner: in-pointers are borrowed for the call, the host's tables are "
    "never written to.",
    "Copy what is needed later; size a buffer by what the call returned, every time." },
  { "R8",
    "Text is UTF-8 and NUL-terminated; JSON is RFC 8259 without BOM; NULL only where a "
    "comment allows it.",
    "Check what comes from files and servers before it goes to the host." },
  { "R9",
    "Errors: a negative result and a filled prosoft_error_t; what failed leaves nothing "
    "behind.",
    "Return one of the PROSOFT_E_ codes, write code and message (if error is not NULL) exactly when "
    "the call fails." },
  { "R10",
    "Operations: exactly one completion each, on [main], never inside the call that "
    "started it.",
    "Keep a table of open operations on [main]; take an operation out of it when it is completed, "
    "and complete what is left, with PROSOFT_E_CANCELLED, in destroy()." },
  { "R11", "Lifetime: the host is called from init() to destroy(); after that nothing reaches it.",
    "Stop and join in destroy() whatever thread may call the host, and forget the host then." },
  { "R12", "Mapping: the module pins itself, and survives init(), deinit() and closing at will.",
    "Link with -Wl,-z,nodelete (Windows: GET_MODULE_HANDLE_EX_FLAG_PIN), and count init()." },
  { "R13",
    "Environment: nothing process-wide is changed; the plug-in's threads start with a clean "
    "floating-point mask.",
    "Leave locale, folder, variables, signals and masks alone, or put them back before returning; "
    "fesetenv (FE_DFL_ENV) first thing in each thread." },
  { "R14",
    "Unknown ids return NULL; ids compare exactly; a missing extension is no reason to fail.",
    "Compare whole ids with strcmp(), and do without what get_extension() does not have." },
  { "pages",
    "pages/1: valid pages, ids unique and stable, revisions only grow, what is stale is "
    "refused.",
    "See page.schema.json and pages.h." },
  { "gate", "session-gate/1: only a verified answer admits; a decision agrees with itself.",
    "Let nobody in unless the answer's signature was verified; on any error decide allowed = 0." },
  { NULL, NULL, NULL },
};

const CheckRule *
check_rule_find (const char *id)
{
  for (const CheckRule *rule = check_rules; rule->id != NULL; rule++)
    if (strcmp (rule->id, id) == 0)
      return rule;
  return NULL;
}
