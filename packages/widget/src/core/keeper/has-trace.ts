/**
 * Whether a text can hold a mail address, a number that tells who somebody is, or a secret. Most have nothing of what
 * those are never without, and cost their visitor no part and no wait. May say yes too often, never no.
 */
export const hasTrace = (text: string): boolean => /[@＠﹫]|%40|[\w+/=-]{20}|(?:\p{Nd}\P{Nd}*){9}/u.test(text)
