import { BlockList, isIPv6, type Socket } from 'node:net'

/** Whether a connection comes straight from a proxy that may speak for its clients. */
export function proxyTrust(ranges: readonly string[]): (socket: Socket) => boolean {
  if (ranges.length === 0) return () => false
  const proxies = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) proxies.addAddress(address, family)
    else proxies.addSubnet(address, Number(bits), family)
  }
  // An address belongs to its connection, which carries many requests.
  const known = new WeakMap<Socket, boolean>()
  return (socket) => {
    const remembered = known.get(socket)
    if (remembered !== undefined) return remembered
    const address = socket.remoteAddress ?? ''
    const isTrusted = address !== '' && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
    known.set(socket, isTrusted)
    return isTrusted
  }
}
