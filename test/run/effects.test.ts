import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { ownTrust } from '../../src/core/run-trust.ts'
import type { Deed, EffectBounds, EffectPerformer, EffectRules } from '../../src/core/effect.ts'
import { recoverRun } from '../../src/journal/recover.ts'
import { runDirectoryAt } from '../../src/journal/run-directory.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import type { RunOptions } from '../../src/run/run-options.ts'
import type { ProcessDefinition } from '../../src/core/instance.ts'
import { createRepository } from '../rig/git-repository.ts'
import { instanceNamed, runStarted } from '../journal/small-run.ts'

const root = mkdtempSync(join(tmpdir(), 'effects-run-'))
after(() => rmSync(root, { recursive: true, force: true }))
let count = 0

const rules: EffectRules = { comment: { on: '3', max: 1 }, labels: { on: '3', allow: ['bug'], max: 1 } }

/** An instance that counts how often it ran in the file `ran`. */
function plan(answer: object, effects = rules) {
  const instance = instanceNamed('triage')
  const script = `echo x >> ran; printf '%s' '${JSON.stringify(answer)}'`
  const process = { ...instance.process, action: { kind: 'script', script }, parse: { kind: 'json' }, effects } as const
  return runStarted([{ ...instance, process }]).plan
}

function performer(answer: () => Promise<string | undefined>, refusal?: string) {
  const done: (readonly Deed[])[] = []
  const effects = (): EffectPerformer => ({
    subject: 7,
    ...(refusal !== undefined && { refusal }),
    async perform(deeds) {
      done.push(deeds)
      const problem = await answer()
      return problem === undefined
        ? { done: deeds.map(({ kind }) => (kind === 'comment' ? { kind, number: 12, url: 'https://x/12' } : { kind })) }
        : { done: [], problem }
    },
  })
  return { done, effects }
}

const run = async (given: RunOptions['plan'], more: Partial<RunOptions> = {}) => {
  const workspace = more.workspace ?? join(root, String(++count))
  const outcome = await executeRun({
    plan: given,
    inputs: {},
    only: null,
    workspace,
    runDirectory: join(workspace, 'run'),
    environment: { PATH: process.env['PATH'], API_KEY: 'a-secret-word-1234' },
    secrets: ['a-secret-word-1234'],
    reporters: () => [],
    trust: ownTrust,
    ...more,
  })
  const at = outcome.state.instances.get('triage')
  const ran = readFileSync(join(workspace, 'ran'), 'utf8').length / 2
  return { workspace, outcome, ran, reason: at?.reason, detail: at?.detail, notices: outcome.state.notices }
}

const mkWorkspace = (): string => mkdtempSync(join(root, 'w-'))
const nothing = () => Promise.resolve(undefined)
const asked = { comment: 'the key is a-secret-word-1234', labels: ['bug'] }

