import type { Config } from '../config.ts'
import type { RateLimit } from '../limits/token-buckets.ts'

/**
 * What one of several workers may give, so that all of them together give what the operator has set. Connections are
 * dealt out in turn, and whoever sends much uses many; whoever has one gets a worker's share. The limit of a visitor
 * stays whole: a visitor has one connection or two, and a part would be too little for one who answers quickly. Quotas
 * are counted in the database for all processes.
 */
export function shareOf(config: Config, workers: number): Config {
  const { address, public: pages, project, ...rest } = config.limits
  const share = ({ quota, windowSeconds }: RateLimit) => ({
    quota: Math.ceil(quota / workers),
    windowSeconds,
  })
  return {
    ...config,
    limits: {
      ...rest,
      ...(address && { address: share(address) }),
      ...(pages && { public: share(pages) }),
      ...(project && { project: share(project) }),
    },
  }
}
