/** A property of a page event; anything else, and whatever `track()` cannot name here, is dropped. */
export type EventProperty = string | number | boolean | readonly string[] | null | undefined

/** An amount of money never goes without its currency, ISO 4217. */
type Money = { value: number; currency: string } | { value?: undefined; currency?: string }

/** One item in GA4's words. `item_id` and `quantity` count, `item_category` is the item's category. */
export interface EventItem {
  item_id: string
  item_name?: string
  item_category?: string
  item_variant?: string
  /** @default 1 */
  quantity?: number
  price?: number
  [property: string]: EventProperty
}

interface ItemList {
  items?: readonly EventItem[]
  item_list_id?: string
  item_list_name?: string
}

interface Promotion {
  items?: readonly EventItem[]
  promotion_id?: string
  promotion_name?: string
  creative_name?: string
  creative_slot?: string
}

type Cart = Money & { items?: readonly EventItem[]; coupon?: string }

type Order = Cart & { transaction_id?: string; tax?: number; shipping?: number }

/** Something stood in the visitor's way: a failed payment, a rejected coupon, an empty search. */
interface Friction {
  /** Where it happened, such as `checkout`. */
  source: string
  code?: string
  message?: string
}

/**
 * The page events that `track()` takes and surveys can wait for: GA4's e-commerce events in GA4's words
 * (https://developers.google.com/analytics/devguides/collection/ga4/reference/events) and `friction`. A name that is
 * not here does not compile, because a survey that waits for it would wait for ever. Add your own:
 *
 *     import '@heed/widget'
 *
 *     declare module '@heed/widget' {
 *       interface HeedEvents {
 *         quiz_finished: { score: number }
 *       }
 *     }
 */
export interface HeedEvents {
  page_view: { page_title?: string; page_type?: string }
  view_item: Money & { items?: readonly EventItem[] }
  view_item_list: ItemList
  select_item: ItemList
  search: { search_term: string }
  add_to_cart: Cart
  remove_from_cart: Cart
  view_cart: Cart
  begin_checkout: Cart
  add_shipping_info: Cart & { shipping_tier?: string }
  add_payment_info: Cart & { payment_type?: string }
  purchase: Order
  refund: Order
  view_promotion: Promotion
  select_promotion: Promotion
  friction: Friction
}

export type EventName = keyof HeedEvents & string

/** The properties of an event; may be left out when none of them is required. */
export type EventArguments<Name extends EventName> =
  Record<never, never> extends HeedEvents[Name]
    ? [properties?: HeedEvents[Name]]
    : [properties: HeedEvents[Name]]
