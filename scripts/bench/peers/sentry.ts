import { bundle } from './bundle.ts'
import { type Candidate, javascript } from './candidate.ts'

/** Without its own button, so that nothing shows before the call, and without debug and tracing code. */
const source = `
import { feedbackIntegration, init } from '@sentry/browser'
const feedback = feedbackIntegration({ autoInject: false })
init({ dsn: location.protocol + '//public@' + location.host + '/1', integrations: [feedback] })
window.openFeedback = async () => {
  const form = await feedback.createForm()
  form.appendToDom()
  form.open()
}`

export async function sentry(home: string): Promise<Candidate> {
  return {
    name: '@sentry/browser',
    head: '<script async src="/sentry.js"></script>',
    files: new Map([['/sentry.js', { body: bundle(home, source), type: javascript }]]),
    api: () => '{}',
    trigger: 'openFeedback()',
    shown: '.dialog__content',
  }
}
