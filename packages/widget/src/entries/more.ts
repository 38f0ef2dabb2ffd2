import type { Kit } from '../panel/extensions.ts'
import { setKit } from '../panel/kit.ts'

export const connect = (kit: Kit): void => setKit(kit)
