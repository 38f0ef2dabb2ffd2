import type { Explanation } from '../core/api-types.ts'
import { inWords, titleOf, triggerInWords } from './in-words.ts'
import type { OverlayModel } from './overlay-model.ts'

/** One survey: whether it may show here and now, every rule with what it saw and wants, and what it waits for. */
export function SurveyVerdict({ explanation, model }: { explanation: Explanation; model: OverlayModel }) {
  const { surveyKey, mayShow, rules, triggers, why } = explanation
  return (
    <li>
      <details>
        <summary>
          <span class={mayShow ? 'mark yes' : 'mark no'}>{mayShow ? 'may show' : 'held back'}</span>
          <b>{surveyKey}</b>
          {why.map((line) => (
            <span key={line} class="why">
              {line}
            </span>
          ))}
        </summary>
        <dl>
          {rules.map((verdict) => (
            <div key={verdict.rule + inWords(verdict.wants)} class={verdict.pass ? 'rule' : 'rule against'}>
              <dt>
                <span aria-hidden="true">{verdict.pass ? '✓' : '✕'}</span> {titleOf(verdict)}
                <span class="hidden">{verdict.pass ? ', passes' : ', stands against it'}</span>
              </dt>
              <dd>
                {'value' in verdict && (
                  <span>
                    is <code>{inWords(verdict.value)}</code>
                  </span>
                )}
                {'wants' in verdict && (
                  <span>
                    wants <code>{inWords(verdict.wants)}</code>
                  </span>
                )}
              </dd>
            </div>
          ))}
          {triggers.map(({ trigger, heard, note }) => (
            <div key={inWords(trigger)} class={note ? 'rule against' : 'rule'}>
              <dt>
                <span aria-hidden="true">{heard ? '●' : '○'}</span> Trigger
              </dt>
              <dd>
                <code>{triggerInWords(trigger)}</code>
                <span>{note ?? (heard ? `happened ${heard} ×` : 'not yet')}</span>
              </dd>
            </div>
          ))}
        </dl>
        <button type="button" onClick={() => model.show(surveyKey)}>
          Show it now
        </button>
      </details>
    </li>
  )
}
