import type { SurveyDefinition } from '@heed/contract'
import {
  findSurvey,
  findSurveyVersion,
  forProject,
  listFullSurveys,
  listLiveSurveys,
  type SurveyVersion,
} from '@heed/db'
import { ProblemError, retryAfterSeconds } from '../errors.ts'
import { type AnswerChecks, compileAnswerChecks } from '../ingest/answer-checks.ts'
import type { Db } from '../services.ts'
import { Budget } from './budget.ts'
import { FreshCache } from './fresh-cache.ts'
import { Lru } from './lru.ts'

/** One published version, ready to check answers against. */
export interface KnownVersion {
  definition: SurveyDefinition
  checks: AnswerChecks
  /**
   * From when no display may begin: paused, archived or ended. On the scale of `performance.now()`, reckoned from the
   * database's clock: with this machine's set wrong, answers to an open survey would be refused and lost.
   */
  closedMs: number
}

export type MissingVersion = 'unknown_survey' | 'unknown_version'

/** What ingest and the public routes know of surveys, without asking the database for each request. */
export class SurveyDirectory {
  readonly #db: Db
  readonly #versions: FreshCache<KnownVersion | MissingVersion>
  readonly #live: FreshCache<SurveyVersion[]>
  readonly #full: FreshCache<ReadonlySet<string>>
  readonly #lookups = new Lru<Budget>(20_000)

  constructor(db: Db) {
    this.#db = db
    this.#versions = new FreshCache((place) => this.#load(place), {
      capacity: 10_000,
      freshMs: 5_000,
      staleMs: 3_600_000,
    })
    this.#live = new FreshCache((projectId) => listLiveSurveys(forProject(db, projectId), projectId), {
      capacity: 5_000,
      freshMs: 2_000,
      staleMs: 86_400_000,
    })
    this.#full = new FreshCache(
      async (projectId) => new Set(await listFullSurveys(forProject(db, projectId), projectId)),
      {
        capacity: 5_000,
        freshMs: 10_000,
        staleMs: 86_400_000,
        // Nobody waits for a count: a survey that is full a moment longer gets a few answers more.
        patienceMs: 0,
      },
    )
  }

  /** The version if it is known and fresh, without waiting. */
  peekVersion(projectId: string, surveyId: string, version: number): KnownVersion | undefined {
    const known = this.#versions.peek(placeOf(projectId, surveyId, version))
    return typeof known === 'object' ? known : undefined
  }

  /**
   * The version, or what is missing. That is never remembered: a version that is published a moment after
   * somebody guessed its number must not have its first answers refused.
   * @throws {ProblemError} `rate_limited` when the project's pages ask for too many that are not known yet
   */
  async findVersion(
    projectId: string,
    surveyId: string,
    version: number,
  ): Promise<KnownVersion | MissingVersion> {
    if (!/^srv_[0-9A-Za-z]{1,40}$/.test(surveyId)) return 'unknown_survey'
    const place = placeOf(projectId, surveyId, version)
    const known = this.#versions.peek(place)
    if (typeof known === 'object') return known
    if (!this.#versions.has(place) && !this.#lookupsOf(projectId).take()) {
      throw new ProblemError(
        'rate_limited',
        'too many unknown surveys are being looked up; try again later',
        {
          retryAfter: retryAfterSeconds(),
        },
      )
    }
    const found = await this.#versions.get(place)
    if (typeof found === 'string') this.#versions.delete(place)
    return found
  }

  /** What visitors may meet now, each survey in its newest published version, but none that has all its responses. */
  async findLive(projectId: string): Promise<SurveyVersion[]> {
    const live = await this.#live.get(projectId)
    if (!live.some(({ definition }) => definition.maxResponses)) return live
    const full = await this.#full.get(projectId)
    return live.filter(({ surveyId }) => !full.has(surveyId))
  }

  /** After a change of a survey, so that this process knows at once; others follow within seconds. */
  forget(projectId: string, survey: { id: string; version: number }): void {
    this.#live.delete(projectId)
    this.#full.delete(projectId)
    for (let version = survey.version; version > 0; version -= 1) {
      this.#versions.delete(placeOf(projectId, survey.id, version))
    }
  }

  #lookupsOf(projectId: string): Budget {
    const known = this.#lookups.get(projectId)
    if (known) return known
    const budget = new Budget(50, 20)
    this.#lookups.set(projectId, budget)
    return budget
  }

  async #load(place: string): Promise<KnownVersion | MissingVersion> {
    const [projectId = '', surveyId = '', version] = place.split(' ')
    const db = forProject(this.#db, projectId)
    const askedMs = performance.now()
    const found = await findSurveyVersion(db, projectId, surveyId, Number(version))
    if (!found) {
      const survey = await findSurvey(db, projectId, surveyId)
      return survey?.id === surveyId && survey.version > 0 ? 'unknown_version' : 'unknown_survey'
    }
    const { definition, closedAt, readAt } = found
    // From when it was asked, not from when it answered: a request that waited for this is from before then, and a survey
    // that was closed before the request must be closed for it.
    const epochMs = Date.parse(readAt) - askedMs
    const closings = [closedAt, definition.endAt].flatMap((at) => (at ? [Date.parse(at) - epochMs] : []))
    return {
      definition,
      checks: compileAnswerChecks(definition),
      closedMs: Math.min(Number.POSITIVE_INFINITY, ...closings),
    }
  }
}

function placeOf(projectId: string, surveyId: string, version: number): string {
  return `${projectId} ${surveyId} ${version}`
}
