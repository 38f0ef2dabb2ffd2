import type { Prices } from './money.ts'

export const categories = ['cups', 'pots', 'tea', 'table'] as const
export type Category = (typeof categories)[number]

type Material =
  | 'stoneware'
  | 'porcelain'
  | 'ironware'
  | 'oak'
  | 'linen'
  | 'greenTea'
  | 'roastedTea'
  | 'oolong'

export type ProductId =
  | 'moon-cup'
  | 'hearth-pot'
  | 'sejak'
  | 'dusk-mug'
  | 'snowline-pot'
  | 'tide-bowl'
  | 'hojicha'
  | 'stem-vase'
  | 'pour-jug'
  | 'oolong'
  | 'oak-tray'
  | 'linen-cloth'

export interface Product {
  id: ProductId
  category: Category
  material: Material
  prices: Prices
  /** Width, height and depth in centimetres, as far as they matter. */
  size: readonly number[]
  milliliters?: number
  grams: number
  /** Brewing temperature, degrees Celsius. */
  celsius?: number
  /** Mean of the reviews, 1 to 5, and how many there are. */
  rating: readonly [mean: number, count: number]
}

/** In the order of the list page. */
export const products: readonly Product[] = [
  {
    id: 'moon-cup',
    category: 'cups',
    material: 'stoneware',
    prices: { USD: 28, KRW: 36_000, JPY: 4_200, CNY: 198, AED: 105 },
    size: [8.6, 7],
    milliliters: 180,
    grams: 210,
    rating: [4.9, 212],
  },
  {
    id: 'hearth-pot',
    category: 'pots',
    material: 'ironware',
    prices: { USD: 98, KRW: 128_000, JPY: 14_800, CNY: 698, AED: 360 },
    size: [21, 18.5],
    milliliters: 650,
    grams: 1180,
    rating: [4.8, 96],
  },
  {
    id: 'sejak',
    category: 'tea',
    material: 'greenTea',
    prices: { USD: 22, KRW: 28_000, JPY: 3_200, CNY: 158, AED: 82 },
    size: [7.5, 11],
    grams: 50,
    celsius: 70,
    rating: [4.9, 148],
  },
  {
    id: 'dusk-mug',
    category: 'cups',
    material: 'stoneware',
    prices: { USD: 34, KRW: 44_000, JPY: 4_900, CNY: 238, AED: 125 },
    size: [8.8, 9.4],
    milliliters: 320,
    grams: 340,
    rating: [4.7, 180],
  },
  {
    id: 'snowline-pot',
    category: 'pots',
    material: 'porcelain',
    prices: { USD: 86, KRW: 112_000, JPY: 12_800, CNY: 598, AED: 316 },
    size: [20, 15.5],
    milliliters: 520,
    grams: 620,
    rating: [4.8, 74],
  },
  {
    id: 'tide-bowl',
    category: 'cups',
    material: 'stoneware',
    prices: { USD: 46, KRW: 59_000, JPY: 6_800, CNY: 328, AED: 169 },
    size: [12.4, 7.2],
    milliliters: 400,
    grams: 380,
    rating: [4.9, 61],
  },
  {
    id: 'hojicha',
    category: 'tea',
    material: 'roastedTea',
    prices: { USD: 16, KRW: 21_000, JPY: 2_400, CNY: 118, AED: 59 },
    size: [7.5, 11],
    grams: 60,
    celsius: 90,
    rating: [4.8, 133],
  },
  {
    id: 'stem-vase',
    category: 'table',
    material: 'stoneware',
    prices: { USD: 42, KRW: 54_000, JPY: 6_200, CNY: 298, AED: 155 },
    size: [9.2, 13.5],
    grams: 460,
    rating: [4.6, 48],
  },
  {
    id: 'pour-jug',
    category: 'pots',
    material: 'porcelain',
    prices: { USD: 32, KRW: 41_000, JPY: 4_700, CNY: 228, AED: 118 },
    size: [8.4, 8.8],
    milliliters: 240,
    grams: 230,
    rating: [4.7, 55],
  },
  {
    id: 'oolong',
    category: 'tea',
    material: 'oolong',
    prices: { USD: 26, KRW: 33_000, JPY: 3_800, CNY: 188, AED: 96 },
    size: [7.5, 11],
    grams: 60,
    celsius: 95,
    rating: [4.9, 87],
  },
  {
    id: 'oak-tray',
    category: 'table',
    material: 'oak',
    prices: { USD: 54, KRW: 69_000, JPY: 7_900, CNY: 388, AED: 198 },
    size: [38, 2, 18],
    grams: 640,
    rating: [4.8, 70],
  },
  {
    id: 'linen-cloth',
    category: 'table',
    material: 'linen',
    prices: { USD: 18, KRW: 23_000, JPY: 2_600, CNY: 128, AED: 66 },
    size: [50, 0, 70],
    grams: 120,
    rating: [4.7, 109],
  },
]

export const findProduct = (id: string): Product | undefined => products.find((product) => product.id === id)

/** What goes with it: the next ones of other kinds, the same for everybody. */
export function companions(ids: readonly string[], count: number): Product[] {
  const first = products.findIndex(({ id }) => id === ids[0])
  const others = [...products.slice(first + 1), ...products.slice(0, first + 1)]
  return others.filter(({ id }) => !ids.includes(id)).slice(0, count)
}
