import { hash, randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { proxyTrust } from '../ingest/proxy-trust.ts'
import { isPrivateNetwork, networkOf } from './network-of.ts'

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

  return (request) => {
    const { socket } = request.raw
    const isForwarded = isTrusted(socket) && request.headers['x-forwarded-for'] !== undefined
    return (isForwarded ? keyOf(request.ip) : keyOfSocket(socket)) || undefined
  }
}
