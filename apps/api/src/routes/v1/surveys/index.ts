import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Survey, SurveyDefinition } from '@heed/contract'
import { surveyDefinitionSchema, surveySchema, timestampSchema } from '@heed/contract/schema'
import {
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
import type { Services } from '../../../services.ts'
import { commonReplies, secured } from '../management-schema.ts'
import { problemReplies } from '../problem-replies.ts'
import { needSurvey, unknownSurvey } from './need-survey.ts'

const tags = ['surveys']
const params = Type.Object({ projectId: Type.String(), surveyId: Type.String({ description: 'id or key' }) })
// Typed by hand: the inferred type of the definition's schema is wider than the contract's.
const definitionSchema = Type.Unsafe<SurveyDefinition>(surveyDefinitionSchema)
const patchSchema = Type.Unsafe<Partial<SurveyDefinition>>(
  Type.Partial(surveyDefinitionSchema, { additionalProperties: false }),
)
const surveyReply = Type.Unsafe<Survey>(surveySchema)

/** Surveys of a project: drafts are edited, publishing makes an immutable version. */
export const surveyRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { queryDb, surveys }) => {
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
    async (request) => ({ data: await listSurveys(queryDb, request.params.projectId) }),
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
      const survey = await createSurvey(queryDb, request.params.projectId, request.body)
      return reply.code(201).send(survey)
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
        params,
        response: { 200: surveyReply, ...commonReplies },
      },
    },
    async ({ params }) => needSurvey(queryDb, params.projectId, params.surveyId),
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
    async ({ params, body }) => {
      const survey = await needSurvey(queryDb, params.projectId, params.surveyId)
      const definition = { ...definitionOf(survey), ...body }
      return (await updateSurveyDraft(queryDb, params.projectId, survey.id, definition)) ?? unknownSurvey()
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
    async ({ params, body }) => {
      const survey = await needSurvey(queryDb, params.projectId, params.surveyId)
      return (await updateSurveyDraft(queryDb, params.projectId, survey.id, body)) ?? unknownSurvey()
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
    async ({ params }) => {
      const { id } = await needSurvey(queryDb, params.projectId, params.surveyId)
      const survey = await publishChecked(queryDb, params.projectId, id)
      if (!survey) return unknownSurvey()
      surveys.forget(params.projectId, survey)
      return survey
    },
  )

  const changes = [
    ['pause', 'paused', 'Visitors meet it no more; answers begun before are still taken'],
    ['resume', 'live', 'Visitors meet the newest published version again'],
    ['archive', 'archived', 'Puts it away; its answers stay'],
  ] as const
  for (const [action, status, summary] of changes) {
    app.post(
      `/:surveyId/${action}`,
      {
        schema: {
          tags,
          ...secured,
          operationId: `${action}Survey`,
          summary,
          params,
          response: { 200: surveyReply, ...commonReplies, ...problemReplies(409) },
        },
      },
      async ({ params }) => {
        const known = await needSurvey(queryDb, params.projectId, params.surveyId)
        if (known.version === 0 && status !== 'archived') throw new SurveyNotPublishedError()
        const survey = await setSurveyStatus(queryDb, params.projectId, known.id, status)
        if (!survey) return unknownSurvey()
        surveys.forget(params.projectId, survey)
        return survey
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
    async ({ params }) => {
      const { id } = await needSurvey(queryDb, params.projectId, params.surveyId)
      return { data: await listSurveyVersions(queryDb, params.projectId, id) }
    },
  )
}
