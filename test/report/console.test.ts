/* oxlint-disable no-control-regex -- escape sequences are what is looked for */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { createConsoleReporter } from '../../src/report/console.ts'
import type { ConsoleOptions } from '../../src/report/console-options.ts'
import { buildJournal, group, instance, spent } from './journal-builder.ts'
import { scenarios } from './scenarios.ts'
import { createScreen } from './screen.ts'

/** Plays a journal to a console, a refresh after each event; `onPicture` looks at the screen in between. */
function play(
  events: readonly Stamped[],
  options: Partial<ConsoleOptions> & { columns?: () => number },
  size: { columns: number; rows: number } = { columns: 100, rows: 24 },
  onPicture?: (shown: string[], event: Stamped) => void,
) {
  const screen = createScreen(size.columns, size.rows)
  let raw = ''
  let now = 0
  const state = createRunState()
  const console = createConsoleReporter({
    write(text) {
      raw += text
      screen.write(text)
    },
    interactive: true,
    quiet: false,
    columns: () => size.columns,
    rows: () => size.rows,
    now: () => now,
    ...options,
  })
  for (const event of events) {
    now = event.at
    foldEvent(state, event)
    console.onEvent?.(event, state)
    console.refresh?.()
    onPicture?.(screen.shown(), event)
  }
  void console.onEnd?.(state, new AbortController().signal, buildReport(state))
  console.close?.()
  return { screen, raw }
}

function manyInstances(count: number, parallel: number): readonly Stamped[] {
  const ids = Array.from({ length: count }, (_, index) => `job-${index}`)
  const run = buildJournal(
    'many',
    ids.map((id) => instance(id)),
  )
  for (const [index, id] of ids.entries()) {
    run.start(id)
    const done = ids[index - parallel + 1]
    if (done === undefined) continue
    run.end(done, 100)
    run.settle(done)
  }
  for (const id of ids.slice(count - parallel + 1)) {
    run.end(id, 100)
    run.settle(id)
  }
  run.close('success')
  return run.events
}

