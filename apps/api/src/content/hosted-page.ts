/// <reference lib="esnext.intl" />
import type { AnswerValue, SurveyDefinition } from '@heed/contract'
import { visitorTexts } from '@heed/widget/locales'
import { scriptValue } from './script-value.ts'

export interface HostedPage {
  html: string
  /** `content-security-policy` under which it works. */
  policy: string
}

interface Frame {
  locale: string
  title: string
  body: string
  nonce: string
  /** The page around the card is as light or dark as the card. @default 'light dark': as the visitor's system */
  scheme?: string
}

interface HostedSurvey {
  definition: SurveyDefinition
  locale: string
  publicKey: string
  /** Where the loader lies, seen from the page: a server may stand below a path of its host. */
  base: string
  /** To begin with; each still needs the visitor's confirming tap. */
  answers: Record<string, AnswerValue>
  nonce: string
}

/** The page of one survey: the project's own loader and one call, so that what it draws is what every page draws. */
export function hostedSurvey(survey: HostedSurvey): HostedPage {
  const { definition, locale, publicKey, base, answers, nonce } = survey
  const hasAnswers = Object.keys(answers).length > 0
  const call = ['show', definition.key, { force: true, ...(hasAnswers && { answers }) }]
    .map(scriptValue)
    .join()
  const body = `<main></main>
<noscript><p>${escapeHtml(visitorTexts(locale).hosted.needsJavaScript)}</p></noscript>
<script nonce="${nonce}">window.heed=window.heed||function(){(heed.q=heed.q||[]).push(arguments)};heed(${call})</script>
<script nonce="${nonce}" async src="${base}${publicKey}/heed.js" data-lang="${escapeHtml(locale)}"></script>`
  const { mode = 'auto' } = definition.display.appearance ?? {}
  const title = titleOf(definition, locale)
  return frame({ locale, title, body, nonce, ...(mode !== 'auto' && { scheme: mode }) })
}

/** Words where there is no survey to draw. */
export function hostedWords(why: 'closed' | 'notFound', locale: string, nonce: string): HostedPage {
  const words = escapeHtml(visitorTexts(locale).hosted[why])
  return frame({
    locale,
    title: visitorTexts(locale).hosted[why],
    body: `<main><h1>${words}</h1></main>`,
    nonce,
  })
}

function frame({ locale, title, body, nonce, scheme = 'light dark' }: Frame): HostedPage {
  const dir = new Intl.Locale(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'
  const html = `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta name="robots" content="noindex,nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="${scheme}">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">
body{margin:0;font:17px/1.5 system-ui,sans-serif}
h1,noscript{display:block;max-width:32em;margin:20vh auto 0;padding:0 24px;font-size:inherit;font-weight:inherit;text-align:center}
</style>
</head>
<body>
${body}
</body>
</html>
`
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    // A shop's logo may lie anywhere.
    'img-src https: data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return { html, policy }
}

/** The first question, for what the page told the words for where it is missing: nothing is known of the visitor here. */
function titleOf({ questions, locales }: SurveyDefinition, locale: string): string {
  const text = questions[0]?.text ?? {}
  const words = text[locale] ?? text[locales[0] ?? 'en'] ?? ''
  return words.replace(/\{[^{}|]*\|([^{}]*)\}/g, '$1')
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
