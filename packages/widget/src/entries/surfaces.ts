import type { Kit } from '../panel/extensions.ts'
import { setKit } from '../panel/kit.ts'
import { look } from '../panel/surfaces/look.ts'
import { openSurface } from '../panel/surfaces/open-surface.ts'
import { surfacesCss } from '../panel/surfaces/styles.ts'

export const connect = (kit: Kit): void => {
  setKit(kit)
  kit._sheets.add(surfacesCss)
  kit._open = openSurface
  kit._look = look
}
