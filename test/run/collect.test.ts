import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Plan } from '../../src/core/plan.ts'
import { ownTrust } from '../../src/core/run-trust.ts'
import { compile } from '../../src/index.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import { figuresOf } from '../../src/run/history.ts'
import { localHistory } from '../../src/run/local-history.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import { makeShards, type Shard } from '../../src/run/make-shards.ts'
import { openShard, type ShardRequest } from '../../src/run/run-shard.ts'
import { digestOf } from '../../src/run/shard-plan.ts'
import { withShare } from '../../src/run/share-budget.ts'
import { seeded } from '../engine/random-plan.ts'

/** Nineteen parts, of which one fails, a forgiven one among them, and what comes after all of them. */
const file = `name: many
budget: { tokens: 1000 }
runtimes:
  bot:
    command: [sh, -c, "cat > /dev/null; echo '{ \\"text\\": \\"fine\\", \\"usage\\": { \\"in\\": 30, \\"out\\": 4 } }'"]
    parse: { format: json, text: text, usage: { input: usage.in, output: usage.out } }
    env: []
instances:
  part:
    strategy: { fail-fast: false, matrix: { n: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] } }
    run: echo "part $N"; [ "$N" != 7 ]
    env: { N: "\${{ matrix.n }}" }
  long: { run: "seq 1 20000" }
  agent: { runtime: bot, prompt: Say something. }
  forgiven: { run: exit 3, continue-on-error: true }
  after:
    needs: [part, long, agent]
    if: always()
    env: { SAID: "\${{ needs.part.result }} \${{ needs.agent.text }}" }
    run: echo "$SAID"
`

