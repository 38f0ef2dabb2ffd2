import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IngestReply, SurveyDefinition } from '@heed/contract'
import { openDatabase, storeEventNames } from '@heed/db'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../src/cli/run.ts'
import { definition } from './support/definition.ts'
import { heed, serve } from './support/serve.ts'
import { response } from './support/start-api.ts'

let folder: string
let env: Record<string, string>
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await freshDatabase()
  drop = database.drop
  env = { DATABASE_URL: database.url }
  folder = await mkdtemp(join(tmpdir(), 'heed-cli-'))
})
afterAll(async () => {
  await drop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a command in this process: what it prints where, and its exit code. */
async function cli(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, { env, out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err, json: <Value>() => JSON.parse(out.join('\n')) as Value }
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('a new project is one line of JSON with its keys, and nothing else', async () => {
  const { code, out, err } = await heed(['project', 'create', 'Shop', '--json'], env)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(out)).toEqual({
    projectId: expect.stringMatching(/^prj_/),
    publicKey: expect.stringMatching(/^pk_/),
    secretKey: expect.stringMatching(/^sk_/),
  })
})

test('commands say what they did in words when nobody asks for JSON', async () => {
  const created = await cli('project', 'create', 'In words', '--origin', 'https://shop.example')
  expect(created.out.join('\n')).toMatch(/public key +pk_\w+ +stands in the page/)
  const list = await cli('project', 'list')
  expect(list.out.join('\n')).toMatch(/In words/)
})

describe('with a project', () => {
  const project = 'With surveys'

  beforeAll(async () => {
    await cli('project', 'create', project)
  })

  test('surveys come in, are published and go out as they came', async () => {
    const path = await file('survey.json', definition())
    const imported = await cli('survey', 'import', path, '--project', project, '--publish', '--json')
    expect(imported.json()).toEqual([
      { id: expect.stringMatching(/^srv_/), key: 'after-order', status: 'live', version: 1 },
    ])
    const exported = await cli('survey', 'export', 'after-order', '--project', project, '--json')
    expect(exported.json()).toEqual(definition())
    const again = await cli('survey', 'import', path, '--project', project, '--publish', '--json')
    expect(again.json()).toMatchObject([{ key: 'after-order', version: 2 }])
  })

  test('a survey of every kind of question comes in, and says which of its events nobody has sent', async () => {
    const created = (await cli('project', 'create', 'Every kind', '--json')).json<{ projectId: string }>()
    const { projectId } = created
    const place = '../../../packages/contract/fixtures/v1/survey-definition-every-kind.json'
    const path = fileURLToPath(new URL(place, import.meta.url))
    const quiet = await cli('survey', 'import', path, '--project', projectId, '--publish', '--json')
    expect({ code: quiet.code, err: quiet.err }).toEqual({ code: 0, err: [] })
    expect(quiet.json()).toMatchObject([{ key: 'every-kind', status: 'live' }])
    const db = openDatabase({ url: env.DATABASE_URL ?? '', application: 'heed tests', poolSize: 1 })
    await storeEventNames(db, projectId, ['purchased', 'add_to_cart'])
    await db.destroy()
    const warned = await cli('survey', 'import', path, '--project', projectId)
    expect(warned.err).toEqual([
      expect.stringMatching(/^warning: every-kind: triggers\.1\.name: .* did you mean "purchased"\?/),
      expect.stringMatching(/^warning: every-kind: cancelOn\.0\.name/),
    ])
  })

  test('several surveys in one file come in, and all go out', async () => {
    const several = [definition({ key: 'one' }), definition({ key: 'two' })]
    await cli('survey', 'import', await file('several.json', several), '--project', project)
    const exported = await cli('survey', 'export', '--project', project, '--json')
    expect(exported.json<SurveyDefinition[]>().map(({ key }) => key)).toEqual(
      expect.arrayContaining(['one', 'two']),
    )
  })

  test('surveys written as code come in from their module', async () => {
    const { code, out } = await heed(
      [
        'survey',
        'import',
        fileURLToPath(new URL('../../../examples/react-shop/src/feedback/surveys.ts', import.meta.url)),
        '--project',
        project,
        '--publish',
        '--json',
      ],
      env,
    )
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject([
      { key: 'react-after-order', status: 'live' },
      { key: 'react-advice' },
      { key: 'react-gift' },
    ])
  })

  test('a key does what it was made for until it is revoked', async () => {
    const created = await cli(
      'key',
      'create',
      '--project',
      project,
      '--name',
      'CI',
      '--scope',
      'write',
      '--json',
    )
    const key = created.json<{ keyId: string; secretKey: string; scopes: string[] }>()
    expect(key).toMatchObject({ scopes: ['write'], secretKey: expect.stringMatching(/^sk_/) })
    expect((await cli('key', 'revoke', key.keyId, '--project', project)).code).toBe(0)
    const keys = (await cli('key', 'list', '--project', project, '--json')).json<
      { id: string; revokedAt: string | null }[]
    >()
    expect(keys.find(({ id }) => id === key.keyId)?.revokedAt).not.toBeNull()
    expect((await cli('key', 'list', '--project', project, '--json')).out.join('')).not.toContain(
      key.secretKey,
    )
    expect(await cli('key', 'revoke', key.keyId, '--project', project)).toMatchObject({ code: 1, out: [] })
  })

  test.each([
    [
      'a survey that cannot be published',
      'placeless.json',
      definition({ key: 'placeless', display: { kind: 'inline' } }),
      /display\.selector: missing/,
    ],
    ['a survey that is none', 'none.json', { ...definition(), kind: 'x' }, /kind: unknown member/],
    ['no JSON', 'broken.json', '{', /cannot be read as JSON/],
    [
      'a module without a default export',
      'none.mjs',
      'export const survey = 1',
      /exports nothing by default/,
    ],
  ])('%s fails with the reason on standard error', async (_name, name, content, reason) => {
    const result = await cli(
      'survey',
      'import',
      await file(name, content),
      '--project',
      project,
      '--publish',
      '--json',
    )
    expect(result).toMatchObject({ code: 1, out: [] })
    expect(result.err.join('\n')).toMatch(reason)
  })
})

describe('what goes wrong', () => {
  test.each([
    ['an unknown command', ['dance'], 2, /unknown command 'dance'/],
    ['an unknown option', ['project', 'list', '--wide'], 2, /unknown option '--wide'/],
    ['no worker at all', ['serve', '--workers', '0'], 2, /expected a number from 1 to 256, or auto/],
    ['a missing argument', ['project', 'create'], 2, /missing required argument 'name'/],
    [
      'a scope that is none',
      ['key', 'create', '--name', 'x', '--scope', 'root'],
      2,
      /Allowed choices are read, write, admin/,
    ],
    ['several projects to choose from', ['key', 'list'], 1, /several projects fit; there are prj_/],
    ['no such project', ['key', 'list', '--project', 'nope'], 1, /no such project; there are prj_/],
    ['no such file', ['survey', 'import', '/nowhere.json'], 1, /ENOENT.*nowhere\.json/],
    [
      'an origin that is none',
      ['project', 'create', 'x', '--origin', 'shop.example'],
      1,
      /--origin shop\.example: begins with neither/,
    ],
    [
      'no such survey',
      ['survey', 'export', 'nope', '--project', 'Shop'],
      1,
      /nope: the project has no such survey/,
    ],
  ])('%s is said on standard error, with an exit code', async (_name, args, code, reason) => {
    const result = await cli(...args)
    expect({ code: result.code, out: result.out }).toEqual({ code, out: [] })
    expect(result.err.join('\n')).toMatch(reason)
  })

  test('a wrong variable stops every command and is named', async () => {
    const { code, out, err } = await heed(['serve'], { PORT: 'eighty' })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^heed: PORT: expected an integer from 0 to 65535, got "eighty"/)
  })

  test('a database that is not there is said in a sentence, not in a stack', async () => {
    const { code, err } = await heed(['project', 'list'], {
      DATABASE_URL: 'postgresql://heed@127.0.0.1:1/heed',
    })
    expect(code).toBe(1)
    expect(err).toMatch(/^heed: .*ECONNREFUSED/)
    expect(err).not.toMatch(/\n +at /)
  })
})

test('help lists every command', async () => {
  const { code, out } = await cli('--help')
  expect(code).toBe(0)
  for (const command of ['serve', 'migrate', 'project', 'key', 'survey'])
    expect(out.join('\n')).toContain(command)
})

test('beside a running server on the same data folder, a first answer takes three commands', async () => {
  const own = { HEED_DATA_DIR: join(folder, 'data') }
  const server = await serve(own)
  onTestFinished(async () => {
    server.child.kill('SIGKILL')
    await server.exit
  })
  const created = await heed(['project', 'create', 'Shop', '--json'], own)
  const { projectId, publicKey, secretKey } = JSON.parse(created.out) as Record<string, string>
  const imported = await heed(
    ['survey', 'import', await file('first.json', definition()), '--publish', '--json'],
    own,
  )
  const [survey] = JSON.parse(imported.out) as { id: string; version: number }[]
  if (!survey) throw new Error(imported.err)

  const item = response(survey)
  const sent = await fetch(`${server.url}/v1/ingest/${publicKey}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ sdk: '1', items: [item] }),
  })
  expect(((await sent.json()) as IngestReply).items).toEqual([{ id: item.id, seq: 1, status: 'stored' }])
  const metrics = await fetch(`${server.url}/v1/projects/${projectId}/metrics?survey=after-order`, {
    headers: { authorization: `Bearer ${secretKey}` },
  })
  expect(await metrics.json()).toMatchObject({ n: 1, counts: { promoters: 1 } })
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
}, 60_000)

test('search words are made again', async () => {
  await cli('project', 'create', 'Searched')
  const made = await cli('search', 'rebuild', '--project', 'Searched', '--json')
  expect(made.json()).toEqual({ projects: 1, comments: 0 })
  expect((await cli('search', 'rebuild')).out).toEqual([
    expect.stringMatching(/^\d+ comments in \d+ projects?$/),
  ])
})

test('rollups are counted again for every project or for one, also twice', async () => {
  await cli('project', 'create', 'Counted', '--json')
  expect(
    (await cli('survey', 'import', await file('counted.json', definition()), '--project', 'Counted')).code,
  ).toBe(0)
  expect((await cli('rollups', 'rebuild', '--project', 'Counted', '--json')).json()).toEqual({ surveys: 1 })
  const all = await cli('rollups', 'rebuild')
  expect(all).toMatchObject({
    code: 0,
    err: [],
    out: [expect.stringMatching(/^counted \d+ surveys? again$/)],
  })
  expect((await cli('rollups', 'rebuild', '--project', 'nobody')).code).toBe(1)
})
