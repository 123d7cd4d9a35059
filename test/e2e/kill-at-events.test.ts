import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { createPlace, main, type Outcome } from '../cli/command-line.ts'
import { root } from './command.ts'

/** The long form is for a person (`KILL_ALL=1`): at every event and in every way, some 200 kills. */
const killsAll = process.env['KILL_ALL'] === '1'
const ways = ['after', 'before', 'middle'] as const
const hook = resolve(import.meta.dirname, 'kill-after-write.mjs')

const entry = process.env['RIG_ENTRIES'] === 'src' ? main : join(root, 'dist/cli/index.js')

/** Where `runs` looks. */
const runDirectory = '.orchestrator/killed'
const maxParallel = 3

/** Everything that is journaled while nobody is at the terminal. Each process says in `paid.txt` that it was started. */
const file = `
name: kills
report: { sarif: out.sarif }
budget: { tokens: 1000, warn-at: 0.1, on-exceeded: warn }
limits: { max-parallel: ${maxParallel} }
defaults: { retry: { backoff: 1ms } }
runtimes:
  bot:
    command: [sh, bot.sh]
    parse: { format: json, text: text, usage: { input: usage.in, output: usage.out }, error: error }
    env: []
instances:
  list: { run: 'echo list >> paid.txt; echo ''["x","y"]''' }
  cell:
    needs: list
    strategy: { matrix: { of: "\${{ fromJSON(needs.list.text) }}" } }
    run: echo "cell.$OF" >> paid.txt
    env: { OF: "\${{ matrix.of }}" }
  edge:
    needs: { instance: list, when: "\${{ contains(needs.list.text, 'x') }}", delay: 20ms }
    run: echo edge >> paid.txt
  flaky: { run: 'echo flaky >> paid.txt; test "$(grep -c flaky paid.txt)" -ge 2', retry: 2 }
  limited: { runtime: bot, prompt: limited, retry: 2 }
  agent: { runtime: bot, prompt: agent }
  change:
    run: echo change >> "$FOLDER/paid.txt"; echo changed > tracked
    env: { FOLDER: "\${{ env.PWD }}" }
    env-from: [PWD]
    workspace: worktree
    apply: true
  forgiven: { run: 'echo forgiven >> paid.txt; exit 1', continue-on-error: true }
  lint:
    run: |
      echo lint >> paid.txt
      echo '[{"filePath":"tracked","messages":[{"ruleId":"r","severity":1,"message":"A finding.","line":1}]}]'
    parse: eslint
  known: { run: echo known >> paid.txt, cache: { paths: [tracked2] } }
  loop:
    repeat: { until: needs.turn.outputs.round == '2', max: 3 }
    sequence:
      - id: turn
        run: 'echo "turn" >> paid.txt; echo "round=$((BEFORE + 1))" >> "$ORCHESTRATOR_OUTPUT"'
        env: { BEFORE: "\${{ previous-round.instances.turn.outputs.round || 0 }}" }
  after: { needs: [cell, edge, flaky, limited, agent, change, loop, lint, forgiven], if: always(), run: echo after >> paid.txt }
`

const bot = `
name=$(cat)
echo "$name" >> paid.txt
if [ "$name" = limited ] && [ "$(grep -c limited paid.txt)" = 1 ]; then echo "429 too many requests" >&2; exit 1; fi
echo '{ "text": "fine", "usage": { "in": 100, "out": 10 } }'
`

interface Event {
  readonly type: string
  readonly seq: number
  readonly id?: string
  readonly result?: string
  /** Of an attempt that ended: null is success. */
  readonly failure?: object | null
}

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd, encoding: 'utf8' })

function createRepositoryPlace() {
  const place = createPlace({
    'ci.yml': file,
    'bot.sh': bot,
    tracked: 'old\n',
    tracked2: 'old\n',
    '.gitignore': 'paid.txt\nout.sarif\n.cache\n.orchestrator\ntmp\n',
    'tmp/.keep': '',
  })
  git(place.path, 'init', '-q')
  git(place.path, 'add', '-A')
  git(place.path, 'commit', '-qm', 'start')
  return place
}

