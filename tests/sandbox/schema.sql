-- SPDX-License-Identifier: MIT
-- The world of the sandbox. Dates are YYYY-MM-DD, instants are Unix seconds, money is net cents
-- unless the name says otherwise. What must never happen twice is a constraint.
CREATE TABLE world (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  offset_seconds INTEGER NOT NULL,
  last_run TEXT NOT NULL,
  terms_version TEXT NOT NULL,
  next_invoice INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE keys (
  name TEXT PRIMARY KEY,
  seed TEXT NOT NULL
);
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  private INTEGER NOT NULL CHECK (private IN (0, 1)),
  company TEXT, country TEXT, street TEXT, postcode TEXT, city TEXT,
  tax_number TEXT, invoice_email TEXT
);
CREATE TABLE cards (
  account TEXT PRIMARY KEY REFERENCES accounts (id),
  brand TEXT NOT NULL CHECK (brand IN ('visa', 'mastercard')),
  last4 TEXT NOT NULL CHECK (length (last4) = 4),
  expires TEXT NOT NULL CHECK (expires LIKE '____-__'),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  good INTEGER NOT NULL CHECK (good IN (0, 1))
);
CREATE TABLE installations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  connected INTEGER NOT NULL CHECK (connected IN (0, 1)),
  last_seen INTEGER,
  si_access INTEGER NOT NULL CHECK (si_access IN (0, 1)),
  suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
  prosoft TEXT NOT NULL,
  ver INTEGER NOT NULL DEFAULT 1
);
-- Who is who as last transmitted (S80). 'unknown': linked to TTcloud, users never transmitted.
CREATE TABLE people (
  installation TEXT NOT NULL REFERENCES installations (id),
  email TEXT NOT NULL COLLATE NOCASE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'integrator', 'user', 'unknown')),
  PRIMARY KEY (installation, email, role)
);
CREATE INDEX people_by_email ON people (email, installation);
-- One a service and installation (S16): a new purchase after the end takes the row over.
-- original_start anchors every later end; n is the term that is paid; next_cents binds (C27).
-- All of it is the scheduler's (plugin/terms/subscription.h), but for po_reference.
CREATE TABLE subscriptions (
  installation TEXT NOT NULL REFERENCES installations (id),
  service TEXT NOT NULL,
  payer TEXT NOT NULL REFERENCES accounts (id),
  period TEXT NOT NULL,
  original_start TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 1),
  end TEXT NOT NULL,
  renew INTEGER NOT NULL CHECK (renew IN (0, 1)),
  failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
  reminded INTEGER NOT NULL,
  end_is_told INTEGER NOT NULL CHECK (end_is_told IN (0, 1)),
  next_cents INTEGER NOT NULL CHECK (next_cents >= 0),
  po_reference TEXT,
  PRIMARY KEY (installation, service)
);
-- A term is paid once and never again.
CREATE TABLE renewals (
  installation TEXT NOT NULL,
  service TEXT NOT NULL,
  original_start TEXT NOT NULL,
  n INTEGER NOT NULL,
  day TEXT NOT NULL,
  invoice TEXT NOT NULL REFERENCES invoices (number),
  UNIQUE (installation, service, original_start, n)
);
CREATE TABLE invoices (
  number TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('purchase', 'renewal')),
  day TEXT NOT NULL,
  net_cents INTEGER NOT NULL,
  vat_cents INTEGER NOT NULL
);
CREATE TABLE quotes (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  valid_on TEXT NOT NULL,
  request TEXT NOT NULL,
  preview TEXT NOT NULL
);
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  serial INTEGER NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES accounts (id),
  quote TEXT NOT NULL UNIQUE REFERENCES quotes (id),
  idempotency_key TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('pending', 'paid', 'failed', 'cancelled', 'expired')),
  reason TEXT,
  gross_cents INTEGER NOT NULL,
  due_now_cents INTEGER NOT NULL,
  po_reference TEXT,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  chosen_card TEXT,
  invoice TEXT REFERENCES invoices (number),
  UNIQUE (account, idempotency_key)
);
CREATE TABLE idempotency (
  account TEXT NOT NULL REFERENCES accounts (id),
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id),
  PRIMARY KEY (account, key)
);
CREATE TABLE events (
  serial INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  event TEXT NOT NULL,
  payer TEXT NOT NULL,
  subscriptions TEXT NOT NULL,
  cents INTEGER NOT NULL,
  reported INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE outbox (
  serial INTEGER PRIMARY KEY AUTOINCREMENT,
  sent INTEGER NOT NULL,
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
);
-- Sign-in. Only digests of codes, tokens and cookies are kept; their times are real, not the world's.
CREATE TABLE grants (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES accounts (id),
  scope TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  challenge TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  code_expires INTEGER NOT NULL,
  code_used INTEGER NOT NULL DEFAULT 0,
  revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE refresh_tokens (
  digest TEXT PRIMARY KEY,
  grant_id INTEGER NOT NULL REFERENCES grants (id),
  replaced INTEGER
);
CREATE TABLE access_tokens (
  digest TEXT PRIMARY KEY,
  grant_id INTEGER NOT NULL REFERENCES grants (id),
  expires INTEGER NOT NULL
);
CREATE TABLE browsers (
  digest TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  expires INTEGER NOT NULL
);
-- ver of a statement grows with whatever the statement says.
CREATE TRIGGER installation_changed AFTER UPDATE OF name, connected, last_seen, si_access, suspended, prosoft
  ON installations BEGIN UPDATE installations SET ver = ver + 1 WHERE id = NEW.id; END;
CREATE TRIGGER person_added AFTER INSERT ON people
  BEGIN UPDATE installations SET ver = ver + 1 WHERE id = NEW.installation; END;
CREATE TRIGGER person_removed AFTER DELETE ON people
  BEGIN UPDATE installations SET ver = ver + 1 WHERE id = OLD.installation; END;
CREATE TRIGGER subscription_added AFTER INSERT ON subscriptions
  BEGIN UPDATE installations SET ver = ver + 1 WHERE id = NEW.installation; END;
CREATE TRIGGER subscription_changed AFTER UPDATE ON subscriptions
  BEGIN UPDATE installations SET ver = ver + 1 WHERE id = NEW.installation; END;
