/* SPDX-License-Identifier: MIT */
#pragma once

/* The contract's words in the order of the enums (of the bits, for the two sets); NULL ends. For
 * this room only. */
extern const char *const ttecomm_cloud_role_names[];
extern const char *const ttecomm_cloud_state_names[];
extern const char *const ttecomm_quote_action_names[];
extern const char *const ttecomm_vat_kind_names[];
extern const char *const ttecomm_order_state_names[];
extern const char *const ttecomm_order_reason_names[]; /* without NONE */
extern const char *const ttecomm_blocker_names[];
extern const char *const ttecomm_missing_names[];
