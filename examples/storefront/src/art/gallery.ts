import { type Product, type ProductId, products } from '../catalog.ts'
import { measuredDrawing } from './drawing.ts'
import { glazes } from './glazes.ts'
import { caddy, cloth, tray, vase } from './goods.ts'
import { type Mood, moods, type Placed, picture } from './studio.ts'
import {
  duskMug,
  hearthPot,
  moonCup,
  pourJug,
  profiles,
  snowPot,
  type Thing,
  teas,
  tideBowl,
} from './ware.ts'

const sejak = caddy(70, glazes.celadon, '#3f5b4b')
const hojicha = caddy(90, glazes.ember, '#7a3016')
const oolong = caddy(95, glazes.dusk, '#2b3840')

type Place = Omit<Placed, 'thing'>

const portrait = (mood: Mood, things: Placed[]): string => picture(800, 1000, 650, mood, things)
const alone = (mood: Mood, thing: Thing, place: Partial<Place> & { foot: number }): string =>
  portrait(mood, [{ thing, x: 400, y: 800, scale: 1.8, ...place }])

const cup = (
  tea: (typeof teas)[keyof typeof teas],
  x: number,
  y: number,
  scale: number,
  seed = 7,
): Placed => ({
  thing: moonCup(tea, seed),
  x,
  y,
  scale,
  foot: 46,
  steam: true,
})
const trayAt = (x: number, y: number, scale: number): Placed => ({
  thing: tray,
  x,
  y,
  scale,
  foot: 236,
  flat: true,
})
const potAt = (x: number, y: number, scale: number): Placed => ({ thing: hearthPot, x, y, scale, foot: 92 })
const snowAt = (x: number, y: number, scale: number): Placed => ({ thing: snowPot, x, y, scale, foot: 82 })
const vaseAt = (x: number, y: number, scale: number): Placed => ({ thing: vase, x, y, scale, foot: 62 })
const tinAt = (thing: Thing, x: number, y: number, scale: number): Placed => ({
  thing,
  x,
  y,
  scale,
  foot: 90,
})

const { paper, sage, blush, mist, evening } = moods

const fronts: Record<ProductId, () => string> = {
  'moon-cup': () => alone(paper, moonCup(teas.green), { scale: 2.3, foot: 48 }),
  'hearth-pot': () => alone(blush, hearthPot, { scale: 1.55, foot: 92, x: 365 }),
  sejak: () => alone(sage, sejak, { foot: 90 }),
  'dusk-mug': () => alone(mist, duskMug(), { scale: 2, foot: 78, x: 380 }),
  'snowline-pot': () => alone(sage, snowPot, { scale: 1.6, foot: 82 }),
  'tide-bowl': () => alone(mist, tideBowl(), { foot: 56 }),
  hojicha: () => alone(blush, hojicha, { foot: 90 }),
  'stem-vase': () => alone(paper, vase, { scale: 1.4, foot: 62, y: 840 }),
  'pour-jug': () => alone(blush, pourJug, { scale: 2, foot: 66, x: 385 }),
  oolong: () => alone(mist, oolong, { foot: 90 }),
  'oak-tray': () => portrait(paper, [trayAt(400, 830, 1.5)]),
  'linen-cloth': () => alone(sage, cloth, { scale: 1.6, foot: 190, x: 392, y: 820, flat: true }),
}

