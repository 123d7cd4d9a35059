import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { AttemptEnded, RunEvent } from '../../src/core/event.ts'
import { wholeJson, wholeText } from '../../src/core/kept-text.ts'
import { ownTrust } from '../../src/core/run-trust.ts'
import type { Task } from '../../src/core/task.ts'
import { ownIdentity } from '../../src/process/identity.ts'
import { readerOfTexts } from '../../src/process/kept-texts.ts'
import { layFoundation } from '../../src/launch/foundation.ts'
import { createLauncher } from '../../src/launch/launcher.ts'
import { openRig, plainRedactor, type Rig, taskOf } from '../agents/rig.ts'

let rig: Rig
before(async () => {
  rig = await openRig({
    environment: {
      CI: 'true',
      LC_ALL: 'C.UTF-8',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_TOKEN: 'token-1',
      GITHUB_PAT: 'token-3',
      GITHUB_APP_PEM: 'token-4',
      github_auth: 'token-5',
      RUNNER_SSH_KEY: 'token-6',
      LC_SECRET_KEY: 'token-7',
      GITHUB_ENV: '/runner/env',
      RUNNER_TEMP: tmpdir(),
      GITHUB_OUTPUT: '/runner/output',
      GITHUB_STEP_SUMMARY: '/runner/summary',
      ACTIONS_RUNTIME_TOKEN: 'token-2',
      RUNNER_TRACKING_ID: 'github_1',
      ANTHROPIC_API_KEY: 'key-1',
      DEPLOY_KEY: 'key-2',
      OTHER_KEY: 'key-3',
      STAGE: 'production',
      EMPTY_TOKEN: '',
      HTTPS_PROXY: 'http://proxy',
    },
  })
})
after(() => rig.close())

