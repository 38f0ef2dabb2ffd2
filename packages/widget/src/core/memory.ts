import { notePage, type VisitorMemory } from '@heed/targeting'
import { granted } from './consent.ts'
import { randomId } from './random-id.ts'
import { safely } from './safely.ts'
import { options } from './settings.ts'
import { stringify } from './stringify.ts'

/**
 * What is known of this visitor. Without consent it lives as long as the page, and its random id decides samples but is
 * never sent.
 */
export let memory: VisitorMemory = {}

/** Two projects on one origin must not meet. */
export const prefix = (): string => `heed.${options.key}`

const stored = safely((): VisitorMemory | undefined =>
  granted('storage') ? JSON.parse(localStorage[prefix()]) : undefined,
)

export const remember = safely((next: VisitorMemory): void => {
  memory = next
  if (granted('storage')) localStorage[prefix()] = stringify(next)
})

/** Takes over what other pages and tabs have remembered since, if that is allowed. */
export const readMemory = (): void => {
  memory = stored() ?? memory
}

/** A page view of this visit. */
export const countPage = (): void => {
  readMemory()
  remember(notePage(memory, Date.now()))
}

/** Storage is allowed: what was kept before counts, and what this page knows joins it. */
export const joinMemory = (): void => {
  const before = stored()
  const all = { ...memory, ...before, surveys: { ...memory.surveys, ...before?.surveys } }
  // Allowed only after the page view had begun, it is still to be counted where the visit was. Joined twice, we have
  // become who we were before.
  remember(before && memory.visit && before.id !== memory.id ? notePage(all, Date.now()) : all)
}

/** Somebody new, as far as we know, whose first page view is the one at hand. */
export const forget = (): void => {
  const { visit } = memory
  memory = { id: randomId(), ...(visit && { visit: [visit[0], 1, 1] }) }
}

/** Calls back for everything we keep; nothing where cookies are blocked, as there the getters of both stores throw. */
export const eachKept = safely((run: (store: Storage, name: string) => unknown): void => {
  for (const store of [localStorage, sessionStorage])
    for (const name of Object.keys(store)) if (name.startsWith(prefix())) run(store, name)
})
