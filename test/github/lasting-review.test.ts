import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Finding } from '../../src/core/finding.ts'
import { createRepository, git, type TestRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type GithubApiOptions, type TokenHolder } from '../rig/github-api.ts'
import { runReview, type ReviewedRun, type ReviewRun } from '../rig/review-run.ts'

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }
const maintainer: TokenHolder = { login: 'mona', type: 'User', write: true }
const stranger: TokenHolder = { login: 'mallory', type: 'User', write: false }

/** Words for one problem, another each time: what a model says is never twice the same. */
const wordings = [
  ['Untrusted value reaches a shell', 'Anybody can run programs.'],
  ['Command injection', 'Quote or refuse what comes from outside.'],
  ['Shell metacharacters are not escaped', 'A semicolon is enough.'],
  ['Remote code execution through user data', 'Validate before use.'],
] as const

const filler = (name: string, count: number): string =>
  Array.from({ length: count }, (_, at) => `const ${name}${at} = compute('${name}', ${at})\n`).join('')

const risky = (name: string): string => `  runShell(request.${name}) // danger\n`

/** Reports each dangerous line of a checkout, every time in other words. */
function look(checkout: string, run: number): Finding[] {
  const files = readdirSync(checkout, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.flatMap((path) =>
    readFileSync(join(checkout, path), 'utf8')
      .split('\n')
      .flatMap((text, index): Finding[] => {
        if (!text.includes('// danger')) return []
        const [title, body] = wordings[(run + index) % wordings.length] ?? ['', '']
        const rest = { endLine: null, rule: null, suggestion: null, confidence: 0.9 }
        return [{ path, line: index + 1, severity: 'high', category: 'security', title, body, ...rest }]
      }),
  )
}

describe('a review over the pushes of a pull request', () => {
  let directory: string
  let repository: TestRepository
  let author: string
  let github: GithubApi
  let facts: Omit<GithubApiOptions, 'tokens'>
  let runs: number

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lasting-'))
    repository = createRepository(
      directory,
      { 'src/a.ts': filler('a', 30), 'src/b.ts': filler('b', 30) },
      {
        'src/a.ts': filler('a', 10) + risky('alpha') + filler('m', 20) + risky('beta') + filler('n', 10),
        'src/b.ts': filler('b', 12) + risky('gamma') + filler('b', 12),
      },
    )
    author = join(directory, 'author')
    git(author, 'checkout', '--quiet', 'change')
    const { origin, baseSha, headSha } = repository
    facts = {
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
      permissions: { mona: 'write' },
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

  /** What the author's directory has becomes the head of the pull request. */
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

  function review(more: Partial<ReviewRun> = {}): Promise<ReviewedRun> {
    const run = ++runs
    const own = join(directory, `run-${run}`)
    mkdirSync(own)
    return runReview({ github, facts, directory: own, token: 'writes', run, look: (at) => look(at, run), ...more })
  }

  /** Each thread by the code it was put on, and what became of it. */
  function threads(): string[] {
    return github.reviews
      .flatMap(({ comments }) => comments)
      .map((comment) => {
        const thread = github.threadOf(comment)
        const state =
          thread.resolvedBy !== undefined
            ? `resolved by ${thread.resolvedBy.login}`
            : (thread.minimizedReason ?? 'open')
        return `${nameOf(comment)} ${state}${thread.replies.length > 0 ? ', answered' : ''}`
      })
      .toSorted()
  }

  function nameOf(comment: { readonly path: string; readonly line: number; readonly id: number }): string {
    const commit = github.reviews.find(({ comments }) => comments.some(({ id }) => id === comment.id))?.commit
    const text = git(repository.origin, 'show', `${commit}:${comment.path}`).split('\n')[comment.line - 1] ?? ''
    return /request\.(\w+)/.exec(text)?.[1] ?? '?'
  }

  const threadOn = (name: string) => {
    const comment = github.reviews.flatMap(({ comments }) => comments).find((each) => nameOf(each) === name)
    assert.ok(comment, `no thread on ${name}`)
    return github.threadOf(comment)
  }

  /** What was asked of GitHub about threads that people had answered. */
  const mutations = () => github.requests.filter(({ body }) => /mutation/.test(body)).map(({ body }) => body)

  it('has exactly the threads it should after each of twelve pushes', async () => {
    await review()
    assert.deepEqual(threads(), ['alpha open', 'beta open', 'gamma open'])

    // 2: edits above. A stranger's thumb means nothing.
    threadOn('beta').thumbsDown.push(stranger)
    for (const path of ['src/a.ts', 'src/b.ts']) edit(path, (text) => `// one\n// two\n// three\n${text}`)
    push('Edit above')
    await review()
    assert.deepEqual(threads(), ['alpha open', 'beta open', 'gamma open'])

    // 3: a file is renamed, and edited.
    mkdirSync(join(author, 'lib'))
    renameSync(join(author, 'src/b.ts'), join(author, 'lib/c.ts'))
    edit('lib/c.ts', (text) => text.replace('// two\n', ''))
    push('Rename')
    await review()
    assert.deepEqual(threads(), ['alpha open', 'beta open', 'gamma open'])

    // 4: one is answered, one dismissed, and a block moves down in its file.
    threadOn('alpha').replies.push({ author: stranger, body: 'I look into it.' })
    threadOn('gamma').replies.push({ author: maintainer, body: '/dismiss the input is ours' })
    edit('src/a.ts', (text) => text.replace(risky('beta'), '').replace('const n7', `${risky('beta')}const n7`))
    push('Move')
    const fourth = await review()
    const open = ['alpha open, answered', 'beta open', 'gamma open, answered']
    assert.deepEqual(threads(), open)
    assert.deepEqual(
      [fourth.model.findings.length, fourth.model.setAside.map(({ finding }) => finding.path)],
      [2, ['lib/c.ts']],
    )

    // 5: one is fixed.
    edit('src/a.ts', (text) => text.replace(risky('beta'), '  runSafely(request.beta)\n'))
    push('Fix')
    await review()
    assert.deepEqual(threads(), ['alpha open, answered', `beta resolved by ${bot.login}`, 'gamma open, answered'])

    // 6: the fix is reverted.
    git(author, 'revert', '--no-edit', 'HEAD')
    publish()
    await review()
    assert.deepEqual(threads(), open)

    // 7: an answered one is changed, not fixed.
    edit('src/a.ts', (text) => text.replace('request.alpha)', 'request.alpha.trim())'))
    push('Half a fix')
    await review()
    assert.deepEqual(threads(), open)

    // 8: and now it is, but a person has answered.
    edit('src/a.ts', (text) => text.replace('  runShell(request.alpha.trim()) // danger\n', ''))
    push('The other half')
    await review()
    assert.deepEqual(threads(), open)

    // 9: code moves to another file, and there is a new problem.
    edit('src/a.ts', (text) => text.replace(risky('beta'), ''))
    writeFileSync(join(author, 'src/moved.ts'), filler('x', 5) + risky('beta') + filler('y', 5) + risky('delta'))
    push('Move to another file')
    await review()
    assert.deepEqual(threads(), [open[0], 'beta open', 'delta open', open[2]])

    // 10: rebased onto a main that went on, and pushed by force; what was there before is gone.
    git(author, 'checkout', '--quiet', 'main')
    edit('src/a.ts', (text) => text.replace('const a5 =', '// of main\nconst a5 ='))
    git(author, 'commit', '--quiet', '-am', 'Main')
    git(author, 'checkout', '--quiet', 'change')
    git(author, 'rebase', '--quiet', 'main')
    publish()
    git(repository.origin, 'update-ref', '-d', 'refs/pull/1/merge')
    git(repository.origin, '-c', 'gc.reflogExpire=now', 'gc', '--quiet', '--prune=now')
    assert.throws(() => git(repository.origin, 'cat-file', '-e', github.reviews[0]?.commit ?? ''))
    const kept = ['alpha', 'beta', 'gamma', 'delta'].map((name) => [name, threadOnKept(name)] as const)
    await review()
    const states = () =>
      kept.map(([name, thread]) => {
        const isOpen = thread?.resolvedBy === undefined && thread?.minimizedReason === undefined
        return `${name} ${isOpen ? 'open' : 'closed'}`
      })
    assert.deepEqual(states(), ['alpha open', 'beta open', 'gamma open', 'delta open'])
    assert.equal(github.reviews.flatMap(({ comments }) => comments).length, 4)

    // 11: all commits become one, and a file goes.
    rmSync(join(author, 'src/moved.ts'))
    git(author, 'reset', '--quiet', '--soft', 'main')
    push('All in one')
    await review()
    assert.deepEqual(states(), ['alpha open', 'beta closed', 'gamma open', 'delta closed'])

    // 12: main is merged into it.
    git(author, 'checkout', '--quiet', 'main')
    writeFileSync(join(author, 'other.txt'), 'x\n')
    git(author, 'add', '--all')
    git(author, 'commit', '--quiet', '-m', 'More of main')
    git(author, 'checkout', '--quiet', 'change')
    git(author, 'merge', '--quiet', '--no-edit', 'main')
    publish()
    const last = await review()
    assert.deepEqual(states(), ['alpha open', 'beta closed', 'gamma open', 'delta closed'])
    assert.deepEqual([last.model.findings, last.model.setAside.length, last.model.verdict?.verdict], [[], 1, 'clean'])

    const comments = github.reviews.flatMap(({ comments: own }) => own)
    assert.equal(comments.length, 4)
    const answered = comments.filter((comment) => github.threadOf(comment).replies.length > 0)
    assert.equal(answered.length, 2)
    for (const { id } of answered) assert.ok(!mutations().some((body) => body.includes(`_${id}"`)), 'untouched')
  })

  /** Fixes beta, and brings it back. */
  function fixBeta(): void {
    edit('src/a.ts', (text) => text.replace(risky('beta'), '  runSafely(request.beta)\n'))
    push('Fix')
  }
  function breakBeta(): void {
    edit('src/a.ts', (text) => text.replace('  runSafely(request.beta)\n', risky('beta')))
    push('Break')
  }

  it('follows code that is split off into another file, indented otherwise, or has other line ends', async () => {
    await review()
    const open = ['alpha open', 'beta open', 'gamma open']
    // The lower half of a file gets one of its own, under another function.
    const half = readFileSync(join(author, 'src/a.ts'), 'utf8').indexOf('const m10')
    const whole = readFileSync(join(author, 'src/a.ts'), 'utf8')
    writeFileSync(join(author, 'src/a.ts'), whole.slice(0, half))
    writeFileSync(join(author, 'src/half.ts'), `// split off\n${whole.slice(half)}`)
    push('Split')
    await review()
    assert.deepEqual(threads(), open)
    for (const path of ['src/a.ts', 'src/half.ts', 'src/b.ts'])
      edit(path, (text) => `function all() {\n${text.replaceAll(/^(?=.)/gm, '\t\t')}}\n`)
    push('Indent')
    await review()
    assert.deepEqual(threads(), open)
    for (const path of ['src/a.ts', 'src/half.ts', 'src/b.ts']) edit(path, (text) => text.replaceAll('\n', '\r\n'))
    push('Line ends')
    const { delivery } = await review()
    assert.deepEqual(threads(), open)
    assert.match(delivery?.detail ?? '', /^nothing that was not said before; 3 findings said before$/)
    // What is fixed by then is still told from what is not.
    edit('src/half.ts', (text) => text.replace('runShell(request.beta) // danger', 'runSafely(request.beta)'))
    push('Fix')
    await review()
    assert.deepEqual(threads(), [open[0], `beta resolved by ${bot.login}`, open[2]])
  })

  it('tells equal findings on equal lines apart, whichever of them goes or moves', async () => {
    const twice = (first: string, second: string): string =>
      filler('p', 8) + first + filler('q', 20) + second + filler('r', 8)
    const states = () => threads().filter((each) => each.startsWith('same'))
    const resolved = `same resolved by ${bot.login}`
    writeFileSync(join(author, 'src/t.ts'), twice(risky('same'), risky('same')))
    push('Twice')
    await review()
    assert.deepEqual(states(), ['same open', 'same open'])
    edit('src/t.ts', (text) => text.replaceAll(/^/gm, '    '))
    push('Indent')
    await review()
    assert.deepEqual(states(), ['same open', 'same open'])
    // One goes: the other stood where it stands before, and is no place that the first moved to.
    writeFileSync(join(author, 'src/t.ts'), twice('', risky('same')))
    push('One goes')
    await review()
    assert.deepEqual(states(), ['same open', resolved])
    writeFileSync(join(author, 'src/t.ts'), twice(risky('same'), risky('same')))
    push('It is back')
    await review()
    assert.deepEqual(states(), ['same open', 'same open'])
    // The last moves before the first: there are two still, and nothing is said a third time.
    writeFileSync(join(author, 'src/t.ts'), risky('same') + twice(risky('same'), ''))
    push('One moves')
    await review()
    assert.deepEqual(states(), ['same open', 'same open'])
    // Nobody knows the old commits any more, and one of the two is gone.
    writeFileSync(join(author, 'src/t.ts'), twice('', risky('same')))
    git(author, 'add', '--all')
    git(author, 'reset', '--quiet', '--soft', 'main')
    push('All in one')
    git(repository.origin, 'update-ref', '-d', 'refs/pull/1/merge')
    git(repository.origin, '-c', 'gc.reflogExpire=now', 'gc', '--quiet', '--prune=now')
    await review()
    const own = github.reviews.flatMap(({ comments }) => comments).filter(({ path }) => path === 'src/t.ts')
    const open = own.filter((comment) => github.threadOf(comment).resolvedBy === undefined)
    assert.deepEqual([own.length, open.length], [2, 1])
  })

  it('folds our comment away where the token may not resolve threads, and opens it again', async () => {
    github.letResolve(false)
    await review()
    fixBeta()
    const { delivery } = await review()
    assert.match(delivery?.detail ?? '', /2 findings said before; 1 thread closed as fixed$/)
    assert.deepEqual(threads(), ['alpha open', 'beta resolved', 'gamma open'])
    breakBeta()
    const again = await review()
    assert.match(again.delivery?.detail ?? '', /1 thread opened again$/)
    assert.deepEqual(threads(), ['alpha open', 'beta open', 'gamma open'])
  })

  const dismissals: readonly [string, (thread: ReturnType<typeof threadOn>) => void][] = [
    ['resolves it', (thread) => (thread.resolvedBy = maintainer)],
    ['puts a thumb down', (thread) => thread.thumbsDown.push(maintainer)],
    [
      'says that it will not be fixed',
      (thread) => thread.replies.push({ author: maintainer, body: "Won't fix: intended." }),
    ],
    [
      'says /dismiss below a quotation',
      (thread) => thread.replies.push({ author: maintainer, body: '> A problem\n\n/dismiss' }),
    ],
    ['hides it', (thread) => (thread.minimizedReason = 'off-topic')],
  ]
  for (const [what, how] of dismissals)
    it(`remembers that somebody who may ${what}, until the code is another`, async () => {
      const gate = { settings: { failOn: { severity: 'high' } } } as const
      await review()
      how(threadOn('beta'))
      edit('src/a.ts', (text) => `// above\n${text}`)
      push('Edit above')
      const { model } = await review(gate)
      assert.equal(github.reviews.flatMap(({ comments }) => comments).length, 3)
      assert.deepEqual([model.findings.length, model.setAside.length], [2, 1])
      edit('src/a.ts', (text) => text.replace('runShell(request.beta)', 'runShell(request.beta, { force: true })'))
      push('Another')
      await review()
      assert.deepEqual(threads().filter((each) => each.startsWith('beta')).length, 2)
    })

  const others: readonly [string, (thread: ReturnType<typeof threadOn>) => void][] = [
    ['a stranger dismisses', (thread) => thread.replies.push({ author: stranger, body: '/dismiss' })],
    ['the author without access resolves', (thread) => (thread.resolvedBy = stranger)],
    [
      'somebody quotes the word of',
      (thread) => thread.replies.push({ author: maintainer, body: "> won't fix\n\nIt must be." }),
    ],
  ]
  for (const [what, how] of others)
    it(`counts what ${what} all the same, and neither repeats nor touches it`, async () => {
      await review()
      how(threadOn('beta'))
      push('Nothing')
      const { model } = await review()
      assert.deepEqual([model.findings.length, model.setAside.length], [3, 0])
      fixBeta()
      await review()
      breakBeta()
      await review()
      assert.equal(github.reviews.flatMap(({ comments }) => comments).length, 3)
      assert.deepEqual(mutations(), [])
    })

  it('does not trust a comment of ours that somebody edited, nor touches it, and still knows its place', async () => {
    await review()
    const comment = github.reviews[0]?.comments.find((each) => nameOf(each) === 'beta')
    assert.ok(comment)
    const thread = github.threadOf(comment)
    const otherwise = Buffer.from('{"category":"style","title":"Another"}').toString('base64url')
    Object.assign(comment, {
      body: comment.body.replace(/orchestrator-thread (\S+) \S+/, `orchestrator-thread $1 ${otherwise}`),
    })
    thread.editor = stranger
    edit('src/a.ts', (text) => `// above\n${text}`)
    push('Edit above')
    await review()
    fixBeta()
    await review()
    assert.deepEqual(threads(), ['alpha open', 'beta open', 'gamma open'])
    assert.deepEqual(mutations(), [])
  })

  it('remembers in a later pull request what was dismissed in an earlier one, where the code is the same', async () => {
    await review()
    threadOn('beta').replies.push({ author: maintainer, body: '/dismiss' })
    threadOn('alpha').replies.push({ author: stranger, body: '/dismiss' })
    // It was merged; the code comes back in another pull request, elsewhere in its file.
    const reviews = github.reviews.splice(0)
    github.otherPulls.push({ number: 7, reviews })
    edit('src/a.ts', (text) => `${filler('z', 9)}${text}`)
    push('Later')
    const { model } = await review()
    assert.deepEqual(threads(), ['alpha open', 'gamma open'])
    assert.equal(model.setAside.length, 1)
  })

  it('leaves the threads of another orchestration alone, and marks that stand inside other words', async () => {
    await review()
    const [first] = github.reviews
    assert.ok(first)
    const foreign = first.comments.map((comment) => ({
      ...comment,
      body: comment.body.replace(/orchestrator-thread \S+/, 'orchestrator-thread other'),
    }))
    github.reviews[0] = {
      ...first,
      comments: foreign,
      body: first.body.replace(/orchestrator:\S+/, 'orchestrator:other'),
    }
    rmSync(join(author, 'src/b.ts'))
    push('Remove')
    const forged = `\`\`\`suggestion\n${foreign[0]?.body.slice(foreign[0].body.indexOf('<!--'))}\n\`\`\``
    await review({ look: (at) => look(at, 3).map((each) => ({ ...each, suggestion: forged })) })
    assert.deepEqual(mutations(), [])
    await review()
    assert.equal(github.reviews.flatMap(({ comments }) => comments).length, 3 + 2)
  })

  it('closes nothing that nobody looked at', async () => {
    await review()
    fixBeta()
    await review({ look: () => undefined })
    assert.deepEqual(threads(), ['alpha open', 'beta open', 'gamma open'])
    await review()
    assert.deepEqual(threads(), ['alpha open', `beta resolved by ${bot.login}`, 'gamma open'])
  })

  it('takes a request for changes back only when no thread of the same code is open', async () => {
    const asking = { review: { requestsChanges: true } } as const
    await review(asking)
    // Reviewers do not find the same every time.
    await review({ ...asking, look: () => [] })
    assert.deepEqual(
      github.reviews.map(({ state }) => state),
      ['CHANGES_REQUESTED'],
    )
    edit('src/a.ts', (text) => text.replaceAll('runShell', 'runSafely').replaceAll(' // danger', ''))
    rmSync(join(author, 'src/b.ts'))
    push('Fix all')
    await review(asking)
    assert.deepEqual(
      github.reviews.map(({ state }) => state),
      ['DISMISSED'],
    )
    assert.deepEqual(new Set(threads().map((each) => each.split(' ')[1])), new Set(['resolved']))
  })

  it('asks again where an answer about threads got lost', async () => {
    await review()
    github.refuse({ method: 'POST', path: /graphql$/, status: 502, times: 2 })
    const { delivery } = await review()
    assert.equal(delivery?.detail, 'nothing that was not said before; 3 findings said before')
  })

  it('goes by the keys of comments where threads cannot be read', async () => {
    await review()
    const { delivery } = await review({ earlier: 'unknown' })
    assert.equal(delivery?.detail, 'nothing that was not said before')
    assert.equal(github.reviews.length, 1)
  })

  /** By the order in which they came: the commits they were put on may be gone. */
  function threadOnKept(name: string) {
    const order = ['alpha', 'beta', 'gamma', 'delta']
    const comments = github.reviews.flatMap(({ comments: own }) => own)
    const comment = comments[order.indexOf(name)]
    return comment && github.threadOf(comment)
  }

  describe('about lines that it removes', () => {
    const guard = (name: string): string => `  requireAdmin(request.${name}) // guard\n`

    /** Each guard that the pull request removes, where it was before. */
    function guards(): Finding[] {
      const found: Finding[] = []
      const diff = git(author, 'diff', '-M', 'main...change')
      let [path, old] = ['', 0]
      for (const text of diff.split('\n')) {
        if (text.startsWith('--- a/')) path = text.slice('--- a/'.length)
        if (text.startsWith('+++ b/')) path = text.slice('+++ b/'.length)
        const start = /^@@ -(\d+)/.exec(text)?.[1]
        if (start !== undefined) old = Number(start)
        else if (/^-.*\/\/ guard$/.test(text)) {
          const [title, body] = wordings[(runs + old) % wordings.length] ?? ['', '']
          const rest = { endLine: null, rule: null, suggestion: null, confidence: 0.9 }
          found.push({ path, line: old++, side: 'left', severity: 'high', category: 'security', title, body, ...rest })
        } else if (/^[- ]/.test(text) && !text.startsWith('--- ')) old++
      }
      return found
    }

    const lookForGuards = () => review({ look: guards })

    /** Each thread by the guard whose removal it is about, by GitHub's numbers: of the file at the merge base. */
    function states(): string[] {
      return github.reviews
        .flatMap(({ comments, commit }) => comments.map((comment) => ({ ...comment, commit, own: comment })))
        .map(({ own, side, line, body }) => {
          const { resolvedBy } = github.threadOf(own)
          const code = /"code":\["([^"]*)"/.exec(
            Buffer.from(/orchestrator-thread \S+ ([\w-]+)/.exec(body)?.[1] ?? '', 'base64url').toString('utf8'),
          )?.[1]
          const name = /request\.(\w+)/.exec(code ?? '')?.[1] ?? '?'
          return `${name} ${side} ${line} ${resolvedBy === undefined ? 'open' : 'resolved'}`
        })
        .toSorted()
    }

    beforeEach(() => {
      git(author, 'checkout', '--quiet', 'main')
      writeFileSync(
        join(author, 'src/a.ts'),
        filler('a', 10) + guard('alpha') + filler('m', 20) + guard('beta') + filler('n', 10),
      )
      writeFileSync(join(author, 'src/gone.ts'), filler('g', 4) + guard('gamma') + filler('h', 4))
      git(author, 'add', '--all')
      git(author, 'commit', '--quiet', '-m', 'Guards')
      git(author, 'checkout', '--quiet', '-B', 'change', 'main')
      edit('src/a.ts', (text) => text.replace(guard('alpha'), '').replace(guard('beta'), ''))
      rmSync(join(author, 'src/gone.ts'))
      push('Remove the guards')
    })

    it('has exactly the threads it should after each push', async () => {
      await lookForGuards()
      const open = ['alpha LEFT 11 open', 'beta LEFT 32 open', 'gamma LEFT 5 open']
      assert.deepEqual(states(), open)

      // Edits around them, and the file is renamed.
      edit('src/a.ts', (text) => `// one\n// two\n${text}`)
      renameSync(join(author, 'src/a.ts'), join(author, 'src/z.ts'))
      push('Edit and rename')
      const second = await lookForGuards()
      assert.deepEqual(states(), open)
      assert.match(second.delivery?.detail ?? '', /^nothing that was not said before; 3 findings said before$/)

      // Main goes on above them, and is merged: their numbers are others.
      git(author, 'checkout', '--quiet', 'main')
      edit('src/a.ts', (text) => text.replace('const a5 =', '// of main\n// and more\nconst a5 ='))
      git(author, 'commit', '--quiet', '-am', 'Main')
      git(author, 'checkout', '--quiet', 'change')
      git(author, 'merge', '--quiet', '--no-edit', 'main')
      publish()
      await lookForGuards()
      assert.deepEqual(states(), open)

      // One guard comes back, and so does the file.
      edit('src/z.ts', (text) => text.replace('const m0 ', `${guard('alpha')}const m0 `))
      writeFileSync(join(author, 'src/gone.ts'), filler('g', 4) + guard('gamma') + filler('h', 4))
      push('Bring two back')
      const fourth = await lookForGuards()
      assert.deepEqual(states(), ['alpha LEFT 11 resolved', 'beta LEFT 32 open', 'gamma LEFT 5 resolved'])
      assert.equal(fourth.model.findings.length, 1)

      // It is removed again: its thread opens again, and nothing is said twice.
      edit('src/z.ts', (text) => text.replace(guard('alpha'), ''))
      push('Remove one again')
      await lookForGuards()
      assert.deepEqual(states(), ['alpha LEFT 11 open', 'beta LEFT 32 open', 'gamma LEFT 5 resolved'])

      // Somebody who may write dismisses one; the history is rewritten, and nobody knows the old commits.
      const beta = github.reviews.flatMap(({ comments }) => comments).find(({ line }) => line === 32)
      assert.ok(beta)
      github.threadOf(beta).replies.push({ author: maintainer, body: "won't fix" })
      git(author, 'reset', '--quiet', '--soft', 'main')
      push('All in one')
      git(repository.origin, 'update-ref', '-d', 'refs/pull/1/merge')
      git(repository.origin, '-c', 'gc.reflogExpire=now', 'gc', '--quiet', '--prune=now')
      assert.throws(() => git(repository.origin, 'cat-file', '-e', github.reviews[0]?.commit ?? ''))
      const last = await lookForGuards()
      assert.deepEqual(states(), ['alpha LEFT 11 open', 'beta LEFT 32 open', 'gamma LEFT 5 resolved'])
      assert.deepEqual([last.model.findings.length, last.model.setAside.length], [1, 1])
    })

    it('is told apart from what is found on the line that took their place', async () => {
      edit('src/a.ts', (text) => text.replace('const m0 ', `${risky('alpha')}const m0 `))
      push('Something else there')
      const both = () =>
        review({
          look: () => {
            const here = { line: 11, endLine: null, rule: null, suggestion: null, confidence: 0.9, body: '' }
            const one = { path: 'src/a.ts', severity: 'high', category: 'security', ...here } as const
            return [
              { ...one, side: 'left', title: 'The check of the role went' },
              { ...one, title: 'Command injection' },
            ]
          },
        })
      await both()
      assert.deepEqual(states(), ['alpha LEFT 11 open', 'alpha RIGHT 11 open'])
      await both()
      assert.deepEqual(states(), ['alpha LEFT 11 open', 'alpha RIGHT 11 open'])
      edit('src/a.ts', (text) => text.replace(risky('alpha'), guard('alpha')))
      push('The guard is back')
      await review({ look: () => [] })
      assert.deepEqual(states(), ['alpha LEFT 11 resolved', 'alpha RIGHT 11 resolved'])
    })
  })
})