describe('the console on a terminal', () => {
  it('keeps one line an instance in place, with state, elapsed time, tokens and cost', () => {
    const pictures: string[][] = []
    const { screen } = play(scenarios['success']?.() ?? [], {}, undefined, (shown) => pictures.push(shown))
    const busy = pictures.find((shown) => shown.some((line) => line.includes('Bash: npm test'))) ?? []
    assert.equal(busy.length, 8, 'title, five instances, summary, cursor')
    assert.match(busy[2] ?? '', /^● security +0\.4s +900 in 10 out +claude opus · Bash: npm test$/)
    assert.match(busy[5] ?? '', /^· Summary of all +waiting$/)
    assert.match(busy[6] ?? '', /^ {2}1\/5 done · 2 running · 0\.5s/)
    const end = screen.all()
    assert.equal(end.filter((line) => line.includes('security')).length, 1)
    assert.match(end[2] ?? '', /^✓ security +15s +112k in 2\.3k out +\$0\.43 +success$/)
    assert.match(end[3] ?? '', /^✓ style +2\.6s +4\.5k in 250 out +unknown +success$/)
    assert.match(end[4] ?? '', /^– fix +skipped upstream: edge from style not taken/)
    assert.ok(end.some((line) => line.startsWith('✓ pr-review success in 1m 20s: 4 success, 1 skipped')))
  })

  it('never paints more lines than the terminal has, nor wider ones', () => {
    for (const size of [
      { columns: 40, rows: 8 },
      { columns: 100, rows: 24 },
      { columns: 21, rows: 4 },
    ]) {
      const { screen } = play(manyInstances(50, 12), {}, size)
      const torn = screen.all().filter((line) => /●|done ·|more running/.test(line))
      assert.deepEqual(torn, [], 'a picture that scrolled cannot be painted over')
    }
    const { raw } = play(scenarios['failure']?.() ?? [], { colour: false }, { columns: 50, rows: 24 })
    const picture = raw.slice(0, raw.indexOf('ended with'))
    for (const line of picture
      .replaceAll(/\u001B\[[?\d]*[A-Za-z]|\r/g, '')
      .split('\n')
      .slice(1))
      assert.ok(line.length < 50 || !line.startsWith('✗'), line)
  })

  it('leaves one line for each instance where they do not fit, and none of the pictures', () => {
    const { screen } = play(manyInstances(50, 6), {}, { columns: 60, rows: 10 })
    const all = screen.all()
    for (let index = 0; index < 50; index++)
      assert.equal(all.filter((line) => line.startsWith(`✓ job-${index} success`)).length, 1, `job-${index}`)
    assert.equal(all.filter((line) => line.includes('running')).length, 0)
  })

  it('gives the terminal back at the end, also when the end never comes', () => {
    assert.equal(play(scenarios['success']?.() ?? [], {}).screen.cursorShown(), true)
    const { screen, raw } = play(scenarios['crashed']?.() ?? [], {})
    assert.match(raw, /\u001B\[\?25l/u)
    assert.equal(screen.cursorShown(), true)
  })

  it('lets nothing of a program or a model reach the terminal but its text', () => {
    const { screen } = play(scenarios['hostile']?.() ?? [], {})
    assert.equal(screen.unknown(), '')
    assert.doesNotMatch(screen.all().join('\n'), /[\u202A-\u202E\u2066-\u2069]/)
  })

  it('has colours only when asked', () => {
    assert.doesNotMatch(play(scenarios['success']?.() ?? [], { colour: false }).raw, /\u001B\[\d+m/u)
    assert.match(play(scenarios['success']?.() ?? [], { colour: true }).raw, /\u001B\[32m/u)
  })

  it('takes a terminal that shrinks while it goes on', () => {
    let columns = 100
    const { screen } = play(scenarios['failure']?.() ?? [], { columns: () => columns }, undefined, (_, event) => {
      if (event.type === 'attempt.ended') columns = 60
    })
    assert.equal(screen.all().filter((line) => line.startsWith('✓ build')).length, 1)
  })
})

describe('the console in a log', () => {
  it('writes no line that the runner takes for a command', () => {
    const { raw } = play(scenarios['hostile']?.() ?? [], { interactive: false })
    for (const line of raw.split('\n')) {
      assert.doesNotMatch(line, /^\s*::/)
      assert.doesNotMatch(line, /##\[/)
    }
    assert.doesNotMatch(raw, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
  })

  it('says only the end when quiet', () => {
    const { raw } = play(scenarios['failure']?.() ?? [], { interactive: false, quiet: true })
    assert.doesNotMatch(raw, /started/)
    assert.match(raw, /tests ended with/)
    assert.match(raw, /✗ ci failure \(3 instances failed\)/)
  })

  it('shows the final answer, its beginning if it is long', () => {
    const run = buildJournal('talk', [instance('speaker', { runtime: 'claude' })])
    run.start('speaker')
    run.end('speaker', 5, {
      accounting: spent(1, 0, 1, 0.1),
      text: Array.from({ length: 90 }, (_, i) => `l${i}`).join('\n'),
    })
    run.settle('speaker')
    run.close('success')
    const { raw } = play(run.events, { interactive: false })
    assert.match(raw, /speaker says\n {2}│ l0\n/)
    assert.match(raw, /│ … 51 more lines \(all of it: logs\/speaker\.1\.stdout\.log\)/)
    assert.doesNotMatch(play(run.events, { interactive: false, answers: false }).raw, /│ l0/)
  })
})

describe('a group that no member speaks for', () => {
  const run = buildJournal('empty', [...group('cells', 'matrix', [])])
  run.finish('cells..open', 'skipped', 'condition', 'strategy.matrix: `shard` has no values')
  run.finish('cells', 'skipped', 'condition', 'strategy.matrix: `shard` has no values')
  run.close('skipped', 'nothing ran')

  it('has its line in a log', () => {
    const { raw } = play(run.events, { interactive: false })
    assert.match(raw, /– cells skipped condition: strategy\.matrix: `shard` has no values/)
  })

  it('has its row on a terminal', () => {
    const { screen } = play(run.events, {})
    assert.ok(screen.shown().some((line) => line.includes('– cells') && line.includes('`shard` has no values')))
  })
})
