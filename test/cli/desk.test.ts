import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { git } from '../rig/git-repository.ts'
import { createPlace, run } from './command-line.ts'

/** Says what the contexts hold, and where it runs. */
const file = `name: desk
instances:
  say:
    run: echo "$BASE|$HEAD|$EVENT|$NUMBER|$(basename "$PWD")"; cat notes.md
    env:
      BASE: "\${{ github.base_ref }}"
      HEAD: "\${{ github.head_ref }}"
      EVENT: "\${{ github.event_name }}"
      NUMBER: "\${{ github.event.pull_request.number }}"
`

/** A repository with the file at its usual place, on a branch beside its default one. */
function openRepository() {
  const place = createPlace({
    'app/.github/orchestrator.yml': file,
    'app/notes.md': 'notes\n',
    'app/packages/one/src/index.ts': '',
    'event.json':
      '{"pull_request":{"number":7,"base":{"ref":"release"},"head":{"ref":"topic"}},"sender":{"login":"mona"}}',
  })
  const app = join(place.path, 'app')
  git(app, 'init', '-q', '-b', 'trunk')
  git(app, 'add', '.')
  git(app, 'commit', '-q', '-m', 'start')
  git(app, 'update-ref', 'refs/remotes/origin/trunk', 'HEAD')
  git(app, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk')
  git(app, 'checkout', '-q', '-b', 'feature')
  return { ...place, app, below: join(app, 'packages/one/src'), [Symbol.dispose]: place[Symbol.dispose] }
}

const said = (app: string): string | undefined => {
  const { instances }: RunJson = JSON.parse(readFileSync(join(app, '.orchestrator/latest/run.json'), 'utf8'))
  return instances[0]?.text
}

describe('at a desk', { skip: process.platform === 'win32' }, () => {
  it('a folder below finds the file, and everything of it starts from the root', async () => {
    using place = openRepository()
    const { code, out, err } = await run(place.below, ['run'])
    assert.equal(code, 0, out + err)
    assert.match(out, /\n {2}\/\S+\/app\/\.orchestrator\/\S+\n$/)
    assert.equal(said(place.app), 'trunk|feature|||app\nnotes\n')
    assert.match((await run(place.below, ['check'])).out, /✓ \.github\/orchestrator\.yml: 1 instance/)
    assert.match((await run(place.below, ['plan'])).out, /desk: 1 instance/)
    assert.match((await run(place.below, ['report'])).out, /✓ desk success/)
    assert.match(
      (await run(place.below, ['run', '--resume', '../../../.orchestrator/latest'])).err,
      /nothing .*left to run|already succeeded/,
    )
  })

  it('an explicit file is named from here, and its paths start from the root', async () => {
    using place = openRepository()
    writeFileSync(join(place.below, 'own.yml'), file)
    const { code, out, err } = await run(place.below, ['run', 'own.yml'])
    assert.equal(code, 0, out + err)
    assert.match(said(place.app) ?? '', /\|app\nnotes\n$/)
    writeFileSync(join(place.below, 'bad.yml'), 'instances: { a: { rnu: x } }\n')
    assert.match((await run(place.below, ['check', 'bad.yml'])).out, /packages\/one\/src\/bad\.yml:1:/)
  })

  it('the nearest file is taken, and none outside the repository', async () => {
    using place = openRepository()
    writeFileSync(join(place.path, 'orchestrator.yml'), file)
    writeFileSync(join(place.app, 'packages/one/orchestrator.yml'), file)
    assert.match((await run(place.below, ['check'])).out, /✓ packages\/one\/orchestrator\.yml/)
    git(place.path, 'init', '-q', 'other')
    const { code, err } = await run(join(place.path, 'other'), ['check'])
    assert.equal(code, 2)
    assert.match(err, /there is no \.github\/orchestrator\.yml here/)
  })

  it('works in a folder of no repository', async () => {
    using place = createPlace({ 'orchestrator.yml': file, 'notes.md': 'notes\n' })
    mkdirSync(join(place.path, 'sub/.git'), { recursive: true })
    const { code, out, err } = await run(join(place.path, 'sub'), ['run'])
    assert.equal(code, 0, out + err)
    assert.match(said(place.path) ?? '', /notes\n$/)
  })

  it('an event is what --event says, and what GITHUB_ variables say holds', async () => {
    using place = openRepository()
    assert.equal((await run(place.app, ['run', '--event', '../event.json'])).code, 0)
    assert.equal(said(place.app), 'release|topic|pull_request|7|app\nnotes\n')
    const env = { GITHUB_BASE_REF: 'next', GITHUB_EVENT_NAME: 'merge_group' }
    assert.equal((await run(place.below, ['run', '--event', '../../../../event.json'], env)).code, 0)
    assert.equal(said(place.app), 'next|topic|merge_group|7|app\nnotes\n')
    const step = { ...env, GITHUB_ACTIONS: 'true' }
    assert.equal((await run(place.app, ['run'], step)).code, 0)
    assert.equal(said(place.app), 'next||merge_group||app\nnotes\n')
    const missing = await run(place.app, ['run', '--event', 'none.json'])
    assert.equal(missing.code, 2)
    assert.match(missing.err, /payload .*none\.json cannot be read/)
  })

  it('with --dry-run checks and shows what would run, and leaves nothing behind', async () => {
    using place = openRepository()
    const dry = await run(place.app, ['run', '--dry-run', '--only', 'say'])
    assert.equal(dry.code, 0, dry.err)
    assert.match(dry.out, /desk: 1 instance[^]*say[^]*Only say and what they need would run/)
    assert.match(dry.err, /Nothing was run/)
    assert.equal((await run(place.app, ['run', '--dry-run', '--event', 'none.json'])).code, 2)
    assert.match((await run(place.app, ['once', '--dry-run', '--', 'touch', 'made'])).out, /touch made/)
    const resumed = await run(place.app, ['run', '--resume', 'x', '--dry-run'])
    assert.match(resumed.err, /--dry-run does not go with --resume\n.*orchestrator retry --dry-run/)
    assert.deepEqual(readdirSync(place.app).toSorted(), ['.git', '.github', 'notes.md', 'packages'])
  })
})
