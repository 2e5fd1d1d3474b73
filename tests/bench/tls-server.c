/* SPDX-License-Identifier: MIT */
#include "tests/bench/tls-server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_REQUEST 65536
#define LENGTH "\r\nContent-Length: "

struct _TlsServer
{
  SSL_CTX *context; /* (owned) */
  int fd;
  guint16 port;
  TlsServerHandler handler;
  gpointer user_data;
  GThread *thread;    /* (owned) */
  GPtrArray *threads; /* (owned) (element-type GThread) one for each connection */
};

typedef struct
{
  TlsServer *server; /* (unowned) */
  int fd;
} Connection;

static void
must (gboolean well, const char *what)
{
  if (!well)
    g_error ("bench: the server cannot %s: %s", what, g_strerror (errno));
}

/* The bytes of a request in all; 0 while its head is not complete. */
static gsize
request_size (const char *text, gsize *head)
{
  const char *end = strstr (text, "\r\n\r\n");
  const char *length = strstr (text, LENGTH);

  if (end == NULL)
    return 0;
  *head = (gsize)(end + 4 - text);
  if (length == NULL || length > end)
    return *head;
  return *head + (gsize)g_ascii_strtoull (length + strlen (LENGTH), NULL, 10);
}

/* One request, into @text; FALSE at the end. */
static gboolean
read_request (SSL *ssl, GString *text, gsize *head)
{
  char buffer[4096];
  gsize size = 0;

  g_string_truncate (text, 0);
  while (size == 0 || text->len < size)
    {
      int n = SSL_read (ssl, buffer, sizeof buffer);

      if (n <= 0 || text->len > MAX_REQUEST)
        return FALSE;
      g_string_append_len (text, buffer, n);
      size = request_size (text->str, head);
    }
  return TRUE;
}

static TlsServerThen
serve_one (TlsServer *self, SSL *ssl)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *head = NULL;
  gsize head_size = 0;
  TlsRequest request;
  TlsServerThen then;

  if (!read_request (ssl, text, &head_size))
    return TLS_SERVER_CLOSE;
  head = g_strndup (text->str, head_size);
  request = (TlsRequest){ head, text->str + head_size };
  then = self->handler (&request, answer, self->user_data);
  if (then <= TLS_SERVER_CLOSE && SSL_write (ssl, answer->str, (int)answer->len) <= 0)
    return TLS_SERVER_CLOSE;
  if (then == TLS_SERVER_STALL)
    while (read_request (ssl, text, &head_size))
      ;
  return then;
}

static gpointer
serve (gpointer data)
{
  g_autofree Connection *connection = data;
  const struct linger now = { .l_onoff = 1, .l_linger = 0 };
  SSL *ssl = SSL_new (connection->server->context);
  TlsServerThen then = TLS_SERVER_CLOSE;

  must (ssl != NULL && SSL_set_fd (ssl, connection->fd) == 1, "take a connection");
  if (SSL_accept (ssl) == 1)
    do
      then = serve_one (connection->server, ssl);
    while (then == TLS_SERVER_KEEP);
  if (then == TLS_SERVER_RESET)
    must (setsockopt (connection->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now) == 0, "reset");
  else
    SSL_shutdown (ssl);
  SSL_free (ssl);
  close (connection->fd);
  return NULL;
}

static gpointer
accept_connections (gpointer data)
{
  TlsServer *self = data;
  const int on = 1;
  int fd;

  /* Ends when the listening socket is shut down. */
  while ((fd = accept4 (self->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      Connection *connection = g_new0 (Connection, 1);

      must (setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "set TCP_NODELAY");
      connection->server = self;
      connection->fd = fd;
      g_ptr_array_add (self->threads, g_thread_new ("bench-server", serve, connection));
    }
  return NULL;
}

static SSL_CTX *
make_context (const char *pem)
{
  SSL_CTX *context = SSL_CTX_new (TLS_server_method ());
  BIO *for_certificate = BIO_new_mem_buf (pem, -1);
  BIO *for_key = BIO_new_mem_buf (pem, -1);
  X509 *certificate = PEM_read_bio_X509 (for_certificate, NULL, NULL, NULL);
  EVP_PKEY *key = PEM_read_bio_PrivateKey (for_key, NULL, NULL, NULL);

  must (context != NULL && SSL_CTX_use_certificate (context, certificate) == 1
            && SSL_CTX_use_PrivateKey (context, key) == 1,
        "use its certificate");
  EVP_PKEY_free (key);
  X509_free (certificate);
  BIO_free (for_key);
  BIO_free (for_certificate);
  return context;
}

TlsServer *
tls_server_new (const char *pem, TlsServerHandler handler, gpointer user_data)
{
  TlsServer *self = g_new0 (TlsServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t size = sizeof address;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->context = make_context (pem);
  self->handler = handler;
  self->user_data = user_data;
  self->threads = g_ptr_array_new ();
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  must (self->fd >= 0 && bind (self->fd, (struct sockaddr *)&address, sizeof address) == 0
            && listen (self->fd, SOMAXCONN) == 0
            && getsockname (self->fd, (struct sockaddr *)&address, &size) == 0,
        "listen");
  self->port = ntohs (address.sin_port);
  self->thread = g_thread_new ("bench-accept", accept_connections, self);
  return self;
}

void
tls_server_free (TlsServer *self)
{
  shutdown (self->fd, SHUT_RDWR);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  close (self->fd);
  SSL_CTX_free (self->context);
  g_free (self);
}

guint16
tls_server_get_port (TlsServer *self)
{
  return self->port;
}
