import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { Gate, gateLimits } from '../src/ingest/gate.ts'
import { Turn } from '../src/ingest/turn.ts'

let nowMs: number
let turn: Turn
let gate: Gate
let entered: string[]

beforeEach(async () => {
  nowMs = 0
  turn = new Turn(() => nowMs)
  gate = new Gate(turn, () => nowMs)
  entered = []
  await nextTurn()
})

const enter = (name: string) => gate.enter(name, () => entered.push(name))
const enterMany = (name: string, count: number) => {
  for (let n = 0; n < count; n += 1) enter(name)
}

/** One request that makes this turn of the loop a long one. */
function lengthenTurn(): void {
  enter('first')
  entered = []
  nowMs += gateLimits.openMs
}

async function untilNobodyWaits(): Promise<void> {
  while (gate.waiting > 0) await nextTurn()
}

test('whoever comes in a short turn enters at once', () => {
  enterMany('shop', 300)
  expect(entered).toHaveLength(300)
  expect(gate.isPressed).toBe(false)
})

test('whoever comes late in a long turn waits, and a few enter in each of the next', async () => {
  lengthenTurn()
  enterMany('shop', 3 * gateLimits.perTurn)
  expect(entered).toEqual([])
  expect(gate.isPressed).toBe(true)
  await nextTurn()
  expect(entered).toHaveLength(gateLimits.perTurn)
  await untilNobodyWaits()
  expect(entered).toHaveLength(3 * gateLimits.perTurn)
})

test('while somebody waits nobody passes him, however short the turn', async () => {
  lengthenTurn()
  enterMany('shop', 2 * gateLimits.perTurn)
  await nextTurn()
  enter('late')
  expect(entered).not.toContain('late')
  await untilNobodyWaits()
  expect(entered).toContain('late')
  expect(entered).toHaveLength(2 * gateLimits.perTurn + 1)
})

test('a project that sends little is next, however many of another wait', async () => {
  lengthenTurn()
  enterMany('loud', 400)
  enter('quiet')
  await nextTurn()
  expect(entered.slice(0, 2)).toEqual(['loud', 'quiet'])
})

describe('when it is full', () => {
  beforeEach(() => {
    lengthenTurn()
    while (gate.hasRoom('loud')) enter('loud')
  })

  test('one project has half of the room, and another still finds some', () => {
    expect(gate.waiting).toBe(gateLimits.waiting / 2)
    expect(gate.hasRoom('quiet')).toBe(true)
  })

  test('somebody enters for a few who are turned away, within the turn', () => {
    for (let n = 1; n < gateLimits.refusalsOfOne; n += 1) gate.noteRefusal()
    expect(entered).toEqual([])
    gate.noteRefusal()
    expect(entered).toEqual(['loud'])
    expect(gate.hasRoom('loud')).toBe(true)
  })

  test('it is pressed for a while after the last has entered', async () => {
    await untilNobodyWaits()
    expect(gate.isPressed).toBe(true)
    nowMs += gateLimits.pressedMs
    expect(gate.isPressed).toBe(false)
  })
})

describe('the end of a turn', () => {
  test('comes once, when the loop comes round', async () => {
    let runs = 0
    turn.atEnd(() => (runs += 1))
    turn.noteRequest()
    expect(runs).toBe(0)
    await nextTurn()
    await nextTurn()
    expect(runs).toBe(1)
  })

  test('does not wait for a loop that goes on and on, where requests come by', async () => {
    let runs = 0
    turn.atEnd(() => (runs += 1))
    nowMs += 100
    turn.noteRequest()
    expect(runs).toBe(1)
    await nextTurn()
    expect(runs).toBe(1)
  })
})
