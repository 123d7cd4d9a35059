import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { git } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'
import type { StoredReview } from '../rig/github-reviews.ts'
import { createPlace, run } from './command-line.ts'

const pulls = 20
const token = 'ghs_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'
const reader: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: false }
const mona: TokenHolder = { login: 'mona', type: 'User', write: true }
const author: TokenHolder = { login: 'Codertocat', type: 'User', write: true }

const lines = (of: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 20 }, (_, at) => `${change[at + 1] ?? `line ${at + 1} of file ${of}`}\n`).join('')

/** Reports two problems of each file: `alpha` on line 5, `beta` on line 15; the careful one only the first, of odd files. */
const script = `
say() { printf '{"message":"%s goes wrong","location":{"path":"f%s.ts","range":{"start":{"line":%s}}}}' "$1" "$N" "$2"; }
case "$HOW" in
  eager) printf '{"diagnostics":['; say Alpha 5; printf ,; say Beta 15; printf ']}' ;;
  careful) printf '{"diagnostics":['; [ $((N % 2)) = 0 ] || say Alpha 5; printf ']}' ;;
  broken) exit 1 ;;
esac
`

const file = (how: string): string => `
report: { verdict: { severity: info } }
instances:
  review:
    run: sh review.sh
    env: { N: "\${{ github.event.number }}", HOW: ${how} }
    parse: rdjson
`

/** Twenty merged pull requests, a file each. Of the first six, line 15 is changed later; every fifth has a second commit. */
function generate(directory: string): { number: number; commit: string }[] {
  git(directory, 'init', '--quiet', '--initial-branch=main')
  writeFileSync(join(directory, 'review.sh'), script)
  for (const how of ['eager', 'careful', 'broken']) writeFileSync(join(directory, `${how}.yml`), file(how))
  writeFileSync(join(directory, 'nothing.yml'), 'instances: { a: { run: "true" } }\n')
  const commit = (message: string): string => {
    git(directory, 'add', '--all')
    git(directory, 'commit', '--quiet', '-m', message)
    return git(directory, 'rev-parse', 'HEAD').trim()
  }
  commit('Begin')
  const made = Array.from({ length: pulls }, (_, at) => {
    const number = at + 1
    git(directory, 'checkout', '--quiet', '-b', `branch-${number}`)
    writeFileSync(join(directory, `f${number}.ts`), lines(number))
    const opened = commit(`Add file ${number}`)
    if (number % 5 === 0) {
      writeFileSync(join(directory, `f${number}.ts`), lines(number, { 1: 'another' }))
      commit('More')
    }
    git(directory, 'checkout', '--quiet', 'main')
    if (number === pulls) {
      git(directory, 'merge', '--quiet', '--squash', `branch-${number}`)
      commit(`Add file ${number} (#${number})`)
    } else
      git(
        directory,
        'merge',
        '--quiet',
        '--no-ff',
        '-m',
        `Merge pull request #${number} from octo/branch`,
        `branch-${number}`,
      )
    return { number, commit: opened }
  })
  for (let number = 1; number <= 6; number++)
    writeFileSync(
      join(directory, `f${number}.ts`),
      lines(number, number === 5 ? { 1: 'another', 15: 'mended' } : { 15: 'mended' }),
    )
  commit('Mend')
  return made
}

/** What reviewers said: of odd ones `alpha`, of every fourth something that nobody finds; the author and an app say things as well. */
function commentsOf({ number, commit }: { readonly number: number; readonly commit: string }): StoredReview[] {
  const review = (by: TokenHolder, line: number, body: string): StoredReview => ({
    id: number * 100 + line,
    author: by,
    state: 'COMMENTED',
    body: '',
    commit,
    comments: [
      { id: number * 1000 + line, path: `f${number}.ts`, line, startLine: undefined, side: 'RIGHT' as const, body },
    ],
  })
  return [
    ...(number % 2 === 1 ? [review(mona, 5, 'This alpha is a problem.')] : []),
    ...(number % 4 === 0 ? [review(mona, 10, 'Please name it otherwise.')] : []),
    review(author, 11, 'I changed this.'),
    review(reader, 12, 'Coverage fell.'),
  ]
}

