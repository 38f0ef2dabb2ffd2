import { effect } from '@preact/signals'
import { render } from 'preact'
import type { HeedOptions } from '../core/api-types.ts'
import type { OverlayModel } from './overlay-model.ts'
import { overlayCss } from './styles.ts'
import { SurveyVerdict } from './survey-verdict.tsx'

const time = (ms: number) => new Date(ms).toTimeString().slice(0, 8)

function Overlay({ model, options }: { model: OverlayModel; options: Partial<HeedOptions> }) {
  const surveys = model.explanations.value
  const ready = surveys?.filter(({ mayShow }) => mayShow).length ?? 0
  return (
    <section aria-label="Heed debug">
      <header>
        <b>Heed</b>
        <span>{surveys ? `${ready} of ${surveys.length} may show here` : 'waiting for the rules'}</span>
        <button type="button" aria-expanded={model.isOpen.value} onClick={model.toggle}>
          {model.isOpen.value ? 'Fold' : 'Unfold'}
        </button>
      </header>
      {model.notice && <p class="notice">{model.notice}</p>}
      {model.isOpen.value && (
        <div class="body">
          <p class="facts">
            <code>{options.key}</code> at <code>{options.host}</code>
          </p>
          {surveys?.length === 0 && <p>The project has no live survey. Publish one and reload the page.</p>}
          <ul>
            {surveys?.map((explanation) => (
              <SurveyVerdict key={explanation.surveyKey} explanation={explanation} model={model} />
            ))}
          </ul>
          <h2>Since the page was loaded</h2>
          {model.happenings.value.length === 0 && <p>Nothing was shown.</p>}
          <ol>
            {model.happenings.value.map(({ atMs, what }) => (
              <li key={atMs + what}>
                <time>{time(atMs)}</time> {what}
              </li>
            ))}
          </ol>
          <footer>
            <button type="button" onClick={model.forget}>
              Forget this browser
            </button>
          </footer>
        </div>
      )}
      <p role="status">{model.said.value}</p>
    </section>
  )
}

/** Draws the overlay over the page until the signal. It lies below surveys, which open after it. */
export function openOverlay(model: OverlayModel, options: Partial<HeedOptions>, signal: AbortSignal): void {
  const host = document.createElement('heed-debug')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(overlayCss)
  root.adoptedStyleSheets = [sheet]
  // What is done here is no click or key of the page's, to whoever listens for those.
  for (const type of ['click', 'keydown', 'keyup', 'pointerdown'])
    host.addEventListener(type, (event) => event.stopPropagation())
  effect(() => render(<Overlay model={model} options={options} />, root))
  document.documentElement.append(host)
  host.popover = 'manual'
  host.showPopover?.()
  signal.addEventListener('abort', () => host.remove())
}
