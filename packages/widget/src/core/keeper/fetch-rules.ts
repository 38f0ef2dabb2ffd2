import type { ProjectRules } from '@heed/contract'
import type { DebugModule } from '../debug-interface.ts'
import type { Keeper } from '../keeper-interface.ts'
import { life, loadPart, options } from './link.ts'
import { load } from './load.ts'

/** What the address asks to be shown: `debug`, or the token of a preview link. */
const wish = () => /[?&]heed=([^&]+)/.exec(location.search)?.[1]

export const fetchRules: Keeper['fetchRules'] = async (heed, inlined) => {
  const asked = wish()
  const found =
    asked &&
    (await loadPart<DebugModule>('debug')
      .then(({ start }) => start(heed, options, asked, life))
      .catch(() => undefined))
  return found || inlined || load<ProjectRules>(`${options.host}/v1/config/${options.key}`)
}
