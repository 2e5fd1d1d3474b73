/* SPDX-License-Identifier: MIT */
/* The tests, one list a file; a list ends with a NULL name. */
#pragma once

#include "tests/check/host.h"

extern const CheckTest check_tests_types[];       /* R1 */
extern const CheckTest check_tests_file[];        /* R2 */
extern const CheckTest check_tests_growth[];      /* R3 */
extern const CheckTest check_tests_threads[];     /* R4 */
extern const CheckTest check_tests_blocking[];    /* R5 */
extern const CheckTest check_tests_calls[];       /* R6 */
extern const CheckTest check_tests_memory[];      /* R7, R8 */
extern const CheckTest check_tests_errors[];      /* R9 */
extern const CheckTest check_tests_operations[];  /* R10 */
extern const CheckTest check_tests_lifetime[];    /* R11 */
extern const CheckTest check_tests_mapping[];     /* R12 */
extern const CheckTest check_tests_environment[]; /* R13 */
extern const CheckTest check_tests_ids[];         /* R14 */
extern const CheckTest check_tests_pages[];       /* pages */
extern const CheckTest check_tests_gate[];        /* gate */
