import { sql } from 'kysely'
import type { Migrations } from '../../src/migrating/migration.ts'

/** A column and its index, as a later release might add them. */
export const colour: Migrations = {
  '9001-colour': {
    up: async (trx) => {
      await sql`alter table losses add column colour text not null default 'none'`.execute(trx)
    },
  },
}

export const colourIndexes: Migrations = {
  '9002-colour-indexes': {
    indexes: [
      { create: 'losses_colour_idx', on: `losses (project_id, colour) where colour <> 'none'` },
      { drop: 'losses_report_idx' },
    ],
  },
}
