import type { ProjectRules } from '@heed/contract'
import type { HeedOptions } from './api-types.ts'

// A page has one Heed, so what it knows are plain variables of its modules: nothing is handed through every call.

export let options: Partial<HeedOptions> = {}
export let rules: ProjectRules = { surveys: [] }
/** Everything that listens or waits ends with this. */
export let life = new AbortController()

/** Begins a life with these options. */
export const beginLife = (given: Partial<HeedOptions>): void => {
  options = given
  life = new AbortController()
}
export const endLife = (): void => {
  life.abort()
  rules = { surveys: [] }
}
export const setRules = (given: ProjectRules): void => {
  rules = given
}