/** A process that has ended but that nobody has asked about is not alive. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const eventually = async (holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + 5000
  while (!holds()) {
    assert.ok(performance.now() < deadline, 'the condition did not come true within 5 s')
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

let count = 0
const script = (text: string, rest: Partial<Task> = {}): Promise<AttemptEnded> =>
  rig.run(taskOf(`script-${count++}`, 'shell', { action: { kind: 'script', script: text }, ...rest }))

const by = (shell: string, text: string): Promise<AttemptEnded> =>
  script('', { action: { kind: 'script', script: text, shell } })

const as = (runtime: string, text: string): Promise<AttemptEnded> =>
  script('', { runtime, action: { kind: 'script', script: text }, args: ['x'] })

describe('the environment of a child', () => {
  it('is built, not inherited', async () => {
    const { text } = await script('env | cut -d= -f1 | sort', {
      env: { MINE: '1' },
      secrets: ['DEPLOY_KEY'],
      envFrom: ['STAGE', 'NOT_SET'],
    })
    const shellOwn = new Set(['PWD', 'SHLVL', '_', 'OLDPWD'])
    assert.deepEqual(
      text
        .trim()
        .split('\n')
        .filter((name) => !shellOwn.has(name)),
      'CI DEPLOY_KEY GITHUB_REPOSITORY HOME LANG LC_ALL MINE ORCHESTRATOR_MARK ORCHESTRATOR_OUTPUT PATH RUNNER_TEMP RUNNER_TRACKING_ID STAGE TMPDIR'.split(
        ' ',
      ),
    )
  })

  it('has a plain variable of the step as it is, and shows it', async () => {
    const own = await script('echo "$STAGE"', { envFrom: ['STAGE'] })
    assert.equal(own.text, 'production\n')
    const changed = await script('echo "$STAGE"', { envFrom: ['STAGE'], env: { STAGE: 'test' } })
    assert.equal(changed.text, 'test\n')
  })

  it('without a secret that the process must have is none: nothing starts, and the secret is named', async () => {
    for (const name of ['NOT_SET', 'EMPTY_TOKEN']) {
      const { failure, text } = await script('echo started', { secrets: ['DEPLOY_KEY', name] })
      assert.equal(text, '')
      assert.ok(failure?.kind === 'spawn')
      assert.match(failure.detail, new RegExp(`^the secret ${name} is not set: .*secrets\\.${name}`))
    }
  })

  it('names its variables in the event, without their values', async () => {
    const { id } = await script('true', { secrets: ['DEPLOY_KEY'] })
    const started = rig.events.find((event) => event.type === 'attempt.started' && event.id === id)
    assert.ok(started?.type === 'attempt.started' && started.envNames.includes('DEPLOY_KEY'))
    assert.ok(!JSON.stringify(rig.events).includes('key-2'))
  })
})

it('gives a program a RUNNER_TEMP without the files by which a step commands the runner', async () => {
  const { text } = await script('echo "$RUNNER_TEMP"; test "$RUNNER_TEMP" = "$TMPDIR"')
  assert.notEqual(text.trim(), tmpdir())
})

it('keeps the output file of one attempt where no other finds it by its number', async () => {
  const { text } = await script(
    'echo "$ORCHESTRATOR_OUTPUT"; stat -c %a "$ORCHESTRATOR_OUTPUT"; ls "$(dirname "$ORCHESTRATOR_OUTPUT")"',
  )
  const [path = '', mode, ...names] = text.trim().split('\n')
  assert.match(path, /\/out\/[0-9a-f]{24}\/output$/)
  assert.deepEqual([mode, names], ['600', ['output']])
})

describe('a script', () => {
  it('runs as in Actions: it stops at the first failure, inside a pipe only with `shell: bash`', async () => {
    assert.deepEqual((await script('false\necho on')).failure, { kind: 'exit', code: 1, detail: '' })
    assert.equal((await script('seq 1 1000000 | head -n 1\nfalse | cat')).text, '1\n')
    const long = '# a long comment\n'.repeat(20_000)
    assert.equal((await script(`${long}false | cat\necho on`)).text, 'on\n')
    for (const start of ['', long])
      assert.deepEqual((await by('bash', `${start}false | cat\necho on`)).failure, {
        kind: 'exit',
        code: 1,
        detail: '',
      })
    assert.equal((await script('echo "a  \'b\'" $0; exit 3')).exitCode, 3)
  })

  it('may be of any length', async () => {
    const { text, failure } = await script(`${'# a long comment\n'.repeat(20_000)}echo end`)
    assert.equal(failure, null)
    assert.equal(text, 'end\n')
  })

  it('runs by other shells', async () => {
    assert.equal((await by('sh', 'echo "$((1+1))"')).text, '2\n')
    assert.equal((await by('python', 'print(6*7)')).text, '42\n')
    assert.equal((await by('node', 'console.log(await Promise.resolve(7))')).text, '7\n')
    assert.equal((await by('cat {0}', 'as it is')).text, 'as it is')
  })

  it('runs as node and python', async () => {
    assert.equal((await as('node', 'console.log(process.argv[1])')).text, 'x\n')
    assert.equal((await as('python', 'import sys; print(sys.argv[1])')).text, 'x\n')
  })

  it('finds the file for its outputs, empty, as a step of Actions does', async () => {
    const { outputs, failure } = await script(
      'test -f "$ORCHESTRATOR_OUTPUT"; test ! -s "$ORCHESTRATOR_OUTPUT"; echo a=1 >> "$ORCHESTRATOR_OUTPUT"',
    )
    assert.equal(failure, null)
    assert.deepEqual(outputs, { a: '1' })
  })

  it('is an argv without a shell', async () => {
    const action = { kind: 'argv', argv: ['printf', '%s|', '$HOME', 'a b', '*'] } as const
    assert.equal((await script('', { action })).text, '$HOME|a b|*|')
  })

  it('is not a prompt', async () => {
    const { failure } = await script('', { action: { kind: 'prompt', prompt: 'Hello.' } })
    assert.equal(failure?.kind === 'spawn' && failure.code, 'UNSUPPORTED')
  })

  it('fails with a sentence when there is no such program, directory or runtime', async () => {
    const missing = await script('', { action: { kind: 'argv', argv: ['no-such-program'] } })
    assert.match(missing.failure?.kind === 'spawn' ? missing.failure.detail : '', /no-such-program/)
    assert.equal(missing.accounting.costUsd, 0)
    const nowhere = await script('true', { workingDirectory: 'no/such/place' })
    assert.match(nowhere.failure?.kind === 'spawn' ? nowhere.failure.detail : '', /no\/such\/place/)
    const unknown = await script('true', { runtime: 'gemini' })
    assert.match(unknown.failure?.kind === 'spawn' ? unknown.failure.detail : '', /gemini/)
  })
})

describe('outputs', () => {
  it('come from the output file', async () => {
    const { outputs } = await script(
      '{ echo a=1; echo "b<<X"; echo two; echo lines; echo X; } >> "$ORCHESTRATOR_OUTPUT"',
    )
    assert.deepEqual(outputs, { a: '1', b: 'two\nlines' })
  })

  it('that make no sense fail the attempt', async () => {
    const { failure, outputs } = await script('{ echo a=1; echo nonsense; } >> "$ORCHESTRATOR_OUTPUT"')
    assert.deepEqual(failure, {
      kind: 'invalid-output',
      detail: 'ORCHESTRATOR_OUTPUT: line 2 is neither name=value nor name<<DELIMITER',
    })
    assert.deepEqual(outputs, { a: '1' })
  })

  it('are parsed from standard output', async () => {
    assert.deepEqual((await script('echo \'{"a":[1]}\'', { parse: { kind: 'json' } })).json, { a: [1] })
    assert.deepEqual((await script('echo 1; echo 2', { parse: { kind: 'ndjson' } })).json, [1, 2])
    const regex = { kind: 'regex', regex: String.raw`v(?<major>\d+)\.` } as const
    assert.deepEqual((await script('echo v24.1', { parse: regex })).json, { major: '24' })
    assert.equal((await script('echo oops', { parse: { kind: 'json' } })).failure?.kind, 'invalid-output')
    const long = await script('node -e "console.log(JSON.stringify([\'a\'.repeat(600000)]))"', {
      parse: { kind: 'json' },
    })
    assert.equal(long.failure, null)
    const read = readerOfTexts(join(rig.root, 'run'))
    assert.equal(JSON.stringify(wholeJson(long, read)).length, 600_004)
    assert.equal(wholeText(long, read).length, 262_144)
    assert.ok(JSON.stringify(long).length < 10_000)
    assert.equal(long.textTruncated, true)
  })

  it('show their last lines when it failed', async () => {
    const { tail } = await script('seq 1 5000; echo why >&2; exit 1')
    assert.match(tail, /4999\n5000\nwhy$/)
    assert.ok(tail.length < 5000)
  })
})

describe('evidence', () => {
  it('is asked for as the task says', async () => {
    assert.equal((await script('true', { expect: { text: 'non-empty' } })).failure?.kind, 'no-output')
    assert.equal((await script('echo fine', { expect: { regex: '^fine$' } })).failure, null)
    assert.equal((await script('echo bad', { expect: { regex: '^fine$' } })).failure?.kind, 'no-output')
    const hopeless = `printf 'a%.0s' $(seq 200); echo b`
    assert.equal((await script(hopeless, { expect: { regex: '^(a+)+$' } })).failure?.kind, 'no-output')
    const parse = { kind: 'regex', regex: '^(a+)+$' } as const
    assert.equal((await script(hopeless, { parse })).failure?.kind, 'invalid-output')
    assert.equal((await script('true', { expect: { files: ['made-*.txt'] } })).failure?.kind, 'no-output')
    assert.equal((await script('touch made-1.txt', { expect: { files: ['made-*.txt'] } })).failure, null)
  })
})

describe('a log that cannot be written', () => {
  it('fails the attempt, whatever the program made of it', async () => {
    const other = await openRig({})
    try {
      rmSync(join(other.root, 'run/logs'), { recursive: true })
      const { failure } = await other.run(taskOf('a', 'shell', { action: { kind: 'script', script: 'echo x' } }))
      const detail = 'it was stopped because its output could not be written to a.1.stdout.log (ENOENT)'
      assert.deepEqual(failure, { kind: 'spawn', code: 'ENOENT', detail })
    } finally {
      await other.close()
    }
  })
})

describe('stopping', () => {
  it('ends one attempt and not another', async () => {
    const one = rig.run(taskOf('one', 'shell', { action: { kind: 'script', script: 'echo up; sleep 60' } }))
    const two = rig.run(taskOf('two', 'shell', { action: { kind: 'script', script: 'sleep 0.2; echo two' } }))
    rig.launcher.stop('one', 1, 'fail-fast', 'term')
    rig.launcher.stop('none', 1, 'fail-fast', 'term')
    assert.deepEqual((await one).failure, { kind: 'cancelled', cause: 'fail-fast' })
    assert.equal((await two).failure, null)
  })

  it('reaches everything, and close leaves nothing behind', async () => {
    const other = await openRig({})
    const hidden = join(other.workspace, 'hidden.pid')
    const text = `echo up; setsid sh -c 'echo $$ > ${hidden}.new; mv ${hidden}.new ${hidden}; exec sleep 60' & wait`
    const ending = other.run(taskOf('a', 'shell', { action: { kind: 'script', script: text } }))
    await eventually(() => existsSync(hidden))
    const pid = Number(readFileSync(hidden, 'utf8'))
    assert.ok(isAlive(pid))
    other.launcher.killAll()
    assert.equal((await ending).failure?.kind, 'cancelled')
    assert.ok(!isAlive(pid))
    await other.launcher.close()
    assert.deepEqual(readdirSync(join(other.root, 'tmp')), [])
    await other.close()
  })

  it('of an orchestrator leaves its files to the next, which touches no others', async () => {
    const other = await openRig({})
    const alive = `orch-live-${ownIdentity()}-abcdef`
    const kept = [alive, 'orch-mine', 'orch-x-1-1-toolong']
    for (const name of [...kept, `orch-${other.runId}-1-1-abcdef/3/home`, 'orch-else-1-1-abcdef/tmp'])
      mkdirSync(join(other.root, 'tmp', name), { recursive: true })
    symlinkSync(other.workspace, join(other.root, 'tmp/orch-else-1-1-linked'))
    await other.run(taskOf('a', 'shell', { action: { kind: 'script', script: 'true' } }))
    await other.launcher.close()
    assert.deepEqual(readdirSync(join(other.root, 'tmp')).toSorted(), [...kept, 'orch-else-1-1-linked'].toSorted())
    await other.close()
  })
})

const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' })

const repository = async (position?: (id: string) => number): Promise<Rig> => {
  const other = await openRig(position === undefined ? {} : { position })
  git(other.workspace, 'init', '-q')
  writeFileSync(join(other.workspace, 'a.txt'), 'one\n')
  mkdirSync(join(other.workspace, 'sub'))
  writeFileSync(join(other.workspace, 'sub/b.txt'), 'b\n')
  git(other.workspace, 'add', '.')
  git(other.workspace, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'first')
  return other
}

const inTree = (id: string, text: string, apply: boolean): Task =>
  taskOf(id, 'shell', { action: { kind: 'script', script: text }, workspace: { kind: 'worktree', apply } })

describe('a worktree', () => {
  it('keeps its changes as a patch and out of the workspace', async () => {
    const other = await repository()
    try {
      const ended = await other.run(inTree('kept', 'echo two >> a.txt; printf "\\0" > new.bin; pwd', false))
      assert.equal(ended.failure, null)
      assert.ok(ended.patchFile)
      const patch = readFileSync(join(other.root, 'run', ended.patchFile), 'utf8')
      assert.match(patch, /\+two/)
      assert.match(patch, /new\.bin/)
      assert.equal(readFileSync(join(other.workspace, 'a.txt'), 'utf8'), 'one\n')
      assert.ok(!existsSync(ended.text.trim()), 'the worktree is gone')
      assert.equal((await other.run(inTree('none', 'true', true))).patchFile, null)
      assert.equal(git(other.workspace, 'worktree', 'list').trim().split('\n').length, 1)
    } finally {
      await other.close()
    }
  })

  it('applies what asks for it, one after the other, and loses nothing in a conflict', async () => {
    const other = await repository()
    try {
      const [one, two] = await Promise.all([
        other.run(inTree('one', 'echo one-b > sub/b.txt', true)),
        other.run(inTree('two', 'echo two words > a.txt', true)),
      ])
      assert.deepEqual([one.failure, two.failure], [null, null])
      assert.equal(readFileSync(join(other.workspace, 'sub/b.txt'), 'utf8'), 'one-b\n')
      assert.equal(readFileSync(join(other.workspace, 'a.txt'), 'utf8'), 'two words\n')
      const three = await other.run(inTree('three', `echo mine > ${other.workspace}/a.txt; echo three > a.txt`, true))
      assert.deepEqual(three.failure, {
        kind: 'conflict',
        detail:
          'its changes could not be applied, they are kept as a patch: a.txt (changed in another way in the meantime)',
        files: ['a.txt'],
      })
      assert.equal(readFileSync(join(other.workspace, 'a.txt'), 'utf8'), 'mine\n')
      assert.match(readFileSync(join(other.root, 'run', three.patchFile ?? ''), 'utf8'), /\+three/)
    } finally {
      await other.close()
    }
  })

  it('applies its changes after those of who runs at the same time and stands before it in the plan', async () => {
    const other = await repository((id) => ['slow', 'quick', 'last'].indexOf(id))
    try {
      const last = other.run(inTree('last', 'echo last > a.txt', true))
      const quick = other.run(inTree('quick', 'echo quick > a.txt', true))
      const slow = other.run(
        inTree('slow', `until [ -e ${other.root}/go ]; do sleep 0.02; done; echo slow > a.txt`, true),
      )
      const patches = ['quick', 'last'].map((id) => join(other.root, `run/logs/${id}.1.changes.patch`))
      await eventually(() => patches.every((path) => existsSync(path)))
      assert.equal(readFileSync(join(other.workspace, 'a.txt'), 'utf8'), 'one\n')
      writeFileSync(join(other.root, 'go'), '')
      const failures = (await Promise.all([slow, quick, last])).map(({ failure }) => failure?.kind)
      assert.deepEqual(failures, [undefined, 'conflict', 'conflict'])
      assert.equal(readFileSync(join(other.workspace, 'a.txt'), 'utf8'), 'slow\n')
      for (const path of patches) assert.match(readFileSync(path, 'utf8'), /^\+(quick|last)$/m)
    } finally {
      await other.close()
    }
  })

  it('whose instance is stopped while it waits for its turn keeps its changes and applies none', async () => {
    const other = await repository()
    try {
      const slow = other.run(inTree('slow', 'sleep 60', true))
      const quick = other.run(inTree('quick', 'echo quick > a.txt', true))
      await eventually(() => existsSync(join(other.root, 'run/logs/quick.1.changes.patch')))
      other.launcher.stop('quick', 1, 'cancelled', 'term')
      const { failure, patchFile } = await quick
      assert.equal(failure?.kind, 'cancelled')
      assert.match(readFileSync(join(other.root, 'run', patchFile ?? ''), 'utf8'), /^\+quick$/m)
      assert.equal(readFileSync(join(other.workspace, 'a.txt'), 'utf8'), 'one\n')
      other.launcher.stop('slow', 1, 'cancelled', 'term')
      await slow
    } finally {
      await other.close()
    }
  })

  it('fails with a sentence outside a repository', async () => {
    const ended = await rig.run(inTree('outside', 'true', false))
    assert.equal(ended.failure?.kind === 'spawn' && ended.failure.code, 'WORKTREE')
  })
})

describe('attachments from a tree that is not trusted', () => {
  it('do not follow a link out of it', async () => {
    const other = await openRig({ rules: 'rules: []', trust: { tree: false } })
    try {
      writeFileSync(join(other.root, 'secret.txt'), 'secret')
      symlinkSync(join(other.root, 'secret.txt'), join(other.workspace, 'notes.md'))
      const action = { kind: 'prompt', prompt: 'Read.' } as const
      const { failure } = await other.run(taskOf('link', 'claude', { action, attach: ['*.md'] }))
      assert.deepEqual(failure, {
        kind: 'spawn',
        code: 'ATTACH',
        detail: 'cannot attach notes.md: it is outside the workspace or inside .git',
      })
    } finally {
      await other.close()
    }
  })

  it('holds nobody who listened to it, once it is closed, on a foundation that goes on', async () => {
    const root = mkdtempSync(join(tmpdir(), 'launcher-'))
    const environment = { PATH: process.env['PATH'], TMPDIR: root }
    const runId = 'abcdef12'
    const foundation = layFoundation({ runId, environment })
    const listen = async (): Promise<WeakRef<object>> => {
      const listener = { heard: [] as RunEvent[] }
      const launcher = createLauncher({
        runId,
        runDirectory: root,
        workspace: root,
        environment,
        foundation,
        redactor: plainRedactor,
        emit: (event) => listener.heard.push(event),
        trust: ownTrust,
        graceMs: 3000,
      })
      await launcher.close()
      return new WeakRef(listener)
    }
    const listener = await listen()
    await new Promise((resolve) => setImmediate(resolve))
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    collect()
    assert.equal(listener.deref(), undefined)
    await foundation.close()
    rmSync(root, { recursive: true })
  })
})
