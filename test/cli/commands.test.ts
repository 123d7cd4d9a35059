import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { commandTable } from '../../src/cli/command-table.ts'
import { version } from '../../src/core/version.ts'
import { createPlace, run } from './command-line.ts'

const good =
  'name: demo\ninputs:\n  who: { default: world }\ninstances:\n  hello: { run: "echo hello $WHO", env: { WHO: "${{ inputs.who }}" } }\n  after: { needs: hello, run: "echo after" }\n'
const failing = 'name: demo\ninstances:\n  bad: { run: "echo why >&2; exit 3" }\n  after: { needs: bad, run: "true" }\n'
const broken = 'name: x\ninstances:\n  a: { run: "true", nedes: b }\n'

describe('the command line', { concurrency: 2 }, () => {
  it('tells its version and its commands', async () => {
    using place = createPlace()
    const told = await run(place.path, ['--version'])
    assert.deepEqual([told.code, told.out], [0, `${version}\n`])
    const help = await run(place.path, ['--help'])
    assert.equal(help.code, 0)
    for (const { name, about } of commandTable) assert.match(help.out, new RegExp(`${name} +${about}`))
    const none = await run(place.path, [])
    assert.deepEqual([none.code, none.out], [2, ''])
    assert.equal(none.err, help.out)
  })

  for (const { name } of commandTable)
    it(`has a help of ${name} with usage, options, examples and exit codes`, async () => {
      using place = createPlace()
      const { code, out } = await run(place.path, [name, '--help'])
      assert.equal(code, 0)
      for (const part of ['Usage', 'Options', 'Examples', 'Exit codes']) assert.ok(out.includes(`\n${part}\n`), part)
    })

  it('guesses what a mistyped command or option was meant to be', async () => {
    using place = createPlace()
    for (const [args, mistake, hint] of [
      [['chekc'], 'unknown command chekc', 'did you mean check?'],
      [['ci.yml'], 'unknown command ci.yml', 'orchestrator run ci.yml'],
      [['run', '--qiet'], 'orchestrator run has no option --qiet', 'did you mean --quiet?'],
      [['check', '--format', 'jsn'], '--format is one of text, line, json, github, not jsn', 'did you mean json?'],
      [['plan', 'a.yml', 'b c.yml'], "unexpected 'b c.yml'", 'orchestrator plan --help'],
      [['once', '--runtime', 'cluade', 'hi'], 'there is no runtime cluade', 'did you mean claude?'],
      [
        ['once', '--runtime', 'shell', 'hi'],
        'shell answers no prompt',
        'to run a command: orchestrator once -- COMMAND…',
      ],
      [
        ['once', '--max-turns', '0', 'hi'],
        '--max-turns must be a whole number of 1 or more, not 0',
        'orchestrator once --help',
      ],
    ] as const) {
      const { code, err, out } = await run(place.path, args)
      assert.deepEqual([code, out, err], [2, '', `error: ${mistake}\n       hint: ${hint}\n`])
    }
  })

  it('says which file it cannot read, and looks in the usual places', async () => {
    using place = createPlace({ '.github/orchestrator.yml': good })
    assert.match((await run(place.path, ['run', 'no.yml'])).err, /cannot read no\.yml: there is no such file/)
    assert.match((await run(place.path, ['check', '.github'])).err, /cannot read \.github: it is a directory/)
    assert.match((await run(place.path, ['check'])).out, /✓ \.github\/orchestrator\.yml: 2 instances/)
    using empty = createPlace()
    const { code, err } = await run(empty.path, ['run'])
    assert.equal(code, 2)
    assert.match(err, /there is no \.github\/orchestrator\.yml here/)
  })
})

