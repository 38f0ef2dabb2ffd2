import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ErasureReport } from '@heed/contract'
import { erasureReportSchema, personCopySchema } from '@heed/contract/schema'
import {
  type CopiedPart,
  copyPerson,
  countPerson,
  erasePerson,
  type Person,
  personReference,
  writeAudit,
} from '@heed/db'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { personCopyJson } from '../../../content/person-copy.ts'
import type { Services } from '../../../services.ts'
import { auditorOf } from '../auditor-of.ts'
import { commonReplies, secured } from '../management-schema.ts'

/** As long as ingest takes them. */
const kinds = [
  { kind: 'visitor', name: 'Visitor', path: 'visitors', maxLength: 128 },
  { kind: 'subject', name: 'Subject', path: 'subjects', maxLength: 256 },
] as const

/** What the law lets everybody ask for: a copy of what is kept of them, and that it be deleted. */
export const privacyRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { connections }) => {
  /** The key of the reference is for the owner's connections only. */
  const referTo = (projectId: string, person: Person) =>
    personReference(connections.ownerDb, projectId, person)

  for (const { kind, name, path, maxLength } of kinds) {
    const params = Type.Unsafe<{ projectId: string; visitor?: string; subject?: string }>(
      Type.Object({
        projectId: Type.String(),
        [kind]: Type.String({ minLength: 1, maxLength, description: `the ${kind}'s id, URL-encoded` }),
      }),
    )

    app.get(
      `/${path}/:${kind}`,
      {
        schema: {
          tags: ['privacy'],
          ...secured,
          operationId: `copy${name}`,
          summary: `Everything that is kept of a ${kind}`,
          description:
            'As JSON, pictures in base64. Somebody unknown has four empty lists. The audit log notes that it was taken.',
          params,
          response: {
            200: { description: 'The copy', content: { 'application/json': { schema: personCopySchema } } },
            ...commonReplies,
          },
        },
      },
      async (request, reply) => sendCopy(request, reply, { kind, id: request.params[kind] ?? '' }),
    )

    app.delete(
      `/${path}/:${kind}`,
      {
        config: { scope: 'admin' },
        schema: {
          tags: ['privacy'],
          ...secured,
          operationId: `erase${name}`,
          summary: `Deletes everything that is kept of a ${kind}, for good`,
          description:
            'Answers with their comments, displays and pictures, and refused items; scores and exports are without them at once. An answer given before this moment that arrives later, from a device or a stream, is deleted within `HEED_RETENTION_SECONDS`; one given afterwards stays. Somebody unknown has nothing to delete, which is no error. The audit log notes it under `reference`, without the id.',
          params,
          querystring: Type.Object(
            {
              dryRun: Type.Optional(
                Type.Boolean({ default: false, description: 'counts, and deletes nothing' }),
              ),
            },
            { additionalProperties: false },
          ),
          response: { 200: Type.Unsafe<ErasureReport>(erasureReportSchema), ...commonReplies },
        },
      },
      async (request, reply) => {
        const { dryRun = false } = request.query
        const person = { kind, id: request.params[kind] ?? '' }
        const { projectId } = request.params
        const reference = await referTo(projectId, person)
        const found = dryRun
          ? await countPerson(request.db, projectId, person)
          : await erasePerson(request.db, auditorOf(request), { ...person, reference })
        reply.header('cache-control', 'no-store')
        return { dryRun, reference, ...found }
      },
    )
  }

  async function sendCopy(request: FastifyRequest, reply: FastifyReply, person: Person) {
    const auditor = auditorOf(request)
    const target = await referTo(auditor.projectId, person)
    await writeAudit(request.db, auditor, { action: `${person.kind}.copied`, target })
    const parts = copyPerson(request.db, auditor.projectId, person)
    // Read before the headers go out: a database that is away is a problem, not half a copy.
    const first = await parts.next()
    return reply
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(Readable.from(personCopyJson(person, after(first, parts))) as never)
  }
}

async function* after(
  first: IteratorResult<CopiedPart, void>,
  rest: AsyncGenerator<CopiedPart, void>,
): AsyncGenerator<CopiedPart, void> {
  if (first.done) return
  yield first.value
  yield* rest
}
