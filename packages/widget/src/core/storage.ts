import { granted } from './consent.ts'
import { state } from './state.ts'

/** Everything we keep begins with this, so that two projects on one origin do not meet. */
const prefix = () => `heed.${state._options.key}`

/**
 * Tries localStorage, then sessionStorage, until one gives an answer. The getters themselves throw where cookies are
 * blocked, and are null in some embedded browsers.
 */
const inStores = <Result>(use: (store: Storage) => Result): Result | undefined => {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      const result = use(window[name])
      if (result) return result
    } catch {}
  }
  return undefined
}

/** What is kept under a name; nothing without consent. */
export const read = (name: string): string | null | undefined =>
  granted('storage') ? inStores((store) => store.getItem(prefix() + name)) : undefined

/** Keeps a text; false without consent, or where neither store takes it. */
export const write = (name: string, text: string): boolean =>
  granted('storage') &&
  !!inStores((store) => {
    store.setItem(prefix() + name, text)
    return true
  })

/** The names under which something is kept. */
export const namesOf = (start: string): string[] => {
  const names: string[] = []
  if (granted('storage'))
    inStores((store) => {
      for (const key of Object.keys(store))
        if (key.startsWith(prefix() + start)) names.push(key.slice(prefix().length))
    })
  return names
}

export const remove = (name: string): void => {
  inStores((store) => store.removeItem(prefix() + name))
}

/** Removes all that we keep, whatever consent says now. */
export const wipe = (): void => {
  inStores((store) => {
    for (const key of Object.keys(store)) if (key.startsWith(prefix())) store.removeItem(key)
  })
}
