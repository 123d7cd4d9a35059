import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createBus } from '../../src/journal/bus.ts'
import { crc32, crc32ByTable } from '../../src/process/checksum.ts'
import { openJournal } from '../../src/journal/journal-file.ts'
import { mendEvents } from '../../src/journal/mend-events.ts'
import { JournalError } from '../../src/journal/journal-error.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { recoverRun } from '../../src/journal/recover.ts'
import { createRedactor } from '../../src/journal/redactor.ts'
import { salvageJournal } from '../../src/journal/salvage.ts'
import { eventsOfRun, instanceNamed, runStarted } from './small-run.ts'

/** Bits of each byte that are flipped; all of them take a person's patience (`JOURNAL_BITS=8`). */
const bits = Number(process.env['JOURNAL_BITS'] ?? 1)

interface Written {
  readonly path: string
  readonly close: () => Promise<void>
  readonly record: (message: string) => void
  readonly failed: () => string | undefined
}

/** A journal that a run is writing. */
function begin(t: TestContext, count: number): Written {
  const folder = mkdtempSync(join(tmpdir(), 'journal-damage-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'journal.ndjson')
  const journal = openJournal(path, () => {})
  const bus = createBus({ journal, redactor: createRedactor([]), reporters: [], clock: () => 1000 })
  for (const event of eventsOfRun(count)) bus.record(event)
  return {
    path,
    close: () => journal.close(),
    record: (message) => void bus.record({ type: 'notice', level: 'notice', message }),
    failed: () => bus.failed?.message,
  }
}

async function writeRun(t: TestContext, count: number): Promise<string> {
  const { path, close } = begin(t, count)
  await close()
  return path
}

describe('a journal with one wrong bit', () => {
  it(`is never believed, and the line is named (${bits} of 8 bits of every byte)`, async (t) => {
    const path = await writeRun(t, 1)
    const whole = readFileSync(path)
    let line = 1
    for (const [at, byte] of whole.entries()) {
      for (let bit = 0; bit < bits; bit++) {
        const damaged = Buffer.from(whole)
        damaged[at] = byte ^ (1 << ((at + bit) % 8))
        writeFileSync(path, damaged)
        assert.throws(
          () => recoverRun(path),
          (error) => error instanceof JournalError && error.line === line,
          `bit ${(at + bit) % 8} of byte ${at}`,
        )
      }
      if (byte === 0x0a) line++
    }
  })

  it('is salvaged: whatever line it is in, no success but that of its instance is lost, and none is false', async (t) => {
    const path = await writeRun(t, 3)
    const whole = readFileSync(path, 'utf8')
    const lines = whole.split('\n')
    for (const [index, line] of lines.slice(0, -1).entries()) {
      if (index === 0) continue
      const event = JSON.parse(line) as { readonly type: string; readonly id?: string }
      const damaged = lines.with(index, line.replace('"type"', '"typo"')).join('\n')
      writeFileSync(path, damaged)
      const { dropped, original, again, events } = await salvageJournal(path)
      assert.deepEqual(
        dropped.map((each) => each.line),
        [index + 1],
      )
      assert.equal(events, lines.length - 2)
      assert.equal(readFileSync(original, 'utf8'), damaged)
      assert.deepEqual([...again.keys()], event.type === 'attempt.ended' ? [event.id] : [], line)
      const { state } = recoverRun(path)
      for (const [id, { outcome, attempts }] of state.instances) {
        const isLost = id === event.id && event.type !== 'attempt.started'
        assert.equal(outcome, isLost ? (event.type === 'attempt.ended' ? 'cancelled' : undefined) : 'success', line)
        assert.equal(attempts.length, 1)
      }
      assert.equal(state.ended?.result, event.type === 'attempt.started' ? 'success' : undefined, line)
    }
  })

  it('is salvaged when lines are gone, stand twice or have changed places', async (t) => {
    const path = await writeRun(t, 3)
    const lines = readFileSync(path, 'utf8').split('\n')
    const ways: readonly (readonly [readonly string[], RegExp])[] = [
      [lines.toSpliced(4, 2), /^events 4 to 5 are missing before it$/],
      [lines.toSpliced(4, 0, lines[4] ?? ''), /^event 4 is where event 5 belongs$/],
      [lines.with(4, lines[5] ?? '').with(5, lines[4] ?? ''), /^events 4 to 4 are missing|^event 4 stands/],
    ]
    for (const [damaged, why] of ways) {
      writeFileSync(path, damaged.join('\n'))
      const { dropped } = await salvageJournal(path)
      assert.match(dropped[0]?.why ?? '', why)
      const { state } = recoverRun(path)
      assert.equal(state.instances.get('i0')?.outcome, 'success')
      assert.equal(state.instances.get('i2')?.outcome, 'success')
    }
  })
})

it('a damaged journal of a chain of 30,000 instances is mended without a deep stack', () => {
  const ids = Array.from({ length: 30_000 }, (_, index) => `i${index}`)
  const chain = ids.map((id, index) => ({
    ...instanceNamed(id),
    needs: index === 0 ? [] : [{ from: `i${index - 1}`, when: 'success', delayMs: 0, plain: true } as const],
  }))
  const [, ...others] = eventsOfRun(ids.length)
  const events = [runStarted(chain), ...others]
  const lost = events.findIndex((event) => event.type === 'attempt.ended')
  const { again } = mendEvents(
    events.flatMap((event, seq) => (seq === lost ? [] : [{ v: 2 as const, seq, at: seq, ...event }])),
  )
  assert.equal(again.size, ids.length)
})

describe('a journal of the first versions, without checksums', () => {
  it('is read, and not believed where an event is not whole', async (t) => {
    const path = await writeRun(t, 1)
    const old = (text: string): string => text.replaceAll(/,"sum":"[0-9a-f]{8}"/g, '').replaceAll('"v":2', '"v":1')
    const text = old(readFileSync(path, 'utf8'))
    writeFileSync(path, text)
    const count = [...readJournal(path)].length
    assert.equal(count, text.split('\n').length - 1)
    for (const [word, wrong] of [
      ['"attempt.ended"', '"attempt.enlled"'],
      ['"instances":[', '"instances":7,"x":['],
      ['"result":"success"', '"result":"succexs"'],
      ['"usage":', '"usage":5,"x":'],
      ['"needs":[]', '"needs":{}'],
    ] as const) {
      assert.ok(text.includes(word), word)
      writeFileSync(path, text.replace(word, wrong))
      assert.match(caught(() => recoverRun(path)).message, /journal\.ndjson:\d+: /)
    }
  })

  it('goes on with checksums, and without them no more', async (t) => {
    const path = await writeRun(t, 1)
    const lines = readFileSync(path, 'utf8').split('\n')
    const old = (line = ''): string => line.replace(/,"sum":"[0-9a-f]{8}"/, '').replace('"v":2', '"v":1')
    writeFileSync(path, lines.with(0, old(lines[0])).with(1, old(lines[1])).join('\n'))
    assert.equal([...readJournal(path)].length, lines.length - 1)
    writeFileSync(path, lines.with(2, old(lines[2])).join('\n'))
    assert.equal(caught(() => recoverRun(path)).line, 3)
  })
})

describe('a journal that another program changes while it is written', () => {
  const told = 'another program changed or removed it during the run'

  it('fails at an event soon after it was cut, grew, was replaced or removed', async (t) => {
    const ways: ((path: string) => void)[] = [
      (path) => truncateSync(path, 10),
      (path) => writeFileSync(path, '{}\n', { flag: 'a' }),
      (path) => {
        writeFileSync(`${path}.new`, readFileSync(path))
        renameSync(`${path}.new`, path)
      },
      (path) => rmSync(path),
      (path) => rmSync(join(path, '..'), { recursive: true }),
    ]
    for (const change of ways) {
      const journal = begin(t, 1)
      journal.record('before')
      assert.equal(journal.failed(), undefined)
      change(journal.path)
      await setTimeout(30)
      journal.record('after')
      assert.equal(journal.failed(), told)
      await journal.close()
    }
  })

  it('fails at the end when it was rewritten at the same length', async (t) => {
    const journal = begin(t, 1)
    writeFileSync(journal.path, readFileSync(journal.path, 'utf8').replace('"success"', '"failure"'))
    await journal.close()
    assert.equal(journal.failed(), told)
  })
})

describe('a run directory that was moved', () => {
  it('is told to expressions by where it is now', async (t) => {
    const path = await writeRun(t, 1)
    const { state, events } = recoverRun(path)
    const [first] = events()
    assert.equal(state.started?.context.run['directory'], join(path, '..'))
    assert.deepEqual(first, state.started)
  })
})

it('a checksum is the same with and without the help of Node', () => {
  const bytes = Buffer.from('what a line says, ünï 🎉')
  for (let at = 0; at <= bytes.length; at++)
    assert.equal(crc32ByTable(bytes.subarray(at), crc32ByTable(bytes.subarray(0, at))), crc32(bytes))
})

function caught(act: () => unknown): JournalError {
  try {
    act()
  } catch (error) {
    if (error instanceof JournalError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
