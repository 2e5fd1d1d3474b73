/* SPDX-License-Identifier: MIT */
#include "tests/check/tests.h"

static const CheckTest *const lists[] = {
  check_tests_types,      check_tests_file,     check_tests_growth,  check_tests_threads,
  check_tests_blocking,   check_tests_calls,    check_tests_memory,  check_tests_errors,
  check_tests_operations, check_tests_lifetime, check_tests_mapping, check_tests_environment,
  check_tests_ids,        check_tests_pages,    check_tests_gate,
};

const CheckTest *
check_test_get (size_t index)
{
  for (size_t i = 0; i < CHECK_COUNT (lists); i++)
    for (const CheckTest *test = lists[i]; test->name != NULL; test++)
      if (index-- == 0)
        return test;
  return NULL;
}
