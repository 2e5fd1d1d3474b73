// SPDX-License-Identifier: MIT
// The little that oidc-provider uses and that Debian 12's Node 18 does not have. As a loader
// (--loader) it hands out itself for node:crypto.
import crypto from 'node:crypto';

export * from 'node:crypto';
export default crypto;

export const hash = (name, data, encoding = 'hex') => {
  const digest = crypto.createHash(name).update(data).digest();
  return encoding === 'buffer' ? digest : digest.toString(encoding);
};

export const resolve = (specifier, context, next) =>
  specifier === 'node:crypto' && context.parentURL?.includes('/oidc-provider/') ? { url: import.meta.url, shortCircuit: true } : next(specifier, context);
