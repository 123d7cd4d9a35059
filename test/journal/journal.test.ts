import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { openReporters } from '../../src/core/reporter.ts'
import { createBus } from '../../src/journal/bus.ts'
import { openJournal } from '../../src/journal/journal-file.ts'
import { JournalError } from '../../src/journal/journal-error.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { recoverRun } from '../../src/journal/recover.ts'
import { createRedactor } from '../../src/journal/redactor.ts'
import { writeFileAtomically } from '../../src/journal/write-file.ts'
import { attemptEnded, attemptStarted, eventsOfRun, instanceNamed, runStarted } from './small-run.ts'

const linuxRoot = process.platform === 'linux' && process.getuid?.() === 0
const unexpected = (error: Error): void => assert.fail(error)

describe('a journal', () => {
  it('is read back as it was written', async (t) => {
    const path = await writeRun(t, 5)
    const types = [...readJournal(path)].map(({ type }) => type)
    assert.equal(types.length, 17)
    assert.deepEqual([types[0], types.at(-1)], ['run.started', 'run.ended'])
  })

  it('is read back whole where its first line is longer than what is read at once', async (t) => {
    const path = await writeRun(t, 2000)
    assert.ok(readFileSync(path).indexOf('\n') > 200_000)
    const [started, ...others] = readJournal(path)
    assert.equal(started?.type === 'run.started' && started.plan.instances.length, 2000)
    assert.equal(others.length, 3 * 2000 + 1)
  })

  it('is read beside others, however much of each has been read', async (t) => {
    const paths = [await writeLarge(t, 'one'), await writeLarge(t, 'other')]
    for (const path of paths) assert.equal([...readJournal(path)].length, 3000)
    const [one, other] = paths.map((path) => readJournal(path))
    for (let count = 0; count < 3000; count++)
      for (const [reader, name] of [[one, 'one'] as const, [other, 'other'] as const]) {
        const event = reader?.next().value
        assert.equal(event?.type === 'notice' && event.message, `${name} ${count} ${'.'.repeat(100)}`)
      }
  })

  it('recovers from any length it was cut to', async (t) => {
    const path = await writeRun(t, 3)
    const whole = [...readJournal(path)]
    const text = readFileSync(path)
    for (let length = text.length; length >= 0; length--) {
      truncateSync(path, length)
      const lineEnds = text.subarray(0, length).filter((byte) => byte === 0x0a).length
      const recovery = recoverRun(path)
      assert.equal(recovery.nextSeq, lineEnds)
      assert.deepEqual(recovery.state.running, recovery.lost.length)
      const open = whole
        .slice(0, lineEnds)
        .reduce((n, { type }) => n + (type === 'attempt.started' ? 1 : type === 'attempt.ended' ? -1 : 0), 0)
      assert.equal(recovery.lost.length, open)
      assert.equal(recovery.runId, lineEnds === 0 ? undefined : 'run1')
    }
  })

  it('goes on after a torn last line, which is cut off', async (t) => {
    const path = await writeRun(t, 1)
    appendFileSync(path, '{"v":1,"seq":5,"at":1,"type":"noti')
    const { nextSeq, state } = recoverRun(path)
    const journal = openJournal(path, unexpected)
    createBus({ journal, redactor: createRedactor([]), reporters: [], clock: () => 7, state, nextSeq }).record({
      type: 'run.resumed',
      version: '1',
      changed: [],
    })
    await journal.close()
    assert.deepEqual([...readJournal(path)].at(-1), {
      v: 2,
      seq: nextSeq,
      at: 7,
      type: 'run.resumed',
      version: '1',
      changed: [],
    })
  })

  it('names the line that is wrong', async (t) => {
    const path = await writeRun(t, 1)
    const lines = readFileSync(path, 'utf8').split('\n')
    const wrong: [number, string, RegExp][] = [
      [2, 'nonsense', /:3: not a line of JSON/],
      [2, '[]', /:3: not an event/],
      [2, lines[1] ?? '', /:3: event 1 is where event 2 belongs/],
      [0, '{"v":3}', /:1: written by a later version \(format 3\)/],
      [2, (lines[2] ?? '').replace('"seq":2', '"seq":1'), /:3: its checksum is wrong: the line is damaged/],
      [2, (lines[2] ?? '').replace(/,"sum":.*/, '}'), /:3: its checksum is wrong/],
      [0, '{"v":1,"seq":0,"at":1,"type":"run.started"}', /:1: not a complete event of type "run.started"/],
    ]
    for (const [index, line, message] of wrong) {
      writeFileSync(path, lines.with(index, line).join('\n'))
      assert.throws(
        () => recoverRun(path),
        (error) => error instanceof JournalError && message.test(error.message),
      )
    }
  })

  it('tells the lost attempts with what they last said of their cost', async (t) => {
    const path = join(createDirectory(t), 'journal.ndjson')
    const journal = openJournal(path, unexpected)
    const bus = createBus({ journal, redactor: createRedactor([]), reporters: [], clock: () => 1 })
    const usage = { input: 5, cacheRead: 0, cacheWrite: 0, output: 7, reasoning: 0 }
    bus.record(runStarted([instanceNamed('a', 'agents'), instanceNamed('b', 'agents'), instanceNamed('c')]))
    for (const id of ['a', 'b', 'c']) bus.record(attemptStarted(id))
    const accounting = { usage, costUsd: 0.5, costSource: 'cli', partial: false } as const
    bus.record({ type: 'attempt.progress', id: 'b', attempt: 1, accounting, model: null, activity: '' })
    await journal.close()
    const lost = recoverRun(path).lost
    assert.deepEqual(
      lost.map(({ id, failure }) => [id, failure?.kind]),
      [
        ['a', 'lost'],
        ['b', 'lost'],
        ['c', 'lost'],
      ],
    )
    assert.deepEqual(
      lost.map((end) => [end.accounting.usage?.output ?? null, end.accounting.costUsd, end.accounting.partial]),
      [
        [null, null, true],
        [7, 0.5, true],
        [0, 0, false],
      ],
    )
  })

  it('has every event its writer recorded before it was killed', async (t) => {
    const path = join(createDirectory(t), 'journal.ndjson')
    const writer = spawn(process.execPath, [
      resolve(import.meta.dirname, '../fixtures/journal/write-until-killed.ts'),
      path,
    ])
    t.after(() => writer.kill('SIGKILL'))
    let told = ''
    for await (const chunk of writer.stdout) {
      told += String(chunk)
      if (told.split('\n').length > 500) break
    }
    writer.kill('SIGKILL')
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
    const last = Number(told.split('\n').at(-2))
    assert.ok(recoverRun(path).nextSeq > last, `event ${last} was recorded`)
  })

  it(
    'ends whole, and says why, when the disk is full',
    { skip: !linuxRoot && 'needs root on Linux to mount a small tmpfs' },
    async (t) => {
      const disk = mkdtempSync(join(tmpdir(), 'journal-disk-'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk])
      t.after(() => {
        execFileSync('umount', [disk])
        rmSync(disk, { recursive: true })
      })
      const path = join(disk, 'journal.ndjson')
      const errors: Error[] = []
      const journal = openJournal(path, (error) => errors.push(error))
      const bus = createBus({ journal, redactor: createRedactor([]), reporters: [], clock: () => 1 })
      bus.record(runStarted([instanceNamed('a')]))
      let recorded = 1
      for (; bus.failed === undefined; recorded++)
        bus.record({ type: 'notice', level: 'notice', message: 'x'.repeat(900) })
      assert.match(bus.failed.message, /ENOSPC/)
      bus.record({ type: 'run.ended', result: 'cancelled', reason: '' })
      await journal.close()
      assert.equal(errors.length, 1)
      assert.equal(bus.state.ended?.result, 'cancelled', 'the run can still be told about')
      assert.equal([...readJournal(path)].length, recorded - 1)
      assert.equal(readFileSync(path).at(-1), 0x0a)

      const report = join(disk, 'run.json')
      assert.throws(() => writeFileAtomically(report, 'y'.repeat(100_000)), /ENOSPC/)
      assert.equal(statSync(report, { throwIfNoEntry: false }), undefined)
    },
  )
})

