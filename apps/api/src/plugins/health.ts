import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { findProject } from '@heed/db'
import Type from 'typebox'
import type { Services } from '../services.ts'
import { within } from '../within.ts'

const statusSchema = Type.Object({ status: Type.String(), detail: Type.Optional(Type.String()) })

/** Before a probe gives up, which ours do after 3 s: the process says itself what is wrong. */
const readyWithinMs = 2_000

/** What a balancer and a monitoring system ask. */
export const healthPlugin: FastifyPluginAsyncTypebox<Services> = async (
  app,
  { connections, lifecycle, meters, sink, worker },
) => {
  const tags = ['operation']

  app.get(
    '/livez',
    {
      schema: {
        tags,
        operationId: 'livez',
        summary: 'Whether the process runs',
        response: { 200: statusSchema },
      },
    },
    async () => ({ status: 'ok' }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        tags,
        operationId: 'readyz',
        summary: 'Whether requests may be sent here: not while stopping, not while answers cannot be kept',
        response: { 200: statusSchema, 503: statusSchema },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      if (lifecycle.isDraining) return reply.code(503).send({ status: 'stopping' })
      const detail = await sink.whyNotReady()
      if (detail !== undefined) return reply.code(503).send({ status: 'unavailable', detail })
      try {
        await within(readyWithinMs, findProject(connections.ownerDb, 'prj_readyz'))
        return { status: 'ok' }
      } catch {
        // A balancer that took every server out would turn an outage of the database into one of ingest.
        if (sink.outlivesDatabase)
          return { status: 'ok', detail: 'the database does not answer; answers are queued' }
        return reply.code(503).send({ status: 'unavailable', detail: 'the database does not answer' })
      }
    },
  )

  app.get(
    '/metrics',
    {
      schema: {
        tags,
        operationId: 'prometheus',
        summary: 'Figures for Prometheus',
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      const figures = await (worker ? worker.collectFigures() : meters.registry.metrics())
      return reply.type(meters.registry.contentType).send(figures)
    },
  )
}
