import type { Migrations } from '../migrating/migration.ts'
import { up as initial } from './0001-initial.ts'
import { up as previewsEventsScreenshots } from './0002-previews-events-screenshots.ts'
import { up as rejects } from './0003-rejects.ts'
import { up as scoreHours } from './0004-score-hours.ts'
import { up as comments } from './0005-comments.ts'
import { up as projectUsage } from './0006-project-usage.ts'
import { up as suspicion } from './0007-suspicion.ts'
import { indexes as suspicionIndexes } from './0007-suspicion-indexes.ts'
import { up as rowSecurity } from './0008-row-security.ts'
import { up as erasure } from './0009-erasure.ts'

/** In the order they run. Names are recorded in each database and never change. */
export const migrations: Migrations = {
  '0001-initial': { up: initial },
  '0002-previews-events-screenshots': { up: previewsEventsScreenshots },
  '0003-rejects': { up: rejects },
  '0004-score-hours': { up: scoreHours },
  '0005-comments': { up: comments },
  '0006-project-usage': { up: projectUsage },
  '0007-suspicion': { up: suspicion },
  '0007-suspicion-indexes': { indexes: suspicionIndexes },
  '0008-row-security': { up: rowSecurity },
  '0009-erasure': { up: erasure },
}
