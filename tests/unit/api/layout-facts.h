/* SPDX-License-Identifier: MIT */
/*
 * Every size and every offset of the interface, for 32 and for 64 bit (R1, R3): what SIZE and
 * OFFSET make of them is for who includes this. No guard: it is a list. A number here never changes
 * once it is published; a data struct that grows gets a larger SIZE and new OFFSET lines below the
 * old ones.
 */
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
