import type { CopiedPart, Person } from '@heed/db'

const lists: CopiedPart['list'][] = ['responses', 'displays', 'screenshots', 'rejects']

/** A `PersonCopy` as JSON, part by part: pictures of all of them may be more than memory. */
export async function* personCopyJson(
  { kind, id }: Person,
  parts: AsyncIterable<CopiedPart>,
): AsyncGenerator<string, void, undefined> {
  yield `{${JSON.stringify(kind)}:${JSON.stringify(id)}`
  let open = -1
  let isFirst = true
  // The parts come list after list; those that have none are opened and closed on the way.
  const openUntil = (wanted: number) => {
    let text = ''
    while (open < wanted) {
      text += `${open < 0 ? '' : ']'},"${lists[open + 1]}":[`
      open += 1
      isFirst = true
    }
    return text
  }
  for await (const { list, part } of parts) {
    const opened = openUntil(lists.indexOf(list))
    yield `${opened}${isFirst ? '' : ','}\n${JSON.stringify(part)}`
    isFirst = false
  }
  yield `${openUntil(lists.length - 1)}]}\n`
}
