import { glazes } from './glazes.ts'
import { type Namer, n, turned } from './pen.ts'
import { drawVessel, tilt, type Vessel } from './vessel.ts'

/** Draws one thing standing on 0 0. */
export type Thing = (name: Namer) => string

export const teas = {
  green: { light: '#cfd184', dark: '#8f9a45' },
  roasted: { light: '#c4763a', dark: '#6e3413' },
  oolong: { light: '#e0b04e', dark: '#a4691b' },
} as const

export const profiles = {
  moonCup: [
    [44, 0],
    [47, 8],
    [66, 22],
    [86, 62],
    [92, 108],
    [90, 142],
  ],
  duskMug: [
    [74, 0],
    [82, 10],
    [88, 60],
    [88, 130],
    [86, 186],
  ],
  tideBowl: [
    [52, 0],
    [55, 12],
    [92, 26],
    [134, 78],
    [148, 128],
    [150, 156],
  ],
  pot: [
    [86, 0],
    [99, 5],
    [126, 26],
    [146, 60],
    [152, 96],
    [144, 132],
    [122, 160],
    [92, 177],
    [64, 184],
  ],
  snowPot: [
    [76, 0],
    [88, 5],
    [113, 30],
    [131, 68],
    [136, 106],
    [130, 144],
    [114, 178],
    [92, 200],
    [66, 212],
  ],
  jug: [
    [62, 0],
    [70, 5],
    [86, 30],
    [94, 66],
    [91, 104],
    [79, 142],
    [72, 168],
    [76, 192],
  ],
  vase: [
    [58, 0],
    [68, 5],
    [88, 34],
    [99, 74],
    [94, 114],
    [74, 152],
    [46, 188],
    [29, 226],
    [28, 254],
    [38, 274],
  ],
} satisfies Record<string, Vessel['profile']>

export const moonCup =
  (tea?: Vessel['tea'], seed = 7): Thing =>
  (name) =>
    drawVessel(
      {
        profile: profiles.moonCup,
        glaze: glazes.celadon,
        dip: { height: 26, clay: glazes.clay },
        seed,
        ...(tea ? { tea } : {}),
      },
      name,
    )

export const duskMug =
  (tea?: Vessel['tea']): Thing =>
  (name) => {
    const [a, b] = [name('g'), name('g')]
    const loop = 'M80 -154C150 -172 168 -70 82 -44'
    return (
      `<defs>${turned(a, glazes.dusk)}${turned(b, glazes.dusk)}</defs>` +
      `<path d="${loop}" fill="none" stroke="${glazes.dusk.dark}" stroke-width="24" stroke-linecap="round"/>` +
      `<path d="${loop}" fill="none" stroke="${glazes.dusk.mid}" stroke-width="14" stroke-linecap="round"/>` +
      `<path d="M84 -152C146 -166 154 -80 86 -50" fill="none" stroke="${glazes.dusk.light}" stroke-width="4" stroke-linecap="round" opacity=".6"/>` +
      drawVessel(
        {
          profile: profiles.duskMug,
          glaze: glazes.dusk,
          dip: { height: 40, clay: glazes.clay },
          seed: 21,
          ...(tea ? { tea } : {}),
        },
        name,
      )
    )
  }

export const tideBowl =
  (tea?: Vessel['tea']): Thing =>
  (name) =>
    drawVessel(
      {
        profile: profiles.tideBowl,
        glaze: glazes.ash,
        dip: { height: 46, clay: glazes.iron },
        seed: 33,
        wall: 9,
        ...(tea ? { tea } : {}),
      },
      name,
    )

export const pourJug: Thing = (name) => {
  const lip = name('g')
  return (
    drawVessel({ profile: profiles.jug, glaze: glazes.moon, seed: 3, tea: teas.oolong }, name) +
    `<defs><linearGradient id="${lip}"><stop stop-color="${glazes.moon.mid}"/><stop offset="1" stop-color="${glazes.moon.dark}"/></linearGradient></defs>` +
    `<path d="M56 -183C74 -178 92 -196 114 -206C104 -186 88 -168 77 -150C70 -160 62 -170 56 -183Z" fill="url(#${lip})"/>` +
    `<path d="M52 -201C76 -206 98 -206 114 -206C96 -197 76 -180 56 -183C48 -188 46 -196 52 -201Z" fill="${glazes.moon.rim}"/>` +
    `<path d="M56 -198C74 -201 88 -203 99 -203C86 -197 72 -187 58 -188Z" fill="${teas.oolong.dark}" opacity=".75"/>`
  )
}