describe('twenty shards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'collect-'))
  const parts = join(folder, 'parts')
  const { plan } = compile('many.yml', file)
  assert.ok(plan)
  const whole: Plan = plan
  let shards: Shard[] = []
  let count = 0

  const request = (directories: readonly string[], more: Partial<ShardRequest> = {}): ShardRequest => ({
    plan: whole,
    digest: digestOf(whole, {}),
    commit: null,
    simulated: false,
    workflowRun: undefined,
    name: undefined,
    only: [],
    attempt: 1,
    directories,
    ...more,
  })
  const carryOut = (asked: ShardRequest, runDirectory: string, budget = {}) => {
    const opened = openShard(asked)
    return executeRun({
      plan: withShare(opened.plan, budget),
      shard: opened.shard,
      inputs: {},
      only: null,
      workspace: folder,
      runDirectory,
      environment: { PATH: process.env['PATH'] },
      reporters: () => [],
      trust: ownTrust,
    })
  }
  const partsIn = (from: string): string[] => readdirSync(from).map((name) => join(from, name))

  /** What a collector has said, without where it stands. */
  async function collect(directories: readonly string[], planned?: readonly Shard[]) {
    const directory = join(folder, `collected-${count++}`)
    const { state } = await carryOut(request(directories, planned && { planned }), directory)
    const read = (name: string): string => readFileSync(join(directory, name), 'utf8').replaceAll(directory, 'HERE')
    const journal = [...readJournal(join(directory, 'journal.ndjson'))]
    const report = JSON.parse(read('run.json')) as RunJson
    const said = [read('run.json'), read('summary.md'), JSON.stringify(journal).replaceAll(directory, 'HERE')]
    return { state, directory, report, said, of: (id: string) => report.instances.find((each) => each.id === id) }
  }

  before(async () => {
    shards = makeShards(whole, { by: 'instance', maxShards: 20, only: null })
    assert.equal(shards.length, 20)
    for (const { name, only, budget } of shards)
      await carryOut(request(existsSync(parts) ? partsIn(parts) : [], { name, only }), join(parts, name), budget)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('are one report, byte for byte the same in any order', async () => {
    const all = partsIn(parts)
    const first = await collect(all)
    assert.equal(first.report.result, 'failure')
    assert.equal(first.of('part.7')?.reason, 'exit:1')
    assert.equal(first.of('after')?.text.trim(), 'failure fine')
    assert.equal(first.of('long')?.text.trim().split('\n').length, 20_000)
    assert.equal(first.report.usage?.input, 30)
    assert.equal(first.report.usage?.output, 4)
    for (let seed = 0; seed < 5; seed++) {
      const random = seeded(seed)
      const order = all.map((path) => ({ path, at: random() })).toSorted((a, b) => a.at - b.at)
      const other = await collect(order.map(({ path }) => path))
      assert.deepEqual(other.said, first.said)
    }
  })

  const nameOf = (id: string): string => shards.find(({ only }) => only.includes(id))?.name ?? assert.fail(id)

  it('count once in the history, by shard or as collected', async () => {
    const { runs } = await localHistory(join(folder, '.orchestrator'), Date.now).read('many')
    const collected = runs.filter(({ parts: of }) => of?.length === 20)
    assert.equal(collected.length, 1, 'the same parts are the same run')
    assert.equal(runs.filter(({ isPart }) => isPart).length, 20)
    const tokens = runs.flatMap(({ days }) => Object.values(days)).reduce((sum, [each]) => sum + each, 0)
    assert.equal(tokens, 34)
    const figures = figuresOf({ runs }, false, '')
    assert.deepEqual(
      figures.map((each) => each.tokens),
      [34],
    )
  })

  it('with two missing are never green for it, name what is lost, and are the same in any order', async () => {
    const gone = [nameOf('part.3'), nameOf('agent')]
    const rest = partsIn(parts).filter((path) => !gone.some((name) => path === join(parts, name)))
    const first = await collect(rest, shards)
    assert.equal(first.report.result, 'failure')
    assert.equal(first.of('part.3')?.reason, 'lost')
    assert.equal(first.of('part.3')?.detail, `shard ${gone[0]} left no result`)
    assert.equal(first.of('agent')?.result, 'failure')
    assert.equal(first.report.usage?.input ?? 0, 0)
    const other = await collect(rest.toReversed(), shards)
    assert.deepEqual(other.said, first.said)
    const unnamed = await collect(rest)
    assert.equal(unnamed.of('part.3')?.detail, 'no shard left a result of it')
  })

  it('of which one is damaged, of another plan, commit or a stranger name it and count without it', async () => {
    const copy = join(folder, 'copies')
    cpSync(parts, copy, { recursive: true })
    const journalOf = (id: string): string => join(copy, nameOf(id), 'journal.ndjson')
    const changed = (id: string, change: (text: string) => string): void => {
      const text = readFileSync(journalOf(id), 'utf8')
      assert.notEqual(change(text), text)
      writeFileSync(journalOf(id), change(text))
    }
    changed('part.1', (text) => text.replace('part 1', 'part X'))
    changed('part.2', (text) => unsealed(text).replace(digestOf(whole, {}), 'f'.repeat(64)))
    changed('part.4', (text) => unsealed(text).replaceAll('"logs/', '"../'))
    changed('part.5', (text) => unsealed(text).replaceAll('"id":"part.5"', '"id":"part.5.x"'))
    const text = readdirSync(join(copy, nameOf('long'), 'logs')).find((name) => name.includes('.text.'))
    appendFileSync(join(copy, nameOf('long'), 'logs', text ?? assert.fail('no text')), 'more')
    const { report, of, state } = await collect(partsIn(copy))
    const warnings = state.notices.map(({ message }) => message)
    const why = (id: string): string =>
      warnings.find((warning) => warning.startsWith(`shard ${nameOf(id)} is left out: `)) ??
      assert.fail(warnings.join('; '))
    assert.match(why('part.1'), /journal\.ndjson:\d+: its checksum is wrong/)
    assert.match(why('part.2'), /it ran another plan, or other inputs/)
    assert.match(why('part.4'), /it names the file "\.\.\/.*", which is not one of its logs/)
    assert.match(why('part.5'), /it tells of "part\.5\.x", which is not in the plan/)
    assert.match(why('long'), /the text of this attempt cannot be read: .* is larger than/)
    for (const id of ['part.1', 'part.2', 'part.4', 'part.5', 'long']) assert.equal(of(id)?.reason, 'lost', id)
    assert.equal(of('part.6')?.result, 'success')
    assert.equal(report.result, 'failure')
  })

  it('of which one tells of what no orchestrator writes name it and count without it', async () => {
    const original = join(parts, nameOf('agent'), 'journal.ndjson')
    const forgeries: readonly (readonly [string, string, string])[] = [
      ['tokens that were given back', '"input":30', '"input":-1000000'],
      ['tokens without end', '"input":30', '"input":1e999'],
      ['money that was given back', '"costUsd":null', '"costUsd":-5'],
      ['money without end', '"costUsd":null', '"costUsd":1e999'],
      ['less than no time', '"durationMs":', '"durationMs":-1,"was":'],
      ['a time that has no date', '"at":1', '"at":1e300,"was":1'],
      ['a time before all', '"at":1', '"at":-1,"was":1'],
      ['a line of its own for the runner', '"reason":""', '"reason":"\\n::error::no"'],
      ['a name that is a path', `"shard":{"name":"`, `"shard":{"name":"../`],
    ]
    for (const [what, old, new_] of forgeries) {
      const copy = mkdtempSync(join(folder, 'forged-'))
      const forged = join(copy, 'forged')
      cpSync(join(parts, nameOf('agent')), forged, { recursive: true })
      const text = unsealed(readFileSync(original, 'utf8'))
      assert.ok(text.includes(old), what)
      writeFileSync(join(forged, 'journal.ndjson'), text.replaceAll(old, new_))
      const { report, of, state, directory } = await collect([forged])
      assert.ok(existsSync(join(directory, 'summary.md')), what)
      assert.equal(of('agent')?.reason, 'lost', what)
      assert.equal(report.usage?.input ?? 0, 0, what)
      assert.ok(
        state.notices.some(({ message }) => / is left out: /.test(message)),
        what,
      )
    }
  })

  it('of which one tells of what another was given, of an attempt that was not, or beside another of its name, count without it', async () => {
    const forge = (name: string, change: (text: string) => string): string => {
      const copy = mkdtempSync(join(folder, 'claims-'))
      const forged = join(copy, name)
      cpSync(join(parts, nameOf('part.6')), forged, { recursive: true })
      const path = join(forged, 'journal.ndjson')
      writeFileSync(path, change(unsealed(readFileSync(path, 'utf8'))))
      return forged
    }
    const ofOther = forge('other', (text) => text.replaceAll('"part.6"', '"part.7"'))
    const twin = forge('twin', (text) => text.replaceAll(/"runId":"[0-9a-f]{8}"/g, '"runId":"deadbeef"'))
    const later = forge('later', (text) => text.replace('"attempt":1', '"attempt":9'))
    const stranger = forge('stranger', (text) => text.replace(/("shard":\{"name":)"\d+"/, '$1"99"'))
    const said = async (forged: string, more: Partial<ShardRequest> = {}) => {
      const directory = join(folder, `collected-${count++}`)
      const { state } = await carryOut(request([...partsIn(parts), forged], { planned: shards, ...more }), directory)
      return {
        of: (id: string) => state.instances.get(id),
        warnings: state.notices.map(({ message }) => message).join('\n'),
      }
    }
    const other = await said(ofOther)
    assert.match(other.warnings, /is left out: it claims part\.7, which that shard was not given/)
    assert.equal(other.of('part.7')?.reason, 'exit:1')
    assert.equal(other.of('part.6')?.result, 'success')
    assert.match((await said(stranger)).warnings, /shard 99 is left out: no shard of that name was planned/)
    const inWorkflow = { workflowRun: '7' }
    const renumbered = (directory: string): void => {
      const path = join(directory, 'journal.ndjson')
      const text = unsealed(readFileSync(path, 'utf8'))
      writeFileSync(path, text.replace('"github":{}', '"github":{"run_id":"7"}'))
    }
    const copies = join(folder, 'in-workflow')
    cpSync(parts, copies, { recursive: true })
    for (const directory of [...partsIn(copies), later, twin]) renumbered(directory)
    const collected = async (forged: string, more: readonly string[] = [], attempt = 1) => {
      const directory = join(folder, `collected-${count++}`)
      const asked = request([...partsIn(copies), forged, ...more], { planned: shards, ...inWorkflow, attempt })
      const { state } = await carryOut(asked, directory)
      return {
        end: state.instances.get('part.6'),
        notices: state.notices.map(({ message }) => message).join('\n'),
      }
    }
    const ahead = await collected(later)
    assert.match(ahead.notices, /is left out: it says to be of attempt 9, and this is 1/)
    assert.equal(ahead.end?.result, 'success')
    const twins = await collected(twin)
    assert.match(twins.notices, /is left out: several runs say to be it in attempt 1/)
    assert.equal(twins.end?.reason, 'lost')
    const again = forge('again', (text) =>
      text.replace('"attempt":1', '"attempt":2').replaceAll(/"runId":"[0-9a-f]{8}"/g, '"runId":"00c0ffee"'),
    )
    renumbered(again)
    const rerun = await collected(twin, [again], 2)
    assert.match(rerun.notices, /is left out: several runs say to be it in attempt 1/)
    assert.equal(rerun.end?.result, 'success', 'what the second attempt ran counts, whoever disputes the first')
    const twinOfAgain = forge('again-too', (text) => text.replace('"attempt":1', '"attempt":2'))
    renumbered(twinOfAgain)
    const first = await collected(again, [twinOfAgain], 2)
    assert.match(first.notices, /is left out: several runs say to be it in attempt 2/)
    assert.equal(first.end?.result, 'success', 'what the first attempt ran counts where the second is in question')
  })

  it('of which one was killed count what it had finished, and lose the rest', async () => {
    const copy = join(folder, 'killed')
    cpSync(parts, copy, { recursive: true })
    const path = join(copy, nameOf('part.2'), 'journal.ndjson')
    const lines = readFileSync(path, 'utf8').split('\n')
    const cut = lines.findIndex((line) => line.includes('"type":"attempt.ended"'))
    writeFileSync(path, `${lines.slice(0, cut).join('\n')}\n`)
    const { of, report } = await collect(partsIn(copy))
    assert.equal(of('part.2')?.reason, 'lost')
    assert.match(of('part.2')?.detail ?? '', /the orchestrator of its shard died while this was running/)
    assert.equal(report.result, 'failure')
  })

  it('are known by a digest of the plan and the inputs as JSON, whatever their size', () => {
    const inputs = { name: 'a\n ', list: [1, null] }
    const text = JSON.stringify([whole, inputs])
    assert.equal(digestOf(whole, inputs), createHash('sha256').update(text).digest('hex'))
  })

  it('share the budget: the parts are the whole, and what was spent over it is said', async () => {
    const budgets = shards.map(({ budget }) => budget?.tokens ?? 0)
    assert.equal(
      budgets.reduce((sum, each) => sum + each, 0),
      1000,
    )
    const small = { ...whole, budget: { ...(whole.budget ?? assert.fail('no budget')), tokens: 20 } }
    const directory = join(folder, 'small')
    const asked = (name: string | undefined, only: readonly string[]): ShardRequest => ({
      ...request(existsSync(directory) ? partsIn(directory) : [], { name, only }),
      plan: small,
      digest: digestOf(small, {}),
    })
    await carryOut(asked('1', ['agent']), join(directory, '1'), { tokens: 20 })
    const { state } = await carryOut(asked(undefined, []), join(folder, 'small-collected'))
    const warnings = state.notices.map(({ message }) => message)
    assert.ok(
      warnings.some((warning) => warning.includes('14 tokens over 20')),
      warnings.join('; '),
    )
  })
})

/** Journals of the first version have no checksums: what somebody forges needs none. */
function unsealed(journal: string): string {
  return journal
    .split('\n')
    .map((line) => line.replace('{"v":2,', '{"v":1,').replace(/,"sum":"[0-9a-f]{8}"\}$/, '}'))
    .join('\n')
}
