import { isbot } from 'isbot'
import { Lru } from '../directory/lru.ts'

/** `bot`: it says that it is one. `automated`: a program of somebody's own, or a browser without a window. */
export type SenderKind = 'bot' | 'automated' | 'browser'

/**
 * To isbot these are bots too. But they crawl nothing: shops send answers of other channels with them, and test their
 * pages. Whoever means harm calls himself something else anyway.
 */
const tools =
  /^(?:node|undici|axios|curl|wget|python|go-http-client|okhttp|java|php|guzzlehttp|ruby|apache-httpclient|postmanruntime|lightmyrequest|autocannon)(?:[-/ (]|$)|HeadlessChrome\//i

const longest = 512
/** User agents are few and each is asked about for every request; 1 MB at most. */
const known = new Lru<SenderKind>(1_000)

/** What a user agent says of its sender. It is remembered in memory only, and for nobody in particular. */
export function senderKindOf(userAgent = ''): SenderKind {
  const remembered = known.peek(userAgent)
  if (remembered) return remembered
  const shown = userAgent.slice(0, longest)
  const kind = shown === '' || tools.test(shown) ? 'automated' : isbot(shown) ? 'bot' : 'browser'
  if (userAgent.length <= longest) known.set(userAgent, kind)
  return kind
}
