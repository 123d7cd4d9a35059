#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'
import { writeFileAtomically } from '../journal/write-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

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
/** Of what is kept of one file, which has some megabytes. */
const keptLimit = 64 * 1_048_576

const bundle = __dirname
const kept = placeFor(process.argv[2] ?? '', process.env)
const compiledNow = new Map<string, Script>()

process.once('exit', (code) => {
  if (kept !== undefined && code <= 1 && process.uptime() < longestRunSeconds) keepCompiled(kept)
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

/** Where the compiled code of a command is kept: in a directory of this build; undefined for what is no command. */
function placeFor(
  command: string,
  { XDG_CACHE_HOME, LOCALAPPDATA, HOME, ORCHESTRATOR_NO_KEPT_CODE }: NodeJS.ProcessEnv,
): string | undefined {
  // A relative path would be in whatever repository a run is for.
  const caches = [XDG_CACHE_HOME, LOCALAPPDATA, HOME && join(HOME, '.cache')].find((path) => path && isAbsolute(path))
  if (ORCHESTRATOR_NO_KEPT_CODE === '1' || !caches || !/^[a-z]{1,20}$/.test(command)) return undefined
  const build = `${PROGRAM_DIGEST}-${process.version}-${process.arch}`
  return join(caches, 'orchestrator', 'compiled', build, command)
}

/** What was kept, if all of it is there: its last four bytes are the checksum of the others. */
function readWhole(path: string): Buffer | undefined {
  try {
    const bytes = readRegularFile(path, { maxBytes: keptLimit })
    const end = bytes.length - checksumBytes
    return crc32(bytes.subarray(0, end)) === bytes.readUInt32LE(end) ? bytes.subarray(0, end) : undefined
  } catch {
    return undefined
  }
}

/** Keeps what was compiled now, and forgets old builds. What cannot be kept will be compiled again. */
function keepCompiled(directory: string): void {
  const builds = join(directory, '../..')
  try {
    if (compiledNow.size > 0 && mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined)
      for (const other of readdirSync(builds).map((name) => join(builds, name)))
        if (statSync(other).mtimeMs < Date.now() - oldBuildMs) rmSync(other, { recursive: true, force: true })
    for (const [file, script] of compiledNow)
      writeFileAtomically(join(directory, file), withChecksum(script.createCachedData()))
  } catch {}
}

function withChecksum(code: Buffer): Buffer {
  const checksum = Buffer.alloc(checksumBytes)
  checksum.writeUInt32LE(crc32(code))
  return Buffer.concat([code, checksum])
}
