import type { AnswerValue, IngestItem, ResponseItem, SurveyDefinition } from '@heed/contract'
import type { PageContext, ShowResult } from '../core/api-types.ts'
import type { Answers } from '../npm/answers.ts'
import { destroy, init, reset, set, show } from '../npm/methods.ts'
import type { OpenSurvey } from './open-survey.ts'
import { serveSurveys } from './serve-surveys.ts'
import { until } from './until.ts'

export interface RenderOptions<Survey extends SurveyDefinition> {
  /** BCP 47 language. @default the survey's first */
  lang?: string
  /** What the page told of itself, for texts that name it. */
  context?: PageContext
  /** Answers to begin with. */
  answers?: Answers<Survey>
}

export interface RenderedSurvey<Survey extends SurveyDefinition> extends OpenSurvey<Survey> {
  /** Everything sent so far, as the API would get it. */
  sent(): IngestItem[]
  /** The newest state of each response, as the API would keep it. */
  responses(): ResponseItem[]
  /** Removes the survey, Heed and all it did to the page; call it after each test. */
  unmount(): Promise<void>
}

/**
 * Opens a survey in the test's page whatever its rules say, with the real engine and panel, and no network.
 * @throws when it did not open
 */
export async function renderSurvey<Survey extends SurveyDefinition>(
  survey: Survey,
  { lang = survey.locales[0] ?? 'en', context, answers }: RenderOptions<Survey> = {},
): Promise<RenderedSurvey<Survey>> {
  const { selector } = survey.display
  if (selector && !document.querySelector(selector))
    throw new Error(`heed: the survey "${survey.key}" belongs to ${selector}, which is not in the page`)
  const server = serveSurveys([survey])
  const unmount = () => {
    destroy()
    reset()
    return server.close()
  }
  init({ key: 'pk_test', host: 'https://heed.test', lang })
  if (context) set(context)
  // Heed waits for the page to have loaded, of which such pages may never tell.
  if (document.readyState !== 'complete') window.dispatchEvent(new Event('load'))
  const settings = { force: true, ...(answers && { answers: answers as Record<string, AnswerValue> }) }
  let result: ShowResult | undefined
  show(survey.key, settings).then((became) => {
    result = became
  })
  const opened = await until(
    () => result,
    () => `the survey "${survey.key}" to open`,
  ).catch(String)
  if (opened !== 'shown') {
    await unmount()
    throw new Error(`heed: the survey "${survey.key}" did not open: ${opened}`)
  }
  const open = await server.opened(survey)
  return Object.assign(open, { sent: server.sent, responses: server.responses, unmount })
}
