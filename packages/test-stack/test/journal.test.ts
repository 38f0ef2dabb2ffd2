import { appendFile } from 'node:fs/promises'
import { newId, openDatabase, storeBatch } from '@heed/db'
import { judge, openJournal } from '@heed/test-stack/faults'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import { runSql } from '@heed/test-stack/run-sql'
import { expect, onTestFinished, test } from 'vitest'

const ids = Array.from({ length: 4 }, (_, n) => `0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c9${n}`)
const answersOf = (id: string, seq: number) => ({ why: `${id} ${seq}` })

async function useStored(stored: { id: string; seq: number; why?: string }[]) {
  const [database, journal] = await Promise.all([freshDatabase(), openJournal()])
  const db = openDatabase({ url: database.url, application: 'heed journal test' })
  onTestFinished(async () => {
    await journal.close()
    await db.destroy()
    await database.drop()
  })
  const projectId = newId('prj')
  const responses = stored.map(({ id, seq, why }) => ({
    projectId,
    id,
    surveyId: 'srv_x',
    surveyVersion: 1,
    seq,
    ageMs: 0,
    locale: 'en',
    subjectVerified: false,
    completed: false,
    answers: why === undefined ? answersOf(id, seq) : { why },
    timing: {},
    context: {},
    test: false,
  }))
  await storeBatch(db, { responses, displays: [], losses: [] })
  return { db, journal, verdict: () => judge(db, projectId, journal, answersOf) }
}

const [a = '', b = '', c = '', d = ''] = ids

test('what was acknowledged and is stored as it was sent is no news, nor is what nobody acknowledged', async () => {
  const { journal, verdict } = await useStored([
    { id: a, seq: 2 },
    { id: b, seq: 1 },
    { id: c, seq: 2 },
  ])
  for (const [id, seqs] of [
    [a, 2],
    [b, 1],
    [c, 2],
    [d, 1],
  ] as const) {
    for (let seq = 1; seq <= seqs; seq += 1) journal.sent(id, seq)
  }
  journal.acknowledged(a, 1)
  journal.acknowledged(a, 2)
  // c grew without anybody hearing of it, d never arrived.
  journal.acknowledged(c, 1)
  expect(await verdict()).toEqual({
    sent: 4,
    acknowledged: 2,
    stored: 3,
    lost: [],
    doubled: [],
    changed: [],
    invented: [],
  })
})

test('an acknowledged response that is not there is lost, and so is one that is there as it was before', async () => {
  const { journal, verdict } = await useStored([{ id: b, seq: 1 }])
  for (const id of [a, b]) {
    journal.sent(id, 2)
    journal.acknowledged(id, 2)
  }
  expect((await verdict()).lost).toEqual([a, b])
})

test('other answers than those of the sequence are found', async () => {
  const { journal, verdict } = await useStored([{ id: a, seq: 1, why: 'somebody else' }])
  journal.sent(a, 1)
  expect((await verdict()).changed).toEqual([a])
})

test('what nobody sent is found, and what is there twice', async () => {
  const { db, journal, verdict } = await useStored([
    { id: a, seq: 1 },
    { id: b, seq: 2 },
  ])
  journal.sent(b, 1)
  expect((await verdict()).invented.toSorted()).toEqual([a, b])
  await runSql(db, 'alter table responses drop constraint responses_pkey cascade')
  await runSql(db, 'insert into responses select * from responses')
  expect((await verdict()).doubled.toSorted()).toEqual([a, b])
})

test('a line that was being written when its process ended promises nothing', async () => {
  const { journal, verdict } = await useStored([])
  journal.sent(a, 1)
  await appendFile(journal.path, `acknowledged ${a} 1`)
  expect(await verdict()).toMatchObject({ sent: 1, acknowledged: 0, lost: [] })
})
