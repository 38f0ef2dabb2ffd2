// A process that uses the embedded server and never stops it, for embedded.test.ts to kill.
import { startEmbedded } from '@heed/db/embedded'

const [dataDir = ''] = process.argv.slice(2)
const { url } = await startEmbedded({ dataDir })
process.stdout.write(`${url}\n`)
setInterval(() => {}, 1_000)
