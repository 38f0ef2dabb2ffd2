import type { AnswerValue, QuestionTexts, ScreenshotTexts } from '@heed/contract'
import type { Signal } from '@preact/signals'
import type { Picture, ScreenshotModule } from '../../screenshot/interface.ts'
import type { Field } from '../field.ts'
import { panel, signal } from '../kit.ts'

interface Shot {
  _picture?: Picture | undefined
  _hasFailed?: boolean
}

interface Kept {
  readonly _shot: Signal<Shot>
  /** The answer beside it, as it was last drawn; undefined when there is none yet, or the visitor has skipped it. */
  _draft: AnswerValue | undefined
}

/** What became of each picture. Its words are the key: a display has them for itself, a question is copied. */
const kept = new WeakMap<ScreenshotTexts, Kept>()
const keptOf = (texts: ScreenshotTexts): Kept => {
  const known = kept.get(texts) ?? { _shot: signal<Shot>({}), _draft: undefined }
  kept.set(texts, known)
  return known
}

/** A response has one picture. A question that was skipped has none. */
export const pictureOf = (questions: QuestionTexts[]): Blob | undefined => {
  for (const { screenshot } of questions) {
    const { _shot, _draft } = screenshot ? keptOf(screenshot) : {}
    if (_shot?.value._picture && _draft !== undefined) return _shot.value._picture.image
  }
  return undefined
}

/**
 * Whether the browser can capture this tab and tell it from all else. Firefox and Safari only share windows and screens,
 * which show more than the page; in a frame nobody can tell whose tab it is.
 */
const canCapture = () => {
  // None where the page has no secure context.
  const devices = navigator.mediaDevices ?? {}
  return 'getDisplayMedia' in devices && 'setCaptureHandleConfig' in devices && top === window
}

let isTaking = false

function Screenshot({ texts, field }: { texts: ScreenshotTexts; field: Field }) {
  const mine = keptOf(texts)
  const shot = mine._shot
  const { _picture, _hasFailed } = shot.value

  async function take({ currentTarget: button }: { currentTarget: HTMLElement }) {
    if (isTaking || field._isBusy) return
    isTaking = true
    try {
      const { takePicture } = (await field._host.part('screenshot')) as ScreenshotModule
      const picture = await takePicture(texts, button.closest<HTMLElement>('.card') as HTMLElement)
      // Who calls it off keeps what was there.
      shot.value = { _picture: picture ?? shot.value._picture }
      // A picture without words is an answer too: it has been begun.
      if (picture) field._select(mine._draft ?? '')
    } catch {
      shot.value = { _hasFailed: true }
    }
    isTaking = false
    button.focus()
  }

  return (
    <div class="shot" aria-live="polite">
      {_picture && (
        <div
          role="img"
          aria-label={texts.preview}
          // Not an image with a `blob:` URL, which the page's policy may forbid.
          ref={(box) => box?.replaceChildren(_picture.preview)}
        />
      )}
      {_hasFailed && <p>{texts.failed}</p>}
      <button type="button" tabIndex={0} onClick={take}>
        {_picture ? texts.retake : texts.add}
      </button>
      {_picture && (
        <button
          type="button"
          tabIndex={0}
          onClick={({ currentTarget }) => {
            if (field._isBusy) return
            ;(currentTarget.previousElementSibling as HTMLElement).focus()
            shot.value = {}
          }}
        >
          {texts.remove}
        </button>
      )}
    </div>
  )
}

/** A text field, and where it asks for it, a way to add a picture of the page. */
export const WordsAndPicture = ({ field }: { field: Field }) => {
  const { screenshot } = field._question
  if (screenshot) keptOf(screenshot)._draft = field._draft
  return (
    <>
      <panel._Words field={field} />
      {screenshot && canCapture() && <Screenshot texts={screenshot} field={field} />}
    </>
  )
}
