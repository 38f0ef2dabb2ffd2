import { findPages, findSurvey, forProject } from '@heed/db'
import type { Connections } from '../connections.ts'
import { ProblemError, retryAfterSeconds } from '../errors.ts'
import { Budget } from './budget.ts'
import { FreshCache } from './fresh-cache.ts'

/** What surveys have pages of their own, without asking the database for each visit. */
export class PageDirectory {
  readonly #keys: FreshCache<string[]>
  readonly #closed: FreshCache<boolean>
  readonly #lookups = new Budget(100, 20)

  constructor({ ownerDb, lookupDb }: Pick<Connections, 'ownerDb' | 'lookupDb'>) {
    const options = { capacity: 5_000, freshMs: 5_000, staleMs: 3_600_000 }
    this.#keys = new FreshCache((surveyKey) => findPages(ownerDb, surveyKey), options)
    this.#closed = new FreshCache(async (place) => {
      const [projectId = '', surveyKey = ''] = place.split(' ')
      const survey = await findSurvey(forProject(lookupDb, projectId), projectId, surveyKey)
      return survey?.key === surveyKey && survey.version > 0 && survey.display.kind === 'page'
    }, options)
  }

  /** The public key of the one project that has a live page of this key; undefined for none, and for several. */
  async findProject(surveyKey: string): Promise<string | undefined> {
    const found = isKey(surveyKey) ? await this.#ask(this.#keys, surveyKey) : []
    return found.length === 1 ? found[0] : undefined
  }

  /** Whether the project has such a page that is live no more. */
  async wasPublished(projectId: string, surveyKey: string): Promise<boolean> {
    return isKey(surveyKey) && this.#ask(this.#closed, `${projectId} ${surveyKey}`)
  }

  /** After a change of a survey, so that this process knows at once; others follow within seconds. */
  forget(projectId: string, surveyKey: string): void {
    this.#keys.delete(surveyKey)
    this.#closed.delete(`${projectId} ${surveyKey}`)
  }

  #ask<Value>(cache: FreshCache<Value>, key: string): Promise<Value> {
    if (!cache.has(key) && !this.#lookups.take()) {
      throw new ProblemError(
        'rate_limited',
        'too many unknown surveys are being looked up; try again later',
        {
          retryAfter: retryAfterSeconds(),
        },
      )
    }
    return cache.get(key)
  }
}

/** Whatever else stands in an address never reaches the database. */
const isKey = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(text)
