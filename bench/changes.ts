/**
 * How long it takes to tell what changed: `node bench/changes.ts`. A repository of 5,000 files, each edited in one commit, packed as a clone is;
 * beside it the floor, `git diff --raw` of the same commits.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readChanges } from '../src/run/read-changes.ts'

const count = 5000
const folder = mkdtempSync(join(tmpdir(), 'changes-'))
const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'A'],
      [`GIT_${who}_EMAIL`, 'a@b'],
    ]),
  ),
}
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: folder, env: environment, encoding: 'utf8' }).trim()

function write(change: (text: string) => string): string {
  for (let file = 0; file < count; file++) {
    mkdirSync(join(folder, `d${file % 50}`), { recursive: true })
    const text = Array.from({ length: 60 }, (_, line) => `line ${line} of file ${file}\n`).join('')
    writeFileSync(join(folder, `d${file % 50}/f${file}.ts`), change(text))
  }
  writeFileSync(join(folder, '.gitattributes'), '*.lock linguist-generated\n')
  git('add', '-A')
  git('commit', '-qm', 'x')
  return git('rev-parse', 'HEAD')
}

async function median(run: () => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 7; round++) {
    const startedAt = performance.now()
    await run()
    times.push(performance.now() - startedAt)
  }
  return times.toSorted((a, b) => a - b)[3] ?? 0
}

try {
  git('init', '-q')
  const base = write((text) => text)
  const head = write((text) => text.replace('line 30 ', 'line thirty '))
  git('repack', '-adq')
  const github = { run_id: '1', event: { pull_request: { base: { sha: base }, head: { sha: head } } } }
  const floor = await median(() => git('diff', '--raw', base, head))
  for (const needed of ['files', 'diff'] as const) {
    const took = await median(() =>
      readChanges({ workspace: folder, github, needed, environment, mask: (text) => text }),
    )
    console.log(
      `${count} changed files, ${needed}: ${took.toFixed(0)} ms, limit 500 (git diff --raw alone: ${floor.toFixed(0)} ms)`,
    )
    if (took > 500) process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
