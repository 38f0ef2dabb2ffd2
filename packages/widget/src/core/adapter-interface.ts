/**
 * Takes in a page event. Adapters name it in canonical words and give GA4's properties (`value`, `currency`, `items`,
 * `transaction_id`, `coupon`, `search_term`), or those of our own `friction`: `source`, `code`, `message`. Everything
 * plain is kept as it is given, so an adapter picks what it passes on and never hands over the platform's own object.
 */
export type Emit = (name: string, properties?: Record<string, unknown>) => void

/** The only export of a part `adapter-<name>`, which translates a shop platform's events. */
export interface AdapterModule {
  /**
   * Listens until the signal aborts, and then leaves nothing behind. What the platform needs may be missing or come
   * later. Never throws.
   */
  start(emit: Emit, signal: AbortSignal): void
}
