import { partOf } from '../../src/cache/content-key.ts'
import { openStore } from '../../src/cache/store.ts'
import { blankEnd } from '../../src/core/blank-end.ts'
import { freeAccounting } from '../../src/core/usage.ts'

/** Puts, gets and prunes the same few outcomes as its brothers; fails at the first that is not whole. */
const [, , directory = '', number = ''] = process.argv
const store = openStore({ directory, seal: 's', namespace: 'trusted', maxBytes: 200_000, now: Date.now })
for (let round = 0; round < 150; round++) {
  const id = `i${round % 5}`
  const end = {
    id,
    attempt: 1,
    failure: null,
    durationMs: 0,
    runtime: 'shell',
    model: null,
    accounting: freeAccounting,
  }
  const parts = { prompt: partOf({}) }
  const files = { stdout: Buffer.alloc(20_000, number) }
  store.put({ key: 'k', id, name: 'n', run: number, keptAt: 0, by: '', parts, ended: blankEnd(end), files })
  const looked = store.get({ name: 'n', id }, 'k')
  if (looked !== undefined && 'problem' in looked) throw new Error(looked.problem)
  if (round % 20 === 0) store.prune()
}
