import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { git } from '../rig/git-repository.ts'
import { createPlace, main, run, start } from './command-line.ts'

const slow = (seconds: number): string =>
  `name: slow\ninstances:\n  first: { run: "echo first >> order" }\n  long: { needs: first, run: "echo $$ > pid; echo long >> order; exec sleep ${seconds}" }\n  last: { needs: long, run: "echo last >> order" }\n`

describe('an interrupted run', () => {
  it('stops in order at the first signal, reports and exits 130', async () => {
    using place = createPlace({ 'ci.yml': slow(60) })
    const running = start(place.path, ['run', 'ci.yml'])
    await running.says(/long started/)
    running.child.kill('SIGINT')
    const { code, out } = await running.ended
    assert.equal(code, 130)
    assert.match(out, /interrupted by SIGINT/)
    assert.match(out, /⊘ long cancelled/)
    assert.match(out, /⊘ slow cancelled .*: 1 success, 2 cancelled/)
    assert.equal(
      JSON.parse(readFileSync(join(place.path, '.orchestrator/latest/run.json'), 'utf8')).result,
      'cancelled',
    )
  })

  const stubborn = `name: stubborn\ninstances:\n  deaf: { command: [node, -e, "process.on('SIGTERM', () => console.log('no')); console.log('up'); setInterval(() => {}, 1000)"] }\n`

  it('kills at the second', async () => {
    using place = createPlace({ 'ci.yml': stubborn })
    const began = performance.now()
    const running = start(place.path, ['run', 'ci.yml'])
    await running.says(/deaf started/)
    running.child.kill('SIGINT')
    await running.says(/interrupted by SIGINT/)
    running.child.kill('SIGINT')
    const { code } = await running.ended
    assert.equal(code, 130)
    assert.ok(performance.now() - began < 4500, 'did not wait for the grace')
  })

  it('kills at once at SIGQUIT, and reports', { skip: process.platform === 'win32' }, async () => {
    using place = createPlace({ 'ci.yml': stubborn })
    const began = performance.now()
    const running = start(place.path, ['run', 'ci.yml'])
    await running.says(/deaf started/)
    running.child.kill('SIGQUIT')
    const { code, out } = await running.ended
    assert.equal(code, 130)
    assert.match(out, /^⊘ stubborn cancelled \(interrupted by SIGQUIT\)/m)
    assert.ok(performance.now() - began < 4500, 'did not wait for the grace')
  })

  it('is stopped in order by every signal that would end it', { skip: process.platform !== 'linux' }, async () => {
    for (const signal of ['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGXCPU', 'SIGABRT'] as const) {
      using place = createPlace({ 'ci.yml': slow(60) })
      const running = start(place.path, ['run', 'ci.yml'])
      await running.says(/long started/)
      running.child.kill(signal)
      const { code, out } = await running.ended
      assert.equal(code, 130, signal)
      assert.match(out, new RegExp(`^⊘ slow cancelled \\(interrupted by ${signal}\\)`, 'm'))
    }
  })

  it('outlives a hangup under nohup', { skip: process.platform !== 'linux' }, async () => {
    using place = createPlace({ 'ci.yml': slow(1) })
    const running = start(place.path, ['run', 'ci.yml'], { _: '/usr/bin/nohup' })
    await running.says(/long started/)
    running.child.kill('SIGHUP')
    assert.equal((await running.ended).code, 0)
  })

  for (const [what, script] of [
    ['whose parent ignores hangups', `trap '' HUP; "$@" & echo PID $! >&2; wait $!; exit $?`],
    ['that nohup itself started', 'nohup "$@" & echo PID $! >&2; wait $!; exit $?'],
    ['with the standard input that nohup gives', '"$@" 0> /dev/null & echo PID $! >&2; wait $!; exit $?'],
  ] as const)
    it(`outlives a hangup: a run ${what}`, { skip: process.platform !== 'linux' }, async () => {
      using place = createPlace({ 'ci.yml': slow(1) })
      const args = ['-c', script, 'sh', process.execPath, main, 'run', 'ci.yml']
      const shell = spawn('bash', args, {
        cwd: place.path,
        env: { PATH: process.env['PATH'] ?? '', HOME: place.path },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      const begun = new Promise<number>((resolve) => {
        const look = (chunk: Buffer): void => {
          said += chunk.toString()
          const pid = /^PID (\d+)$/m.exec(said)?.[1]
          if (pid !== undefined && said.includes('long started')) resolve(Number(pid))
        }
        shell.stdout.on('data', look)
        shell.stderr.on('data', look)
      })
      process.kill(await begun, 'SIGHUP')
      const [code] = await once(shell, 'close')
      assert.equal(code, 0, said)
    })

  /** Prints again and again, after some work. */
  const works = 'for i in $(seq 20); do n=0; while [ $n -lt 40000 ]; do n=$((n+1)); done; echo $i; done'

  for (const [who, script] of [
    ['it', works],
    ['it and its program', `echo $$ > pid; ${works}`],
  ] as const)
    it(
      `does not take for idle what was held up while ${who} stood still`,
      { skip: process.platform !== 'linux' },
      async () => {
        const file = `name: held\ninstances:\n  busy: { run: ${JSON.stringify(script)}, idle-timeout-minutes: 0.05 }\n`
        using place = createPlace({ 'ci.yml': file })
        const running = start(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
        await running.says(/busy started/)
        await setTimeout(600)
        const stopped = [running.child.pid ?? 0]
        if (who !== 'it') stopped.push(-Number(readFileSync(join(place.path, 'pid'), 'utf8')))
        for (const pid of stopped) process.kill(pid, 'SIGSTOP')
        await setTimeout(4000)
        for (const pid of stopped) process.kill(pid, 'SIGCONT')
        const { code, out } = await running.ended
        assert.equal(code, 0, out)
        assert.match(readFileSync(join(place.path, 'run/logs/busy.1.stdout.log'), 'utf8'), /\n20\n$/)
      },
    )

  it('still ends what is idle after it stood still', { skip: process.platform !== 'linux' }, async () => {
    const file = 'name: idle\ninstances:\n  idle: { run: "echo 1; sleep 60", idle-timeout-minutes: 0.02 }\n'
    using place = createPlace({ 'ci.yml': file })
    const running = start(place.path, ['run', 'ci.yml'])
    await running.says(/idle started/)
    running.child.kill('SIGSTOP')
    await setTimeout(3000)
    running.child.kill('SIGCONT')
    const { code, out } = await running.ended
    assert.equal(code, 1)
    assert.match(out, /idle failure timeout/)
  })

  it('goes on with --resume after a crash: what succeeded is not run again', async () => {
    using place = createPlace({ 'ci.yml': slow(1) })
    const running = start(place.path, ['run', 'ci.yml'])
    await running.says(/long started/)
    running.child.kill('SIGKILL')
    await running.ended
    const crashed = await run(place.path, ['report'])
    assert.match(crashed.out, /✓ first .*success\n● long .*\n· last +waiting\n/)
    assert.match(crashed.out, /is unfinished/)
    const { code, out, err } = await run(place.path, ['run', '--resume', '.orchestrator/latest'])
    assert.equal(code, 0, out + err)
    const order = readFileSync(join(place.path, 'order'), 'utf8').trim().split('\n')
    assert.equal(order.filter((line) => line === 'first').length, 1)
    assert.equal(order.at(-1), 'last')
    const journal = readFileSync(join(place.path, '.orchestrator/latest/journal.ndjson'), 'utf8').trim().split('\n')
    const events: { type: string; failure?: { kind: string } }[] = journal.map((text) => JSON.parse(text))
    const lost = events.findIndex(({ failure }) => failure?.kind === 'lost')
    assert.deepEqual(
      events.slice(lost, lost + 3).map(({ type }) => type),
      ['attempt.ended', 'run.resumed', 'instance.retrying'],
      'nothing is decided before the run is resumed',
    )
    const again = await run(place.path, ['run', '--resume', '.orchestrator/latest'])
    assert.deepEqual([again.code, again.err], [0, 'The run already succeeded; nothing is left to run.\n'])
  })

  it('does not resume another file, unless told to', async () => {
    using place = createPlace({ 'ci.yml': slow(1).replace('exec sleep 1', 'exit 1') })
    assert.equal((await run(place.path, ['run', 'ci.yml'])).code, 1)
    writeFileSync(join(place.path, 'ci.yml'), slow(0))
    const refused = await run(place.path, ['run', '--resume', '.orchestrator/latest'])
    assert.equal(refused.code, 2)
    assert.match(refused.err, /the file ci\.yml changed since the run began\n +hint: start a new run, or add --force/)
    const forced = await run(place.path, ['run', '--resume', '.orchestrator/latest', '--force'])
    assert.match(forced.out, /resumed although changed: the file ci\.yml/)
  })
})

describe('a checkout that git refuses to touch, as one of another user', { skip: process.platform === 'win32' }, () => {
  it('is resumed on the commit it began with, and not on another', async () => {
    using place = createPlace({ 'ci.yml': 'instances: { a: { run: "exit 1" } }', 'bin/git': '#!/bin/sh\nexit 128\n' })
    chmodSync(join(place.path, 'bin/git'), 0o755)
    git(place.path, 'init', '-q')
    git(place.path, 'commit', '-q', '--allow-empty', '-m', 'one')
    const env = { PATH: [join(place.path, 'bin'), process.env['PATH']].join(delimiter) }
    assert.equal((await run(place.path, ['run', 'ci.yml'], env)).code, 1)
    assert.match((await run(place.path, ['run', '--resume', '.orchestrator/latest'], env)).out, /failure/)
    git(place.path, 'commit', '-q', '--allow-empty', '-m', 'two')
    const refused = await run(place.path, ['run', '--resume', '.orchestrator/latest'], env)
    assert.match(refused.err, /the commit \([0-9a-f]{40} → [0-9a-f]{40}\) changed/)
  })
})

describe('an orchestrator that is killed', { skip: process.platform !== 'linux' }, () => {
  /** Ends when it is asked to, and has started one that does not, and one that left its group and its environment. */
  const children = [
    // Nobody reads any more what it prints.
    'exec > /dev/null 2>&1; trap "echo ended >> heard; exit" TERM; echo $$ > pid.$1',
    '(trap "" TERM; exec sleep 71) & echo $! > deaf.$1',
    "setsid env -i /bin/sh -c 'echo $$ > away.$1; sleep 72' & while [ ! -e away.$1 ]; do :; done",
    'while :; do sleep 0.05; done',
  ].join('; ')

  it('leaves no program running, as it leaves none when it is asked to end', async () => {
    const instances = ['one', 'two'].map((id) => ({ [id]: { command: ['sh', '-c', children.replaceAll('$1', id)] } }))
    using place = createPlace({ 'ci.yml': JSON.stringify({ instances: Object.assign({}, ...instances) }) })
    const running = start(place.path, ['run', 'ci.yml'])
    const files = ['one', 'two'].flatMap((id) => [`pid.${id}`, `deaf.${id}`, `away.${id}`])
    const paths = files.map((name) => join(place.path, name))
    while (!paths.every((path) => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'))) await setTimeout(10)
    const pids = paths.map((path) => Number(readFileSync(path, 'utf8')))
    assert.ok(pids.every((pid) => existsSync(`/proc/${pid}`)))
    running.child.kill('SIGKILL')
    while (pids.some((pid) => existsSync(`/proc/${pid}`))) await setTimeout(20)
    assert.equal(readFileSync(join(place.path, 'heard'), 'utf8'), 'ended\nended\n')
  })
})

describe('a reader that goes away', () => {
  it('ends nothing but the output', async () => {
    using place = createPlace({ 'ci.yml': slow(0) })
    const running = start(place.path, ['run', 'ci.yml'])
    running.child.stdout.destroy()
    const { code, err } = await running.ended
    assert.deepEqual([code, err], [0, ''])
    assert.equal(JSON.parse(readFileSync(join(place.path, '.orchestrator/latest/run.json'), 'utf8')).result, 'success')
  })
})

describe('a run directory that cannot be', () => {
  it('is the user’s to solve', async () => {
    using place = createPlace({ 'ci.yml': 'instances:\n  a: { run: "true" }\n', '.orchestrator': 'a file' })
    const { code, err } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 2)
    assert.match(err, /^error: cannot make the run directory: .*\n +hint: name another one with --run-dir DIR\n$/)
    using other = createPlace({ 'ci.yml': 'instances:\n  a: { run: "true" }\n' })
    assert.equal((await run(other.path, ['run', 'ci.yml', '--run-dir', 'here'])).code, 0)
    const again = await run(other.path, ['run', 'ci.yml', '--run-dir', 'here'])
    assert.equal(again.code, 2)
    assert.match(again.err, /holds another run/)
  })
})
