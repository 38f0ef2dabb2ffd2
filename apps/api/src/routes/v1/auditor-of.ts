import type { Auditor } from '@heed/db'
import type { FastifyRequest } from 'fastify'

/** Whose change it is: that of the key, to its own project. */
export const auditorOf = ({ caller }: Pick<FastifyRequest, 'caller'>): Auditor => ({
  projectId: caller.projectId,
  actor: caller.keyId,
})
