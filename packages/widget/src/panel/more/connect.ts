import type { Kit } from '../extensions.ts'
import { setKit } from '../kit.ts'
import { arrange } from './arrange.ts'
import { consent } from './consent.tsx'
import { email } from './email.tsx'
import { fill } from './fill.ts'
import { multiple } from './multiple.tsx'
import { Page } from './page.tsx'
import { Progress } from './progress.tsx'
import { scales } from './scales.tsx'
import { pictureOf, WordsAndPicture } from './screenshot.tsx'
import { single } from './single.tsx'
import { moreCss } from './styles.ts'
import { link, message } from './to-read.tsx'

/** Adds the rarer questions to a panel; again, for each survey that asks for them, is harmless. */
export function connect(kit: Kit): void {
  // A second set of views would make every open survey draw itself anew.
  if (kit._sheets.has(moreCss)) return
  setKit(kit)
  kit._sheets.add(moreCss)
  Object.assign(kit._kinds, scales(), {
    single,
    multiple,
    email,
    consent,
    link,
    message,
    text: { ...kit._kinds.text, _View: WordsAndPicture },
  })
  Object.assign(kit._hooks, {
    _arrange: arrange,
    _fill: fill,
    _pictureOf: pictureOf,
    _Progress: Progress,
    _Page: Page,
  })
}
