import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const file = `name: x
instances:
  a: { run: echo hi }
`

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd, stdio: 'ignore' })
}

/** A named pipe that nobody writes to stands where a file was. */
function putPipe(path: string): void {
  rmSync(path, { force: true })
  mkdirSync(dirname(path), { recursive: true })
  execFileSync('mkfifo', [path])
}

describe('a named pipe that somebody has left', { concurrency: 2, skip: process.platform === 'win32' }, () => {
  for (const name of ['.git/HEAD', '.git/packed-refs', '.git/commondir', '.git/refs/remotes/origin/HEAD'])
    it(`as ${name} holds up no run`, async () => {
      using place = createPlace({ 'ci.yml': file })
      git(place.path, 'init', '-q')
      git(place.path, 'add', '-A')
      git(place.path, 'commit', '-qm', 'x')
      if (name === '.git/packed-refs') git(place.path, 'pack-refs', '--all')
      putPipe(join(place.path, name))
      const { code, out, err } = await run(place.path, ['run', 'ci.yml'])
      assert.equal(code, 0, out + err)
    })

  it('as the newest run is no run', async () => {
    using place = createPlace({ 'ci.yml': file })
    putPipe(join(place.path, '.orchestrator/latest'))
    const { code, err } = await run(place.path, ['report'])
    assert.equal(code, 2)
    assert.match(err, /there is no run in .*latest/)
  })

  it('as a workflow is none to doctor', async () => {
    using place = createPlace({ 'ci.yml': file })
    git(place.path, 'init', '-q')
    putPipe(join(place.path, '.github/workflows/x.yml'))
    assert.equal((await run(place.path, ['doctor', 'ci.yml'])).code, 0)
  })

  it('as the lock of CLIs fails what needs one, and nothing is installed without it', async () => {
    using place = createPlace({
      'ci.yml': 'name: x\nruntimes: { claude: { version: 9.9.9 } }\ninstances:\n  a: { prompt: hi }\n',
    })
    git(place.path, 'init', '-q')
    putPipe(join(place.path, '.github/orchestrator.lock.json'))
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--simulate'], { XDG_CACHE_HOME: place.path })
    assert.equal(code, 1)
    assert.match(out, /orchestrator\.lock\.json is not a regular file/)
    assert.equal(existsSync(join(place.path, 'orchestrator/runtimes')), false)
  })

  it('as a program is no program', async () => {
    using place = createPlace({ 'ci.yml': 'name: x\ninstances:\n  a: { command: [./program] }\n' })
    putPipe(join(place.path, 'program'))
    execFileSync('chmod', ['+x', join(place.path, 'program')])
    const { code, out } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 1)
    assert.match(out, /a failure spawn/)
  })
})

describe('a link that a program of the run plants', { skip: process.platform === 'win32' }, () => {
  it('in place of the folder of the logs is not followed', async () => {
    using place = createPlace({
      'ci.yml': `name: x
instances:
  a: { run: "mkdir other && mv run/logs moved && ln -s ../other run/logs" }
  b: { needs: a, run: echo hi }
`,
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
    assert.equal(code, 1)
    assert.match(out, /b failure spawn: .*could not be written to b\.1\.stdout\.log \(ENOTDIR\)/)
    assert.deepEqual(readdirSync(join(place.path, 'other')), [])
  })

  it('in place of its patch, here or beside its worktree, is replaced', async () => {
    using place = createPlace({ 'f.txt': 'one\n' })
    git(place.path, 'init', '-q')
    git(place.path, 'add', '-A')
    git(place.path, 'commit', '-qm', 'x')
    const outside = join(place.path, 'outside')
    const script = `ln -s ${outside} ${place.path}/run/logs/a.1.changes.patch; ln -s ${outside} "$PWD.patch"; echo two > f.txt`
    const instances = { a: { run: script, workspace: 'worktree' } }
    execFileSync('tee', [join(place.path, 'ci.yml')], { input: JSON.stringify({ name: 'x', instances }) })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
    assert.equal(code, 0, out + err)
    assert.equal(existsSync(outside), false)
    assert.match(readFileSync(join(place.path, 'run/logs/a.1.changes.patch'), 'utf8'), /\+two/)
  })
})

describe('a run directory', { skip: process.platform === 'win32' }, () => {
  it('that can no longer be written to when the run ends costs its reports, and no more', async () => {
    using place = createPlace({
      'ci.yml': 'name: x\ninstances:\n  a: { run: "chmod 555 run; chattr +i run 2>/dev/null || true" }\n',
    })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
    execFileSync('sh', ['-c', 'chattr -i run 2>/dev/null; chmod 755 run'], { cwd: place.path })
    assert.equal(code, 0, out + err)
    assert.doesNotMatch(err, /this is a bug/)
  })

  it('whose journal has a hundred thousand damaged lines is resumed, and some of them are named', async () => {
    using place = createPlace({ 'ci.yml': file })
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])).code, 0)
    const journal = join(place.path, 'run/journal.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    writeFileSync(journal, [...lines.slice(0, 3), ...Array<string>(100_000).fill('junk'), ...lines.slice(3)].join('\n'))
    const { code, err } = await run(place.path, ['run', '--resume', 'run', '--salvage'])
    assert.equal(code, 0, err)
    assert.match(err, /Left out: 99950 more lines/)
    assert.ok(err.split('\n').length < 70)
  })
})
