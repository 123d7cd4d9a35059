import { crc32, inflateRawSync } from 'node:zlib'

/** Why an archive is not read. Its message is a clause about the archive. */
export class ZipError extends Error {
  override readonly name = 'ZipError'
}

/** A regular file of an archive. */
export interface ZipEntry {
  /** With `/`, relative, without `..`. */
  readonly path: string
  /** Bytes it has when it is unpacked, as the archive says. */
  readonly size: number
  /** Unpacks it. Throws ZipError where it is not what the archive says. */
  read(): Buffer
}

/** Most entries of an archive; a run directory has a few for each attempt. */
const mostEntries = 20_000

/**
 * The regular files of a zip archive that a stranger may have made (APPNOTE.TXT 6.3.10: stored or deflated, no zip64). Nothing of it is unpacked before
 * it is asked for, and then never to more bytes than the archive says. Throws ZipError for an archive with a path that leads out of a directory, a link, two
 * files of one path, entries that share bytes, or a part that is not there.
 */
export function readZip(archive: Buffer): ZipEntry[] {
  const { count, start, end } = findDirectory(archive)
  const entries: ZipEntry[] = []
  const seen = new Set<string>()
  const spans: { readonly from: number; readonly to: number }[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    const header = readHeader(archive, at, end)
    at = header.next
    const { path } = header
    const folded = path.toLowerCase().replace(/\/$/, '')
    if (seen.has(folded)) throw new ZipError(`has ${quoted(path)} twice`)
    seen.add(folded)
    checkPath(path)
    checkKind(header.attributes, header.madeBy, path)
    const data = findData(archive, header, start)
    spans.push({ from: header.offset, to: data.to })
    if (!path.endsWith('/')) entries.push({ path, size: header.size, read: () => unpack(archive, header, data) })
  }
  if (at !== end) throw new ZipError('has a directory that is not as large as it says')
  spans.sort((one, other) => one.from - other.from)
  for (const [index, { from }] of spans.entries())
    if (from < (spans[index - 1]?.to ?? 0)) throw new ZipError('has files that share bytes')
  return entries
}

interface Header {
  readonly path: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  readonly attributes: number
  readonly madeBy: number
  readonly next: number
}

interface Data {
  readonly from: number
  readonly to: number
}

const endLength = 22

/** The directory of the archive, whose end record may be followed by a comment of at most 65,535 bytes. */
function findDirectory(archive: Buffer): { count: number; start: number; end: number } {
  for (let at = archive.length - endLength; at >= 0 && at >= archive.length - endLength - 65_535; at--) {
    if (archive.readUInt32LE(at) !== 0x06054b50 || archive.readUInt16LE(at + 20) !== archive.length - at - endLength)
      continue
    const count = archive.readUInt16LE(at + 10)
    const size = archive.readUInt32LE(at + 12)
    const start = archive.readUInt32LE(at + 16)
    if (count === 0xffff || start === 0xffffffff) throw new ZipError('is larger than one of a run can be (zip64)')
    if (archive.readUInt32LE(at + 4) !== 0 || archive.readUInt16LE(at + 8) !== count)
      throw new ZipError('is one of several parts')
    if (count > mostEntries) throw new ZipError(`has ${count} entries, more than ${mostEntries}`)
    if (start + size !== at) throw new ZipError('has a directory that is not where it says')
    return { count, start, end: at }
  }
  throw new ZipError('is not a zip archive')
}

function readHeader(archive: Buffer, at: number, end: number): Header {
  if (at + 46 > end || archive.readUInt32LE(at) !== 0x02014b50) throw new ZipError('has a damaged directory')
  const length = archive.readUInt16LE(at + 28)
  const next = at + 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  if (next > end) throw new ZipError('has a damaged directory')
  const name = archive.subarray(at + 46, at + 46 + length)
  const path = name.toString('utf8')
  if (!Buffer.from(path).equals(name)) throw new ZipError('has a name that is not UTF-8')
  if ((archive.readUInt16LE(at + 8) & 0x41) !== 0) throw new ZipError(`has ${quoted(path)} encrypted`)
  return {
    path,
    madeBy: archive.readUInt8(at + 5),
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    attributes: archive.readUInt32LE(at + 38),
    offset: archive.readUInt32LE(at + 42),
    next,
  }
}

function checkPath(path: string): void {
  const parts = path.replace(/\/$/, '').split('/')
  const isOdd = /[\\:\p{Cc}]/u.test(path) || path.length > 1000 || Buffer.byteLength(path) > 1000
  if (isOdd || parts.some((part) => part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > 255))
    throw new ZipError(`has the path ${quoted(path)}, which leads out of it or is not the path of one of our files`)
}

/** Of one made on Unix the upper half of the attributes is a file's mode. */
function checkKind(attributes: number, madeBy: number, path: string): void {
  const kind = (attributes >>> 16) & 0o170000
  if (madeBy === 3 && kind !== 0 && kind !== 0o100000 && kind !== 0o040000)
    throw new ZipError(`has ${quoted(path)}, which is not a regular file`)
}

/** Where the bytes of a file are; they are told of twice, and must be told of alike. */
function findData(archive: Buffer, { offset, path, packed }: Header, directory: number): Data {
  if (offset + 30 > directory || archive.readUInt32LE(offset) !== 0x04034b50)
    throw new ZipError(`does not have the bytes of ${quoted(path)}`)
  const length = archive.readUInt16LE(offset + 26)
  const from = offset + 30 + length + archive.readUInt16LE(offset + 28)
  if (archive.toString('utf8', offset + 30, offset + 30 + length) !== path)
    throw new ZipError(`calls ${quoted(path)} by two names`)
  if (from + packed > directory) throw new ZipError(`does not have the bytes of ${quoted(path)}`)
  return { from, to: from + packed }
}

function unpack(archive: Buffer, { method, path, size, crc }: Header, { from, to }: Data): Buffer {
  const bytes = archive.subarray(from, to)
  let content: Buffer
  if (method === 0) content = bytes
  else if (method === 8)
    try {
      // A stream of nothing has no output to limit.
      content = inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) })
    } catch {
      throw new ZipError(`has ${quoted(path)} damaged, or larger than it says`)
    }
  else throw new ZipError(`has ${quoted(path)} packed in a way that no artifact is`)
  if (content.length !== size || crc32(content) !== crc) throw new ZipError(`has ${quoted(path)} damaged`)
  return content
}

function quoted(path: string): string {
  return JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}…` : path)
}
