import { isIP, isIPv4 } from 'node:net'

/**
 * What stands for one caller: an IPv4 address, or the first 64 bits of an IPv6 address, because one line has them all.
 * Undefined for what is no address. A port, as some proxies write it, is left out.
 */
export function networkOf(written: string): string | undefined {
  const address = withoutPort(written)
  const version = isIP(address)
  if (version === 4) return address
  if (version !== 6) return undefined
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (!isMapped) return groups.slice(0, 4).map(toHex).join(':')
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.')
}

/** Loopback, private, link-local and carrier-shared: nobody comes from there over the internet. */
export function isPrivateNetwork(network: string): boolean {
  if (isIPv4(network)) {
    const [first = 0, second = 0] = network.split('.').map(Number)
    return (
      first === 10 ||
      first === 127 ||
      (first === 192 && second === 168) ||
      (first === 172 && second >= 16 && second < 32) ||
      (first === 169 && second === 254) ||
      (first === 100 && second >= 64 && second < 128)
    )
  }
  return network === '0:0:0:0' || /^(f[cd]..|fe[89ab].):/.test(network)
}

function withoutPort(written: string): string {
  if (isIP(written)) return written
  return /^\[([^\]]+)\](?::\d+)?$/.exec(written)?.[1] ?? /^([\d.]+):\d+$/.exec(written)?.[1] ?? written
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [plain = ''] = address.split('%', 1)
  const [left = '', right] = plain.split('::')
  const before = readGroups(left)
  const after = readGroups(right ?? '')
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

function readGroups(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  })
}

const toHex = (group: number): string => group.toString(16)
