import type { VisitorMemory } from '@heed/targeting'
import { granted } from './consent.ts'
import { randomId } from './random-id.ts'
import { safely } from './safely.ts'
import { options } from './settings.ts'
import { stringify } from './stringify.ts'

/** A visit ends after this long without a page. */
const visitMs = 1_800_000

/**
 * What is known of this visitor. Without consent it lives as long as the page, and its random id decides samples but is
 * never sent.
 */
export let memory: VisitorMemory = {}

/** Two projects on one origin must not meet. */
const prefix = (): string => `heed.${options.key}`

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

/** Storage is allowed: what was kept before counts, and what this page knows joins it. */
export const joinMemory = (): void => {
  const before = stored()
  remember({ ...memory, ...before, surveys: { ...memory.surveys, ...before?.surveys } })
}

/** Somebody new, as far as we know. */
export const forget = (): void => {
  memory = { id: randomId() }
}

/**
 * `page` is only kept in a visit that has met a survey, from its display on: so it tells both whether the visit goes on
 * and whether it has met one, and a visit that meets none costs no write.
 */
export const isVisitShown = (): boolean => (memory.page as number) > Date.now() - visitMs

/** Calls back for everything we keep; nothing where cookies are blocked, as there the getters of both stores throw. */
export const eachKept = safely((run: (store: Storage, name: string) => unknown): void => {
  for (const store of [localStorage, sessionStorage])
    for (const name of Object.keys(store)) if (name.startsWith(prefix())) run(store, name)
})