const scenes: Record<ProductId, () => string> = {
  'moon-cup': () =>
    portrait(evening, [
      trayAt(400, 850, 1.45),
      cup(teas.green, 290, 770, 1.25),
      cup(teas.green, 500, 800, 1.5, 19),
    ]),
  'hearth-pot': () =>
    portrait(paper, [vaseAt(150, 690, 0.8), potAt(420, 770, 1.25), cup(teas.roasted, 260, 850, 1.05)]),
  sejak: () => portrait(paper, [tinAt(sejak, 280, 740, 1.25), cup(teas.green, 520, 830, 1.6)]),
  'dusk-mug': () =>
    portrait(evening, [
      { thing: cloth, x: 300, y: 760, scale: 0.95, foot: 190, flat: true },
      { thing: duskMug(teas.roasted), x: 470, y: 830, scale: 1.55, foot: 78, steam: true },
    ]),
  'snowline-pot': () =>
    portrait(blush, [
      snowAt(400, 750, 1.3),
      cup(teas.oolong, 250, 860, 1.15),
      cup(teas.oolong, 530, 860, 1.15, 19),
    ]),
  'tide-bowl': () =>
    portrait(paper, [
      tinAt(sejak, 600, 700, 0.85),
      { thing: tideBowl(teas.green), x: 360, y: 830, scale: 1.6, foot: 56, steam: true },
    ]),
  hojicha: () => portrait(evening, [tinAt(hojicha, 270, 740, 1.25), cup(teas.roasted, 520, 830, 1.6)]),
  'stem-vase': () =>
    portrait(sage, [vaseAt(480, 760, 1.15), { thing: tideBowl(), x: 240, y: 850, scale: 0.95, foot: 56 }]),
  'pour-jug': () =>
    portrait(mist, [
      { thing: pourJug, x: 320, y: 760, scale: 1.4, foot: 66 },
      cup(teas.oolong, 540, 850, 1.3),
    ]),
  oolong: () =>
    portrait(sage, [
      tinAt(oolong, 280, 740, 1.25),
      { thing: pourJug, x: 540, y: 840, scale: 1.35, foot: 66 },
    ]),
  'oak-tray': () =>
    portrait(mist, [trayAt(400, 860, 1.5), snowAt(320, 770, 0.95), cup(teas.oolong, 560, 810, 1.05)]),
  'linen-cloth': () =>
    portrait(blush, [
      { thing: cloth, x: 360, y: 830, scale: 1.35, foot: 190, flat: true },
      { ...cup(teas.green, 620, 850, 1.15), steam: false },
    ]),
}

const wide: Record<string, () => string> = {
  hero: () =>
    picture(1600, 1200, 800, blush, [
      vaseAt(1330, 880, 1.25),
      trayAt(740, 1080, 2.35),
      potAt(570, 960, 1.6),
      cup(teas.roasted, 950, 950, 1.2),
      cup(teas.roasted, 1105, 1030, 1.35, 19),
    ]),
  workshop: () =>
    picture(1600, 1200, 780, evening, [
      cup(teas.green, 420, 900, 1.1, 5),
      { ...cup(teas.green, 1180, 900, 1.1, 29), steam: false },
      cup(teas.green, 800, 1010, 2.3),
    ]),
  cups: () =>
    picture(1000, 1000, 640, mist, [
      { thing: duskMug(), x: 660, y: 740, scale: 1.5, foot: 78 },
      { ...cup(teas.green, 330, 820, 1.75), steam: false },
    ]),
  pots: () => picture(1000, 1000, 640, sage, [snowAt(480, 780, 1.75)]),
  tea: () =>
    picture(1000, 1000, 640, paper, [
      tinAt(oolong, 700, 730, 1.25),
      tinAt(hojicha, 300, 750, 1.3),
      tinAt(sejak, 500, 840, 1.5),
    ]),
  table: () => picture(1000, 1000, 640, blush, [vaseAt(700, 750, 1.25), trayAt(440, 870, 1.5)]),
}

const drawn: Partial<Record<ProductId, Parameters<typeof measuredDrawing>[0]>> = {
  'moon-cup': profiles.moonCup,
  'hearth-pot': profiles.pot,
  'dusk-mug': profiles.duskMug,
  'snowline-pot': profiles.snowPot,
  'tide-bowl': profiles.tideBowl,
  'stem-vase': profiles.vase,
  'pour-jug': profiles.jug,
}

const makers = new Map<string, () => string>(Object.entries(wide))
for (const product of products) {
  const profile = drawn[product.id]
  const [width, height] = product.size
  makers.set(product.id, fronts[product.id])
  makers.set(`${product.id}-table`, scenes[product.id])
  if (profile) makers.set(`${product.id}-size`, () => measuredDrawing(profile, `${width} cm`, `${height} cm`))
}

/** The names of a product's pictures, the first one for lists. */
export const picturesOf = ({ id }: Product): string[] =>
  [id, `${id}-table`, `${id}-size`].filter((name) => makers.has(name))

const drawnBefore = new Map<string, string>()

/** One of the shop's pictures as an SVG document; undefined when there is none of that name. */
export function artwork(name: string): string | undefined {
  const made = drawnBefore.get(name) ?? makers.get(name)?.()
  if (made) drawnBefore.set(name, made)
  return made
}
