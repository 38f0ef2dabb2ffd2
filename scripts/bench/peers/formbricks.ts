import { readFile } from 'node:fs/promises'
import { bundle } from './bundle.ts'
import { type Candidate, ends, javascript, question } from './candidate.ts'

const [low, high] = ends

const survey = (id: string, trigger: string) => ({
  id,
  name: id,
  type: 'web',
  status: 'inProgress',
  triggers: [trigger],
  inlineTriggers: null,
  languages: [],
  displayOption: 'respondMultiple',
  recontactDays: 0,
  displayPercentage: null,
  autoClose: null,
  autoComplete: null,
  delay: 0,
  styling: null,
  productOverwrites: null,
  welcomeCard: { enabled: false },
  questions: [
    {
      id: 'nps',
      type: 'nps',
      required: true,
      headline: question,
      lowerLabel: low,
      upperLabel: high,
      buttonLabel: 'Next',
    },
    {
      id: 'why',
      type: 'openText',
      required: false,
      longAnswer: true,
      inputType: 'text',
      headline: 'What is the main reason?',
      placeholder: 'Tell us in your own words',
      buttonLabel: 'Send',
    },
  ],
  thankYouCard: { enabled: true, headline: 'Thank you' },
  hiddenFields: { enabled: false },
  attributeFilters: [],
})

const state = {
  data: {
    surveys: [survey('nps', 'purchase'), survey('csat', 'view_item'), survey('ces', 'checkout')],
    noCodeActionClasses: [],
    product: {
      id: 'product',
      brandColor: '#334155',
      highlightBorderColor: null,
      recontactDays: 0,
      clickOutsideClose: true,
      darkOverlay: false,
      placement: 'bottomRight',
      inAppSurveyBranding: true,
      styling: { allowStyleOverwrite: true, brandColor: { light: '#334155' } },
    },
  },
}

/**
 * The last releases whose whole code is on npm (2024): later ones keep theirs on the shop's own Formbricks server, and
 * there the part that draws alone weighs 223 kB with brotli, fetched ahead on every page view.
 */
export async function formbricks(home: string): Promise<Candidate> {
  const source = `
import formbricks from '@formbricks/js'
window.formbricks = formbricks
formbricks.init({ environmentId: 'bench', apiHost: location.origin })`
  const surveys = await readFile(`${home}node_modules/@formbricks/surveys/dist/index.umd.js`, 'utf8')
  return {
    name: 'Formbricks',
    head: '<script async src="/formbricks.js"></script>',
    files: new Map([
      // It loads the part that draws from a public address; the same file lies here.
      [
        '/formbricks.js',
        {
          body: bundle(home, source).replace(
            /https:\/\/unpkg\.com\/@formbricks\/surveys@[^"'`]*/,
            '/surveys.js',
          ),
          type: javascript,
        },
      ],
      ['/surveys.js', { body: surveys, type: javascript }],
    ]),
    api: (path) =>
      path.includes('/sync') ? JSON.stringify(state) : JSON.stringify({ data: { id: 'display' } }),
    trigger: `formbricks.track('purchase')`,
    shown: '#fbjs label',
  }
}
