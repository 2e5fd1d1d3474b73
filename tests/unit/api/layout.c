/* SPDX-License-Identifier: MIT */
/*
 * Every size and every offset of the interface, for 32 and for 64 bit (R1, R3). Where a data struct
 * grows, its PROSOFT_..._SIZE_V1 stays. Compiling this file is the test; tests/samples compares the
 * bindings of other languages with the same list.
 */
#include "api/prosoft/prosoft.h"

#include <stddef.h>

#if UINTPTR_MAX == 0xffffffffffffffffu
#define BITS 64
#else
#define BITS 32
#endif

#define PICK(bits32, bits64) (BITS == 64 ? (bits64) : (bits32))
#define SIZE(type, bits32, bits64)                                                                 \
  _Static_assert(sizeof (type) == PICK (bits32, bits64), "size of " #type)
#define OFFSET(type, field, bits32, bits64)                                                        \
  _Static_assert(offsetof (type, field) == PICK (bits32, bits64), "offset of " #type "." #field)

/* Where 32-bit code aligns int64_t to 8 (Windows), a struct that holds one is padded to 8. */
struct int64_alignment
{
  char before;
  int64_t value;
};
#define PADDED(end) (offsetof (struct int64_alignment, value) == 8 ? ((end) + 7) / 8 * 8 : (end))

#include "tests/unit/api/layout-facts.h"

/* The least that a reader accepts: where nothing has grown, all of it but the padding. */
#define SIZE_V1(type, macro, bits32, bits64)                                                       \
  _Static_assert((macro) == PICK (bits32, bits64), #macro);                                        \
  _Static_assert(sizeof (type) >= (macro) && sizeof (type) - (macro) < 8, #macro " and " #type)

SIZE_V1 (prosoft_plugin_descriptor_t, PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1, 28, 48);
SIZE_V1 (prosoft_completion_t, PROSOFT_COMPLETION_SIZE_V1, 24, 32);
SIZE_V1 (prosoft_project_info_t, PROSOFT_PROJECT_INFO_SIZE_V1, 16, 24);
SIZE_V1 (prosoft_page_info_t, PROSOFT_PAGE_INFO_SIZE_V1, 20, 32);
SIZE_V1 (prosoft_page_call_t, PROSOFT_PAGE_CALL_SIZE_V1, 32, 40);
SIZE_V1 (prosoft_gate_request_t, PROSOFT_GATE_REQUEST_SIZE_V1, 16, 24);
SIZE_V1 (prosoft_gate_decision_t, PROSOFT_GATE_DECISION_SIZE_V1, 52, 80);
SIZE_V1 (prosoft_gate_event_t, PROSOFT_GATE_EVENT_SIZE_V1, 32, 48);
_Static_assert(sizeof (prosoft_error_t) == PROSOFT_ERROR_SIZE, "PROSOFT_ERROR_SIZE");

/* Numbers that other languages' bindings repeat. */
_Static_assert(PROSOFT_ABI_MAJOR == 1 && PROSOFT_ABI_MINOR == 0, "version");
_Static_assert(PROSOFT_E_FAILED == -1 && PROSOFT_E_INVALID == -2 && PROSOFT_E_STALE == -3, "codes");
_Static_assert(PROSOFT_E_CANCELLED == -4 && PROSOFT_E_UNSUPPORTED == -5, "codes");
_Static_assert(PROSOFT_E_BUSY == -6 && PROSOFT_E_WRONG_THREAD == -7, "codes");
_Static_assert(PROSOFT_E_MEMORY == -8 && PROSOFT_E_IO == -9 && PROSOFT_E_FORMAT == -10, "codes");
_Static_assert(PROSOFT_E_TOO_LARGE == -11 && PROSOFT_E_NOT_FOUND == -12, "codes");
_Static_assert(PROSOFT_E_TIMEOUT == -13 && PROSOFT_OK == 0, "codes");
_Static_assert(PROSOFT_GATE_ALLOW == 1 && PROSOFT_GATE_NOTE == 2, "outcomes");
_Static_assert(PROSOFT_GATE_WAIT == 3 && PROSOFT_GATE_DENY == 4, "outcomes");

extern int prosoft_layout_checked;
int prosoft_layout_checked = 1;
