import { heard } from './link.ts'

/** What a request may carry, and a page in all its requests. */
const maxNames = 50
const maxNameLength = 100

/** Names that are on their way or have arrived. */
const taken = new Set<string>()

/**
 * The names of page events that this page has heard and not yet told of, so that a trigger on a name that nobody sends
 * can be noticed. `putBack` when the request has not arrived.
 */
export const takeNames = (): { names: string[]; putBack: () => void } => {
  const names = [...new Set(heard)]
    .filter((name) => typeof name === 'string' && name && name.length <= maxNameLength && !taken.has(name))
    .slice(0, maxNames - taken.size)
  for (const name of names) taken.add(name)
  return {
    names,
    putBack() {
      for (const name of names) taken.delete(name)
    },
  }
}
