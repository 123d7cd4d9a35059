import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { storedFiles } from '../../src/cache/store.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import { git } from '../rig/git-repository.ts'
import { createPlace, run } from './command-line.ts'

/** An agent that costs 110 tokens and a cent, and answers with the content of src/a.txt and a file that it leaves in its worktree. */
const bot = `#!/bin/sh
[ "$1" = --version ] && { cat "$(dirname "$0")/version"; exit; }
echo "$ORCHESTRATOR_INSTANCE" >> "$(dirname "$0")/ran"
[ -n "$LEAVES" ] && echo left > left.txt
node -e 'console.log(JSON.stringify({ text: process.argv[1] + process.env.LEVEL, usage: { in: 100, out: 10 }, cost: 0.01 }))' "$(cat src/a.txt)"
`

const file = `name: kept
inputs: { level: { type: string, default: low } }
runtimes:
  bot:
    command: [bot, "{prompt-file}"]
    version: [bot, --version]
    parse: { format: json, text: text, usage: { input: usage.in, output: usage.out }, cost-usd: cost }
    env: []
defaults: { runtime: bot, env: { LEVEL: "\${{ inputs.level }}" } }
instances:
  up: { run: cat src/up.txt }
  review:
    needs: up
    prompt: Review it.
    cache: { paths: [src/**] }
`

function createRepository(text = file) {
  const place = createPlace({
    'bin/bot': bot,
    'bin/version': '1.0.0\n',
    'repo/.gitignore': '.orchestrator\n',
    'repo/f.yml': text,
    'repo/src/a.txt': 'one',
    'repo/src/up.txt': 'up',
    'repo/docs/b.txt': 'two',
  })
  execFileSync('chmod', ['+x', join(place.path, 'bin/bot')])
  const repo = join(place.path, 'repo')
  git(repo, 'init', '-q')
  git(repo, 'add', '-A')
  git(repo, 'commit', '-qm', 'start')
  const env: Record<string, string> = {
    XDG_CACHE_HOME: join(place.path, 'cache'),
    PATH: `${join(place.path, 'bin')}:${process.env['PATH']}`,
  }
  return {
    repo,
    env,
    outside: place.path,
    store: join(place.path, 'cache/orchestrator/outcomes'),
    /** Runs the file; answers how often an agent was paid, and the report. */
    async run(...args: string[]) {
      rmSync(join(place.path, 'bin/ran'), { force: true })
      const outcome = await run(repo, ['run', 'f.yml', ...args], env)
      assert.notEqual(outcome.code, 2, outcome.err)
      const ran = join(place.path, 'bin/ran')
      const paid = existsSync(ran) ? readFileSync(ran, 'utf8').trim().split('\n').length : 0
      const report = JSON.parse(readFileSync(join(repo, '.orchestrator/latest/run.json'), 'utf8')) as RunJson
      return { ...outcome, paid, report, review: report.instances.find(({ id }) => id === 'review') }
    },
    async explain(id: string) {
      return (await run(repo, ['cache', 'explain', id], env)).out
    },
    write(name: string, text: string) {
      mkdirSync(join(repo, name, '..'), { recursive: true })
      writeFileSync(join(repo, name), text)
    },
    [Symbol.dispose]: () => place[Symbol.dispose](),
  }
}

