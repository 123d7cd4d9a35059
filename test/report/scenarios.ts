import type { Stamped } from '../../src/core/event.ts'
import { unknownAccounting } from '../../src/core/usage.ts'
import { expression } from '../rig/conditions.ts'
import { buildJournal, edge, group, instance, spent } from './journal-builder.ts'

/** What a model might write to harm whoever reads the report. */
export const hostileText = [
  'Looks good, @octocat and @org/security! Closes #12, GH-7.',
  '::set-output name=token::stolen',
  '##[add-path]/tmp/evil',
  '<!-- orchestrator:hostile --><script>alert(1)</script><img src=x onerror=alert(1)>',
  '![pixel](https://evil.example/pixel.png) [click](javascript:alert(1)) [d]( data:text/html,x ) [e](&#106;avascript:x)',
  '[ref]: javascript:alert(1)',
  '\u001B[31mred\u001B[0m \u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007 \u001B[2J\u0007bell',
  'user\u202Egnp.exe \u2066isolated\u2069 \u200Fright',
  '`inline <b>code</b>` and array![0] and a | b',
  '```ts',
  'const decorated = @Injectable() <T>(x: T) => `${x}`',
  '```',
  '````',
  'an open fence with ``` inside and @everyone',
].join('\n')

const cell = (id: string, label: string) => instance(id, { parent: 'matrix', label })