/** Runs the command line; with `kill` it is killed at that event of its run. */
function carryOut(cwd: string, args: readonly string[], kill?: { at: string; how: string }): Promise<Outcome> {
  const child = spawn(process.execPath, [...(kill ? ['--import', hook] : []), entry, ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: cwd,
      PWD: cwd,
      TMPDIR: join(cwd, 'tmp'),
      ...(kill && { KILL_AT: kill.at, KILL_HOW: kill.how }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err]: [string[], string[]] = [[], []]
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
  return new Promise((done) => {
    child.on('close', (code, signal) => done({ code, signal, out: out.join(''), err: err.join('') }))
  })
}

function journalOf(path: string): Event[] {
  const journal = join(path, runDirectory, 'journal.ndjson')
  if (!existsSync(journal)) return []
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1)
  return lines.map((line): Event => JSON.parse(line))
}

const paidIn = (path: string): string[] =>
  existsSync(join(path, 'paid.txt')) ? readFileSync(join(path, 'paid.txt'), 'utf8').trimEnd().split('\n') : []

const countOf = (names: readonly string[], name: string): number => names.filter((each) => each === name).length

/** What a journal tells of each instance: how many of its attempts ended, and whether it succeeded. */
function toldOf(events: readonly Event[], name: string) {
  const own = events.filter(({ id }) => id?.replace(/#\d+$/, '') === name)
  return {
    ended: own.filter(({ type }) => type === 'attempt.ended').length,
    succeeded: own.filter(({ result, failure }) => result === 'success' || failure === null).length,
  }
}

/** Looks at a run that was killed as its user does. */
async function lookAt(path: string, where: string): Promise<void> {
  for (const args of [['runs'], ['report', runDirectory]]) {
    const { code, out, err } = await carryOut(path, args)
    assert.equal(code, 0, `${args.join(' ')}, ${where}: ${err}`)
    assert.match(out, /^(killed|.*kills)/m, where)
    assert.equal(err, '', where)
  }
}

/** Ids that are not the name that their process writes. */
const ids = new Map([['turn', 'loop.turn']])

const resultsOf = ({ instances }: RunJson): Record<string, string> =>
  Object.fromEntries(instances.map(({ id, outcome }) => [id, String(outcome)]))

describe('a run whose orchestrator is killed at an event', () => {
  it('is reported, and resumed loses no success and pays nothing twice', async () => {
    let whole: Event[]
    let expected: Record<string, string>
    {
      using place = createRepositoryPlace()
      const { code, err } = await carryOut(place.path, ['run', 'ci.yml', '--run-dir', runDirectory])
      assert.equal(code, 0, err)
      whole = journalOf(place.path)
      expected = resultsOf(JSON.parse(readFileSync(join(place.path, runDirectory, 'run.json'), 'utf8')) as RunJson)
    }
    const counts = new Map<string, number>()
    const all = whole.map(({ type }) => {
      counts.set(type, (counts.get(type) ?? 0) + 1)
      return `${type} ${counts.get(type)}`
    })
    const some = [...counts].map(([type, count]) => `${type} ${Math.ceil(count / 2)}`)
    const moments = killsAll
      ? all.flatMap((at) => ways.map((how) => ({ at, how })))
      : some.map((at, index) => ({ at, how: ways[index % ways.length] ?? 'after' }))
    let kills = 0
    for (const { at, how } of moments) {
      using place = createRepositoryPlace()
      const { path } = place
      const killed = await carryOut(path, ['run', 'ci.yml', '--run-dir', runDirectory], { at, how })
      const before = journalOf(path)
      const last = before.at(-1)
      const where = `killed ${how} ${at}, the last whole one being ${last?.type} ${last?.id ?? ''}`
      // Side by side instances end in another order each time: the run may have had fewer events.
      if (killed.signal !== 'SIGKILL' || before.length === 0) continue
      kills++
      await lookAt(path, where)
      const paidBefore = paidIn(path)
      const resumed = await carryOut(path, ['run', '--resume', runDirectory])
      assert.equal(resumed.code, 0, `${where}: ${resumed.out}${resumed.err}`)
      const events = journalOf(path)
      assert.deepEqual(
        events.map(({ seq }) => seq),
        events.map((_, seq) => seq),
        where,
      )
      const paid = paidIn(path)
      let untold = 0
      for (const name of new Set(paid)) {
        const told = toldOf(before, ids.get(name) ?? name)
        const again = countOf(paid, name) - countOf(paidBefore, name)
        if (name !== 'turn' && told.succeeded > 0) assert.equal(again, 0, `${name} ran again, ${where}`)
        untold += Math.max(0, countOf(paid, name) - toldOf(events, ids.get(name) ?? name).ended)
      }
      // What had just been started, and not been written down.
      assert.ok(untold <= maxParallel, `${untold} processes are untold, ${where}`)
      assert.equal(readFileSync(join(path, 'tracked'), 'utf8'), 'changed\n', where)
      const ends = events.filter(({ type }) => type === 'run.ended')
      assert.deepEqual(
        ends.map(({ result }) => result),
        ['success'],
        where,
      )
      const report = JSON.parse(readFileSync(join(path, runDirectory, 'run.json'), 'utf8')) as RunJson
      assert.deepEqual(resultsOf(report), expected, where)
      assert.match(readFileSync(join(path, 'out.sarif'), 'utf8'), /A finding\./, where)
    }
    assert.ok(kills >= moments.length / 2, `only ${kills} of ${moments.length} kills hit`)
  })
})
