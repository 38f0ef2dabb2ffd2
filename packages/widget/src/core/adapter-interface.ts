import type { AdapterName } from '@heed/contract'

/**
 * Takes in a page event. Adapters name it in canonical words and give canonical properties, or GA4's `items`, or those
 * of our own `friction`: `source`, `code` and `message`, which is made plain text on its way. Everything plain is kept as
 * it is given, so an adapter picks what it passes on and never hands over the platform's own object.
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

/**
 * What shop platforms put on their pages, in the order of the contract's `adapterNames`, commas between. Segment is no
 * shop platform, and its `analytics` could be anybody's: its adapter is only there when asked for.
 */
export const signs = 'Shopify,woocommerce_params,bodlEvents,adobeDataLayer,prestashop'

/** The only export of the part `adapters`, which finds out what adapters a page needs. */
export interface AdaptersModule {
  /** Starts those asked for, in markup with commas between them, and those that the page shows signs of. */
  start(
    asked: AdapterName[] | string | undefined,
    emit: Emit,
    signal: AbortSignal,
    loadPart: <Part>(name: string) => Promise<Part>,
  ): void
}
