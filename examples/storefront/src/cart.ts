import { findProduct, type Product } from './catalog.ts'
import type { Currency } from './languages.ts'

export interface CartLine {
  product: Product
  quantity: number
}

/** As public/shop.js writes the cookie: `moon-cup.2~sejak.1`. What the shop does not sell is left out. */
export function readCart(cookie: string | undefined): CartLine[] {
  const lines: CartLine[] = []
  for (const part of (cookie ?? '').split('~')) {
    const [id = '', amount] = part.split('.')
    const product = findProduct(id)
    const quantity = Math.min(20, Math.floor(Number(amount)))
    if (product && quantity >= 1 && !lines.some((line) => line.product === product))
      lines.push({ product, quantity })
  }
  return lines
}

export const writeCart = (lines: readonly CartLine[]): string =>
  lines.map(({ product, quantity }) => `${product.id}.${quantity}`).join('~')

export const countItems = (lines: readonly CartLine[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** The goods without delivery. */
export const goodsValue = (lines: readonly CartLine[], currency: Currency): number =>
  lines.reduce((sum, { product, quantity }) => sum + product.prices[currency] * quantity, 0)
