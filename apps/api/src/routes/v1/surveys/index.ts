import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Survey, SurveyDefinition } from '@heed/contract'
import { surveyDefinitionSchema, surveySchema, timestampSchema } from '@heed/contract/schema'
import {
  type Auditor,
  audited,
  createSurvey,
  listSurveys,
  listSurveyVersions,
  SurveyNotPublishedError,
  setSurveyStatus,
  updateSurveyDraft,
} from '@heed/db'
import Type from 'typebox'
import { definitionOf } from '../../../publish/definition-of.ts'
import { publishChecked } from '../../../publish/publish-checked.ts'
import type { Db, Services } from '../../../services.ts'
import { auditorOf } from '../auditor-of.ts'
import { commonReplies, secured } from '../management-schema.ts'
import { problemReplies } from '../problem-replies.ts'
import { describeSurvey, describeSurveys } from './described.ts'
import { needSurvey, unknownSurvey } from './need-survey.ts'
import { previewRoute } from './preview-route.ts'

const tags = ['surveys']
const params = Type.Object({ projectId: Type.String(), surveyId: Type.String({ description: 'id or key' }) })
// Typed by hand: the inferred type of the definition's schema is wider than the contract's.
const definitionSchema = Type.Unsafe<SurveyDefinition>(surveyDefinitionSchema)
const patchSchema = Type.Unsafe<Partial<SurveyDefinition>>(
  Type.Partial(surveyDefinitionSchema, { additionalProperties: false }),
)
const surveyReply = Type.Unsafe<Survey>(surveySchema)

/** Surveys of a project: drafts are edited, publishing makes an immutable version. */
export const surveyRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { surveys, pages } = services
  await app.register(previewRoute, { ...services, prefix: '' })

  /** What this process remembers of a survey that was published, paused, resumed or archived. */
  function forget(projectId: string, survey: Survey): void {
    surveys.forget(projectId, survey)
    pages.forget(projectId, survey.key)
  }

  const changeDraft = (
    db: Db,
    auditor: Auditor,
    id: string,
    definition: SurveyDefinition,
    changed: string[],
  ) =>
    audited(
      db,
      auditor,
      (trx) => updateSurveyDraft(trx, auditor.projectId, id, definition),
      ({ key }) => ({ action: 'survey.changed', target: id, details: { key, changed } }),
    )

  app.get(
    '',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'listSurveys',
        summary: 'Every survey of the project, archived ones too',
        params: Type.Object({ projectId: Type.String() }),
        response: { 200: Type.Object({ data: Type.Array(surveyReply) }), ...commonReplies },
      },
    },
    async ({ db, params }) => {
      const found = await listSurveys(db, params.projectId)
      return { data: await describeSurveys(db, params.projectId, found) }
    },
  )

  app.post(
    '',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'createSurvey',
        summary: 'A new draft',
        params: Type.Object({ projectId: Type.String() }),
        body: definitionSchema,
        response: { 201: surveyReply, ...commonReplies, ...problemReplies(409) },
      },
    },
    async (request, reply) => {
      const { projectId } = request.params
      const survey = await audited(
        request.db,
        auditorOf(request),
        (trx) => createSurvey(trx, projectId, request.body),
        ({ id, key }) => ({ action: 'survey.created', target: id, details: { key } }),
      )
      return reply.code(201).send(await describeSurvey(request.db, projectId, survey))
    },
  )

  app.get(
    '/:surveyId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'getSurvey',
        summary: 'One survey, as its draft stands',
        description:
          '`full` once a live survey has its `maxResponses`: no page shows it any more, answers begun before are still taken. `warnings` name what looks like a mistake, such as an event that no page has ever sent.',
        params,
        response: { 200: surveyReply, ...commonReplies },
      },
    },
    async ({ db, params: { projectId, surveyId } }) =>
      describeSurvey(db, projectId, await needSurvey(db, projectId, surveyId)),
  )

  app.patch(
    '/:surveyId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'updateSurvey',
        summary: 'Replaces members of the draft; visitors keep meeting the published version',
        params,
        body: patchSchema,
        response: { 200: surveyReply, ...commonReplies, ...problemReplies(409) },
      },
    },
    async (request) => {
      const { params, body } = request
      const survey = await needSurvey(request.db, params.projectId, params.surveyId)
      const definition = { ...definitionOf(survey), ...body }
      const changed = await changeDraft(
        request.db,
        auditorOf(request),
        survey.id,
        definition,
        Object.keys(body),
      )
      return describeSurvey(request.db, params.projectId, changed ?? unknownSurvey())
    },
  )

  app.put(
    '/:surveyId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'replaceSurvey',
        summary: 'Replaces the whole draft',
        params,
        body: definitionSchema,
        response: { 200: surveyReply, ...commonReplies, ...problemReplies(409) },
      },
    },
    async (request) => {
      const { params, body } = request
      const survey = await needSurvey(request.db, params.projectId, params.surveyId)
      const changed = await changeDraft(request.db, auditorOf(request), survey.id, body, Object.keys(body))
      return describeSurvey(request.db, params.projectId, changed ?? unknownSurvey())
    },
  )

  app.post(
    '/:surveyId/publish',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'publishSurvey',
        summary: 'Freezes the draft as the next version and makes it live',
        description: 'Refused with every reason at once when the survey would not work in a page.',
        params,
        response: { 200: surveyReply, ...commonReplies, ...problemReplies(422) },
      },
    },
    async (request) => {
      const { params } = request
      const { id } = await needSurvey(request.db, params.projectId, params.surveyId)
      const survey = await publishChecked(request.db, auditorOf(request), id)
      if (!survey) return unknownSurvey()
      forget(params.projectId, survey)
      return describeSurvey(request.db, params.projectId, survey)
    },
  )

  const changes = [
    ['pause', 'paused', 'survey.paused', 'Visitors meet it no more; answers begun before are still taken'],
    ['resume', 'live', 'survey.resumed', 'Visitors meet the newest published version again'],
    ['archive', 'archived', 'survey.archived', 'Puts it away; its answers stay'],
  ] as const
  for (const [operation, status, action, summary] of changes) {
    app.post(
      `/:surveyId/${operation}`,
      {
        schema: {
          tags,
          ...secured,
          operationId: `${operation}Survey`,
          summary,
          params,
          response: { 200: surveyReply, ...commonReplies, ...problemReplies(409) },
        },
      },
      async (request) => {
        const { params } = request
        const known = await needSurvey(request.db, params.projectId, params.surveyId)
        if (known.version === 0 && status !== 'archived') throw new SurveyNotPublishedError()
        const survey = await audited(
          request.db,
          auditorOf(request),
          (trx) => setSurveyStatus(trx, params.projectId, known.id, status),
          ({ id, key }) => ({ action, target: id, details: { key } }),
        )
        if (!survey) return unknownSurvey()
        forget(params.projectId, survey)
        return describeSurvey(request.db, params.projectId, survey)
      },
    )
  }

  app.get(
    '/:surveyId/versions',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'listSurveyVersions',
        summary: 'Every published version, newest first',
        params,
        response: {
          200: Type.Object({
            data: Type.Array(
              Type.Object({
                surveyId: Type.String(),
                version: Type.Integer(),
                definition: definitionSchema,
                publishedAt: timestampSchema,
              }),
            ),
          }),
          ...commonReplies,
        },
      },
    },
    async ({ db, params }) => {
      const { id } = await needSurvey(db, params.projectId, params.surveyId)
      return { data: await listSurveyVersions(db, params.projectId, id) }
    },
  )
}
