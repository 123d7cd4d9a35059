import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Finding } from '../../src/core/finding.ts'
import { createRepository, git, type TestRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type GithubApiOptions, type TokenHolder } from '../rig/github-api.ts'
import { runReview, type ReviewedRun, type ReviewRun } from '../rig/review-run.ts'

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const stranger: TokenHolder = { login: 'mallory', type: 'User', write: true }

const filler = (name: string, count: number): string =>
  Array.from({ length: count }, (_, at) => `const ${name}${at} = compute('${name}', ${at})\n`).join('')

/** Finds what is dangerous in the files it was shown, as a reviewer does that reads nothing but the diff. */
function look(checkout: string, files: readonly string[]): Finding[] {
  return files.flatMap((path) =>
    readFileSync(join(checkout, path), 'utf8')
      .split('\n')
      .flatMap((text, index): Finding[] => {
        const name = /danger\((\w+)\)/.exec(text)?.[1]
        if (name === undefined) return []
        const rest = { endLine: null, rule: null, suggestion: null, confidence: 0.9, body: 'Because.' }
        return [{ path, line: index + 1, severity: 'high', category: 'security', title: `Danger of ${name}`, ...rest }]
      }),
  )
}

describe('a review of what changed since the last one', () => {
  let directory: string
  let repository: TestRepository
  let author: string
  let github: GithubApi
  let facts: Omit<GithubApiOptions, 'tokens'>
  let runs: number

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'incremental-'))
    repository = createRepository(
      directory,
      { 'a.ts': filler('a', 40), 'b.ts': filler('b', 40), 'c.ts': filler('c', 40) },
      {
        'a.ts': `${filler('a', 20)}danger(alpha)\n${filler('a', 40).slice(filler('a', 20).length)}`,
        'b.ts': `${filler('b', 40)}harmless()\n`,
      },
    )
    author = join(directory, 'author')
    git(author, 'checkout', '--quiet', 'change')
    const { origin, baseSha, headSha } = repository
    facts = {
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
    }
    github = await startGithubApi({ ...facts, tokens: { writes: bot } })
    runs = 0
  })
  afterEach(async () => {
    await github.close()
    assert.deepEqual(github.violations, [])
    rmSync(directory, { recursive: true })
  })

  const edit = (path: string, change: (text: string) => string): void =>
    writeFileSync(join(author, path), change(readFileSync(join(author, path), 'utf8')))

  function push(message: string): void {
    git(author, 'add', '--all')
    git(author, 'commit', '--quiet', '--allow-empty', '-m', message)
    publish()
  }

  function publish(): void {
    const headSha = git(author, 'rev-parse', 'HEAD').trim()
    const baseSha = git(author, 'rev-parse', 'main').trim()
    git(author, 'push', '--quiet', '--force', repository.origin, 'main', `${headSha}:refs/pull/1/head`)
    facts = { ...facts, pullRequest: { ...facts.pullRequest, headSha, baseSha } }
    github.move({ headSha, baseSha })
  }

  /** Main goes on: in a file of the pull request, and in another. */
  function goOn(): void {
    git(author, 'checkout', '--quiet', 'main')
    edit('a.ts', (text) => `// of main\n${text}`)
    edit('c.ts', (text) => `// of main\n${text}`)
    git(author, 'commit', '--quiet', '-am', 'Main')
    git(author, 'checkout', '--quiet', 'change')
  }

  function review(more: Partial<ReviewRun> = {}): Promise<ReviewedRun> {
    const run = ++runs
    const own = join(directory, `run-${run}`)
    mkdirSync(own)
    const asked = { review: { scope: 'changed' }, sticky: true, settings: { failOn: { severity: 'high' } } } as const
    return runReview({ github, facts, directory: own, token: 'writes', run, look, ...asked, ...more })
  }

  const places = ({ model }: ReviewedRun) => model.findings.map(({ path, line }) => `${path}:${line}`)
  const resultOf = ({ state }: ReviewedRun) => [state.ended?.result, state.instances.get('security')?.result]

  it('gives agents what changed since then, and holds what was found before as long as its code is as it was', async () => {
    const first = await review()
    assert.deepEqual([first.given, places(first), first.told], [['a.ts', 'b.ts'], ['a.ts:21'], undefined])
    edit('b.ts', (text) => `${text}danger(beta)\n`)
    push('More')
    const second = await review()
    assert.deepEqual(second.given, ['b.ts'])
    assert.match(
      second.told ?? '',
      /^Agents that read the changes are given what changed since the review of \w{8}: 1 of 2 files\.$/,
    )
    assert.deepEqual(places(second), ['a.ts:21', 'b.ts:42'])
    assert.equal(second.model.verdict?.verdict, 'findings')
    // The gate does not forget either.
    edit('b.ts', (text) => text.replace('danger(beta)\n', ''))
    edit('a.ts', (text) => text.replace('const a30', '// here\nconst a30'))
    push('Fix one')
    const third = await review()
    assert.deepEqual([third.given, places(third)], [['a.ts', 'b.ts'], ['a.ts:21']])
    assert.equal(third.state.ended?.result, 'failure')
    assert.match(third.delivery?.detail ?? '', /1 finding said before; 1 thread closed as fixed/)
    edit('a.ts', (text) => text.replace('danger(alpha)', 'safe(alpha)'))
    push('Fix the other')
    const fourth = await review()
    assert.deepEqual([fourth.given, places(fourth), fourth.model.verdict?.verdict], [['a.ts'], [], 'clean'])
    assert.equal(github.comments.length, 1)
    assert.equal(github.reviews.flatMap(({ comments }) => comments).length, 2)
  })

  it('costs nothing where nothing changed, says so, and lets what was found stand', async () => {
    await review()
    for (const move of ['merge', 'rebase'] as const) {
      goOn()
      git(author, move, '--quiet', ...(move === 'merge' ? ['--no-edit'] : []), 'main')
      publish()
      const again = await review()
      assert.equal(again.given, undefined, move)
      assert.match(again.told ?? '', /^Nothing changed since the review of \w{8}: agents/)
      assert.deepEqual(resultOf(again), ['failure', 'skipped'])
      assert.match(again.state.instances.get('security')?.detail ?? '', /^nothing changed since the review of \w{8}$/)
      assert.match(again.state.ended?.reason ?? '', /^report\.fail-on: high finding "Danger of alpha" \(a\.ts:2[23]\)/)
    }
    edit('a.ts', (text) => text.replace('danger(alpha)', 'safe(alpha)'))
    push('Fix')
    assert.equal((await review()).model.verdict?.verdict, 'clean')
    push('Empty')
    const clean = await review()
    assert.deepEqual([resultOf(clean), clean.given], [['success', 'skipped'], undefined])
    assert.match(clean.model.verdict?.reason ?? '', /^nothing for a reviewer changed since the review of \w{8}$/)
    assert.equal(clean.model.verdict?.verdict, 'clean')
  })

  it('tells what the pull request does from what its base gained, over a rebase', async () => {
    await review()
    goOn()
    git(author, 'rebase', '--quiet', 'main')
    edit('b.ts', (text) => text.replace('harmless()', 'danger(gamma)'))
    git(author, 'commit', '--quiet', '-a', '--amend', '-m', 'Amended')
    publish()
    const again = await review()
    assert.deepEqual([again.given, places(again)], [['b.ts'], ['a.ts:22', 'b.ts:41']])
  })

  it('looks at everything where the reviewed commit is gone, and says so', async () => {
    await review()
    git(author, 'reset', '--quiet', '--soft', 'main')
    edit('b.ts', (text) => `${text}more()\n`)
    push('Squashed')
    git(repository.origin, 'update-ref', '-d', 'refs/pull/1/merge')
    git(repository.origin, '-c', 'gc.reflogExpire=now', 'gc', '--quiet', '--prune=now')
    const again = await review()
    assert.deepEqual(again.given, ['a.ts', 'b.ts'])
    assert.match(again.told ?? '', /^The commit \w{8} that was reviewed last is gone; agents get the whole/)
    assert.equal(github.reviews.flatMap(({ comments }) => comments).length, 1)
  })

  it('goes on from the last review in which everybody looked', async () => {
    await review()
    edit('b.ts', (text) => `${text}danger(beta)\n`)
    push('Second')
    await review({ look: () => undefined })
    edit('a.ts', (text) => `${text}more()\n`)
    push('Third')
    const third = await review()
    assert.deepEqual(
      [third.given, places(third)],
      [
        ['a.ts', 'b.ts'],
        ['a.ts:21', 'b.ts:42'],
      ],
    )
  })

  it('does not believe a comment that somebody else edited', async () => {
    await review()
    const [comment] = github.comments
    assert.ok(comment)
    const forged = Buffer.from(
      JSON.stringify({ base: facts.pullRequest.baseSha, commit: facts.pullRequest.headSha, findings: [] }),
    )
    comment.body = comment.body.replace(
      /orchestrator-review \S+/,
      `orchestrator-review ${forged.toString('base64url')}`,
    )
    comment.editor = stranger
    const again = await review()
    assert.deepEqual([again.given, places(again)], [['a.ts', 'b.ts'], ['a.ts:21']])
    // What was forged is gone with it.
    edit('b.ts', (text) => `${text}more()\n`)
    push('More')
    const next = await review()
    assert.deepEqual([next.given, places(next)], [['b.ts'], ['a.ts:21']])
  })

  it('looks at everything without the sticky comment, and by default', async () => {
    await review({ sticky: undefined as never })
    edit('b.ts', (text) => `${text}more()\n`)
    push('More')
    assert.deepEqual((await review()).given, ['a.ts', 'b.ts'])
    assert.deepEqual((await review({ review: {} })).given, ['a.ts', 'b.ts'])
  })
})
