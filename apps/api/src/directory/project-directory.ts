import type { Project } from '@heed/contract'
import { findProjectByPublicKey, isWellFormedKey } from '@heed/db'
import { ProblemError, retryAfterSeconds } from '../errors.ts'
import type { Db } from '../services.ts'
import { Budget } from './budget.ts'
import { FreshCache } from './fresh-cache.ts'

/**
 * Whose public key this is, without asking the database for each request. Unknown keys are remembered too, and
 * new ones are looked up at a bounded rate, so that a scanner costs nobody a query each.
 */
export class ProjectDirectory {
  readonly #projects: FreshCache<Project | null>
  // Generous: after a start every key is new to the cache, those of real shops too.
  readonly #lookups = new Budget(1000, 500)

  constructor(db: Db) {
    this.#projects = new FreshCache(
      async (publicKey) => (await findProjectByPublicKey(db, publicKey)) ?? null,
      { capacity: 20_000, freshMs: 5_000, staleMs: 3_600_000 },
    )
  }

  /** The project, null for an unknown key, undefined when it takes a lookup (`find`). */
  peek(publicKey: string): Project | null | undefined {
    return this.#projects.peek(publicKey)
  }

  /** @throws {ProblemError} `rate_limited` when too many keys are looked up at once */
  async find(publicKey: string): Promise<Project | null> {
    const known = this.#projects.peek(publicKey)
    if (known !== undefined) return known
    if (!isWellFormedKey(publicKey)) return null
    if (!this.#projects.has(publicKey) && !this.#lookups.take()) {
      throw new ProblemError('rate_limited', 'too many unknown keys are being looked up; try again later', {
        retryAfter: retryAfterSeconds(),
      })
    }
    return this.#projects.get(publicKey)
  }

  /** After a change of the project, so that this process knows at once; others follow within seconds. */
  forget(publicKey: string): void {
    this.#projects.delete(publicKey)
  }
}
