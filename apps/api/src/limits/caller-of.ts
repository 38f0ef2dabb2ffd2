import { hash, randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Lru } from '../directory/lru.ts'
import { proxyTrust } from '../ingest/proxy-trust.ts'
import { isPrivateNetwork, networkOf } from './network-of.ts'

/**
 * What proxies wrote that is remembered with its key, so that one client is read and hashed once; 5 MB at most. Whoever
 * forges the list before its last entry makes it longer or makes many, which costs nobody but the reading.
 */
const remembered = { lists: 20_000, longest: 64 }

export interface CallerOptions {
  trustProxy: readonly string[]
  /** Whether addresses of private networks count too. */
  countsPrivate: boolean
}

/**
 * Who sent a request, as a key that means nothing outside this process: a hash of the network with a key made at
 * start. Undefined for somebody who is not counted. Only named proxies can speak for their clients.
 */
export function callerReader({
  trustProxy,
  countsPrivate,
}: CallerOptions): (request: FastifyRequest) => string | undefined {
  const secret = randomBytes(32).toString('base64')
  const isTrusted = proxyTrust(trustProxy)
  const known = new WeakMap<Socket, string>()
  const knownLists = new Lru<string>(remembered.lists)

  function keyOf(address: string | undefined): string {
    const network = networkOf(address ?? '')
    if (network === undefined) return ''
    return isPrivateNetwork(network) && !countsPrivate ? '' : hash('sha256', secret + network, 'base64')
  }

  /** The address of a connection stays the same for all its requests. */
  function keyOfSocket(socket: Socket): string {
    const remembered = known.get(socket)
    if (remembered !== undefined) return remembered
    const key = keyOf(socket.remoteAddress)
    known.set(socket, key)
    return key
  }

  /** Which of the trusted proxies it came from makes no difference: the list alone says who is not one of them. */
  function keyOfList(list: string, request: FastifyRequest): string {
    const known = knownLists.peek(list)
    if (known !== undefined) return known
    const key = keyOf(request.ip)
    if (list.length <= remembered.longest) knownLists.set(list, key)
    return key
  }

  return (request) => {
    const { socket } = request.raw
    const list = isTrusted(socket) ? request.raw.headers['x-forwarded-for'] : undefined
    return (list === undefined ? keyOfSocket(socket) : keyOfList(String(list), request)) || undefined
  }
}