describe(
  'orchestrator backtest',
  { skip: process.platform === 'win32' && 'its reviewers are for a POSIX shell' },
  () => {
    const place = createPlace()
    let github: GithubApi
    let environment: Record<string, string>
    before(async () => {
      const made = generate(place.path)
      const head = git(place.path, 'rev-parse', 'HEAD').trim()
      const bare = mkdtempSync(join(tmpdir(), 'backtest-'))
      git(bare, 'init', '--quiet', '--bare')
      github = await startGithubApi({
        repository: 'octo/app',
        origin: bare,
        pullRequest: { number: 99, baseSha: head, headSha: head, headRepository: 'octo/app' },
        tokens: { [token]: reader },
      })
      github.otherPulls.push(...made.map((pull) => ({ number: pull.number, reviews: commentsOf(pull) })))
      environment = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'octo/app', GITHUB_API_URL: github.apiUrl }
      rmSync(bare, { recursive: true })
    })
    after(async () => {
      await github.close()
      place[Symbol.dispose]()
    })

    it('tells precision, recall and what has no evidence, right by construction, of two files side by side', async () => {
      const { code, out, err } = await run(
        place.path,
        ['backtest', 'eager.yml', '--against', 'careful.yml', '--pulls', String(pulls), '--json'],
        environment,
      )
      assert.equal(code, 0, err)
      const { pulls: each, figures, commentsUnknown } = JSON.parse(out)
      assert.equal(commentsUnknown, null)
      assert.deepEqual(
        each.map(({ number }: { number: number }) => number),
        Array.from({ length: pulls }, (_, at) => pulls - at),
      )
      assert.deepEqual(
        figures.map(({ tokens: _t, costUsd: _c, costPerAcceptedUsd: _p, ...known }: Record<string, unknown>) => known),
        [
          {
            file: 'eager.yml',
            reviewed: 20,
            notReviewed: [],
            findings: 40,
            saidByReviewers: 10,
            changedAfterwards: 6,
            noEvidence: 24,
            precisionAtLeast: 0.4,
            comments: 15,
            commentsFound: 10,
            recall: 10 / 15,
          },
          {
            file: 'careful.yml',
            reviewed: 20,
            notReviewed: [],
            findings: 10,
            saidByReviewers: 10,
            changedAfterwards: 0,
            noEvidence: 0,
            precisionAtLeast: 1,
            comments: 15,
            commentsFound: 10,
            recall: 10 / 15,
          },
        ],
      )
      assert.deepEqual(github.violations, [])
      // Nothing of the repository was touched.
      assert.equal(git(place.path, 'status', '--porcelain', '--', '*.ts', '*.yml'), '')
      assert.equal(git(place.path, 'worktree', 'list').trim().split('\n').length, 1)
    })

    it('says what it does not know: comments without a token, and what was not reviewed', async () => {
      const { code, out } = await run(place.path, ['backtest', 'eager.yml', '--against', 'broken.yml', '--pulls', '3'])
      assert.equal(code, 0)
      assert.match(out, /^ +eager\.yml +broken\.yml$/m)
      assert.match(out, /a reviewer said it too +unknown +unknown/)
      assert.match(out, /recall of reviewers’ comments +unknown +unknown/)
      assert.match(out, /pull requests reviewed +3 +0/)
      assert.match(out, /precision, at least +0 % +no findings/)
      assert.match(out, /^What reviewers said is unknown: there is no GITHUB_TOKEN\.$/m)
      assert.match(out, /^Not reviewed by broken\.yml, and left out: #20, #19, #18\.$/m)
    })

    it('counts the cost of real agents as their runs do', async () => {
      const agents = `
instances:
  review: { prompt: Review., attach: [changes], output-schema: findings, model: haiku }
`
      const answer = (number: number): string => `
  - match: { instance: review, prompt: 'line 3 of file ${number}' }
    reply: { json: { findings: [{ path: f${number}.ts, line: 5, endLine: null, side: right, severity: high, category: null, title: Alpha, body: '', suggestion: null, confidence: 1, evidence: null, rule: null, preExisting: null }], max-severity: high, summary: x } }`
      writeFileSync(join(place.path, 'agents.yml'), agents)
      writeFileSync(join(place.path, 'rules.yml'), `rules:${answer(20)}${answer(19)}\n`)
      rmSync(join(place.path, '.orchestrator'), { recursive: true, force: true })
      const { code, out, err } = await run(
        place.path,
        ['backtest', 'agents.yml', '--pulls', '2', '--simulate', 'rules.yml', '--json'],
        {
          ...environment,
          PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter),
        },
      )
      assert.equal(code, 0, err)
      const [figures] = JSON.parse(out).figures
      const directory = join(place.path, '.orchestrator/backtest')
      const reports = readdirSync(directory)
        .filter((name) => /^\d/.test(name))
        .map((name) => JSON.parse(readFileSync(join(directory, name, 'run.json'), 'utf8')))
      assert.equal(reports.length, 2)
      const cost = reports.reduce((sum, { costUsd }) => sum + costUsd, 0)
      assert.deepEqual([figures.findings, figures.saidByReviewers, figures.recall], [2, 1, 0.5])
      assert.ok(cost > 0 && Math.abs(figures.costUsd - cost) <= 0.0002, `${figures.costUsd} ${cost}`)
      assert.equal(figures.costPerAcceptedUsd, figures.costUsd)
    })

    it('refuses what cannot be replayed, and says why', async () => {
      const refused = async (...args: string[]): Promise<string> => {
        const { code, err } = await run(place.path, ['backtest', ...args])
        assert.equal(code, 2)
        return err
      }
      assert.match(await refused('nothing.yml'), /no instance of nothing\.yml reports findings/)
      assert.match(await refused('eager.yml', '--pulls', '0'), /--pulls must be a number from 1 to 9999, not 0/)
      assert.match(await refused('missing.yml'), /cannot read missing\.yml/)
      using other = createPlace({ 'eager.yml': file('eager') })
      git(other.path, 'init', '--quiet', '--initial-branch=main')
      git(other.path, 'add', '.')
      git(other.path, 'commit', '--quiet', '-m', 'Only')
      const { code, err } = await run(other.path, ['backtest', 'eager.yml'])
      assert.equal(code, 2)
      assert.match(err, /names no merged pull request/)
    })
  },
)
