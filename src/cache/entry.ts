import { parseJson } from '../core/parse-json.ts'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AttemptEnded } from '../core/event.ts'
import { isObject } from '../core/is-object.ts'
import { digestOf, type KeyParts } from './content-key.ts'

/** Of another format nothing is read. */
export const entryVersion = 1

/** An outcome as it is kept. */
export interface Entry {
  /** Content key, SHA-256 in hex. */
  readonly key: string
  readonly id: string
  /** Of the orchestration. */
  readonly name: string
  readonly run: string
  /** Epoch milliseconds. */
  readonly keptAt: number
  /** Of the orchestrator that kept it. */
  readonly by: string
  readonly parts: KeyParts
  readonly ended: AttemptEnded
  /** Contents of the files that `ended` names, by what they are. */
  readonly files: Readonly<Partial<Record<EntryFile, Buffer>>>
}

/** What an outcome may have in files. */
export type EntryFile = 'text' | 'json' | 'stdout' | 'stderr' | 'patch'

/** All that an entry may have. */
export const entryFiles = ['text', 'json', 'stdout', 'stderr', 'patch'] as const satisfies readonly EntryFile[]

/** An entry that cannot be used; its message is a clause about it. */
export class EntryError extends Error {
  override readonly name = 'EntryError'
}

/**
 * The bytes of an entry: a line with the format, a checksum of all that follows and a seal, a line of JSON, the files. The seal says that whoever made it knows
 * the key, and for which namespace it is: an entry that was carried from one to another is none there.
 */
export function encodeEntry({ files, ...entry }: Entry, seal: string, namespace: string): Buffer {
  const present = entryFiles.flatMap((name) => (files[name] === undefined ? [] : [[name, files[name]] as const]))
  const head = JSON.stringify({ ...entry, files: present.map(([name, content]) => [name, content.length]) })
  const body = Buffer.concat([Buffer.from(`${head}\n`), ...present.map(([, content]) => content)])
  const sum = digestOf(body)
  return Buffer.concat([Buffer.from(`${JSON.stringify([entryVersion, sum, macOf(sum, seal, namespace)])}\n`), body])
}

/** Reads an entry back. Throws EntryError where it is not whole, of another version, or not sealed for us. */
export function decodeEntry(bytes: Buffer, seal: string, namespace: string): Entry {
  const line = bytes.indexOf(10)
  const [version, sum, mac] = line === -1 || line > 1000 ? [] : listIn(bytes.subarray(0, line).toString('utf8'))
  if (version === undefined) throw new EntryError('is damaged: it has no header')
  if (version !== entryVersion) throw new EntryError(`is of format ${JSON.stringify(version)}, not ${entryVersion}`)
  const body = bytes.subarray(line + 1)
  const actual = digestOf(body)
  if (actual !== sum) throw new EntryError('is damaged: its checksum is wrong')
  const expected = Buffer.from(macOf(actual, seal, namespace))
  const given = Buffer.from(String(mac))
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new EntryError('is not sealed by anyone allowed to store outcomes here')
  const end = body.indexOf(10)
  const head = JSON.parse(body.subarray(0, end).toString('utf8')) as Omit<Entry, 'files'> & {
    files: readonly (readonly [EntryFile, number])[]
  }
  if (!isObject(head) || typeof head.key !== 'string') throw new EntryError('is damaged: it is not an outcome')
  const files: Partial<Record<EntryFile, Buffer>> = {}
  let at = end + 1
  for (const [name, length] of head.files) {
    files[name] = body.subarray(at, at + length)
    at += length
  }
  return { ...head, files }
}

function listIn(text: string): unknown[] {
  try {
    const value: unknown = parseJson(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function macOf(sum: string, seal: string, namespace: string): string {
  return createHmac('sha256', seal)
    .update(JSON.stringify([namespace, sum]))
    .digest('hex')
}
