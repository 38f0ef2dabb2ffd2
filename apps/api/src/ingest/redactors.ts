import { createHmac } from 'node:crypto'
import type { Project, RedactionPolicy } from '@heed/contract'
import { projectSecret } from '@heed/db'
import { createRedactor, type Redact } from '@heed/redaction'
import { Lru } from '../directory/lru.ts'
import type { Db } from '../services.ts'

/** Of 64 hexadecimal digits: two values of one project are told apart, and nothing is left to search for. */
const fingerprintLength = 12

/** Everything masked, whatever a project wants: for what is kept to look for mistakes, not for what it says. */
export const maskAll: Redact = createRedactor()

/** How each project wants personal data in its texts. One whose policy has no `hash` never reaches the database. */
export class Redactors {
  readonly #db: Db
  readonly #redactors = new WeakMap<RedactionPolicy, Redact>()
  readonly #keys = new Lru<string>(5_000)

  constructor(db: Db) {
    this.#db = db
  }

  /** A promise only when the project's key is not known yet. It rejects without a database: nothing goes unredacted. */
  of({ id, settings: { redaction } }: Project): Redact | Promise<Redact> {
    if (!redaction) return maskAll
    const known = this.#redactors.get(redaction)
    if (known) return known
    if (!Object.values(redaction).includes('hash'))
      return this.#remember(redaction, createRedactor(redaction))
    const key = this.#keys.get(id)
    return key === undefined ? this.#load(id, redaction) : this.#hashing(redaction, key)
  }

  async #load(projectId: string, policy: RedactionPolicy): Promise<Redact> {
    const key = await projectSecret(this.#db, projectId, 'redaction')
    this.#keys.set(projectId, key)
    return this.#hashing(policy, key)
  }

  #hashing(policy: RedactionPolicy, key: string): Redact {
    const fingerprint = (kind: string, value: string) =>
      createHmac('sha256', key).update(`${kind} ${value}`).digest('hex').slice(0, fingerprintLength)
    return this.#remember(policy, createRedactor(policy, fingerprint))
  }

  #remember(policy: RedactionPolicy, redact: Redact): Redact {
    this.#redactors.set(policy, redact)
    return redact
  }
}