describe('a bus', () => {
  it('masks secrets in what is kept, folded and shown, and leaves the run intact', async (t) => {
    const path = join(createDirectory(t), 'journal.ndjson')
    const journal = openJournal(path, unexpected)
    const shown: string[] = []
    const reporter = { name: 'console', onEvent: (event: object) => shown.push(JSON.stringify(event)) }
    // Secrets that are also words of ours, of JSON, and cut an escape in two.
    const redactor = createRedactor(['attempt.ended', 'shell', 'null', 'test', 'nline', 's3cr3t "quoted"\n'])
    const bus = createBus({ journal, redactor, reporters: [reporter], clock: () => 1 })
    bus.record(runStarted([instanceNamed('test')]))
    bus.record(attemptStarted('test'))
    const event = bus.record({
      ...attemptEnded('test', 'a\nline s3cr3t "quoted"\n and test'),
      outputs: { id: 'test', shell: 'x' },
      json: { 's3cr3t "quoted"\n': ['null'] },
    })
    await journal.close()
    assert.equal(event.type === 'attempt.ended' && event.text, 'a\nline *** and ***')
    assert.deepEqual(event.type === 'attempt.ended' && event.outputs, { id: '***', '***': 'x' })
    assert.deepEqual(event.type === 'attempt.ended' && event.json, { '***': ['***'] })
    assert.equal(bus.state.instances.get('test')?.attempts[0]?.ended?.exitCode, 0)
    const events = [...readJournal(path)]
    assert.deepEqual(events.at(-1), event)
    assert.deepEqual(shown.at(-1), JSON.stringify(event))
    assert.equal(readFileSync(path, 'utf8').includes('s3cr3t'), false)
  })

  it('writes a plan of many pieces as one line, with what is secret in any of them masked', async (t) => {
    const path = join(createDirectory(t), 'journal.ndjson')
    const journal = openJournal(path, unexpected)
    const bus = createBus({ journal, redactor: createRedactor(['s3cr3t']), reporters: [], clock: () => 1 })
    const plain = Array.from({ length: 500 }, (_, at) => instanceNamed(`i${at}`))
    const [first, ...rest] = plain
    assert.ok(first !== undefined)
    const recorded = bus.record(runStarted([...rest, { ...first, label: 'a s3cr3t label' }]))
    await journal.close()
    assert.ok(recorded.type === 'run.started')
    assert.equal(recorded.plan.instances.at(-1)?.label, 'a *** label')
    assert.deepEqual([...readJournal(path)], [recorded])
    assert.equal(readFileSync(path, 'utf8').split('\n').length, 2)
  })

  it('drops a reporter that throws and goes on with the others', () => {
    const seen: string[] = []
    const bad = {
      name: 'bad',
      onEvent: () => {
        throw new Error('broken')
      },
    }
    const good = { name: 'good', onEvent: ({ type }: { type: string }) => void seen.push(type) }
    const bus = createBus({ journal: undefined, redactor: createRedactor([]), reporters: [bad, good], clock: () => 1 })
    const [first, second] = eventsOfRun(1)
    assert.ok(first && second)
    assert.equal(bus.record(first).seq, 0)
    assert.equal(bus.record(second).seq, 2)
    assert.deepEqual(seen, ['run.started', 'report.failed', 'attempt.started'])
    assert.equal(bus.state.failedReports.get('bad')?.detail, 'broken')
  })

  it('lets reporters deliver until the deadline and records what came of it', async () => {
    const reporters = [
      {
        name: 'comment',
        onEnd: async (_state: unknown, _signal: unknown, report: string) => ({
          url: `https://example.org/1#${report}`,
        }),
      },
      { name: 'nothing', onEnd: async () => undefined },
      {
        name: 'throws',
        onEnd: () => {
          throw new Error('at once')
        },
      },
      {
        name: 'fails',
        onEnd: async () => {
          throw new Error('403')
        },
      },
      { name: 'hangs', onEnd: (_state: unknown, signal: AbortSignal) => once(signal, 'abort').then(() => undefined) },
      {
        name: 'waits',
        onEnd: (_state: unknown, signal: AbortSignal) =>
          once(signal, 'abort').then(() => Promise.reject(new Error('the service is silent'))),
      },
      { name: 'deaf', onEnd: () => new Promise<undefined>(() => {}) },
      { name: 'slow', leastMs: 151, onEnd: () => assert.fail('it has too little time') },
    ]
    const bus = createBus({ journal: undefined, redactor: createRedactor([]), reporters, clock: () => 1 })
    await bus.end(150, 'the report')
    assert.deepEqual(
      [...bus.state.delivered.values()].map(({ url }) => url),
      ['https://example.org/1#the report'],
    )
    assert.deepEqual(
      [...bus.state.failedReports]
        .map(([name, { detail }]) => [name, detail].join(': '))
        .toSorted((a, b) => a.localeCompare(b)),
      [
        'deaf: not delivered within 150 ms',
        'fails: 403',
        'hangs: not delivered within 150 ms',
        'slow: not begun: 150 ms were left',
        'throws: at once',
        'waits: the service is silent',
      ],
    )
  })
})

