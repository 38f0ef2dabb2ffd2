import { createHmac, timingSafeEqual } from 'node:crypto'
import { findSurvey, forProject, serverSecret } from '@heed/db'
import type { Config } from './config.ts'
import type { Connections } from './connections.ts'
import { FreshCache } from './directory/fresh-cache.ts'
import type { KnownVersion } from './directory/survey-directory.ts'
import { ProblemError } from './errors.ts'
import { compileAnswerChecks } from './ingest/answer-checks.ts'
import { definitionOf } from './publish/definition-of.ts'

/** The draft that a preview link shows, ready to check answers against; it is never closed. */
export interface PreviewedDraft extends KnownVersion {
  surveyId: string
}

/** `prj_... . srv_... . expiry in seconds, base 36 . signature`, safe in an address as it stands. */
const form = /^(prj_[0-9A-Za-z]{1,40}\.(srv_[0-9A-Za-z]{1,40})\.([0-9a-z]{1,10}))\.([\w-]{43})$/

/**
 * Signs and reads preview links: whoever has one sees the draft as it stands, until it expires. Signed with
 * `HEED_SECRET`, or with a secret that the database keeps, so that every process takes the links of the others.
 */
export class Previews {
  readonly #connections: Pick<Connections, 'ownerDb' | 'lookupDb'>
  readonly #config: Pick<Config, 'secret'>
  readonly #drafts: FreshCache<PreviewedDraft | null>
  readonly #nowMs: () => number
  #secret: Promise<string> | undefined

  constructor(
    connections: Pick<Connections, 'ownerDb' | 'lookupDb'>,
    config: Pick<Config, 'secret'>,
    nowMs: () => number = Date.now,
  ) {
    this.#connections = connections
    this.#config = config
    this.#nowMs = nowMs
    // Short: whoever edits a draft reloads the page to see it.
    this.#drafts = new FreshCache((place) => this.#load(place), {
      capacity: 1_000,
      freshMs: 500,
      staleMs: 60_000,
    })
  }

  async sign(projectId: string, surveyId: string, expiresMs: number): Promise<string> {
    const claim = `${projectId}.${surveyId}.${Math.ceil(expiresMs / 1000).toString(36)}`
    return `${claim}.${await this.#signatureOf(claim)}`
  }

  /** @throws {ProblemError} `invalid_preview`, `expired_preview` */
  async read(projectId: string, token: string): Promise<PreviewedDraft> {
    const [, claim = '', surveyId = '', expiry = '', signature = ''] = form.exec(token) ?? []
    const isSigned =
      claim !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(await this.#signatureOf(claim)))
    if (!isSigned) {
      throw new ProblemError('invalid_preview', 'preview: not a link that this server signed; make a new one')
    }
    if (!claim.startsWith(`${projectId}.`)) {
      throw new ProblemError('invalid_preview', 'preview: the link belongs to another project than this key')
    }
    if (Number.parseInt(expiry, 36) * 1000 <= this.#nowMs()) {
      throw new ProblemError('expired_preview', 'preview: the link has expired; make a new one')
    }
    const draft = await this.#drafts.get(`${projectId} ${surveyId}`)
    if (draft) return draft
    throw new ProblemError('invalid_preview', 'preview: the survey of the link is there no more')
  }

  async #signatureOf(claim: string): Promise<string> {
    // A start without a database must not be remembered as one without a secret.
    this.#secret ??= this.#config.secret
      ? Promise.resolve(this.#config.secret)
      : serverSecret(this.#connections.ownerDb, 'preview').catch((error: unknown) => {
          this.#secret = undefined
          throw error
        })
    // The prefix keeps what else may come to be signed with the same secret from passing as a preview.
    return createHmac('sha256', await this.#secret)
      .update(`heed preview ${claim}`)
      .digest('base64url')
  }

  async #load(place: string): Promise<PreviewedDraft | null> {
    const [projectId = '', surveyId = ''] = place.split(' ')
    const survey = await findSurvey(forProject(this.#connections.lookupDb, projectId), projectId, surveyId)
    if (!survey) return null
    const definition = definitionOf(survey)
    return {
      surveyId,
      definition,
      checks: compileAnswerChecks(definition),
      closedMs: Number.POSITIVE_INFINITY,
    }
  }
}
