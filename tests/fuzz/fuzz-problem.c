/* SPDX-License-Identifier: MIT */
/*
 * An answer of TTcloud, or of whatever stands before it (api/ttcloud/reply.h, problem.h): a letter
 * for the status, a digit for the type, then the body.
 *
 * Only a 200 or 201 of JSON is an object; everything else is an error that says which kind of
 * trouble it is, and only TTcloud's own words for exactly this status are believed.
 */
#include "tests/fuzz/fuzz.h"

#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/reply.h"
#include "base/json.h"

#include <string.h>

static const guint statuses[] = { 200, 201, 204, 302, 400, 401, 403, 404, 407, 409, 429, 500, 511 };
static const char *const types[]
    = { "application/problem+json", "application/json",         "text/html",
        "application/xhtml+xml",    "Application/Problem+JSON", NULL };

static void
assert_problem (const TtecommProblem *problem, const TtecommReply *reply, JsonObject *object)
{
  g_autofree char *type = NULL;
  g_autoptr (TtecommProblem) copy = ttecomm_problem_copy (problem);

  g_assert_cmpstr (reply->content_type, ==, "application/problem+json");
  g_assert_cmpuint (problem->status, ==, reply->status);
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, reply->status);
  type = g_strconcat ("urn:ttecomm:problem:", ttecomm_problem_name_to_string (problem->name), NULL);
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, type);
  fuzz_assert_line (problem->title);
  fuzz_assert_line (problem->detail);
  g_assert_cmpuint (strlen (problem->title), <=, 1000);
  g_assert_cmpstr (copy->title, ==, problem->title);
  g_assert_cmpstr (copy->detail, ==, problem->detail);
  g_assert_cmpuint (copy->blockers, ==, problem->blockers);
  g_assert_cmpuint (copy->status, ==, problem->status);
}

static void
assert_refusal (const TtecommReply *reply, JsonObject *any, const GError *error)
{
  const TtecommProblem *problem = ttecomm_cloud_error_get_problem (error);

  fuzz_assert_error (error, TTECOMM_CLOUD_ERROR);
  fuzz_assert_line (error->message);
  g_assert_cmpuint (ttecomm_cloud_error_get_status (error), ==, reply->status);
  if (problem != NULL)
    assert_problem (problem, reply, any);
  switch (reply->status)
    {
    case 401:
      g_assert_cmpint (error->code, ==, TTECOMM_CLOUD_ERROR_SIGN_IN);
      break;
    case 407:
      g_assert_cmpint (error->code, ==, TTECOMM_CLOUD_ERROR_PROXY_LOGIN);
      break;
    case 511:
      g_assert_cmpint (error->code, ==, TTECOMM_CLOUD_ERROR_PORTAL);
      break;
    case 429:
    case 500:
      g_assert_cmpint (error->code, ==, TTECOMM_CLOUD_ERROR_BUSY);
      break;
    default:
      g_assert_false (error->code == TTECOMM_CLOUD_ERROR_PROBLEM && problem == NULL);
      break;
    }
}

int
ttecomm_fuzz_problem (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint status = statuses[(guint8)(fuzz_input_take_byte (&input) - 'a') % G_N_ELEMENTS (statuses)];
  const char *type = types[fuzz_input_take_choice (&input, G_N_ELEMENTS (types))];
  gsize length = 0;
  guint8 *rest = fuzz_input_take_rest (&input, &length);
  g_autoptr (GBytes) body = g_bytes_new_take (rest, length);
  g_autoptr (TtecommReply) reply = ttecomm_reply_new (status, type, body);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = ttecomm_reply_get_object (reply, &error);
  g_autoptr (JsonObject) any = ttecomm_reply_get_any_object (reply);
  gboolean is_json = length > 0 && ttecomm_json_scan ((const char *)rest, length, length, NULL);

  g_assert_true (any == NULL || (is_json && type != NULL && strstr (type, "html") == NULL));
  if (object == NULL)
    {
      assert_refusal (reply, any, error);
      return 0;
    }
  g_assert_no_error (error);
  g_assert_true (status == 200 || status == 201);
  g_assert_cmpstr (reply->content_type, ==, "application/json");
  g_assert_true (is_json);
  return 0;
}