describe('the reporters of a registry', () => {
  it('are those that are wanted; one that cannot be made is not delivered, and the others are', async () => {
    const make = (name: string) => ({
      name,
      onEnd: async (_state: unknown, _signal: unknown, report: string) => ({ detail: report }),
    })
    const reporters = await openReporters<{ quiet: boolean }, string>(
      [
        { name: 'loud', when: ({ quiet }) => !quiet, create: () => make('loud') },
        { name: 'broken', when: () => true, create: () => Promise.reject(new Error('no port is free')) },
        { name: 'whole', when: ({ quiet }) => quiet, create: () => Promise.resolve(make('whole')) },
      ],
      { quiet: true },
    )
    const bus = createBus({ journal: undefined, redactor: createRedactor([]), reporters, clock: () => 1 })
    await bus.end(5000, 'the report')
    assert.deepEqual(
      [...bus.state.delivered].map(([name, { detail }]) => [name, detail]),
      [['whole', 'the report']],
    )
    assert.deepEqual(
      [...bus.state.failedReports].map(([name, { detail }]) => [name, detail]),
      [['broken', 'no port is free']],
    )
  })
})

describe('a file written at once', () => {
  it('replaces what was there and leaves nothing beside it', (t) => {
    const directory = createDirectory(t)
    const path = join(directory, 'run.json')
    writeFileAtomically(path, 'one')
    writeFileAtomically(path, 'two')
    assert.equal(readFileSync(path, 'utf8'), 'two')
    assert.throws(() => writeFileAtomically(join(directory, 'missing', 'run.json'), 'x'), /ENOENT/)
    function* pieces(): Generator<string> {
      yield 'half'
      throw new Error('of it')
    }
    assert.throws(() => writeFileAtomically(path, pieces()), /of it/)
    assert.equal(readFileSync(path, 'utf8'), 'two')
    assert.deepEqual(execFileSync('ls', ['-A', directory], { encoding: 'utf8' }), 'run.json\n')
  })
})

function createDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** 3,000 notices: several chunks to read. */
async function writeLarge(t: TestContext, name: string): Promise<string> {
  const path = join(createDirectory(t), 'journal.ndjson')
  const journal = openJournal(path, unexpected)
  const bus = createBus({ journal, redactor: createRedactor([]), reporters: [], clock: () => 1000 })
  for (let count = 0; count < 3000; count++)
    bus.record({ type: 'notice', level: 'notice', message: `${name} ${count} ${'.'.repeat(100)}` })
  await journal.close()
  return path
}

async function writeRun(t: TestContext, count: number): Promise<string> {
  const path = join(createDirectory(t), 'journal.ndjson')
  const journal = openJournal(path, unexpected)
  let now = 1000
  const bus = createBus({ journal, redactor: createRedactor([]), reporters: [], clock: () => now++ })
  for (const event of eventsOfRun(count)) bus.record(event)
  await journal.close()
  return path
}
