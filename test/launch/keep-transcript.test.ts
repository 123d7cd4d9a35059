import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { keepTranscript, transcriptLimit } from '../../src/launch/keep-transcript.ts'
import { plainRedactor } from '../agents/rig.ts'

it('keeps whole lines of a transcript up to its limit, the session itself first, and says what is missing', () => {
  const home = mkdtempSync(join(tmpdir(), 'transcript-'))
  try {
    mkdirSync(join(home, 'sessions'))
    const line = `${JSON.stringify({ text: 'x'.repeat(1024 * 1024) })}\n`
    writeFileSync(join(home, 'sessions/a-other.jsonl'), line.repeat(10))
    writeFileSync(join(home, 'sessions/b-main.jsonl'), line.repeat(10))
    writeFileSync(join(home, 'sessions/b-main.jsonl'), 'no JSON: TOKEN\n', { flag: 'a' })
    const path = join(home, 'kept.jsonl')
    const redactor = { ...plainRedactor, text: (text: string) => text.replaceAll('TOKEN', '***') }
    const sessions = { folder: 'sessions', file: /\.jsonl$/ }
    const { kept, warning } = keepTranscript(sessions, { home }, 'main', { path, redactor })
    const text = readFileSync(path, 'utf8')
    assert.equal(kept, true)
    assert.equal(text.split('\n')[10], 'no JSON: ***')
    assert.ok(text.length <= transcriptLimit && text.endsWith('\n'))
    assert.equal(
      warning,
      `its transcript was cut at 16 MiB: ${(line.length * 5).toLocaleString('en')} bytes are missing`,
    )
    rmSync(join(home, 'sessions'), { recursive: true })
    const none = keepTranscript(sessions, { home }, 'main', { path, redactor })
    assert.deepEqual(none, { kept: false, warning: 'its transcript was not kept: its CLI wrote none' })
  } finally {
    rmSync(home, { recursive: true })
  }
})

it(
  'keeps no file that a link among the transcripts leads to, and all others',
  { skip: process.platform === 'win32' },
  (t) => {
    const home = mkdtempSync(join(tmpdir(), 'transcript-'))
    t.after(() => rmSync(home, { recursive: true }))
    mkdirSync(join(home, 'sessions'))
    writeFileSync(join(home, 'private'), 'what a confined agent may not read\n')
    symlinkSync('../private', join(home, 'sessions/a-main.jsonl'))
    symlinkSync('nowhere', join(home, 'sessions/b-main.jsonl'))
    writeFileSync(join(home, 'sessions/c-main.jsonl'), 'said\n')
    const path = join(home, 'kept.jsonl')
    const sessions = { folder: 'sessions', file: /\.jsonl$/ }
    assert.deepEqual(keepTranscript(sessions, { home }, 'main', { path, redactor: plainRedactor }), { kept: true })
    assert.equal(readFileSync(path, 'utf8'), 'said\n')
  },
)