describe('an instance with a cache', { skip: process.platform === 'win32', concurrency: 2 }, () => {
  it('is paid once, and tells what was saved', async () => {
    using at = createRepository()
    const first = await at.run()
    assert.equal(first.code, 0, first.err + first.out)
    assert.equal(first.paid, 1)
    const second = await at.run()
    assert.equal(second.paid, 0)
    assert.equal(second.review?.text, first.review?.text)
    assert.deepEqual(second.review?.outputs, first.review?.outputs)
    assert.equal(second.review?.attempts, 0)
    assert.equal(second.review?.usage?.input, 0)
    assert.deepEqual(second.report.saved, { instances: 1, usage: first.review?.usage, costUsd: 0.01 })
    assert.equal(second.report.costUsd, 0)
    assert.match(second.out, /1 instance restored, which saved 110 tokens and \$0\.0100/)
    assert.match(
      readFileSync(join(at.repo, '.orchestrator/latest/summary.md'), 'utf8'),
      /1 instance restored, which saved/,
    )
    assert.match(await at.explain('review'), /took the outcome of run [0-9a-f]{8}/)
  })

  it('runs again when anything of its key differs, which is told, and only then', async () => {
    using at = createRepository()
    await at.run()
    const changes: readonly (readonly [string, () => void, RegExp | null, string[]?])[] = [
      ['a file it does not depend on', () => at.write('docs/b.txt', 'other'), null],
      ['a file that is changed', () => at.write('src/a.txt', 'changed'), /files \(src\/a\.txt\)/],
      ['the same, committed', () => git(at.repo, 'commit', '-qam', 'next'), null],
      ['a file that is new', () => at.write('src/new.txt', ''), /files \(src\/new\.txt\)/],
      ['an upstream that answers otherwise', () => at.write('src/up.txt', 'down'), /upstreams \(up\)/],
      ['an input that is in its environment', () => {}, /environment \(LEVEL\)/, ['--input', 'level=high']],
      ['another prompt', () => at.write('f.yml', file.replace('Review it', 'Review all of it')), /prompt/],
      [
        'another version of its CLI',
        () => writeFileSync(join(at.outside, 'bin/version'), '1.0.1\n'),
        /program \(version\)/,
      ],
    ]
    for (const [what, change, differs, args = []] of changes) {
      change()
      const { paid, code, err } = await at.run(...args)
      assert.equal(code, 0, err)
      assert.equal(paid, differs === null ? 0 : 1, what)
      if (differs !== null) assert.match(await at.explain('review'), differs, what)
    }
  })

  it('runs again when anything else differs that its process would meet, and not for what it would not', async () => {
    const text = file
      .replace('env: []', 'env: [BOT_MODEL]')
      .replace('[src/**] }', '[src/**, out/**, "!out/log"] }\n    secrets: [BOT_SECRET]')
      .replace('Review it.', 'Review it in $LANG.')
    using at = createRepository(text)
    const { repo, env } = at
    const inner = (name: string): string => join(repo, name)
    const hold = (name: string, how: string): void => void git(repo, 'update-index', `--${how}`, name)
    at.write('.gitignore', '.orchestrator\nout/\n')
    at.write('src/.gitattributes', '*.bin filter=large\n')
    at.write('src/large.bin', 'version 1')
    git(repo, 'config', 'filter.large.clean', 'echo pointer')
    env['BOT_SECRET'] = 'value-of-a-secret'
    env['LANG'] = 'C'
    mkdirSync(inner('src/other'))
    git(inner('src/other'), 'init', '-q')
    at.write('src/other/c.txt', 'inside')
    git(repo, 'add', '.gitignore', 'src/a.txt', 'src/.gitattributes', 'src/large.bin')
    git(repo, 'commit', '-qm', 'attributes')
    await at.run()
    assert.equal((await at.run()).paid, 0)
    const strange = Buffer.from(`${repo}/src/b\xff.txt`, 'latin1')
    const changes: readonly (readonly [string, () => void, RegExp | null])[] = [
      [
        'how the file calls its CLI',
        () => at.write('f.yml', text.replace('[bot, "', '[bot, --fast, "')),
        /program \(definition\)/,
      ],
      [
        'the same with its keys in another order',
        () =>
          at.write(
            'f.yml',
            text
              .replace('[bot, "', '[bot, --fast, "')
              .replace('input: usage.in, output: usage.out', 'output: usage.out, input: usage.in'),
          ),
        null,
      ],
      [
        'the model that its provider reads from a variable',
        () => (env['BOT_MODEL'] = 'big'),
        /environment \(BOT_MODEL\)/,
      ],
      ['a variable of the machine that its prompt names', () => (env['LANG'] = 'C.UTF-8'), /environment \(LANG\)/],
      ['a variable of the machine that it does not name', () => (env['TZ'] = 'Asia/Tokyo'), null],
      [
        'instructions that its CLI reads by itself',
        () => at.write('docs/CLAUDE.md', 'Be brief.'),
        /files \(docs\/CLAUDE\.md\)/,
      ],
      ['a name that only looks like them', () => at.write('docs/MYCLAUDE.md', 'Be brief.'), null],
      [
        'a file that git was told to pass over',
        () => (hold('src/a.txt', 'skip-worktree'), at.write('src/a.txt', 'held')),
        /files \(src\/a\.txt\)/,
      ],
      ['another content of it', () => at.write('src/a.txt', 'held again'), /files \(src\/a\.txt\)/],
      [
        'one that it was told to take for unchanged',
        () => (hold('src/up.txt', 'assume-unchanged'), at.write('src/up.txt', 'held')),
        /files \(src\/up\.txt\)/,
      ],
      [
        'a file in another repository that lies there',
        () => at.write('src/other/c.txt', 'changed inside'),
        /files \(src\/other\/c\.txt\)/,
      ],
      [
        'the same, committed there',
        () => (git(inner('src/other'), 'add', '-A'), git(inner('src/other'), 'commit', '-qm', 'c')),
        null,
      ],
      ['an ignored file that its paths name', () => at.write('out/made.js', '1'), /files \(out\/made\.js\)/],
      ['its content', () => at.write('out/made.js', '2'), /files \(out\/made\.js\)/],
      ['an ignored file that they take out', () => at.write('out/log', '1'), null],
      ['a file whose name is no text', () => writeFileSync(strange, '1'), /files \(src\/b\\xff\.txt\)/],
      ['its content', () => writeFileSync(strange, '2'), /files \(src\/b\\xff\.txt\)/],
      [
        'what stands in a file of which git keeps only a pointer',
        () => at.write('src/large.bin', 'version 2'),
        /files \(src\/large\.bin\)/,
      ],
    ]
    for (const [what, change, differs] of changes) {
      change()
      const { paid, code, err } = await at.run()
      assert.equal(code, 0, err)
      assert.equal(paid, differs === null ? 0 : 1, what)
      if (differs !== null) assert.match(await at.explain('review'), differs, what)
    }
    delete env['BOT_SECRET']
    const without = await at.run()
    assert.equal(without.code, 1, without.out)
    assert.match(without.out + without.err, /BOT_SECRET/)
  })

  it('counts what stands in its submodules, also while they are changed, and whether they are there', async () => {
    using at = createRepository(file.replace('[src/**]', '[lib/**]'))
    const { repo } = at
    const library = join(at.outside, 'library')
    mkdirSync(library)
    git(library, 'init', '-q')
    writeFileSync(join(library, 'x'), '1')
    git(library, 'add', '-A')
    git(library, 'commit', '-qm', 'x')
    git(repo, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib')
    git(repo, 'commit', '-qam', 'lib')
    const paid = async (): Promise<number> => (await at.run()).paid
    assert.deepEqual([await paid(), await paid()], [1, 0])
    at.write('lib/x', '2')
    assert.deepEqual([await paid(), await paid()], [1, 0])
    at.write('lib/x', '3')
    assert.deepEqual([await paid(), await paid()], [1, 0])
    git(repo, 'submodule', '--quiet', 'deinit', '-f', 'lib')
    const without = await at.run()
    assert.equal(without.paid, 1)
    assert.match(without.out + without.err, /warning.*review: it has no content key: no file passes its paths; it runs/)
  })

  it('is not begun to learn the version of a CLI that tells none: the content of its file counts', async () => {
    using at = createRepository(file.replace('    version: [bot, --version]\n', ''))
    const first = await at.run()
    assert.equal(first.paid, 1)
    assert.equal((await at.run()).paid, 0)
    writeFileSync(join(at.outside, 'bin/bot'), bot.replace('0.01', '0.02'))
    assert.equal((await at.run()).paid, 1)
    assert.match(await at.explain('review'), /program \(version\)/)
  })

  it('runs where its user has no cache directory, and never takes a folder of the repository for one', async () => {
    using at = createRepository()
    at.env['XDG_CACHE_HOME'] = 'within'
    at.env['HOME'] = join(at.outside, 'home')
    assert.equal((await at.run()).code, 0)
    assert.equal((await at.run()).paid, 0)
    assert.equal(existsSync(join(at.repo, 'within')), false)
    assert.equal(existsSync(join(at.outside, 'home/.cache/orchestrator/outcomes')), true)
    writeFileSync(join(at.outside, 'no-folder'), '')
    at.env['XDG_CACHE_HOME'] = join(at.outside, 'no-folder')
    const { code, paid } = await at.run()
    assert.deepEqual([code, paid], [0, 1])
    assert.match(await at.explain('review'), /there is no cache directory of this user that can be written/)
  })

  it('is not asked for anything where --no-cache, cache: false or an age says so', async () => {
    using at = createRepository()
    await at.run('--no-cache')
    assert.deepEqual(storedFiles(at.store, 0), [])
    await at.run()
    assert.equal((await at.run('--no-cache')).paid, 1)
    at.write('f.yml', file.replace('cache: { paths: [src/**] }', 'cache: false'))
    assert.equal((await at.run()).paid, 1)
    at.write('f.yml', file.replace('[src/**] }', '[src/**], max-age: 0h }'))
    const old = await at.run()
    assert.equal(old.paid, 1)
    assert.match(old.out + old.err, /is older than its max-age; it runs/)
  })

  it('says so and runs where what is kept is damaged, and where it changed files that an outcome does not hold', async () => {
    using at = createRepository()
    await at.run()
    const [kept] = storedFiles(at.store, 0)
    assert.ok(kept)
    writeFileSync(kept.path, `${readFileSync(kept.path, 'latin1')} `, 'latin1')
    const damaged = await at.run()
    assert.equal(damaged.paid, 1)
    assert.match(
      damaged.out + damaged.err,
      /warning.*review: the outcome that is kept of it is damaged: its checksum is wrong; it runs/,
    )
    assert.equal((await at.run()).paid, 0)
    rmSync(at.store, { recursive: true })
    at.write('f.yml', file.replace('env: { LEVEL', 'env: { LEAVES: "1", LEVEL'))
    const changing = await at.run()
    assert.match(changing.out + changing.err, /its outcome is not kept: files of the repository changed while it ran/)
    assert.deepEqual(storedFiles(at.store, 0), [])
  })

  it('has its patch, its output file and its findings as they were, for what comes after it', async () => {
    using at = createRepository(
      `${file.replace('prompt: Review it.', 'prompt: Review it.\n    workspace: worktree\n    env: { LEAVES: "1" }')}
  use:
    needs: review
    run: 'cat "$PATCH" "$OUT"'
    env: { PATCH: "\${{ needs.review.patch-file }}", OUT: "\${{ needs.review.stdout-file }}" }
`,
    )
    const text = (report: RunJson) => report.instances.find(({ id }) => id === 'use')?.text
    const first = await at.run()
    assert.equal(first.code, 0, first.err + first.out)
    assert.match(text(first.report) ?? '', /left\.txt/)
    const second = await at.run()
    assert.equal(second.paid, 0)
    assert.equal(text(second.report), text(first.report))
  })
})
