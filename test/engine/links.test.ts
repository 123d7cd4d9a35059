import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noRun, type LinkedRun } from '../../src/core/link.ts'
import { command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, type Simulation } from './simulator.ts'

/** A link, and what needs it: one that asks for its success, one that reads it whatever it came to. */
function after(linked: LinkedRun | undefined): Simulation {
  const [link] = group('nightly', 'link', [], { link: { run: 'nightly' }, gate: '' }).slice(-1)
  assert.ok(link)
  const read = '${{ needs.nightly.outcome }} ${{ needs.nightly.reason }} ${{ needs.nightly.outputs.size }}'
  const env = { READ: read, MEMBERS: '${{ join(needs.nightly.all.*.result) }} ${{ needs.nightly.instances.a.result }}' }
  return simulate({
    plan: plan([
      { ...link, needs: [] },
      command('strict', { needs: ['nightly'] }),
      command('optional', { needs: [{ from: 'nightly', optional: true }] }),
      command('reader', { needs: [{ from: 'nightly', when: 'always' }], process: { env } }),
    ]),
    context: { ...(linked !== undefined && { links: { nightly: linked } }) },
  })
}

const envOfReader = (run: Simulation) => run.tasks.find(({ id }) => id === 'reader')?.env

describe('a run of another orchestration that is needed', () => {
  const found: LinkedRun = {
    ...noRun(''),
    result: 'success',
    reason: '',
    outputs: { size: 3 },
    instances: { a: { result: 'success' }, b: { result: 'skipped' } },
  }

  it('is read as any other instance', () => {
    const run = after(found)
    assert.deepEqual(results(run), { nightly: 'success', strict: 'success', optional: 'success', reader: 'success' })
    assert.deepEqual(envOfReader(run), { READ: 'success  3', MEMBERS: 'success,skipped success' })
  })

  it('fails nothing but what asks for its success, and says why', () => {
    const run = after({ ...found, result: 'failure', reason: 'linked-run', detail: 'its tests failed' })
    const { nightly, strict, optional } = results(run)
    assert.deepEqual([nightly, strict, optional], ['failure (linked-run)', 'skipped (upstream)', 'skipped (upstream)'])
    assert.equal(
      endOf(run, 'strict').detail,
      'edge from nightly not taken (nightly failed: its tests failed, edge wants success)',
    )
    assert.equal(envOfReader(run)?.['READ'], 'failure linked-run 3')
    assert.equal(runEnd(run).result, 'success')
  })

  it('may be missing where it is optional', () => {
    for (const run of [after(noRun('no run on main')), after(undefined)]) {
      const { nightly, strict, optional } = results(run)
      assert.deepEqual([nightly, strict, optional], ['skipped (no-run)', 'skipped (upstream)', 'success'])
    }
    assert.equal(endOf(after(undefined), 'nightly').detail, 'this run began without it')
  })
})
