#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'

/**
 * The entry of `dist/cli`: runs the bundled program beside it, and keeps what V8 compiled of it, as compiling is most of a start. Node's own compile cache keeps
 * what was compiled while a file was read: next to nothing, or under `--no-lazy` twice what is used. This one keeps what a command did use, so each
 * command has files of its own, in the user's own cache directory: in a shared temporary one another user could plant code. V8 refuses what another
 * engine, or one with other flags, compiled. But it knows a source by its length alone, hence the digest, and crashes over damaged code, hence the checksum.
 */
declare const PROGRAM_DIGEST: string

/** After a longer run V8 may have dropped compiled code that was not used for a while. */
const longestRunSeconds = 10
const oldBuildMs = 30 * 86_400_000
const checksumBytes = 4

const bundle = __dirname
const caches = cacheDirectory(process.env)
const command = process.argv[2] ?? ''
const kept =
  caches !== undefined && /^[a-z]{1,20}$/.test(command)
    ? join(caches, `${PROGRAM_DIGEST}-${process.version}-${process.arch}`, command)
    : undefined
const compiledNow = new Map<string, Script>()

process.once('exit', (code) => {
  if (caches !== undefined && kept !== undefined && code <= 1 && process.uptime() < longestRunSeconds)
    keepCompiled(kept, caches)
})
run('program.js')

/** Runs a file of the bundle, all ASCII: a function that is called as Node calls a CommonJS module. */
function run(file: string): unknown {
  const path = `${bundle}/${file}`
  const cachedData = kept && readWhole(`${kept}/${file}`)
  const script = new Script(readFileSync(path, 'latin1'), { filename: path, ...(cachedData && { cachedData }) })
  if (script.cachedDataRejected !== false) compiledNow.set(file, script)
  const module = { exports: {} }
  const load = (id: string): unknown => (id.startsWith('./') ? run(id.slice(2)) : process.getBuiltinModule(id))
  script.runInThisContext().call(module.exports, module.exports, load, module, bundle)
  return module.exports
}

function cacheDirectory({ XDG_CACHE_HOME, LOCALAPPDATA, HOME }: NodeJS.ProcessEnv): string | undefined {
  const caches = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, '.cache'))
  return caches ? join(caches, 'orchestrator', 'compiled') : undefined
}

/** What was kept, if all of it is there: its last four bytes are the checksum of the others. */
function readWhole(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path)
    const end = bytes.length - checksumBytes
    return crc32(bytes.subarray(0, end)) === bytes.readUInt32LE(end) ? bytes.subarray(0, end) : undefined
  } catch {
    return undefined
  }
}

/** Keeps what was compiled now, and forgets old builds. What cannot be kept will be compiled again. */
function keepCompiled(directory: string, caches: string): void {
  try {
    if (compiledNow.size > 0 && mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined)
      for (const other of readdirSync(caches).map((name) => join(caches, name)))
        if (statSync(other).mtimeMs < Date.now() - oldBuildMs) rmSync(other, { recursive: true, force: true })
    for (const [file, script] of compiledNow) putInPlace(join(directory, file), script.createCachedData())
  } catch {}
}

/** Whole or not at all, as others may be starting. */
function putInPlace(path: string, code: Buffer): void {
  const unfinished = `${path}.${process.pid}`
  const checksum = Buffer.alloc(checksumBytes)
  checksum.writeUInt32LE(crc32(code))
  try {
    writeFileSync(unfinished, Buffer.concat([code, checksum]))
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
