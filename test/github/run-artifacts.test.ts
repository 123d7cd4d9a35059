import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { FetchedArtifacts } from '../../src/github/run-artifacts.ts'
import { startResultsService, type ResultsService, type StallingRequest } from '../rig/results-service.ts'

/** More than are under way at once. */
const count = 20
const patienceMs = 2000

describe('the artifacts of a workflow run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'run-artifacts-'))
  let service: ResultsService
  before(async () => {
    service = await startResultsService()
    const saved = { ...process.env }
    Object.assign(process.env, service.environment)
    const { uploadFile } = await import('../../src/github/run-artifacts.ts')
    for (let number = 1; number <= count; number++) {
      const path = join(folder, `${number}.txt`)
      writeFileSync(path, 'x'.repeat(5000))
      await uploadFile(`a${number}`, path)
    }
    process.env = saved
  })
  after(async () => {
    await service.close()
    rmSync(folder, { recursive: true })
  })

  async function fetchAll(): Promise<{ came: FetchedArtifacts | string; tookMs: number }> {
    const root = mkdtempSync(join(folder, 'fetched-'))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'fetch-artifacts.ts'), root, String(patienceMs)],
      { env: { ...process.env, ...service.environment } },
    )
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
  }

  it('are had', async () => {
    const { came } = await fetchAll()
    assert.ok(typeof came !== 'string')
    assert.equal(came.fetched.length, count, JSON.stringify(came.failed))
  })

  const why = `no answer within ${patienceMs / 1000} s`
  for (const after of ['connect', 'headers', 'half a body'] as const) {
    it(`are missed in seconds where their list stalls: ${after}`, async () => {
      service.stall('ListArtifacts', after)
      const { came, tookMs } = await fetchAll()
      service.recover()
      assert.equal(came, why)
      assert.ok(tookMs < 3 * patienceMs, `${tookMs} ms`)
    })

    for (const at of ['GetSignedArtifactURL', 'GET'] satisfies StallingRequest[])
      it(`are missed in seconds, all of them, where one stalls: ${at}, ${after}`, async () => {
        service.stall(at, after)
        const { came, tookMs } = await fetchAll()
        service.recover()
        assert.ok(typeof came !== 'string')
        assert.deepEqual(new Set(came.failed.map((each) => each.why)), new Set([why]))
        assert.equal(came.failed.length, count)
        assert.ok(tookMs < 3 * patienceMs, `${tookMs} ms`)
      })
  }
})
