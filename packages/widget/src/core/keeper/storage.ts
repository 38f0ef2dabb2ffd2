import { granted, options } from './link.ts'

/** Everything we keep begins with this, so that two projects on one origin do not meet. */
const prefix = () => `heed.${options.key}`

/**
 * Tries localStorage, then sessionStorage, until one gives an answer. The getters themselves throw where cookies are
 * blocked, and are null in some embedded browsers.
 */
const inStores = <Result>(use: (store: Storage) => Result): Result | undefined => {
  if (granted('storage'))
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
  inStores((store) => store.getItem(prefix() + name))

/** Keeps a text, and says true, or why neither store took it: it is full, or cannot be used at all. */
export const write = (name: string, text: string): true | 'quota' | 'storage' =>
  inStores((store) => {
    store.setItem(prefix() + name, text)
    return true
  }) ?? (inStores(() => true) ? 'quota' : 'storage')

export const remove = (name: string): void => {
  inStores((store) => store.removeItem(prefix() + name))
}

/** The names under which records are kept; every one begins with `.r.`. */
export const recordNames = (): string[] => {
  const names = new Set<string>()
  inStores((store) => {
    for (const key of Object.keys(store))
      if (key.startsWith(`${prefix()}.r.`)) names.add(key.slice(prefix().length))
  })
  return [...names]
}
