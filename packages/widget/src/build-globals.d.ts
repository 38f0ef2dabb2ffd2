import type { ProjectRules } from '@heed/contract'

declare global {
  /** Parameter of the function that wraps the loader; the server fills it in, null where rules are to be fetched. */
  const HEED_RULES: ProjectRules | null
  /** Path of the panel bundle under the base URL: `heed/<version>/panel-<hash>.js`. */
  const HEED_PANEL_PATH: string
  /** Path of the keeper bundle: `heed/<version>/keeper-<hash>.js`. */
  const HEED_KEEPER_PATH: string
  /** Version of the SDK, sent with every request. */
  const HEED_VERSION: string
}
