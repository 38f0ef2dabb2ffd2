import type { CartLine } from './cart.ts'
import type { Language } from './languages.ts'
import type { Delivery } from './money.ts'
import type { ShopTexts } from './texts/index.ts'

/** What the visitor has ordered, kept in a cookie of this shop. */
export interface Order {
  number: string
  delivery: Delivery
  lines: CartLine[]
}

/** Everything a page is made from. */
export interface Visit {
  language: Language
  texts: ShopTexts
  /** The address after the language: `product/moon-cup/`. */
  path: string
  cart: CartLine[]
  /** Chosen in the checkout. */
  delivery: Delivery
  order: Order | undefined
  /** The order was placed by the request before this one: the moment for the purchase event, once. */
  orderIsNew: boolean
  consent: 'granted' | 'denied'
}

/** The address of a page in the visitor's language. */
export const pageUrl = ({ language }: Pick<Visit, 'language'>, path = ''): string =>
  `/${language.code}/${path}`
