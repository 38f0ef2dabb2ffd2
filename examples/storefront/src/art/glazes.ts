/** How a surface takes the light, which always falls from the upper left. Colours are `#rrggbb`. */
export interface Glaze {
  light: string
  mid: string
  dark: string
  /** The rim and the inside of a vessel. */
  rim: string
  insideLight: string
  insideDark: string
  /** Iron spots in the glaze; none when absent. */
  speck?: string
  /** Strength of the reflected window, 0 (matt) to 1. */
  gloss: number
}

export const glazes = {
  celadon: {
    light: '#dfe8dc',
    mid: '#b3c6b4',
    dark: '#7b9683',
    rim: '#c9b892',
    insideLight: '#d9e4d6',
    insideDark: '#87a08d',
    speck: '#5f7a68',
    gloss: 0.75,
  },
  moon: {
    light: '#fdfaf4',
    mid: '#ece5d9',
    dark: '#b9ab98',
    rim: '#f6efe4',
    insideLight: '#fbf6ee',
    insideDark: '#b8aa97',
    speck: '#a58a6b',
    gloss: 0.8,
  },
  dusk: {
    light: '#6d7d86',
    mid: '#3f4d57',
    dark: '#1e282f',
    rim: '#8a6a4d',
    insideLight: '#5d6d77',
    insideDark: '#1a2329',
    speck: '#a9b6ba',
    gloss: 0.6,
  },
  ash: {
    light: '#e6d6bd',
    mid: '#c9b08c',
    dark: '#8e7350',
    rim: '#8c6a45',
    insideLight: '#decbae',
    insideDark: '#84694a',
    speck: '#6a4b30',
    gloss: 0.45,
  },
  ember: {
    light: '#d98a5c',
    mid: '#b25f37',
    dark: '#6f3119',
    rim: '#5a2a18',
    insideLight: '#c27a50',
    insideDark: '#5c2815',
    speck: '#3b1a0e',
    gloss: 0.55,
  },
  iron: {
    light: '#5c544d',
    mid: '#35302c',
    dark: '#171412',
    rim: '#4b433c',
    insideLight: '#4c453f',
    insideDark: '#141210',
    gloss: 0.25,
  },
  clay: {
    light: '#c79b77',
    mid: '#a6775a',
    dark: '#684431',
    rim: '#8f654b',
    insideLight: '#b88b6b',
    insideDark: '#5f3d2b',
    speck: '#4e3020',
    gloss: 0.1,
  },
  brass: {
    light: '#f3dfa4',
    mid: '#c79f55',
    dark: '#7a5a26',
    rim: '#e2c47e',
    insideLight: '#d8b86f',
    insideDark: '#6d5021',
    gloss: 0.9,
  },
  oak: {
    light: '#d9b183',
    mid: '#bd8f5e',
    dark: '#7d5733',
    rim: '#cfa473',
    insideLight: '#cda171',
    insideDark: '#8f673f',
    gloss: 0.15,
  },
} as const satisfies Record<string, Glaze>
