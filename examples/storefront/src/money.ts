import type { Currency, Language } from './languages.ts'

export type Prices = Record<Currency, number>

/** What a delivery costs, and from which goods value the standard one is free. */
export const deliveryPrices: Record<'freeFrom' | 'standard' | 'express', Prices> = {
  freeFrom: { USD: 80, KRW: 100_000, JPY: 12_000, CNY: 580, AED: 290 },
  standard: { USD: 6, KRW: 3_000, JPY: 700, CNY: 20, AED: 22 },
  express: { USD: 14, KRW: 6_000, JPY: 1_400, CNY: 45, AED: 48 },
}

export type Delivery = 'standard' | 'express'

export function deliveryPrice(delivery: Delivery, goods: number, currency: Currency): number {
  if (delivery === 'standard' && goods >= deliveryPrices.freeFrom[currency]) return 0
  return deliveryPrices[delivery][currency]
}

/** `$28`, `₩38,000`, `￥4,200`, `¥198`: public/shop.js writes money the same way when a quantity changes. */
export const formatMoney = (amount: number, { format, currency }: Language): string =>
  new Intl.NumberFormat(format, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(amount)

export const formatUnit = (
  amount: number,
  unit: 'milliliter' | 'centimeter' | 'gram' | 'celsius',
  { format }: Language,
): string => new Intl.NumberFormat(format, { style: 'unit', unit }).format(amount)
