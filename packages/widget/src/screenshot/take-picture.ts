import { capture } from './capture.ts'
import type { ScreenshotModule } from './interface.ts'
import { startPointing } from './point.ts'

/** Takes every survey of ours out of sight, and a modal one off the page, which it would make deaf. Returns how to undo it. */
function hideCards(card: HTMLElement): () => void {
  const cards = [...document.querySelectorAll('heed-survey')].flatMap(
    ({ shadowRoot }) => shadowRoot?.querySelector<HTMLElement>('.card') ?? [],
  )
  const setVisibility = (value: string) => {
    for (const { style } of cards) style.visibility = value
  }
  const dialog = card.closest('dialog')
  dialog?.close()
  setVisibility('hidden')
  return () => {
    setVisibility('')
    if (dialog?.isConnected) dialog.showModal()
  }
}

export const takePicture: ScreenshotModule['takePicture'] = async (texts, card) => {
  const showCards = hideCards(card)
  const { layer, decided, end } = startPointing(texts, card)
  try {
    return (await decided) ? await capture(layer) : undefined
  } finally {
    end()
    showCards()
  }
}