/** One journal for each golden file, by name. */
export const scenarios: Readonly<Record<string, () => readonly Stamped[]>> = {
  success() {
    const run = buildJournal(
      'pr-review',
      [
        instance('diff', { line: 3 }),
        instance('security', { runtime: 'claude', model: 'opus', needs: ['diff'], line: 5 }),
        instance('style', { runtime: 'codex', needs: ['diff'], line: 9 }),
        instance('fix', { runtime: 'codex', needs: [edge('style', 'failure')], line: 12 }),
        instance('summary', {
          runtime: 'claude',
          label: 'Summary of all',
          line: 15,
          needs: ['security', edge('style', expression("needs.style.outputs.count > 0 || contains('a|b', '\"')"))],
        }),
      ],
      { simulated: true },
    )
    run.start('diff')
    run.end('diff', 120, { text: 'diff --git' })
    run.settle('diff')
    run.start('security')
    run.start('style', { ms: 3 })
    run.progress('security', spent(900, 0, 10, null), 'Bash: npm test', 400)
    run.end('style', 2200, { accounting: spent(3000, 1500, 250, null), text: 'Two nits.', model: 'gpt-5' })
    run.settle('style', null, { outputs: { count: '2' } })
    run.record({ type: 'edge.decided', from: 'style', to: 'summary', taken: true })
    run.finish('fix', 'skipped', 'upstream', 'edge from style not taken (style succeeded, edge wants failure)')
    run.end('security', 12_000, {
      accounting: spent(12_345, 100_000, 2345, 0.4321),
      text: 'One finding.',
      model: 'claude-opus-5',
    })
    run.settle('security')
    run.start('summary')
    run.end('summary', 65_000, {
      accounting: spent(1000, 0, 500, 0.0123),
      model: 'claude-sonnet-5',
      text: '## Verdict\n\n- one finding in `src/a.ts`\n- two nits\n\n| file | count |\n| --- | --- |\n| a.ts | 3 |',
    })
    run.settle('summary')
    run.close('success')
    return run.events
  },

  failure() {
    const run = buildJournal('ci', [
      instance('build'),
      instance('tests', { needs: ['build'], line: 6 }),
      instance('lint', { needs: ['build'], line: 8 }),
      instance('review', { runtime: 'claude', model: 'opus', needs: ['build'], line: 10 }),
      instance('empty', { runtime: 'codex', needs: ['build'], line: 14 }),
      instance('killed', { runtime: 'claude', needs: ['build'], line: 16 }),
      instance('repair', { runtime: 'codex', needs: [edge('tests', 'failure')], line: 18 }),
      instance('deploy', { needs: ['tests', 'review'], line: 20 }),
    ])
    run.start('build')
    run.end('build', 900)
    run.settle('build')
    run.start('tests')
    run.start('lint')
    run.start('review')
    run.start('empty')
    run.start('killed')
    const tail = [
      ...Array.from({ length: 30 }, (_, index) => `ok ${index + 1} - case`),
      'not ok 31 - adds',
      '````',
      'expected 2',
    ].join('\n')
    run.end('tests', 4000, { failure: { kind: 'exit', code: 1 }, tail })
    run.settle('tests', { kind: 'exit', code: 1 })
    run.end('lint', 100, { failure: { kind: 'exit', code: 2, detail: '3 problems' }, tail: 'a.ts:1:1 semi' })
    run.finish('lint', 'success', 'exit:2', '3 problems', { outcome: 'failure' })
    run.end('review', 300, {
      failure: { kind: 'rate-limit', detail: '429 from the API' },
      accounting: spent(10, 0, 0, 0.001),
    })
    run.record({
      type: 'instance.retrying',
      id: 'review',
      attempt: 2,
      dueAt: Date.UTC(2026, 10, 21, 12, 0, 8),
      why: 'rate-limit',
    })
    run.start('review', { ms: 2000 })
    run.end('review', 500, { failure: { kind: 'overloaded', detail: '529' }, accounting: spent(10, 0, 0, 0.001) })
    run.record({ type: 'instance.retrying', id: 'review', attempt: 3, dueAt: 0, why: 'fallback to codex', fallback: 0 })
    run.start('review', { runtime: 'codex', model: 'gpt-5' })
    run.end('review', 1500, { runtime: 'codex', model: 'gpt-5', accounting: spent(2000, 0, 100, null), text: 'Fine.' })
    run.settle('review')
    run.end('empty', 100, {
      failure: { kind: 'no-output', detail: 'exited 0 with an empty answer' },
      accounting: spent(50, 0, 0, null),
    })
    run.settle('empty', { kind: 'no-output', detail: 'exited 0 with an empty answer' })
    run.end('killed', 100, { failure: { kind: 'signal', signal: 'SIGKILL' }, accounting: unknownAccounting })
    run.settle('killed', { kind: 'signal', signal: 'SIGKILL' })
    run.start('repair')
    run.end('repair', 800, { accounting: spent(100, 0, 20, null), text: 'Fixed.' })
    run.settle('repair')
    run.finish('deploy', 'skipped', 'upstream', 'edge from tests not taken (tests failed, edge wants success)')
    run.record({ type: 'notice', level: 'warning', id: 'review', message: 'moved to codex after 2 attempts' })
    run.record({ type: 'report.failed', reporter: 'comment', detail: '403 Resource not accessible by integration' })
    run.close('failure', '3 instances failed')
    return run.events
  },

  repaired() {
    const run = buildJournal('structured', [
      instance('findings', { runtime: 'claude' }),
      instance('plan', { runtime: 'codex', needs: ['findings'] }),
    ])
    const repair = (id: string, attempt: number, why: string): void =>
      run.record({ type: 'attempt.repairing', id, attempt, why, pid: 4711, argv: ['agent', 'resume'] }, 900)
    run.start('findings')
    run.progress('findings', spent(1000, 0, 100, 0.02), 'Read: a.ts', 400)
    repair('findings', 1, 'the output is not JSON')
    run.end('findings', 300, { accounting: spent(1900, 1000, 160, 0.03), text: '{"count":3}' })
    run.settle('findings')
    const failure = { kind: 'invalid-output', detail: 'also after a repair: count: too small' } as const
    run.start('plan')
    run.end('plan', 300, { failure: { kind: 'rate-limit', detail: '429' }, accounting: spent(0, 0, 0, null) })
    run.record({ type: 'instance.retrying', id: 'plan', attempt: 2, dueAt: 0, why: 'rate-limit' })
    run.start('plan')
    repair('plan', 2, 'count: too small')
    run.end('plan', 300, { failure, accounting: spent(2000, 0, 70, null), text: '{"count":0}', tail: '{"count":0}' })
    run.settle('plan', failure)
    run.close('failure', 'plan failed')
    return run.events
  },

  groups() {
    const run = buildJournal('release', [
      instance('list'),
      ...group('matrix', 'matrix', [], { needs: ['list'] }),
      instance('publish.verify', { parent: 'publish' }),
      instance('publish.docs.changelog', { parent: 'publish.docs', runtime: 'claude' }),
      instance('publish.docs.site', { parent: 'publish.docs' }),
      ...group('publish.docs', 'parallel', ['publish.docs.changelog', 'publish.docs.site'], {
        parent: 'publish',
        needs: ['publish.verify', edge('publish..open')],
      }),
      ...group('publish', 'sequence', ['publish.verify', 'publish.docs'], { needs: ['matrix'] }),
    ])
    run.start('list')
    run.end('list', 50)
    run.settle('list')
    const cells = [cell('matrix.20', 'matrix (20)'), cell('matrix.24', 'matrix (24)')]
    run.record({ type: 'plan.expanded', group: 'matrix', members: cells.map(({ id }) => id), instances: cells })
    for (const { id } of cells) run.start(id)
    for (const { id } of cells) {
      run.end(id, 300)
      run.settle(id)
    }
    run.settle('matrix')
    run.start('publish.verify')
    run.end('publish.verify', 700)
    run.settle('publish.verify')
    run.start('publish.docs.changelog')
    run.start('publish.docs.site')
    run.end('publish.docs.site', 400)
    run.settle('publish.docs.site')
    run.end('publish.docs.changelog', 2000, { accounting: spent(10, 20, 30, 0.5), text: 'v2: faster' })
    run.settle('publish.docs.changelog')
    run.settle('publish.docs')
    run.settle('publish')
    run.close('success')
    return run.events
  },

  interrupted() {
    const run = buildJournal('nightly', [
      instance('fetch'),
      instance('one', { runtime: 'claude', needs: ['fetch'] }),
      instance('two', { runtime: 'codex', needs: ['fetch'] }),
      instance('last', { needs: ['one', 'two'] }),
    ])
    run.start('fetch')
    run.end('fetch', 200)
    run.settle('fetch')
    run.start('one')
    run.start('two')
    run.progress('one', { ...spent(500, 0, 20, 0.02), partial: true }, 'Read: README.md', 1000)
    run.record({ type: 'run.interrupted', cause: 'cancelled', by: 'SIGINT' }, 500)
    const failure = { kind: 'cancelled', cause: 'cancelled' } as const
    run.end('one', 300, { failure, accounting: { ...spent(500, 0, 20, 0.02), partial: true } })
    run.settle('one', failure)
    run.end('two', 50, { failure, accounting: unknownAccounting })
    run.settle('two', failure)
    run.finish('last', 'cancelled', 'cancelled', 'the run was interrupted')
    run.close('cancelled', 'interrupted')
    return run.events
  },

  crashed() {
    const run = buildJournal('crashed', [
      instance('a'),
      instance('b', { runtime: 'claude' }),
      instance('c', { needs: ['a', 'b'] }),
    ])
    run.start('a')
    run.start('b')
    run.end('a', 150)
    run.settle('a')
    run.progress('b', { ...spent(10, 0, 1, null), partial: true }, 'Write: a.ts', 3000)
    return run.events
  },

  hostile() {
    const run = buildJournal('hostile -->\n@octocat', [
      instance('agent', { runtime: 'claude', label: 'agent "]; <b>@octocat</b>|`x`', needs: [] }),
      instance('loud'),
    ])
    run.start('agent')
    run.progress('agent', spent(1, 1, 1, 0), '::error::gotcha \u001B[2J @octocat', 10)
    run.end('agent', 100, { accounting: spent(1, 1, 1, 0.01), text: hostileText })
    run.settle('agent')
    run.start('loud')
    const failure = { kind: 'exit', code: 7, detail: '::warning::x ##[error]y @octocat <img> | cell' } as const
    run.end('loud', 100, { failure, tail: hostileText })
    run.settle('loud', failure)
    run.record({ type: 'notice', level: 'notice', message: 'see <a href="javascript:x">@octocat</a> #1' })
    run.close('failure', '@octocat failed')
    return run.events
  },
}
