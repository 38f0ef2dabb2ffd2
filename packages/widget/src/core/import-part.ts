import { options } from './settings.ts'

/** Fetches a part by its name; `retry` makes the URL another one. */
export const importPart = (name: string, retry: string): Promise<unknown> =>
  import(`${options.host}/${HEED_PARTS}/${name}.js${retry}`)
