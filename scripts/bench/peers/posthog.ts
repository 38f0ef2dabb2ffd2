import { readFile } from 'node:fs/promises'
import { type Candidate, ends, javascript, question } from './candidate.ts'

const token = 'phc_bench'

const survey = {
  id: '0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90',
  name: 'After the order',
  description: '',
  type: 'popover',
  start_date: '2026-01-01T00:00:00Z',
  end_date: null,
  questions: [
    {
      id: 'nps',
      type: 'rating',
      question,
      display: 'number',
      scale: 10,
      lowerBoundLabel: ends[0],
      upperBoundLabel: ends[1],
    },
  ],
  conditions: { events: { values: [{ name: 'purchase' }] } },
  appearance: {},
}

/** Only surveys are on; recording, autocapture and the rest are off on the project's side. */
const config = {
  token,
  supportedCompression: ['gzip', 'gzip-js'],
  hasFeatureFlags: false,
  autocapture_opt_out: true,
  autocaptureExceptions: false,
  capturePerformance: false,
  captureDeadClicks: false,
  heatmaps: false,
  sessionRecording: false,
  surveys: true,
  siteApps: [],
  toolbarParams: {},
  isAuthenticated: false,
  defaultIdentifiedOnly: true,
  elementsChainAsString: true,
  analytics: { endpoint: '/i/v0/e/' },
}

export async function posthog(home: string): Promise<Candidate> {
  const dist = async (name: string) => ({
    body: await readFile(`${home}node_modules/posthog-js/dist/${name}.js`, 'utf8'),
    type: javascript,
  })
  const { version } = JSON.parse(await readFile(`${home}node_modules/posthog-js/package.json`, 'utf8')) as {
    version: string
  }
  const remote = `(window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{})['${token}']=${JSON.stringify({ config, siteApps: [] })}`
  return {
    name: 'posthog-js',
    // The snippet of the documentation, less the stubs of methods that are not called before it has loaded. It does
    // less for robots, so this browser is not to count as one.
    head: `<script>
      window.posthog = Object.assign([], {
        _i: [['${token}', { api_host: location.origin, opt_out_useragent_filter: true }, 'posthog']],
        people: [],
        __SV: 1,
      })
    </script><script async src="/static/array.js"></script>`,
    files: new Map([
      ['/static/array.js', await dist('array')],
      [`/static/${version}/surveys.js`, await dist('surveys')],
      [`/array/${token}/config.js`, { body: remote, type: javascript }],
    ]),
    api(path) {
      if (path.startsWith('/api/surveys')) return JSON.stringify({ surveys: [survey] })
      if (path.startsWith('/flags')) return JSON.stringify({ ...config, featureFlags: {}, flags: {} })
      if (path.endsWith('/config')) return JSON.stringify(config)
      return path.startsWith('/static/') ? undefined : JSON.stringify({ status: 1 })
    },
    // Directly: its own events are looked at once a second.
    trigger: `posthog.displaySurvey('${survey.id}', { displayType: 'popover', ignoreConditions: true, ignoreDelay: true })`,
    shown: '.survey-question',
  }
}
