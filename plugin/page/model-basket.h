/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/model-private.h"

G_BEGIN_DECLS

/*
 * What a person can do with the basket. Add and remove take SERVICE for the open installation, or
 * SERVICE.INSTALLATION for any. What is typed as `basket.po` may come with each of them.
 */
void ttecomm_model_basket_add (TtecommModel *self,
                               TtecommModelOperation *operation,
                               const char *argument,
                               JsonObject *inputs);
void ttecomm_model_basket_remove (TtecommModel *self,
                                  TtecommModelOperation *operation,
                                  const char *argument,
                                  JsonObject *inputs);
/* Takes out what cannot be bought, and asks for the price of the rest. */
void ttecomm_model_basket_remove_blocked (TtecommModel *self,
                                          TtecommModelOperation *operation,
                                          const char *argument,
                                          JsonObject *inputs);
void ttecomm_model_basket_quote (TtecommModel *self,
                                 TtecommModelOperation *operation,
                                 const char *argument,
                                 JsonObject *inputs);
void ttecomm_model_basket_accept (TtecommModel *self,
                                  TtecommModelOperation *operation,
                                  const char *argument,
                                  JsonObject *inputs);
void ttecomm_model_basket_pay (TtecommModel *self,
                               TtecommModelOperation *operation,
                               const char *argument,
                               JsonObject *inputs);
void ttecomm_model_basket_open_checkout (TtecommModel *self,
                                         TtecommModelOperation *operation,
                                         const char *argument,
                                         JsonObject *inputs);
void ttecomm_model_basket_cancel_order (TtecommModel *self,
                                        TtecommModelOperation *operation,
                                        const char *argument,
                                        JsonObject *inputs);

/* The lines of @installation, just put in, get the name that is known of it. */
void ttecomm_model_basket_name_line (TtecommModel *self, const char *installation);

G_END_DECLS
