/* SPDX-License-Identifier: MIT */
#include "tests/tools/witness.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "api/ttcloud/statement.h"
#include "base/json.h"

/*
 * Says what our code makes of things, so that programs which others wrote can be asked the same
 * (tests/referees). One question a line on the standard input, {"op": ...}; one answer a line,
 * {"accepted": true, ...} or {"accepted": false, "why": "domain/code: message"}.
 */

#define MAX_TEXT (64 * 1024 * 1024)

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, why);
  return FALSE;
}

static const char *
text_of (JsonObject *question, const char *name)
{
  return json_object_get_string_member_with_default (question, name, "");
}

/* Base64, since some of it is no text. */
static guint8 *
bytes_of (JsonObject *question, const char *name, gsize *length)
{
  return g_base64_decode (text_of (question, name), length);
}

/* {"text"} in base64. */
static gboolean
witness_json (JsonObject *question, JsonBuilder *answer, GError **error)
{
  gsize length;
  g_autofree guint8 *text = bytes_of (question, "text", &length);
  g_autoptr (JsonNode) root = ttecomm_json_parse ((const char *)text, length, MAX_TEXT, error);

  return root != NULL;
}

/* {"key", "message", "signature"} in base64. */
static gboolean
witness_ed25519 (JsonObject *question, JsonBuilder *answer, GError **error)
{
  gsize key_length, signature_length, length;
  g_autofree guint8 *key = bytes_of (question, "key", &key_length);
  g_autofree guint8 *signature = bytes_of (question, "signature", &signature_length);
  g_autofree guint8 *message = bytes_of (question, "message", &length);

  if (key_length != TTECOMM_ED25519_KEY_SIZE || signature_length != TTECOMM_ED25519_SIGNATURE_SIZE)
    return refuse ("the key or the signature has another length", error);
  if (!ttecomm_ed25519_key_is_safe (key))
    return refuse ("the key is not safe", error);
  return ttecomm_ed25519_verify (key, message, length, signature)
         || refuse ("the signature is not this key's", error);
}

static TtecommKeySet *
read_keys (JsonObject *question, GError **error)
{
  const char *trust_text = text_of (question, "trust");
  const char *keys = text_of (question, "keys");
  g_autoptr (TtecommTrust) trust
      = ttecomm_trust_new_from_json (trust_text, strlen (trust_text), error);

  return trust != NULL ? ttecomm_key_set_verify (keys, strlen (keys), trust, 0, error) : NULL;
}

/* {"trust", "keys"} */
static gboolean
witness_keys (JsonObject *question, JsonBuilder *answer, GError **error)
{
  g_autoptr (TtecommKeySet) keys = read_keys (question, error);

  if (keys == NULL)
    return FALSE;
  json_builder_set_member_name (answer, "ver");
  json_builder_add_int_value (answer, ttecomm_key_set_get_ver (keys));
  return TRUE;
}

/* The services as the payload has them. */
static void
add_services (JsonBuilder *answer, const TtecommStatement *statement)
{
  json_builder_begin_object (json_builder_set_member_name (answer, "svc"));
  for (guint i = 0; i < ttecomm_statement_get_n_services (statement); i++)
    {
      const TtecommServiceFlag *flag = ttecomm_statement_get_nth_service (statement, i);

      json_builder_begin_object (json_builder_set_member_name (answer, flag->id));
      json_builder_add_boolean_value (json_builder_set_member_name (answer, "flag"), flag->flag);
      json_builder_add_int_value (json_builder_set_member_name (answer, "until_ts"),
                                  flag->until_ts);
      json_builder_add_string_value (json_builder_set_member_name (answer, "state"),
                                     ttecomm_service_state_to_string (flag->state));
      json_builder_end_object (answer);
    }
  json_builder_end_object (answer);
}

/* {"trust", "keys", "statement", "installation", "account", "nonce"} */
static gboolean
witness_statement (JsonObject *question, JsonBuilder *answer, GError **error)
{
  g_autoptr (TtecommKeySet) keys = read_keys (question, error);
  const char *text = text_of (question, "statement");
  TtecommStatementExpected expected = {
    .keys = keys,
    .installation = text_of (question, "installation"),
    .account = text_of (question, "account"),
    .nonce = text_of (question, "nonce"),
  };
  g_autoptr (TtecommStatement) statement = NULL;

  if (keys == NULL)
    return FALSE;
  statement = ttecomm_statement_verify (text, strlen (text), &expected, error);
  if (statement == NULL)
    return FALSE;
  json_builder_set_member_name (answer, "ver");
  json_builder_add_int_value (answer, ttecomm_statement_get_ver (statement));
  json_builder_set_member_name (answer, "exp");
  json_builder_add_int_value (answer, ttecomm_statement_get_exp (statement));
  json_builder_set_member_name (answer, "role");
  json_builder_add_string_value (answer, ttecomm_statement_role_to_string (
                                             ttecomm_statement_get_role (statement)));
  add_services (answer, statement);
  return TRUE;
}

static const struct
{
  const char *op;
  gboolean (*answer) (JsonObject *question, JsonBuilder *answer, GError **error);
} witnesses[] = {
  { "json", witness_json },           { "ed25519", witness_ed25519 }, { "keys", witness_keys },
  { "statement", witness_statement }, { "nbt", witness_nbt },
};

static void
answer_one (JsonObject *question)
{
  g_autoptr (JsonBuilder) answer = json_builder_begin_object (json_builder_new ());
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  gsize i = 0;
  gboolean accepted;

  while (i < G_N_ELEMENTS (witnesses) && strcmp (witnesses[i].op, text_of (question, "op")) != 0)
    i++;
  accepted = i < G_N_ELEMENTS (witnesses) ? witnesses[i].answer (question, answer, &error)
                                          : refuse ("no such op", &error);
  json_builder_add_boolean_value (json_builder_set_member_name (answer, "accepted"), accepted);
  if (!accepted)
    {
      g_autofree char *why = g_strdup_printf ("%s/%d: %s", g_quark_to_string (error->domain),
                                              error->code, error->message);

      json_builder_add_string_value (json_builder_set_member_name (answer, "why"), why);
    }
  root = json_builder_get_root (json_builder_end_object (answer));
  line = json_to_string (root, FALSE);
  /* Not g_print(): it would put the text into the locale's letters. */
  puts (line);
}

int
main (void)
{
  g_autoptr (GIOChannel) in = g_io_channel_unix_new (fileno (stdin));
  char *line = NULL;

  while (g_io_channel_read_line (in, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autofree char *owned = line;
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;
      JsonNode *root;

      if (!json_parser_load_from_data (parser, owned, -1, &error)
          || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
        {
          g_printerr ("witness: a question is a JSON object in a line\n");
          return 2;
        }
      answer_one (json_node_get_object (root));
    }
  return 0;
}
