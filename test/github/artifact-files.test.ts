import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { it } from 'node:test'
import { filesToUpload } from '../../src/github/artifact.ts'

it('uploads logs and transcripts, but no session that is not masked, and follows no link', () => {
  const run = mkdtempSync(join(tmpdir(), 'artifact-'))
  try {
    for (const name of ['logs/review.1.transcript.jsonl', 'sessions/review.1/-any/id.jsonl', 'journal.ndjson']) {
      mkdirSync(join(run, name, '..'), { recursive: true })
      writeFileSync(join(run, name), 'text\n')
    }
    symlinkSync('/etc/hostname', join(run, 'logs/link'))
    assert.deepEqual(
      filesToUpload(run)
        .map((path) => relative(run, path))
        .toSorted(),
      ['journal.ndjson', 'logs/review.1.transcript.jsonl'],
    )
  } finally {
    rmSync(run, { recursive: true })
  }
})
