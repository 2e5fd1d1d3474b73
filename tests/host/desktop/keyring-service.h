/* SPDX-License-Identifier: MIT */
/* libsecret's proxy of the Secret Service, which tells when the service asks the person. */
#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

#define KEYRING_TYPE_SERVICE (keyring_service_get_type ())
G_DECLARE_FINAL_TYPE (KeyringService, keyring_service, KEYRING, SERVICE, SecretService)

typedef enum
{
  DESKTOP_KEYRING_ABSENT,  /* no session bus, or no Secret Service on it */
  DESKTOP_KEYRING_LOCKED,  /* the person did not unlock it */
  DESKTOP_KEYRING_DAMAGED, /* what it holds is not what was stored */
} DesktopKeyringError;

#define DESKTOP_KEYRING_ERROR (desktop_keyring_error_quark ())
GQuark desktop_keyring_error_quark (void);

/* The service asks the person on behalf of the call with this cancellable; FALSE: no longer. */
typedef void (*KeyringServiceAsks) (gpointer data, GCancellable *call, gboolean asks);

/* `service` is a KeyringService. `asks` NULL: nobody is told any more. */
void keyring_service_set_asks (SecretService *service, KeyringServiceAsks asks, gpointer data);

G_END_DECLS
