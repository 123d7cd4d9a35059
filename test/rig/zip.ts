import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** The files of a zip archive, by name. Of the format only what writers of artifacts use: stored or deflated, no encryption, below 4 GiB. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end === -1) throw new Error('no end of a central directory: this is not a zip archive')
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const method = archive.readUInt16LE(at + 10)
    const [size, name, extra, comment] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ]
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const bytes = archive.subarray(start, start + size)
    files.set(archive.toString('utf8', at + 46, at + 46 + name), method === 8 ? inflateRawSync(bytes) : bytes)
    at += 46 + name + extra + comment
  }
  return files
}

/** A file of an archive that is made; what is said of it may be a lie. */
export interface ZippedFile {
  readonly name: string
  readonly content: Buffer | string
  /** Of Unix, such as `0o120777` for a link. */
  readonly mode?: number
  /** What the directory says of its size. */
  readonly size?: number
  /** What stands before its bytes as its name. */
  readonly localName?: string
}

/** A zip archive of these files, deflated. */
export function zip(files: readonly ZippedFile[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, mode = 0o100644, size, localName = name } of files) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(bytes), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size ?? bytes.length, 22)
    local.writeUInt16LE(Buffer.byteLength(localName), 26)
    const header = Buffer.alloc(46)
    header.writeUInt32LE(0x02014b50, 0)
    header.writeUInt16LE((3 << 8) | 20, 4)
    header.writeUInt16LE(8, 10)
    header.writeUInt32LE(crc32(bytes), 16)
    header.writeUInt32LE(packed.length, 20)
    header.writeUInt32LE(size ?? bytes.length, 24)
    header.writeUInt16LE(Buffer.byteLength(name), 28)
    header.writeUInt32LE((mode << 16) >>> 0, 38)
    header.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(localName), packed)
    central.push(header, Buffer.from(name))
    offset += local.length + Buffer.byteLength(localName) + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
