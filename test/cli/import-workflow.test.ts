import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { git } from '../rig/git-repository.ts'
import { createPlace, run } from './command-line.ts'

const PATH = `${join(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}`

const workflow = `name: Review
on: pull_request
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - id: ask
        uses: openai/codex-action@v1
        with: { openai-api-key: "\${{ secrets.OPENAI_API_KEY }}", prompt: "Review \${{ github.repository }} for \${{ vars.FOCUS }}." }
`

function openRepository() {
  const place = createPlace({ '.github/workflows/codex.yml': workflow, 'src/list.yml': 'instances: [{ prompt: x }]' })
  git(place.path, 'init', '-q', '-b', 'main')
  return place
}

describe('import of a workflow', { skip: process.platform === 'win32' }, () => {
  it('prints its files, writes them where they are missing, and what it writes runs under --simulate', async () => {
    using place = openRepository()
    const shown = await run(place.path, ['import', '.github/workflows/codex.yml'])
    assert.equal(shown.code, 0, shown.err)
    assert.match(
      shown.out,
      /^# file: \.github\/workflows\/codex\.orchestrator\.yml$[^]*^---\n# file: \.github\/codex\.orchestrator\.yml$/m,
    )
    assert.ok(!existsSync(join(place.path, '.github/codex.orchestrator.yml')))
    const written = await run(join(place.path, 'src'), ['import', '../.github/workflows/codex.yml', '--write'])
    assert.equal(written.code, 0, written.err)
    assert.match(
      written.out,
      /Wrote \.github\/workflows\/codex\.orchestrator\.yml\nWrote \.github\/codex\.orchestrator\.yml\n.*git rm/,
    )
    assert.equal(readFileSync(join(place.path, '.github/workflows/codex.yml'), 'utf8'), workflow)
    const file = '.github/codex.orchestrator.yml'
    assert.match((await run(place.path, ['check', file])).out, /✓ .*: 1 instance/)
    const event = ['--input', 'vars-focus=bugs', '--only', 'ask']
    const ran = await run(place.path, ['run', file, ...event, '--simulate', '--json'], {
      PATH,
      GITHUB_REPOSITORY: 'o/r',
    })
    assert.equal(ran.code, 0, ran.out + ran.err)
    assert.match(ran.out, /"result": "success"/)
    const again = await run(place.path, ['import', '.github/workflows/codex.yml', '--write'])
    assert.equal(again.code, 2)
    assert.match(again.err, /exists already, and nothing is overwritten/)
  })

  it('says what it cannot', async () => {
    using place = openRepository()
    writeFileSync(join(place.path, 'ci.yml'), 'on: push\njobs: { a: { runs-on: x, steps: [{ run: "true" }] } }\n')
    writeFileSync(join(place.path, 'latin'), Buffer.from([0xe4, 0xff]))
    const none = await run(place.path, ['import', 'ci.yml'])
    assert.equal(none.code, 2)
    assert.match(none.err, /ci\.yml:1:1: error.*no step of this workflow runs an agent/)
    assert.match((await run(place.path, ['import', 'src/list.yml', '--write'])).err, /--write goes with a workflow/)
    assert.match((await run(place.path, ['import', 'gone.yml'])).err, /cannot read gone\.yml: there is no such file/)
    assert.match((await run(place.path, ['import', 'latin'])).err, /not text in UTF-8/)
    assert.match((await run(place.path, ['import', 'src'])).err, /src is/)
  })
})