describe('what an instance asks for outside', () => {
  it('is done once it has succeeded, masked, after the journal has it', async () => {
    const workspace = mkWorkspace()
    let journal = ''
    const { done, effects } = performer(() => {
      journal = readFileSync(join(workspace, 'run/journal.ndjson'), 'utf8')
      return nothing()
    })
    const { outcome } = await run(plan(asked), { workspace, effects })
    assert.equal(outcome.state.ended?.result, 'success')
    assert.deepEqual(done, [
      [
        { kind: 'comment', identity: '["triage",0]', on: 3, body: 'the key is ***' },
        { kind: 'labels', on: 3, labels: ['bug'] },
      ],
    ])
    assert.match(journal, /"type":"effect\.started".*"deeds":\[\{"kind":"comment"/)
    assert.doesNotMatch(journal, /a-secret-word/)
  })

  it('fails the instance where the file does not allow it, or GitHub refuses, and is not asked for by a failure', async () => {
    const { done, effects } = performer(() => Promise.resolve('`comment` was not done on GitHub (403 no)'))
    const strange = await run(plan({ labels: ['security'] }), { workspace: mkWorkspace(), effects })
    assert.equal(strange.reason, 'denied')
    assert.match(strange.detail ?? '', /nothing was changed on GitHub: "security"/)
    assert.equal(done.length, 0)
    const refused = await run(plan(asked), { workspace: mkWorkspace(), effects })
    assert.equal(refused.reason, 'denied')
    assert.match(refused.detail ?? '', /403 no/)
    const untrusted = performer(nothing, 'mallory is a stranger')
    assert.match(
      (await run(plan(asked), { workspace: mkWorkspace(), effects: untrusted.effects })).detail ?? '',
      /nothing was changed on GitHub: mallory is a stranger/,
    )
    const broken = plan(asked)
    const [instance] = broken.instances
    assert.ok(instance?.kind === 'process')
    const failing = { ...instance.process, action: { kind: 'script', script: 'echo x >> ran; exit 3' } } as const
    await run(
      { ...broken, instances: [{ ...instance, process: failing }] },
      { workspace: mkWorkspace(), effects: untrusted.effects },
    )
    assert.equal(untrusted.done.length, 0)
  })

  it('is refused where all instances together ask for more than the file allows, and told with what it came to', async () => {
    const [first] = plan(asked).instances
    assert.ok(first?.kind === 'process')
    const second = {
      ...first,
      id: 'other',
      key: 'other',
      needs: [{ from: 'triage', when: 'success', delayMs: 0, plain: true }],
    } as const
    const both = { ...plan(asked), instances: [first, second] }
    for (const [bounds, why] of [
      [{ max: 3, comment: {}, labels: {} }, /asks for 4 effects, and `effects` of the file allows 3/],
      [{ comment: { max: 1 }, labels: {} }, /asks for 2 of `comment`, and `effects` of the file allows 1/],
      [{ comment: {}, labels: { max: 1 } }, /asks for 2 of `labels`/],
    ] as const) {
      const { done, effects } = performer(nothing)
      const { outcome } = await run({ ...both, effects: bounds }, { workspace: mkWorkspace(), effects })
      const at = outcome.state.instances.get('other')
      assert.equal(outcome.state.instances.get('triage')?.result, 'success')
      assert.equal(at?.reason, 'denied')
      assert.match(at?.detail ?? '', why)
      assert.equal(done.length, 1)
    }
    const { effects } = performer(nothing)
    const { outcome, notices } = await run(
      { ...both, effects: { max: 4, comment: {}, labels: {} } },
      { workspace: mkWorkspace(), effects },
    )
    assert.equal(outcome.state.ended?.result, 'success')
    assert.match(notices.map(({ message }) => message).join(), /done on GitHub: comment #12 https:\/\/x\/12, labels/)
    assert.deepEqual(outcome.state.instances.get('other')?.outputs, {
      'comment-number': '12',
      'comment-url': 'https://x/12',
    })
  })

  it('is shown, and not done, where there is nobody to do it', async () => {
    const { outcome, notices } = await run(plan(asked), { workspace: mkWorkspace() })
    assert.equal(outcome.state.ended?.result, 'success')
    assert.match(
      notices.map(({ message }) => message).join(),
      /this would be done on GitHub: comment on #3, labels bug on #3/,
    )
    assert.match((await run(plan({ labels: ['x'] }), { workspace: mkWorkspace() })).detail ?? '', /not among/)
  })

  it('is done by a resumed run that finds it begun, and the instance is not run again', async () => {
    const workspace = mkWorkspace()
    const first = performer(nothing)
    await run(plan(asked), { workspace, effects: first.effects })
    const journal = join(workspace, 'run/journal.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const begun = lines.findIndex((line) => line.includes('"effect.started"'))
    writeFileSync(journal, `${lines.slice(0, begun + 1).join('\n')}\n`)
    const recovery = recoverRun(journal)
    const runId = recovery.state.started?.runId ?? ''
    const directory = runDirectoryAt(join(workspace, 'run'), runId)
    const second = performer(nothing)
    const resumed = await run(plan(asked), {
      workspace,
      effects: second.effects,
      resume: { ...recovery, runId, directory, changed: [] },
    })
    assert.equal(resumed.outcome.state.ended?.result, 'success')
    assert.deepEqual(second.done, first.done)
    assert.equal(resumed.ran, 1)
  })

  it('is a failure of a resumed run that cannot tell whether it was done', async () => {
    const workspace = mkWorkspace()
    await run(plan(asked), { workspace, effects: performer(nothing).effects })
    const journal = join(workspace, 'run/journal.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const begun = lines.findIndex((line) => line.includes('"effect.started"'))
    writeFileSync(journal, `${lines.slice(0, begun + 1).join('\n')}\n`)
    const recovery = recoverRun(journal)
    const runId = recovery.state.started?.runId ?? ''
    const directory = runDirectoryAt(join(workspace, 'run'), runId)
    const resumed = await run(plan(asked), { workspace, resume: { ...recovery, runId, directory, changed: [] } })
    assert.equal(resumed.reason, 'denied')
    assert.match(resumed.detail ?? '', /cannot be determined here whether it did/)
  })

  describe('as a commit', { skip: process.platform === 'win32' && 'its scripts are for a POSIX shell' }, () => {
    /** What `script` changes in a worktree of a repository, as it would leave. */
    const change = async (
      script: string,
      more: Partial<ProcessDefinition['workspace']> = {},
      { effects: rules, bounds, obeys }: { effects?: EffectRules; bounds?: EffectBounds; obeys?: string[] } = {},
    ) => {
      const directory = mkWorkspace()
      const { checkout, mergeSha } = createRepository(directory, { 'a.txt': '1\n', 'b.txt': '2\n' }, {})
      const instance = instanceNamed('triage')
      const process = {
        ...instance.process,
        action: { kind: 'script', script },
        workspace: { kind: 'worktree', apply: false, ...more },
        secrets: ['API_KEY'],
        effects: rules ?? { pullRequest: { title: 'Fix', draft: true, maxBytes: 1000 } },
      } as const
      const { done, effects } = performer(nothing)
      const { outcome } = await executeRunIn(
        checkout,
        { ...runStarted([{ ...instance, process }]).plan, ...(bounds && { effects: bounds }), ...(obeys && { obeys }) },
        effects,
      )
      const at = outcome.state.instances.get('triage')
      return { mergeSha, done: done.flat(), reason: at?.reason, detail: at?.detail ?? '' }
    }
    const executeRunIn = async (workspace: string, given: RunOptions['plan'], effects: RunOptions['effects']) => ({
      outcome: await executeRun({
        plan: given,
        inputs: {},
        only: null,
        workspace,
        environment: { PATH: process.env['PATH'], API_KEY: 'a-secret-word-1234' },
        reporters: () => [],
        trust: ownTrust,
        ...(effects && { effects }),
      }),
    })

    it('leaves with every file that changed, and nothing where none did', async () => {
      const { done, mergeSha, reason } = await change(
        'echo new > c.txt; chmod +x c.txt; rm b.txt; git add -A; git -c user.name=a -c user.email=b commit -qm x; ln -s a.txt link',
      )
      assert.equal(reason, '')
      assert.deepEqual(done, [
        {
          kind: 'pull-request',
          identity: '["triage"]',
          title: 'Fix',
          body: '',
          labels: [],
          draft: true,
          branch: undefined,
          base: undefined,
          change: {
            parent: mergeSha,
            files: [
              { path: 'b.txt', mode: null, text: '' },
              { path: 'c.txt', mode: '100755', text: 'new\n' },
              { path: 'link', mode: '120000', text: 'a.txt' },
            ],
          },
        },
      ])
      assert.deepEqual((await change('true')).done, [])
    })

    for (const [name, script, why] of [
      ['a protected file', 'mkdir -p .github/workflows; echo x > .github/workflows/ci.yml', /ci\.yml: protected/],
      ['instructions of agents', 'echo obey > CLAUDE.md', /CLAUDE\.md: protected/],
      ['a secret', 'echo "key: $API_KEY" > c.txt', /there is a secret in its changes/],
      ['a binary file', String.raw`printf 'a\000b' > c.bin`, /c\.bin: a binary file/],
      ['too much', 'head -c 1001 /dev/zero | tr "\\0" x > c.txt', /more than 1000 bytes/],
      ['a link out of the repository', 'ln -s ../../etc c', /leads out of the repository/],
    ] as const)
      it(`is refused with ${name}`, async () => {
        const { done, reason, detail } = await change(`echo fine > a.txt; ${script}`)
        assert.deepEqual([done.length, reason], [0, 'denied'], detail)
        assert.match(detail, why)
      })

    it('is refused outside of the paths of its rule and of the file, and with a file that the run is made of', async () => {
      const rule = { title: 'Fix', draft: true, maxBytes: 1000, paths: ['*.txt'] }
      const outside = await change('echo x > c.md', {}, { effects: { pullRequest: rule } })
      assert.match(outside.detail, /c\.md: not among the `paths`/)
      const bounded = await change('echo x > c.txt', {}, { bounds: { pullRequest: { paths: ['src/**'] } } })
      assert.match(bounded.detail, /c\.txt: not among the `paths`/)
      const small = await change('echo 12345 > c.txt', {}, { bounds: { pullRequest: { maxBytes: 5 } } })
      assert.match(small.detail, /more than 5 bytes/)
      for (const obeyed of ['ci/run.yml', 'ci/prompt.md']) {
        const own = await change(
          `mkdir -p ci; echo x > ${obeyed.replace('run', 'RUN')}`,
          {},
          { obeys: ['ci/run.yml', 'ci/prompt.md'] },
        )
        assert.match(own.detail, /: protected/)
        assert.equal(own.done.length, 0)
      }
    })

    it('takes along a protected file that the file names', async () => {
      const { done } = await change('echo obey > CLAUDE.md', { allowPaths: ['CLAUDE.md'] })
      assert.equal(done.length, 1)
    })
  })
})
