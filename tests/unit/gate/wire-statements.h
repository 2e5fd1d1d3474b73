/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/support/fake-signer.h"

G_BEGIN_DECLS

/* Statements with one thing wrong; each takes a good one and may change it. (transfer full) */
char *wire_statement_good (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_bad_signature (const TtecommFakeSigner *signer,
                                    TtecommFakeStatement *statement);
char *wire_statement_bad_claims (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_alg_none (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_crit_header (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_other_typ (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_over_long (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_cut_statement (const TtecommFakeSigner *signer,
                                    TtecommFakeStatement *statement);
char *wire_statement_duplicate_claims (const TtecommFakeSigner *signer,
                                       TtecommFakeStatement *statement);
char *wire_statement_long_exp (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_unknown_kid (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_wrong_nonce (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_no_nonce (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_wrong_site (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_wrong_account (const TtecommFakeSigner *signer,
                                    TtecommFakeStatement *statement);
char *wire_statement_wrong_env (const TtecommFakeSigner *signer, TtecommFakeStatement *statement);
char *wire_statement_wrong_audience (const TtecommFakeSigner *signer,
                                     TtecommFakeStatement *statement);
char *wire_statement_wrong_issuer (const TtecommFakeSigner *signer,
                                   TtecommFakeStatement *statement);

G_END_DECLS
