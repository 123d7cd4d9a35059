/**
 * What reading a flood costs: 200 MB of 500-byte lines from one child, redacted, logged and scanned for wanted lines, against
 * `cat file > file`, in interleaved rounds. Each of ours runs in a process of its own, so that its peak memory is its own.
 * Prints one JSON line with the medians, the ratio and the peak memory.
 */
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { createRedactor } from '../src/journal/redactor.ts'
import { supervise } from '../src/process/supervise.ts'

const megabytes = Number(process.env['MEGABYTES'] ?? 200)
const rounds = Number(process.env['ROUNDS'] ?? 5)
const needle = Buffer.from('"type":"result"')

/** Reads the file through a supervised `cat` and tells what it took. */
async function read(source: string, directory: string): Promise<void> {
  const redactor = createRedactor(['hunter2hunter2', 'a-token-of-some-length', 'sk-simulated-key', 'password1234'])
  let wanted = 0
  const startedAt = performance.now()
  const { ended } = supervise(
    { argv: ['cat', source], env: { PATH: process.env['PATH'] ?? '' }, cwd: directory },
    {
      mark: 'bench.1',
      stdoutFile: join(directory, 'stdout.log'),
      stderrFile: join(directory, 'stderr.log'),
      graceMs: 1000,
      limits: {},
      redact: () => redactor.stream(),
      wantsLine: (head) => head.length > 16 && Buffer.from(head.buffer, head.byteOffset, 64).includes(needle),
      onLine: () => wanted++,
    },
  )
  const exit = await ended
  const ms = performance.now() - startedAt
  const logged = statSync(join(directory, 'stdout.log')).size
  if (logged !== exit.stdoutBytes || exit.code !== 0)
    throw new Error(JSON.stringify({ logged, exit: { ...exit, stdoutHead: '', stdoutTail: '' } }))
  console.log(JSON.stringify({ ms, wanted, peakMiB: process.resourceUsage().maxRSS / 1024 }))
}

async function compare(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-stream-'))
  const source = join(directory, 'source')
  await writeSource(source)
  const floor: number[] = []
  const ours: number[] = []
  let peakMiB = 0
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    spawnSync('/bin/sh', ['-c', 'cat "$0" > "$0.copy"', source])
    floor.push(performance.now() - startedAt)
    rmSync(`${source}.copy`)
    const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, 'read', source, directory], {
      encoding: 'utf8',
    })
    if (stdout === '') throw new Error(stderr)
    const result = JSON.parse(stdout) as { ms: number; peakMiB: number }
    ours.push(result.ms)
    peakMiB = Math.max(peakMiB, result.peakMiB)
  }
  rmSync(directory, { recursive: true })
  console.log(
    JSON.stringify({
      bench: 'stream',
      megabytes,
      catMs: Math.round(median(floor)),
      supervisedMs: Math.round(median(ours)),
      ratio: Number((median(ours) / median(floor)).toFixed(2)),
      megabytesPerSecond: Math.round((megabytes / median(ours)) * 1000),
      peakMiB: Math.round(peakMiB),
    }),
  )
}

async function writeSource(path: string): Promise<void> {
  const file = createWriteStream(path)
  const block = line('assistant').repeat(1999) + line('result')
  for (let bytes = 0; bytes < megabytes * 1e6; bytes += block.length) if (!file.write(block)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

function line(type: string): string {
  const start = `{"type":"${type}","message":{"text":"The quick brown fox jumps over the lazy dog. `
  return `${start}${'lorem ipsum dolor sit amet '.repeat(30).slice(0, 496 - start.length)}"}}\n`
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const [mode, source, directory] = process.argv.slice(2)
if (mode === 'read' && source !== undefined && directory !== undefined) await read(source, directory)
else await compare()
