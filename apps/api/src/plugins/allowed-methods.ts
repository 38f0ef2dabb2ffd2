import type { FastifyInstance } from 'fastify'

interface Route {
  methods: string[]
  segments: string[]
}

/** Watches the routes being added; gives the methods that an address takes, none when there is no such address. */
export function collectRoutes(app: FastifyInstance): (url: string) => string[] {
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url }) => {
    // `OPTIONS *` belongs to CORS and matches everything below it.
    const methods = [method].flat().filter((one) => one !== 'OPTIONS')
    if (methods.length > 0) routes.push({ methods, segments: url.split('/') })
  })
  return (url) => {
    const path = (url.split('?', 1)[0] ?? '').split('/')
    const methods = routes.filter(({ segments }) => fits(segments, path)).flatMap((route) => route.methods)
    return [...new Set(methods)].sort()
  }
}

function fits(segments: string[], path: string[]): boolean {
  const isOpen = segments.at(-1) === '*'
  if (isOpen ? path.length < segments.length : path.length !== segments.length) return false
  return segments.every(
    (segment, index) => segment === '*' || segment.startsWith(':') || segment === path[index],
  )
}