describe('run', { concurrency: 2 }, () => {
  it('runs a file, reports, leaves a run directory and exits 0', async () => {
    using place = createPlace({ 'ci.yml': good })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml', '--input', 'who=you'])
    assert.equal(code, 0, err)
    assert.match(out, /✓ hello success/)
    assert.match(out, /✓ demo success in .*: 2 success\n {2}\.orchestrator\/\S+\n$/)
    const directory = join(place.path, '.orchestrator/latest')
    assert.equal(readFileSync(join(directory, 'logs/hello.1.stdout.log'), 'utf8'), 'hello you\n')
    assert.match(readFileSync(join(directory, 'summary.md'), 'utf8'), /✅ \*\*demo\*\* success/)
    assert.equal(JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')).result, 'success')
  })

  it('exits 1 when an instance failed, and shows its output', async () => {
    using place = createPlace({ 'ci.yml': failing })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--quiet'])
    assert.equal(code, 1)
    assert.match(out, /✗ bad ended with\n {2}│ why\n/)
    assert.doesNotMatch(out, /started/)
  })

  it('exits 0 when what failed is forgiven, its own failure or that of a group around it', async () => {
    const file =
      'name: lenient\ninstances:\n  own: { run: exit 1, continue-on-error: true }\n' +
      '  group: { continue-on-error: true, parallel: { a: { run: exit 3 }, b: { run: "true" } } }\n  after: { needs: [own, group], run: "true" }\n'
    using place = createPlace({ 'ci.yml': file })
    const { code, out } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 0, out)
    assert.match(out, /^✗ group\.a failure exit:3/m)
    assert.match(out, /^✓ lenient success in .*: 2 success, 2 failures forgiven$/m)
  })

  it('prints run.json alone to standard output with --json', async () => {
    using place = createPlace({ 'ci.yml': failing })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml', '--json', '--run-dir', 'here'])
    assert.equal(code, 1)
    const report = JSON.parse(out)
    assert.deepEqual(report, JSON.parse(readFileSync(join(place.path, 'here/run.json'), 'utf8')))
    assert.deepEqual(
      report.instances.map(({ id, result, reason, exitCode }: Record<string, unknown>) => [
        id,
        result,
        reason,
        exitCode,
      ]),
      [
        ['bad', 'failure', 'exit:3', 3],
        ['after', 'skipped', 'upstream', null],
      ],
    )
    assert.match(err, /✗ bad failure exit:3/)
  })

  it('refuses a wrong file with exit 2 and runs nothing', async () => {
    using place = createPlace({ 'ci.yml': broken })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.deepEqual([code, out], [2, ''])
    assert.match(
      err,
      /^ci\.yml:3:21: error\[unknown-key\]: unknown key `nedes`\n +3 \| +a: \{ run: "true", nedes: b \}\n +\| +\^~~~~\n/,
    )
  })

  it('says so when it was given the rules of --simulate for the file', async () => {
    using place = createPlace({ 'rules.yml': 'rules:\n  - reply: { text: hi }\n' })
    const { code, err } = await run(place.path, ['run', '--simulate', 'rules.yml'])
    assert.equal(code, 2)
    assert.match(err, /error: rules\.yml was read as the file to run, and holds rules for --simulate\n/)
    assert.match(err, /hint: name both: orchestrator run FILE --simulate rules\.yml\n$/)
  })

  it('refuses inputs and instances the file does not have', async () => {
    using place = createPlace({ 'ci.yml': good })
    for (const [args, pattern] of [
      [['--input', 'woh=x'], /unknown input `woh`, did you mean `who`\?/],
      [['--input', 'x'], /--input must be name=value, not x/],
      [['--only', 'hallo'], /--only names hallo, .*\n +hint: did you mean hello\?/],
      [['--max-parallel', 'x'], /--max-parallel must be a whole number/],
      [['--force'], /--force goes with --resume/],
      [['--simulate', 'no.yml'], /cannot read the simulation's rules: no\.yml/],
    ] as const) {
      const { code, err } = await run(place.path, ['run', 'ci.yml', ...args])
      assert.equal(code, 2)
      assert.match(err, pattern)
    }
  })

  it('runs just what --only names and needs', async () => {
    using place = createPlace({ 'ci.yml': good })
    const { out } = await run(place.path, ['run', 'ci.yml', '--only', 'hello', '--json'])
    const [hello, after] = JSON.parse(out).instances
    assert.deepEqual([hello.result, after.result, after.reason], ['success', 'skipped', 'not-selected'])
  })
})

describe('a run asked why', { concurrency: 2 }, () => {
  const file = `instances:
  a: { run: "true", secrets: [MY_TOKEN], args: [tok-abcdefgh123] }
  b: { needs: a, run: "exit 3", retry: { attempts: 2, backoff: 1ms } , continue-on-error: true }
  c: { needs: { instance: a, when: failure }, run: "true" }
`

  it('explains what started, was skipped and was tried again, and what was spawned, secrets masked', async () => {
    using place = createPlace({ 'ci.yml': file })
    for (const name of ['ORCHESTRATOR_DEBUG', 'RUNNER_DEBUG']) {
      const { code, err } = await run(place.path, ['run', 'ci.yml'], { MY_TOKEN: 'tok-abcdefgh123', [name]: '1' })
      assert.equal(code, 0)
      assert.match(err, /^debug: a starts: it needs nothing else;/m)
      assert.match(err, /^debug: a spawned process \d+: ".*" "\*\*\*" in .* with the variables .*MY_TOKEN/m)
      assert.match(err, /^debug: b starts: a ended with success/m)
      assert.match(err, /^debug: b is tried again in .*exit:3/m)
      assert.match(err, /^debug: b ended with success .*forgiven: it came to failure/m)
      assert.match(err, /^debug: c ended with skipped \(upstream: edge from a not taken/m)
      assert.doesNotMatch(err, /tok-abcdefgh123/)
    }
    assert.equal((await run(place.path, ['run', 'ci.yml'], { MY_TOKEN: 'tok-abcdefgh123' })).err, '')
  })

  it('runs the same with every shortcut switched off', async () => {
    using place = createPlace({ 'ci.yml': 'instances: { p: { run: "cat /proc/$PPID/comm || true" } }\n' })
    const off = ['NO_FORK_SERVER', 'NO_V8_TUNING', 'NO_KEPT_CODE'].map((name) => [`ORCHESTRATOR_${name}`, '1'])
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--json'], Object.fromEntries(off))
    assert.equal(code, 0, out)
    assert.doesNotMatch(JSON.parse(out).instances[0].text, /perl/, 'started by the fork server')
  })
})

describe('once', { concurrency: 2 }, () => {
  it('answers on standard output and reports on standard error', async () => {
    using place = createPlace()
    const { code, out, err } = await run(place.path, ['once', '--', 'echo', 'a b', '${{ x }}', '--help'])
    assert.deepEqual([code, out], [0, 'a b ${{ x }} --help\n'])
    assert.match(err, /✓ echo success/)
  })

  it('passes on what failed', async () => {
    using place = createPlace()
    assert.equal((await run(place.path, ['once', '--', 'false'])).code, 1)
    const gone = await run(place.path, ['once', '--', 'no-such-program-here'])
    assert.equal(gone.code, 1)
    assert.match(gone.err, /✗ no-such-program-here failure spawn/)
  })
})

describe('check', { concurrency: 2 }, () => {
  const files = { 'a/good.yml': good, 'a/deep/broken.yml': broken, 'b.yml': good }

  it('takes many files and patterns', async () => {
    using place = createPlace(files)
    const { code, out, err } = await run(place.path, ['check', '**/*.yml'])
    assert.equal(code, 2)
    assert.match(out, /^a\/deep\/broken\.yml:3:21: error/)
    assert.match(out, /✓ a\/good\.yml: 2 instances\n✓ b\.yml: 2 instances\n/)
    assert.equal(err, '1 error in 3 files\n')
    assert.equal((await run(place.path, ['check', '{a/good,b}.yml', '-q'])).out, '')
    assert.match((await run(place.path, ['check', 'c/*.yml'])).err, /no file matches c\/\*\.yml/)
  })

  it('writes lines, JSON and annotations', async () => {
    using place = createPlace(files)
    const check = async (format: string) =>
      (await run(place.path, ['check', 'a/deep/broken.yml', '--format', format])).out
    assert.equal(await check('line'), 'a/deep/broken.yml:3:21: error unknown-key unknown key `nedes`\n')
    assert.equal(JSON.parse(await check('json'))[0].range.start.column, 21)
    assert.match(
      await check('github'),
      /^::error title=unknown-key,file=a\/deep\/broken\.yml,line=3,endLine=3,col=21,endColumn=26::/,
    )
  })
})

describe('report', () => {
  it('shows an earlier run as text, Markdown and JSON', async () => {
    using place = createPlace({ 'ci.yml': failing })
    await run(place.path, ['run', 'ci.yml'])
    const text = await run(place.path, ['report'])
    assert.equal(text.code, 0)
    assert.match(text.out, /^✗ bad +[\d.]+m?s +failure exit:3.*\n– after +skipped upstream/)
    const markdown = await run(place.path, ['report', '.orchestrator/latest', '--format', 'markdown'])
    assert.equal(markdown.out, readFileSync(join(place.path, '.orchestrator/latest/summary.md'), 'utf8'))
    const json = await run(place.path, ['report', '--format', 'json'])
    assert.equal(json.out, readFileSync(join(place.path, '.orchestrator/latest/run.json'), 'utf8'))
    assert.match((await run(place.path, ['report', 'ci.yml'])).err, /error: /)
    assert.match((await run(place.path, ['report', 'nowhere'])).err, /there is no run in nowhere/)
  })
})

describe('plan, doctor, runtimes', { concurrency: 2 }, () => {
  it('show a plan in four ways and explain an instance', async () => {
    using place = createPlace({ 'ci.yml': good })
    const plan = async (...args: string[]) => (await run(place.path, ['plan', 'ci.yml', ...args])).out
    assert.match(await plan(), /^demo: 2 instances/)
    assert.match(await plan('--format', 'mermaid'), /^flowchart/)
    assert.match(await plan('--format', 'dot'), /^digraph/)
    assert.equal(JSON.parse(await plan('--format', 'json')).name, 'demo')
    assert.match(await plan('--explain', 'after'), /after hello has succeeded/)
    const unknown = await run(place.path, ['plan', 'ci.yml', '--explain', 'aftr'])
    assert.deepEqual([unknown.code, unknown.out], [2, ''])
    assert.match(unknown.err, /did you mean after\?/)
  })

  it('say in dollars what an agent may spend at most where its price is known, else that it is unknown', async () => {
    const file = (model: string) =>
      `budget: { cost-usd: 3 }\ninstances:\n  a: { prompt: Hi, runtime: codex, model: ${model} }\n`
    using place = createPlace({ 'known.yml': file('gpt-5.1'), 'other.yml': file('nobody-knows') })
    const plan = async (...args: string[]) => (await run(place.path, ['plan', ...args])).out
    assert.match(await plan('known.yml'), /up to \$3\.00/)
    assert.match(await plan('other.yml'), /unknown in dollars: no price is known of what a asks/)
    const { worstCase } = JSON.parse(await plan('other.yml', '--format', 'json'))
    assert.deepEqual([worstCase.costUsd, worstCase.unpriced], [null, ['a']])
  })

  it('show a long schema in a plan by its start, and in its JSON whole', async () => {
    const properties = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`field${n}`, { type: 'string' }]))
    const schema = JSON.stringify({ type: 'object', properties })
    using place = createPlace({
      'ci.yml': `instances:\n  a: { runtime: claude, prompt: Hi, output-schema: ${schema} }\n`,
    })
    const text = (await run(place.path, ['plan', 'ci.yml'])).out
    assert.match(text, /--json-schema '\{"type":"object".{1,60}… \(\d{4} characters of JSON\)'/)
    assert.doesNotMatch(text, /field39/)
    assert.match((await run(place.path, ['plan', 'ci.yml', '--format', 'json'])).out, /field39/)
  })

  it('say what lacks', async () => {
    const file = [
      'instances:',
      '  agent: { prompt: Hi, runtime: claude }',
      '  tree: { run: "true", workspace: worktree }',
      '  secret: { run: "true", secrets: [DEPLOY_KEY] }',
      '  program: { command: [no-such-program] }',
      '',
    ].join('\n')
    using place = createPlace({ 'ci.yml': file })
    const { code, out } = await run(place.path, ['doctor', 'ci.yml'])
    assert.equal(code, 1)
    assert.match(out, /✗ claude credentials: none of ANTHROPIC_API_KEY, .* \(agent\)/)
    assert.match(out, /✗ DEPLOY_KEY: not set \(secret\)/)
    assert.match(out, /✗ no-such-program: there is no such program \(program\)/)
    assert.match(out, /✗ git repository: .* \(tree\)/)
    assert.match(out, /ci\.yml cannot run here: 4 things missing/)
    const simulated = await run(place.path, ['doctor', 'ci.yml', '--simulate', '--json'], { DEPLOY_KEY: 'x' })
    const missing = JSON.parse(simulated.out).filter(({ state }: { state: string }) => state === 'missing')
    assert.deepEqual(
      missing.map(({ kind }: { kind: string }) => kind),
      ['program', 'git'],
    )
    using fine = createPlace({ 'ci.yml': good })
    assert.equal((await run(fine.path, ['doctor', 'ci.yml'])).code, 0)
  })

  it('list the runtimes with their versions', async () => {
    using place = createPlace()
    const { out } = await run(place.path, ['runtimes', '--json'])
    const node = JSON.parse(out).find(({ name }: { name: string }) => name === 'node')
    assert.match(node.version, /^\d+\.\d+\.\d+$/)
    const codex = JSON.parse(out).find(({ name }: { name: string }) => name === 'codex')
    assert.deepEqual(codex.can.safety, ['autonomous', 'supervised', 'read-only'])
    assert.deepEqual(codex.can.counts, { cost: 'unknown', afterKill: 'session files' })
    assert.equal(codex.can.package.npm, '@openai/codex')
    assert.match((await run(place.path, ['runtimes'])).out, /✓ node +command +\d+\.\d+\.\d+ +\//)
  })
})

describe('import', () => {
  it('prints an orchestration file that check accepts; run takes the foreign file too', async () => {
    const foreign = JSON.stringify({ instances: [{ name: 'one', prompt: 'Say hi', allowed_tools: ['Read'] }] })
    using place = createPlace({ 'list.json': foreign })
    const { code, out, err } = await run(place.path, ['import', 'list.json'])
    assert.equal(code, 0, err)
    using other = createPlace({ 'orchestrator.yml': out })
    assert.equal((await run(other.path, ['check'])).code, 0)
    const checked = await run(place.path, ['check', 'list.json'])
    assert.equal(checked.code, 0)
    assert.match(checked.out, /notice\[imported-file\]/)
  })
})
