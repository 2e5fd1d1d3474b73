/* SPDX-License-Identifier: MIT */
/*
 * Every size and every offset of the interface, for 32 and for 64 bit (R1, R3). A number here never
 * changes once it is published; a data struct that grows gets a larger SIZE and new OFFSET lines
 * below the old ones, and its PROSOFT_..._SIZE_V1 stays. Compiling this file is the test.
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

SIZE (prosoft_version_t, 8, 8);
OFFSET (prosoft_version_t, major, 0, 0);
OFFSET (prosoft_version_t, minor, 4, 4);

SIZE (prosoft_error_t, 512, 512);
OFFSET (prosoft_error_t, code, 0, 0);
OFFSET (prosoft_error_t, reserved, 4, 4);
OFFSET (prosoft_error_t, message, 8, 8);

SIZE (prosoft_reader_t, 12, 24);
OFFSET (prosoft_reader_t, reader_data, 0, 0);
OFFSET (prosoft_reader_t, size, 4, 8);
OFFSET (prosoft_reader_t, read, 8, 16);

SIZE (prosoft_writer_t, 8, 16);
OFFSET (prosoft_writer_t, writer_data, 0, 0);
OFFSET (prosoft_writer_t, write, 4, 8);

SIZE (prosoft_host_t, 32, 56);
OFFSET (prosoft_host_t, abi, 0, 0);
OFFSET (prosoft_host_t, host_data, 8, 8);
OFFSET (prosoft_host_t, name, 12, 16);
OFFSET (prosoft_host_t, vendor, 16, 24);
OFFSET (prosoft_host_t, version, 20, 32);
OFFSET (prosoft_host_t, get_extension, 24, 40);
OFFSET (prosoft_host_t, request_callback, 28, 48);

SIZE (prosoft_plugin_descriptor_t, 28, 48);
OFFSET (prosoft_plugin_descriptor_t, struct_size, 0, 0);
OFFSET (prosoft_plugin_descriptor_t, reserved, 4, 4);
OFFSET (prosoft_plugin_descriptor_t, id, 8, 8);
OFFSET (prosoft_plugin_descriptor_t, name, 12, 16);
OFFSET (prosoft_plugin_descriptor_t, vendor, 16, 24);
OFFSET (prosoft_plugin_descriptor_t, version, 20, 32);
OFFSET (prosoft_plugin_descriptor_t, description, 24, 40);

SIZE (prosoft_plugin_t, 24, 48);
OFFSET (prosoft_plugin_t, descriptor, 0, 0);
OFFSET (prosoft_plugin_t, plugin_data, 4, 8);
OFFSET (prosoft_plugin_t, init, 8, 16);
OFFSET (prosoft_plugin_t, destroy, 12, 24);
OFFSET (prosoft_plugin_t, get_extension, 16, 32);
OFFSET (prosoft_plugin_t, on_main_thread, 20, 40);

SIZE (prosoft_plugin_factory_t, 12, 24);
OFFSET (prosoft_plugin_factory_t, count, 0, 0);
OFFSET (prosoft_plugin_factory_t, descriptor, 4, 8);
OFFSET (prosoft_plugin_factory_t, create, 8, 16);

SIZE (prosoft_entry_t, 20, 32);
OFFSET (prosoft_entry_t, abi, 0, 0);
OFFSET (prosoft_entry_t, init, 8, 8);
OFFSET (prosoft_entry_t, deinit, 12, 16);
OFFSET (prosoft_entry_t, get_factory, 16, 24);

SIZE (prosoft_host_log_t, 4, 8);
OFFSET (prosoft_host_log_t, log, 0, 0);

SIZE (prosoft_host_thread_check_t, 4, 8);
OFFSET (prosoft_host_thread_check_t, is_main_thread, 0, 0);

SIZE (prosoft_host_environment_t, 4, 8);
OFFSET (prosoft_host_environment_t, get, 0, 0);

SIZE (prosoft_plugin_environment_t, 4, 8);
OFFSET (prosoft_plugin_environment_t, changed, 0, 0);

SIZE (prosoft_completion_t, 24, 32);
OFFSET (prosoft_completion_t, struct_size, 0, 0);
OFFSET (prosoft_completion_t, result, 4, 4);
OFFSET (prosoft_completion_t, op, 8, 8);
OFFSET (prosoft_completion_t, message, 16, 16);
OFFSET (prosoft_completion_t, details, 20, 24);

SIZE (prosoft_plugin_operations_t, 4, 8);
OFFSET (prosoft_plugin_operations_t, cancel, 0, 0);

SIZE (prosoft_host_operations_t, 8, 16);
OFFSET (prosoft_host_operations_t, progress, 0, 0);
OFFSET (prosoft_host_operations_t, completed, 4, 8);

SIZE (prosoft_project_info_t, 16, 24);
OFFSET (prosoft_project_info_t, struct_size, 0, 0);
OFFSET (prosoft_project_info_t, reserved, 4, 4);
OFFSET (prosoft_project_info_t, id, 8, 8);
OFFSET (prosoft_project_info_t, path, 12, 16);

SIZE (prosoft_plugin_project_t, 12, 24);
OFFSET (prosoft_plugin_project_t, opened, 0, 0);
OFFSET (prosoft_plugin_project_t, changed, 4, 8);
OFFSET (prosoft_plugin_project_t, closed, 8, 16);

SIZE (prosoft_page_info_t, 20, 32);
OFFSET (prosoft_page_info_t, struct_size, 0, 0);
OFFSET (prosoft_page_info_t, reserved, 4, 4);
OFFSET (prosoft_page_info_t, id, 8, 8);
OFFSET (prosoft_page_info_t, menu_path, 12, 16);
OFFSET (prosoft_page_info_t, title, 16, 24);

SIZE (prosoft_page_call_t, 32, 40);
OFFSET (prosoft_page_call_t, struct_size, 0, 0);
OFFSET (prosoft_page_call_t, reserved, 4, 4);
OFFSET (prosoft_page_call_t, view, 8, 8);
OFFSET (prosoft_page_call_t, revision, 16, 16);
OFFSET (prosoft_page_call_t, action_id, 24, 24);
OFFSET (prosoft_page_call_t, inputs_json, 28, 32);

SIZE (prosoft_plugin_pages_t, 28, 56);
OFFSET (prosoft_plugin_pages_t, count, 0, 0);
OFFSET (prosoft_plugin_pages_t, info, 4, 8);
OFFSET (prosoft_plugin_pages_t, open, 8, 16);
OFFSET (prosoft_plugin_pages_t, render, 12, 24);
OFFSET (prosoft_plugin_pages_t, invoke, 16, 32);
OFFSET (prosoft_plugin_pages_t, activated, 20, 40);
OFFSET (prosoft_plugin_pages_t, close, 24, 48);

SIZE (prosoft_host_pages_t, 8, 16);
OFFSET (prosoft_host_pages_t, rescan, 0, 0);
OFFSET (prosoft_host_pages_t, changed, 4, 8);

SIZE (prosoft_gate_request_t, 16, 24);
OFFSET (prosoft_gate_request_t, struct_size, 0, 0);
OFFSET (prosoft_gate_request_t, kind, 4, 4);
OFFSET (prosoft_gate_request_t, installation_id, 8, 8);
OFFSET (prosoft_gate_request_t, site_name, 12, 16);

SIZE (prosoft_gate_button_t, 20, 32);
OFFSET (prosoft_gate_button_t, id, 0, 0);
OFFSET (prosoft_gate_button_t, label, 4, 8);
OFFSET (prosoft_gate_button_t, target, 8, 16);
OFFSET (prosoft_gate_button_t, kind, 12, 24);
OFFSET (prosoft_gate_button_t, reserved, 16, 28);

SIZE (prosoft_gate_decision_t, PADDED (52), 80);
OFFSET (prosoft_gate_decision_t, struct_size, 0, 0);
OFFSET (prosoft_gate_decision_t, allowed, 4, 4);
OFFSET (prosoft_gate_decision_t, outcome, 8, 8);
OFFSET (prosoft_gate_decision_t, n_buttons, 12, 12);
OFFSET (prosoft_gate_decision_t, valid_until, 16, 16);
OFFSET (prosoft_gate_decision_t, code, 24, 24);
OFFSET (prosoft_gate_decision_t, cause, 28, 32);
OFFSET (prosoft_gate_decision_t, was, 32, 40);
OFFSET (prosoft_gate_decision_t, message, 36, 48);
OFFSET (prosoft_gate_decision_t, details, 40, 56);
OFFSET (prosoft_gate_decision_t, buttons, 44, 64);
OFFSET (prosoft_gate_decision_t, page_id, 48, 72);

SIZE (prosoft_gate_event_t, 32, 48);
OFFSET (prosoft_gate_event_t, struct_size, 0, 0);
OFFSET (prosoft_gate_event_t, kind, 4, 4);
OFFSET (prosoft_gate_event_t, days, 8, 8);
OFFSET (prosoft_gate_event_t, reserved, 12, 12);
OFFSET (prosoft_gate_event_t, installation, 16, 16);
OFFSET (prosoft_gate_event_t, code, 20, 24);
OFFSET (prosoft_gate_event_t, cause, 24, 32);
OFFSET (prosoft_gate_event_t, text, 28, 40);

SIZE (prosoft_plugin_session_gate_t, 8, 16);
OFFSET (prosoft_plugin_session_gate_t, check, 0, 0);
OFFSET (prosoft_plugin_session_gate_t, session_ended, 4, 8);

SIZE (prosoft_host_session_gate_t, 12, 24);
OFFSET (prosoft_host_session_gate_t, decided, 0, 0);
OFFSET (prosoft_host_session_gate_t, notice, 4, 8);
OFFSET (prosoft_host_session_gate_t, event, 8, 16);

SIZE (prosoft_host_open_uri_t, 4, 8);
OFFSET (prosoft_host_open_uri_t, open, 0, 0);

SIZE (prosoft_host_attention_t, 4, 8);
OFFSET (prosoft_host_attention_t, attention, 0, 0);

SIZE (prosoft_host_files_t, 4, 8);
OFFSET (prosoft_host_files_t, save, 0, 0);

SIZE (prosoft_plugin_files_t, 8, 16);
OFFSET (prosoft_plugin_files_t, save_to, 0, 0);
OFFSET (prosoft_plugin_files_t, save_cancelled, 4, 8);

SIZE (prosoft_host_secrets_t, 12, 24);
OFFSET (prosoft_host_secrets_t, load, 0, 0);
OFFSET (prosoft_host_secrets_t, store, 4, 8);
OFFSET (prosoft_host_secrets_t, erase, 8, 16);

SIZE (prosoft_plugin_secrets_t, 8, 16);
OFFSET (prosoft_plugin_secrets_t, loaded, 0, 0);
OFFSET (prosoft_plugin_secrets_t, stored, 4, 8);

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
