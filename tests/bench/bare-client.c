/* SPDX-License-Identifier: MIT */
#include "tests/bench/bare-client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/series.h"

#define MAX_ANSWER 65536

struct _BareClient
{
  SSL_CTX *context; /* (owned) */
  SSL *ssl;         /* (owned) (nullable) the connection */
  int fd;
  guint16 port;
};

static void
must (gboolean well, const char *what)
{
  if (!well)
    g_error ("bench: the bare client cannot %s", what);
}

static int
connect_to (guint16 port)
{
  const int on = 1;
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  must (fd >= 0 && setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0
            && connect (fd, (struct sockaddr *)&address, sizeof address) == 0,
        "connect");
  return fd;
}

BareClient *
bare_client_new (const char *ca, guint16 port)
{
  BareClient *self = g_new0 (BareClient, 1);
  BIO *bio = BIO_new_mem_buf (ca, -1);
  X509 *certificate = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

  self->context = SSL_CTX_new (TLS_client_method ());
  must (certificate != NULL && self->context != NULL
            && X509_STORE_add_cert (SSL_CTX_get_cert_store (self->context), certificate) == 1,
        "trust the certificate");
  SSL_CTX_set_verify (self->context, SSL_VERIFY_PEER, NULL);
  X509_free (certificate);
  BIO_free (bio);
  self->port = port;
  return self;
}

void
bare_client_close (BareClient *self)
{
  if (self->ssl == NULL)
    return;
  SSL_shutdown (self->ssl);
  g_clear_pointer (&self->ssl, SSL_free);
  close (self->fd);
}

void
bare_client_free (BareClient *self)
{
  bare_client_close (self);
  SSL_CTX_free (self->context);
  g_free (self);
}

static void
open_connection (BareClient *self)
{
  self->fd = connect_to (self->port);
  self->ssl = SSL_new (self->context);
  must (X509_VERIFY_PARAM_set1_ip_asc (SSL_get0_param (self->ssl), "127.0.0.1") == 1
            && SSL_set_fd (self->ssl, self->fd) == 1 && SSL_connect (self->ssl) == 1,
        "shake hands");
}

/* How many bytes the answer has in all; 0 while its head is not complete. */
static gsize
answer_size (const char *answer)
{
  const char *end = strstr (answer, "\r\n\r\n");
  const char *length = strstr (answer, "Content-Length: ");

  if (end == NULL || length == NULL || length > end)
    return 0;
  return (gsize)(end + 4 - answer)
         + (gsize)g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
}

static void
read_answer (BareClient *self)
{
  char answer[MAX_ANSWER + 1];
  gsize size = 0;
  gsize done = 0;

  while (size == 0 || done < size)
    {
      int n = SSL_read (self->ssl, answer + done, (int)(MAX_ANSWER - done));

      must (n > 0, "read the answer");
      done += (gsize)n;
      answer[done] = '\0';
      size = answer_size (answer);
    }
  must (g_str_has_prefix (answer, "HTTP/1.1 200"), "get what it asks for");
}

double
bare_client_ask (BareClient *self, const char *request)
{
  gint64 begin = bench_now_ns ();

  if (self->ssl == NULL)
    open_connection (self);
  must (SSL_write (self->ssl, request, (int)strlen (request)) > 0, "ask");
  read_answer (self);
  return (double)(bench_now_ns () - begin);
}

double
bare_client_time_echo (guint16 port)
{
  int fd = connect_to (port);
  gint64 begin = bench_now_ns ();
  char byte = 'e';

  must (send (fd, &byte, 1, 0) == 1 && recv (fd, &byte, 1, 0) == 1, "hear an echo");
  close (fd);
  return (double)(bench_now_ns () - begin);
}
