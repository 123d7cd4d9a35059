import { closeSync, openSync, readSync } from 'node:fs'

const nameBytes = 12
const pool = Buffer.alloc(nameBytes * 64)
let used = pool.length

/**
 * A name of 24 hexadecimal digits that nobody can guess. The kernel's own source is read (random(4)), many names at once: loading `node:crypto`, which is asked
 * where there is none, takes 5 ms.
 */
export function unguessable(): string {
  if (used === pool.length) {
    fill()
    used = 0
  }
  used += nameBytes
  return pool.toString('hex', used - nameBytes, used)
}

function fill(): void {
  try {
    const source = openSync('/dev/urandom', 'r')
    try {
      if (readSync(source, pool) === pool.length) return
    } finally {
      closeSync(source)
    }
  } catch {}
  process.getBuiltinModule('node:crypto').randomFillSync(pool)
}
