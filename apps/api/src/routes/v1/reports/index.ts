import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FunnelCounts, FunnelReport, MetricsReport } from '@heed/contract'
import { funnelReportSchema, metricsReportSchema, oneOf } from '@heed/contract/schema'
import { countFunnel, countLosses, countScores, type StateCounts } from '@heed/db'
import { proportionScore, scoreOf } from '@heed/metrics'
import Type from 'typebox'
import type { Services } from '../../../services.ts'
import { commonReplies, secured } from '../management-schema.ts'
import {
  includesSuspicious,
  periodParameters,
  readPeriod,
  readWhere,
  suspiciousParameter,
  whereParameter,
} from '../report-query.ts'
import { definitionForReports } from './definition-for-reports.ts'
import { chooseQuestion } from './metrics-question.ts'

const tags = ['reports']
const params = Type.Object({ projectId: Type.String() })
const strict = { additionalProperties: false }
const survey = Type.String({ minLength: 1, maxLength: 80, description: 'id or key' })
const by = Type.Optional(
  Type.String({
    maxLength: 100,
    description: 'device, country, locale, version, event, page, trigger, variant.<name>, attributes.<name>',
  }),
)

/** Numbers from the answers. Excluded and test answers are left out of all of them, suspicious ones unless wanted. */
export const reportRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { tracing }) => {
  app.get(
    '/metrics',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'getMetrics',
        summary: 'A score with its interval and counts, as a series and by one dimension on request',
        description:
          'Below 10 answers `confidence` is `none`: do not show the score. To 29 it is `low`: show it with its interval.',
        params,
        querystring: Type.Object(
          {
            survey,
            question: Type.Optional(Type.String({ maxLength: 40 })),
            metric: Type.Optional(oneOf('nps', 'csat', 'ces', 'gcr')),
            ...periodParameters,
            interval: Type.Optional(oneOf('hour', 'day', 'week', 'month')),
            timezone: Type.Optional(
              Type.String({ minLength: 1, maxLength: 64, description: 'IANA name, UTC by default' }),
            ),
            by,
            ...whereParameter,
            ...suspiciousParameter,
          },
          strict,
        ),
        response: { 200: metricsReportSchema, ...commonReplies },
      },
    },
    async ({ db, params, query }): Promise<MetricsReport> => {
      const { id, definition } = await definitionForReports(db, params.projectId, query.survey)
      const { question, metric } = chooseQuestion(definition, query)
      const { from, to } = readPeriod(query)
      const where = readWhere(query.where)
      const withSuspicious = await includesSuspicious(db, params.projectId, query.suspicious)
      const counted = await tracing.inSpan('countScores', () =>
        countScores(db, params.projectId, {
          surveyId: id,
          metric,
          from,
          to,
          withSuspicious,
          ...(query.interval && { interval: query.interval }),
          ...(query.timezone && { timezone: query.timezone }),
          ...(query.by && { by: query.by }),
          ...(where && { where }),
        }),
      )
      const brief = (histogram: number[]) => {
        const { score, interval, n, confidence, counts } = scoreOf(metric, histogram)
        return { score, interval, n, confidence, counts }
      }
      return {
        survey: id,
        question,
        metric,
        from: from?.toISOString() ?? null,
        to: to?.toISOString() ?? null,
        ...scoreOf(metric, counted.total),
        ...(counted.series && {
          series: counted.series.map(({ at, histogram }) => ({ at, ...brief(histogram) })),
        }),
        ...(counted.groups && {
          groups: counted.groups.map(({ value, histogram }) => ({ value, ...brief(histogram) })),
        }),
      }
    },
  )

  app.get(
    '/funnel',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'getFunnel',
        summary: 'How far displays got, and the share that was answered',
        params,
        querystring: Type.Object(
          { survey, ...periodParameters, by, ...whereParameter, ...suspiciousParameter },
          strict,
        ),
        response: { 200: funnelReportSchema, ...commonReplies },
      },
    },
    async ({ db, params, query }): Promise<FunnelReport> => {
      const { id } = await definitionForReports(db, params.projectId, query.survey)
      const period = readPeriod(query)
      const where = readWhere(query.where)
      const withSuspicious = await includesSuspicious(db, params.projectId, query.suspicious)
      const [funnel, losses] = await Promise.all([
        tracing.inSpan('countFunnel', () =>
          countFunnel(db, params.projectId, {
            surveyId: id,
            ...period,
            withSuspicious,
            ...(query.by && { by: query.by }),
            ...(where && { where }),
          }),
        ),
        tracing.inSpan('countLosses', () => countLosses(db, params.projectId, period)),
      ])
      return {
        survey: id,
        from: period.from?.toISOString() ?? null,
        to: period.to?.toISOString() ?? null,
        ...funnelCounts(funnel.counts),
        ...(funnel.groups && {
          groups: funnel.groups.map(({ value, counts }) => ({ value, ...funnelCounts(counts) })),
        }),
        losses,
      }
    },
  )
}

function funnelCounts(counts: StateCounts): FunnelCounts {
  return { counts, responseRate: proportionScore(counts.answered, counts.shown) }
}
