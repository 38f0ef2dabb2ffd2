import { findSecretKey, forProject, hashSecret, isWellFormedKey, type Scope } from '@heed/db'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { Budget } from '../directory/budget.ts'
import { FreshCache } from '../directory/fresh-cache.ts'
import { ProblemError, retryAfterSeconds } from '../errors.ts'
import { findForbiddenCharacter } from '../ingest/forbidden-characters.ts'
import type { Db, Services } from '../services.ts'

/** Whose key the request carries. */
export interface Caller {
  projectId: string
  keyId: string
  scopes: Scope[]
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every management route. */
    caller: Caller
    /** Sees the caller's project only. Set on every management route. */
    db: Db
  }
  interface FastifyContextConfig {
    /** What the key must be allowed. @default 'read' for GET, 'write' for every other method */
    scope?: Scope
  }
}

/** `admin` includes `write`, `write` includes `read`. */
const sufficient: Record<Scope, Scope[]> = {
  read: ['read', 'write', 'admin'],
  write: ['write', 'admin'],
  admin: ['admin'],
}

/** Guards the management routes: a secret key of the project, used by a server, with the scope that the route needs. */
export const secretKeysPlugin = fastifyPlugin<Pick<Services, 'connections' | 'limits'>>(
  async (app, { connections, limits }) => {
    const lookups = new Budget(200, 100)
    const callers = new FreshCache<Caller | null>(
      async (hash) => (await findSecretKey(connections.ownerDb, hash)) ?? null,
      // No stale answers: a revoked key must not outlive an outage.
      { capacity: 5_000, freshMs: 5_000, staleMs: 0 },
    )

    async function findCaller(request: FastifyRequest): Promise<Caller> {
      const [scheme = '', key = ''] = (request.headers.authorization ?? '').split(' ', 2)
      if (scheme.toLowerCase() !== 'bearer' || key === '') {
        throw new ProblemError(
          'missing_credentials',
          'authorization: expected "Bearer sk_...", a secret key of the project',
          {
            headers: { 'www-authenticate': 'Bearer' },
          },
        )
      }
      if (request.headers.origin !== undefined) {
        const detail =
          'origin: the request comes from a page, where everybody can read the key; call from a server, and revoke this key if it stands in a page'
        throw new ProblemError('secret_key_in_browser', detail)
      }
      if (key.startsWith('sk_') && isWellFormedKey(key)) {
        const hash = hashSecret(key)
        if (!callers.has(hash)) {
          const refusal = limits.refuseCaller('keys', request)
          if (refusal) throw refusal
          if (!lookups.take()) {
            const retryAfter = retryAfterSeconds()
            throw new ProblemError('rate_limited', 'too many unknown keys; try again later', { retryAfter })
          }
        }
        const caller = await callers.get(hash)
        if (caller) return caller
      }
      throw new ProblemError('unknown_key', 'authorization: not a valid secret key, or a revoked one', {
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      })
    }

    app.decorateRequest('caller', null as unknown as Caller)
    app.decorateRequest('db', null as unknown as Db)

    app.addHook('onRequest', async (request) => {
      request.caller = await findCaller(request)
      request.db = forProject(connections.queryDb, request.caller.projectId)
      const isReading = request.method === 'GET' || request.method === 'HEAD'
      const scope = request.routeOptions.config.scope ?? (isReading ? 'read' : 'write')
      if (!request.caller.scopes.some((one) => sufficient[scope].includes(one))) {
        throw new ProblemError('insufficient_scope', `this needs a key with the scope ${scope}`)
      }
      const { projectId } = request.params as { projectId?: string }
      // Another project's id and one that does not exist are the same to whoever holds this key.
      if (projectId !== undefined && projectId !== request.caller.projectId) {
        throw new ProblemError(
          'unknown_project',
          'projectId: the key belongs to another project, or there is none of this id',
        )
      }
    })

    app.addHook('preValidation', async (request) => {
      const parts = { body: request.body, query: request.query, path: request.params }
      const place = findForbiddenCharacter(parts)
      if (place !== undefined) {
        throw new ProblemError(
          'invalid_request',
          `${place}: contains NUL or half of a surrogate pair, which no text may`,
        )
      }
    })
  },
  { name: 'secret-keys' },
)
