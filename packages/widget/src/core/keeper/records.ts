import type { IngestItem, LossReason } from '@heed/contract'
import { safely } from '../safely.ts'
import { granted } from './link.ts'
import { json } from './pristine.ts'
import { read, recordNames, remove, write } from './storage.ts'
import { toWire } from './to-wire.ts'
import { uuid } from './uuid.ts'

/** An item as records see it; which members it has depends on its type. */
export type RecordItem = IngestItem & { id: string; seq?: number; state?: string }

/** What stands on the device, written by one version of this file and read by others: plain names, never changed. */
interface StoredRecord {
  item: RecordItem
  /** When it happened, by the wall clock: no other clock outlives the page. */
  at: number
  /** When its survey was shown; answers only. */
  shownAt?: number | undefined
  /** Sends so far, on every page. */
  tries: number
}

/** A record with what this page knows of it. */
export interface PendingRecord extends StoredRecord {
  /** What this page has spent of its `maxPoints` on it. */
  _points: number
  _isSending?: boolean
  /** On the device, or why not; undefined without consent, where nobody meant to keep it. */
  _kept?: true | LossReason | undefined
  _settle?: (isStored: boolean) => void
}

const maxRecords = 50
/** 256 KiB in the UTF-16 units that `length` counts. */
const maxStoredLength = 131_072
const maxRecordAgeMs = 7 * 86_400_000

/** Everything that waits for its acknowledgement, by name. */
export const records = new Map<string, PendingRecord>()

/** A display has the id of its response; its state tells it apart. */
const nameOf = ({ item }: StoredRecord) => `.r.${item.id}${item.state ?? ''}`

const readRecord = safely((name: string): StoredRecord => json().parse(read(name) as string))

/** Whether the device holds a longer answer under the same id, written by the tab that made it. */
const isOutdated = (record: StoredRecord) =>
  (readRecord(nameOf(record))?.item.seq ?? 0) > (record.item.seq ?? 0)

/** Displays only count; they are not worth a write. */
const isKeepable = ({ item }: StoredRecord) => granted('storage') && item.type !== 'display'

/**
 * Writes a record to the device, unless it holds a newer one. Beyond the limits a new record is not taken; an old one is
 * never given up for it.
 */
export const keep = (record: PendingRecord): void => {
  const { item, at, shownAt, tries } = record
  if (!isKeepable(record) || isOutdated(record)) return
  const name = nameOf(record)
  const text = toWire({ item, at, shownAt, tries })
  const others = recordNames().filter((other) => other !== name)
  const length = others.reduce((sum, other) => sum + (read(other) ?? '').length, text.length)
  record._kept = others.length >= maxRecords || length > maxStoredLength ? 'full' : write(name, text)
}

/** Takes an item in, in place of an older state of the same one, and writes it to the device where that is allowed. */
export const addRecord = (item: RecordItem, shownAt?: number): PendingRecord => {
  const record: PendingRecord = { item, at: Date.now(), shownAt, tries: 0, _points: 0 }
  records.set(nameOf(record), record)
  keep(record)
  return record
}

/** Counts an answer that this device lost. */
export const addLoss = (reason: LossReason): void => {
  addRecord({ type: 'loss', id: uuid(), reason, count: 1 })
}

/** Forgets a record, stored or lost, but neither here nor on the device one that has grown since. */
export const dropRecord = (record: PendingRecord, reason?: LossReason): void => {
  const name = nameOf(record)
  if (isKeepable(record) && !isOutdated(record)) remove(name)
  if (records.get(name) === record) {
    records.delete(name)
    if (reason && record.item.type === 'response') addLoss(reason)
  }
  record._settle?.(!reason)
}

/** Takes in what earlier pages and other tabs left on the device, which may only now take what this page has. */
export const recoverRecords = (): void => {
  for (const record of records.values()) keep(record)
  for (const name of recordNames()) {
    const stored = readRecord(name)
    if (!stored?.item) {
      remove(name)
      addLoss('storage')
    } else if (!records.has(name)) {
      const record = { ...stored, _points: 0 }
      records.set(name, record)
      if (Date.now() - stored.at > maxRecordAgeMs) dropRecord(record, 'expired')
    }
  }
}
