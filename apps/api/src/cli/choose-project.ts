import type { Project } from '@heed/contract'
import { listProjects } from '@heed/db'
import type { Db } from '../services.ts'

/** By id or name; the only one when nothing was said. @throws with the choices */
export async function chooseProject(db: Db, wanted: string | undefined): Promise<Project> {
  const projects = await listProjects(db)
  const fitting = projects.filter(({ id, name }) => wanted === undefined || id === wanted || name === wanted)
  const [only] = fitting
  if (only && fitting.length === 1) return only
  if (projects.length === 0)
    throw new Error('there is no project yet; make one with: heed project create <name>')
  const list = projects.map(({ id, name }) => `${id} (${name})`).join(', ')
  throw new Error(`--project: ${only ? 'several projects fit' : 'no such project'}; there are ${list}`)
}
