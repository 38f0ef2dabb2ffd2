/**
 * A policy as strict as a careful shop's: no inline styles, no strings as markup (Trusted Types), scripts only from
 * here and from the feedback server. The two `feedback` entries are all that a shop has to add for it.
 */
export function securityHeaders(nonce: string, feedback: string | undefined): Record<string, string> {
  const also = feedback ? ` ${feedback}` : ''
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'${also}`,
      `connect-src 'self'${also}`,
      "style-src 'self'",
      "img-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  }
}