/** A lid is a low dome with a knob; `y` is the height it rests at. */
function lid(
  radius: number,
  y: number,
  dome: number,
  glaze: Vessel['glaze'],
  knob: Vessel['glaze'],
  name: Namer,
): string {
  const shade = name('g')
  return (
    `<defs>${turned(shade, knob)}</defs><g transform="translate(0 ${n(-y)})">` +
    `<ellipse cx="2" cy="3" rx="${n(radius + 5)}" ry="${n((radius + 5) * tilt)}" fill="#120c07" opacity=".45"/>` +
    drawVessel(
      {
        profile: [
          [radius, 0],
          [radius, 4],
          [radius * 0.82, dome * 0.55],
          [radius * 0.4, dome * 0.93],
          [0.5, dome],
        ],
        glaze,
        closed: true,
        seed: 55,
      },
      name,
    ) +
    `<ellipse cx="1" cy="${n(-dome + 1)}" rx="11" ry="4" fill="#120c07" opacity=".4"/>` +
    `<path d="M-7 ${n(-dome)}C-8 ${n(-dome - 8)} -17 ${n(-dome - 10)} -15 ${n(-dome - 20)}C-12 ${n(-dome - 32)} 12 ${n(-dome - 32)} 15 ${n(-dome - 20)}C17 ${n(-dome - 10)} 8 ${n(-dome - 8)} 7 ${n(-dome)}Z" fill="url(#${shade})"/>` +
    `<ellipse cx="-6" cy="${n(-dome - 20)}" rx="4" ry="3" fill="#fff" opacity=".45"/></g>`
  )
}

/** The dark pot with a bail handle of bent wood. */
export const hearthPot: Thing = (name) => {
  const [spout, cane] = [name('g'), name('g')]
  const bail = 'M-96 -160C-130 -330 130 -330 96 -160'
  return (
    `<defs>${turned(spout, glazes.iron)}${turned(cane, glazes.oak)}</defs>` +
    `<path d="M112 -74C160 -80 182 -130 212 -177C222 -185 240 -184 247 -174C234 -112 206 -46 128 -28Z" fill="url(#${spout})"/>` +
    `<path d="M140 -78C172 -92 192 -136 216 -172" fill="none" stroke="${glazes.iron.light}" stroke-width="5" stroke-linecap="round" opacity=".8"/>` +
    `<ellipse cx="230" cy="-177" rx="17" ry="6" transform="rotate(8 230 -177)" fill="${glazes.iron.insideDark}" stroke="${glazes.iron.light}" stroke-width="2.5"/>` +
    drawVessel(
      { profile: profiles.pot, glaze: glazes.iron, dip: { height: 22, clay: glazes.clay }, seed: 9 },
      name,
    ) +
    lid(66, 180, 30, glazes.iron, glazes.brass, name) +
    `<g fill="none" stroke-linecap="round"><path d="${bail}" stroke="#3a2613" stroke-width="17"/>` +
    `<path d="${bail}" stroke="url(#${cane})" stroke-width="12"/>` +
    `<path d="M-92 -172C-118 -322 112 -326 94 -186" stroke="#f4d9ad" stroke-width="2.5" opacity=".7"/></g>` +
    `<g fill="${glazes.iron.dark}"><circle cx="-97" cy="-158" r="12"/><circle cx="97" cy="-158" r="12"/></g>` +
    `<g fill="${glazes.iron.light}" opacity=".6"><circle cx="-100" cy="-161" r="5"/><circle cx="94" cy="-161" r="4"/></g>`
  )
}

/** The tall white pot with an ear handle. */
export const snowPot: Thing = (name) => {
  const spout = name('g')
  const ear = 'M-104 -176C-206 -196 -208 -52 -112 -48'
  return (
    `<defs>${turned(spout, glazes.moon)}</defs>` +
    `<g fill="none" stroke-linecap="round"><path d="${ear}" stroke="${glazes.moon.dark}" stroke-width="24"/>` +
    `<path d="${ear}" stroke="${glazes.moon.mid}" stroke-width="18"/>` +
    `<path d="M-106 -180C-196 -196 -200 -64 -122 -54" stroke="${glazes.moon.light}" stroke-width="7"/></g>` +
    `<path d="M104 -92C152 -98 162 -160 190 -205C200 -213 214 -212 221 -202C208 -130 184 -54 112 -44Z" fill="url(#${spout})"/>` +
    `<path d="M134 -96C162 -108 172 -160 196 -200" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".7"/>` +
    `<ellipse cx="205" cy="-205" rx="16" ry="5.5" transform="rotate(8 205 -205)" fill="${glazes.moon.insideDark}" stroke="${glazes.moon.light}" stroke-width="3"/>` +
    drawVessel({ profile: profiles.snowPot, glaze: glazes.moon, seed: 14 }, name) +
    lid(70, 208, 30, glazes.moon, glazes.ember, name)
  )
}
