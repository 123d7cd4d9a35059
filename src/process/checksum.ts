import zlib from 'node:zlib'

/** CRC-32 of bytes, going on from that of the bytes before. Any change of up to 32 bits in a row changes it. */
export function crc32(bytes: Uint8Array, before = 0): number {
  // Node has it since 20.15.
  return typeof zlib.crc32 === 'function' ? zlib.crc32(bytes, before) : crc32ByTable(bytes, before)
}

let table: Uint32Array | undefined

/** The same without Node's help. */
export function crc32ByTable(bytes: Uint8Array, before = 0): number {
  table ??= Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  let crc = ~before
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0)
  return ~crc >>> 0
}

/** What stands behind the last member of a line: `,"sum":"` and eight hex digits, `"}`. */
export function sealOf(crc: number): string {
  return `${sealStart}${crc.toString(16).padStart(8, '0')}"}`
}

const sealStart = ',"sum":"'
const sealBytes = sealStart.length + 10

/** What a line, without its line end, says of itself: the object without its checksum, and whether that is there and right. */
export function openSeal(line: Buffer): { readonly json: string; readonly seal: 'right' | 'wrong' | 'none' } {
  const at = line.length - sealBytes
  const seal = at > 0 ? line.toString('latin1', at) : ''
  if (!seal.startsWith(sealStart) || !seal.endsWith('"}')) return { json: line.toString('utf8'), seal: 'none' }
  const body = line.subarray(0, at)
  return { json: `${body.toString('utf8')}}`, seal: seal === sealOf(crc32(body)) ? 'right' : 'wrong' }
}
