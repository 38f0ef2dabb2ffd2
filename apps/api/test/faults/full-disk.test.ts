import { execFile } from 'node:child_process'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { mountSmallDisk, type SmallDisk, startFaultStack } from '@heed/test-stack/faults'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expectKept } from '../support/expect-kept.ts'
import { recoversWithinMs } from '../support/recovers-within.ts'

const [forData, forLog] = [await mountSmallDisk(64), await mountSmallDisk(128)]
const isMissing = 'missing' in forData || 'missing' in forLog
if (isMissing) {
  console.error(
    `\n!! SKIPPED: the tests of full disks mount small ones in memory, which only root on Linux may: ${'missing' in forData ? forData.missing : ''}\n`,
  )
}

function use(disk: typeof forData): SmallDisk {
  if ('missing' in disk) throw new Error(disk.missing)
  onTestFinished(() => disk.close())
  return disk
}

describe.skipIf(isMissing)('a full disk', () => {
  test('takes no answers and says so; once there is room they are taken again', async () => {
    const disk = use(forData)
    const stack = await startFaultStack({
      postgres: {
        // The tables of every database but the server's own lie there.
        async prepare({ cluster, user }) {
          await disk.giveTo(user)
          await move(join(cluster, 'base'), join(disk.folder, 'base'))
        },
      },
    })
    onTestFinished(() => stack.close())
    const visitors = stack.startVisitors({ padding: 2_000 })
    await visitors.reach(50)
    await disk.fill(0)
    await visitors.feel(16)
    expect(stack.postgres.isRunning()).toBe(true)
    expect((await fetch(`${stack.api().url}/livez`)).status).toBe(200)
    await disk.free()
    expect(await visitors.allServed()).toBeLessThanOrEqual(recoversWithinMs)
    await visitors.end()
    expect(visitors.unexpected).toEqual([])
    expectKept(await stack.judge())
  })

  test('under the write-ahead log stops the server; with room, and started again, it has everything', async () => {
    const disk = use(forLog)
    const stack = await startFaultStack({
      postgres: {
        settings: ['min_wal_size = 32MB', 'wal_recycle = off', 'wal_init_zero = on'],
        async prepare({ cluster, user }) {
          await disk.giveTo(user)
          await move(join(cluster, 'pg_wal'), join(disk.folder, 'pg_wal'))
        },
      },
    })
    onTestFinished(() => stack.close())
    const visitors = stack.startVisitors()
    await visitors.reach(50)
    await disk.fill(1_000_000)
    // The next file of the log does not fit.
    await stack.postgres.query('select pg_switch_wal()').catch(() => {})
    await visitors.feel(16)
    expect((await fetch(`${stack.api().url}/livez`)).status).toBe(200)
    await disk.free()
    await stack.postgres.start()
    expect(await visitors.allServed()).toBeLessThanOrEqual(recoversWithinMs)
    await visitors.end()
    expect(visitors.unexpected).toEqual([])
    expectKept(await stack.judge())
  })
})

/** `mv` keeps owners and rights, which a server insists on. */
async function move(from: string, to: string): Promise<void> {
  await promisify(execFile)('mv', [from, to])
  await symlink(to, from)
}
