import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { cleanEnvironment, root } from './command.ts'

/** A Node of the oldest version that package.json promises, from the PATH; npm's scripts put a newer one first. */
const oldest = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((program) => versionOf(program).startsWith('v20.'))

function versionOf(program: string): string {
  const { error, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return error === undefined ? stdout : ''
}

/** Enough commands for a fork server, files by pattern, a matrix, and an agent. */
const file = `
name: old
instances:
  many: { strategy: { matrix: { n: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] } }, run: 'seq 5000' }
  read: { needs: many, prompt: Summarize., attach: [docs/*.md], output-schema: findings }
  lint: { needs: many, run: 'echo "[]"', parse: eslint }
`

describe('the oldest Node', { skip: oldest === undefined && 'there is no Node 20 on the PATH' }, () => {
  const place = mkdtempSync(join(tmpdir(), 'orchestrator-node20-'))
  after(() => rmSync(place, { recursive: true, force: true }))

  it('runs what the newest does', () => {
    mkdirSync(join(place, 'docs'))
    writeFileSync(join(place, 'docs/[a].md'), 'text\n')
    writeFileSync(join(place, 'o.yml'), file)
    const cli = join(root, 'dist/cli/index.js')
    const args = [cli, 'run', 'o.yml', '--simulate', '--run-dir', 'run']
    const { status, stdout, stderr } = spawnSync(oldest ?? '', args, {
      cwd: place,
      env: cleanEnvironment(place),
      encoding: 'utf8',
    })
    assert.equal(status, 0, stdout + stderr)
    const report: RunJson = JSON.parse(readFileSync(join(place, 'run/run.json'), 'utf8'))
    assert.equal(report.result, 'success')
    assert.equal(report.instances.filter(({ result }) => result === 'success').length, 15)
    assert.equal(spawnSync(oldest ?? '', [cli, 'report', 'run'], { cwd: place }).status, 0)
  })
})
