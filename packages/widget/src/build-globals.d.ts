import type { ProjectRules } from '@heed/contract'

declare global {
  /** Parameter of the function that wraps the loader; the server fills it in, null where rules are to be fetched. */
  const HEED_RULES: ProjectRules | null
  /** Folder of the parts under the base URL: `heed/<version>/<hash>`. */
  const HEED_PARTS: string
  /** Version of the SDK, sent with every request. */
  const HEED_VERSION: string
}
